"""The kind of customer credits among a customer's open items."""

from odoo import api, fields, models
from odoo.tools import SQL


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    receivable_kind = fields.Selection(
        selection_add=[
            ("invoice",),
            ("customer_credit", "Customer Credit"),
        ]
    )

    @api.depends("move_id.is_customer_credit")
    def _compute_receivable_kind(self):
        return super()._compute_receivable_kind()

    def _get_receivable_kind(self):
        if self.move_id.is_customer_credit:
            return "customer_credit"
        return super()._get_receivable_kind()

    @api.model
    def _get_receivable_kind_sql(self):
        return SQL(
            "CASE WHEN move.is_customer_credit THEN 'customer_credit' ELSE %s END",
            super()._get_receivable_kind_sql(),
        )
