"""How much of a credit was applied, and how much refunded."""

from odoo import api, fields, models


class AccountMove(models.Model):
    _inherit = "account.move"

    credit_applied = fields.Monetary(
        compute="_compute_credit_uses",
        groups="account.group_account_invoice,account.group_account_readonly",
        help="Amount of this credit applied to invoices, written off or used by entries, in the "
        "document currency.",
    )
    credit_refunded = fields.Monetary(
        compute="_compute_credit_uses",
        groups="account.group_account_invoice,account.group_account_readonly",
        help="Amount of this credit refunded to the customer, in the document currency.",
    )
    @api.depends("line_ids.matched_debit_ids", "line_ids.matched_credit_ids", "state")
    def _compute_credit_uses(self):
        sides = self.env["account.receivable.application.side"]
        amounts = {
            (move.id, use == "refund"): 0.0 for move in self for use in ("refund", "application")
        }
        for move, use, amount in sides._read_group(
            [("move_id", "in", self.ids)], ["move_id", "use"], ["amount:sum"]
        ):
            amounts[move.id, use == "refund"] += amount
        for move in self:
            move.credit_refunded = amounts[move.id, True]
            move.credit_applied = amounts[move.id, False]

    def _is_booked_as_applied(self):
        return self.is_customer_credit or super()._is_booked_as_applied()
