"""A journal item as an open item of a customer."""

from odoo import api, fields, models
from odoo.tools import SQL

#: The kinds of items on a customer's account.
RECEIVABLE_KINDS = [
    ("invoice", "Customer Invoice"),
    ("credit_note", "Credit Note"),
    ("payment", "Payment"),
    ("entry", "Journal Entry"),
]


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    commercial_partner_id = fields.Many2one(
        related="partner_id.commercial_partner_id",
        string="Customer Company",
        help="Company or person that owes the receivable. Items of a contact belong to its "
        "company.",
    )
    receivable_kind = fields.Selection(
        selection=RECEIVABLE_KINDS,
        string="Receivable Type",
        compute="_compute_receivable_kind",
        help="Type of document behind this item.",
    )
    days_past_due = fields.Integer(
        compute="_compute_days_past_due",
        help="Days since the due date. Negative before the due date.",
    )

    @api.depends("move_id.move_type", "payment_id", "statement_line_id")
    def _compute_receivable_kind(self):
        for line in self:
            line.receivable_kind = line._get_receivable_kind()

    def _get_receivable_kind(self):
        """The ``receivable_kind`` of this item; must agree with :meth:`_get_receivable_kind_sql`.

        :return str: a value of the selection
        """
        self.ensure_one()
        move = self.move_id
        if move.move_type in ("out_invoice", "out_receipt"):
            return "invoice"
        if move.move_type == "out_refund":
            return "credit_note"
        if self.payment_id or self.statement_line_id:
            return "payment"
        return "entry"

    @api.model
    def _get_receivable_kind_sql(self):
        """The ``receivable_kind`` of many items; must agree with :meth:`_get_receivable_kind`.

        :return: ``SQL`` of a value of ``receivable_kind``, of an ``item`` with the columns of
            ``_get_open_items_sql`` and its ``move``, an ``account_move``
        """
        return SQL(
            """
            CASE WHEN move.move_type IN ('out_invoice', 'out_receipt') THEN 'invoice'
                 WHEN move.move_type = 'out_refund' THEN 'credit_note'
                 WHEN item.payment_id IS NOT NULL OR item.statement_line_id IS NOT NULL
                      THEN 'payment'
                 ELSE 'entry' END
            """
        )

    @api.depends("date_maturity", "date")
    def _compute_days_past_due(self):
        today = fields.Date.context_today(self)
        for line in self:
            # an entry without a due date is due when it is booked
            due_date = line.date_maturity or line.date
            line.days_past_due = (today - due_date).days if due_date else 0
