"""Additional fields of customer documents."""

from odoo import api, fields, models

TRACKED_TYPES = ("out_invoice", "out_refund", "out_receipt")


class AccountMove(models.Model):
    _inherit = "account.move"

    title = fields.Char(
        compute="_compute_title",
        inverse="_inverse_title",
        store=True,
        readonly=False,
        copy=False,
        help="Short title of the document. Defaults to the customer name and the product codes.",
    )
    title_typed = fields.Char(copy=False, help="Title entered manually, if any.")
    description = fields.Text(
        help="Reason for the document, printed below the address.",
    )
    payment_comment = fields.Text(
        string="Payment Comments",
        copy=False,
        groups="base.group_user",
        help="Internal notes about the payment.",
    )
    payment_expected_date = fields.Date(
        string="Payment Expected",
        compute="_compute_payment_expected_date",
        inverse="_inverse_payment_expected_date",
        store=True,
        readonly=False,
        copy=False,
        groups="base.group_user",
        help="Date the payment is expected. Defaults to the due date.",
    )
    payment_expected_typed = fields.Date(
        copy=False,
        groups="base.group_user",
        help="Expected payment date entered manually, if any.",
    )
    tracking_status = fields.Selection(
        selection=[
            ("to_send", "To Be Sent"),
            ("sent", "Sent"),
            ("promised", "Promised"),
            ("disputed", "Disputed"),
            ("in_collection", "In Collection"),
        ],
        compute="_compute_tracking_status",
        store=True,
        readonly=False,
        copy=False,
        index="btree_not_null",
        groups="base.group_user",
        help="Follow-up status of an open document. To Be Sent and Sent are set automatically; "
        "settled documents have no status.",
    )

    # A proposal follows the document. A value that the user typed stays; it is stored in a field
    # of its own.

    @api.depends("title_typed", "partner_id", "invoice_line_ids.product_id", "move_type")
    def _compute_title(self):
        for move in self:
            proposed = move._propose_title() if move.move_type in TRACKED_TYPES else False
            move.title = move.title_typed or proposed

    @api.onchange("title")
    def _inverse_title(self):
        for move in self:
            move.title_typed = move.title if move.title != move._propose_title() else False

    def _propose_title(self):
        """The proposed title: customer's name and product codes, as "Montboro School - REW"."""
        codes = dict.fromkeys(
            code for code in self.invoice_line_ids.product_id.mapped("default_code") if code
        )
        names = [self.commercial_partner_id.name or self.partner_id.name, ", ".join(codes)]
        return " - ".join(name for name in names if name)

    @api.depends(
        "payment_expected_typed",
        "invoice_date_due",
        "invoice_payment_term_id",
        "invoice_date",
        "move_type",
        "state",
    )
    def _compute_payment_expected_date(self):
        for move in self:
            proposed = move.move_type in TRACKED_TYPES and move._propose_payment_expected_date()
            move.payment_expected_date = move.payment_expected_typed or proposed

    @api.onchange("payment_expected_date")
    def _inverse_payment_expected_date(self):
        for move in self:
            expected = move.payment_expected_date
            proposed = move._propose_payment_expected_date()
            move.payment_expected_typed = expected if expected != proposed else False

    def _propose_payment_expected_date(self):
        """The due date; of a document that is still being entered, the last date of its terms,
        since core computes its due date only when it is saved."""
        terms = self.invoice_payment_term_id.line_ids
        if self._origin or not terms:
            return self.invoice_date_due
        date = self.invoice_date or fields.Date.context_today(self)
        return max(line._get_due_date(date) for line in terms)

    @api.depends("state", "payment_state", "is_move_sent")
    def _compute_tracking_status(self):
        for move in self:
            if not move._is_tracked():
                move.tracking_status = False
            elif move.tracking_status in (False, "to_send", "sent"):
                move.tracking_status = "sent" if move.is_move_sent else "to_send"

    def _is_tracked(self):
        return (
            self.move_type in TRACKED_TYPES
            and self.state == "posted"
            and self.payment_state in ("not_paid", "partial", "blocked")
        )
