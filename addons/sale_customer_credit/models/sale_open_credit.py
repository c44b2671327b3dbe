"""The open credits of customers for Sales."""

from odoo import api, fields, models
from odoo.tools import SQL

#: The groups that may read the open credits of customers: Sales, and those who read the ledger.
#: Portal users, who may read their orders, are in none of them.
CREDIT_READERS = (
    "sales_team.group_sale_salesman,account.group_account_invoice,account.group_account_readonly"
)


class SaleOpenCredit(models.Model):
    """One row for each open credit on a receivable account; its id is the journal item's.

    A salesperson may read neither payments nor the documents of colleagues. Sales gets only their
    number, date, kind and open amount, in the companies that the user has access to.
    """

    _name = "sale.open.credit"
    _description = "Open Credit of a Customer"
    _auto = False
    _order = "date, id"
    _depends = {
        "account.move.line": [
            "account_id",
            "amount_residual",
            "amount_residual_currency",
            "company_id",
            "currency_id",
            "date",
            "move_name",
            "parent_state",
            "partner_id",
            "reconciled",
            "statement_line_id",
        ],
        "account.move": [
            "credit_on_hold",
            "is_customer_credit",
            "move_type",
            "origin_payment_id",
        ],
        "account.account": ["account_type"],
        "res.partner": ["commercial_partner_id"],
    }

    name = fields.Char(string="Number", readonly=True)
    date = fields.Date(readonly=True)
    kind = fields.Selection(
        selection=[
            ("customer_credit", "Customer Credit"),
            ("credit_note", "Credit Note"),
            ("payment", "Payment"),
            ("entry", "Entry"),
        ],
        string="Type",
        readonly=True,
    )
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        readonly=True,
        help="Company or individual the credit belongs to.",
    )
    company_id = fields.Many2one(comodel_name="res.company", readonly=True)
    currency_id = fields.Many2one(comodel_name="res.currency", readonly=True)
    remaining = fields.Monetary(readonly=True, help="Amount not used yet.")
    reserved = fields.Monetary(
        compute="_compute_reserved", help="Amount reserved by quotations and orders."
    )
    available = fields.Monetary(
        compute="_compute_reserved",
        help="Remaining amount that is not reserved; none while the credit is on hold.",
    )
    is_on_hold = fields.Boolean(
        string="On Hold",
        readonly=True,
        help="Accounting has put this credit on hold, so it cannot be reserved.",
    )

    @property
    def _table_query(self):
        # A subquery of the accounts, which PostgreSQL evaluates first, lets it use the index of
        # unreconciled items, as for the customer's figures.
        return SQL(
            """
            SELECT item.id,
                   item.move_name AS name,
                   item.date,
                   CASE WHEN move.is_customer_credit THEN 'customer_credit'
                        WHEN move.move_type = 'out_refund' THEN 'credit_note'
                        WHEN move.origin_payment_id IS NOT NULL
                          OR item.statement_line_id IS NOT NULL THEN 'payment'
                        ELSE 'entry' END AS kind,
                   partner.commercial_partner_id AS partner_id,
                   item.company_id,
                   item.currency_id,
                   -item.amount_residual_currency AS remaining,
                   COALESCE(move.credit_on_hold, FALSE) AS is_on_hold
              FROM account_move_line item
              JOIN account_move move ON move.id = item.move_id
              JOIN res_partner partner ON partner.id = item.partner_id
             WHERE item.parent_state = 'posted'
               AND item.reconciled IS NOT TRUE
               AND item.amount_residual < 0
               AND item.account_id = ANY(ARRAY(
                    SELECT id FROM account_account WHERE account_type = 'asset_receivable'
                   ))
            """
        )

    @api.depends("remaining", "is_on_hold")
    def _compute_reserved(self):
        # sudo: a salesperson learns how much of a credit is reserved, not for whose order.
        items = self.env["account.move.line"].sudo().browse(self.ids)
        reserved = self.env["sale.order.credit.reservation"].sudo()._get_reserved_amounts(items)
        for credit in self:
            credit.reserved = reserved.get(credit.id, 0.0)
            free = max(0.0, credit.remaining - credit.reserved)
            credit.available = 0.0 if credit.is_on_hold else free
