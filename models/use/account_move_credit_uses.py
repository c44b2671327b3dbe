"""How much of a credit was applied, and how much refunded."""

from collections import defaultdict

from odoo import api, fields, models

CREDIT_STATES = [
    ("open", "Open"),
    ("partly_used", "Partly Used"),
    ("used", "Used"),
    ("refunded", "Refunded"),
    ("written_off", "Written Off"),
    ("reversed", "Reversed"),
]


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
    credit_state = fields.Selection(
        selection=CREDIT_STATES,
        string="Credit Status",
        compute="_compute_credit_uses",
        groups="account.group_account_invoice,account.group_account_readonly",
        help="How far this customer credit is used.",
    )

    @api.depends(
        "line_ids.matched_debit_ids",
        "line_ids.matched_credit_ids",
        "state",
        "is_customer_credit",
        "credit_remaining",
        "reversal_move_ids.state",
    )
    def _compute_credit_uses(self):
        sides = self.env["account.receivable.application.side"]
        amounts = defaultdict(float)
        for move, use, amount in sides._read_group(
            [("move_id", "in", self.ids)], ["move_id", "use"], ["amount:sum"]
        ):
            amounts[move.id, use] += amount
            amounts[move.id, "all"] += amount
        for move in self:
            refunded, all_uses = amounts[move.id, "refund"], amounts[move.id, "all"]
            move.credit_refunded = refunded
            move.credit_applied = all_uses - refunded
            move.credit_state = move._get_credit_state(
                all_uses, refunded, amounts[move.id, "write_off"]
            )

    def _get_credit_state(self, all_uses, refunded, written_off):
        """The ``credit_state`` of a credit with these uses, False of any other document.

        :param all_uses, refunded, written_off: positive amounts in the document's currency
        """
        self.ensure_one()
        if not self.is_customer_credit or self.state != "posted":
            return False
        currency = self.currency_id
        if not currency.is_zero(self.credit_remaining):
            return "open" if currency.is_zero(all_uses) else "partly_used"
        if any(move.state == "posted" for move in self.reversal_move_ids):
            return "reversed"
        for state, amount in (("refunded", refunded), ("written_off", written_off)):
            if not currency.is_zero(amount) and currency.is_zero(all_uses - amount):
                return state
        return "used"

    def _is_booked_as_applied(self):
        return self.is_customer_credit or super()._is_booked_as_applied()
