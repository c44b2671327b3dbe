"""What else of the customer could be refunded, but not with the same payment."""

from odoo import api, fields, models

#: What the credits of one payment have in common.
PLACE = ("company_id", "currency_id", "account_id")


class AccountCustomerCreditRefund(models.TransientModel):
    _inherit = "account.customer.credit.refund"

    is_for_customer = fields.Boolean(
        readonly=True, help="Opened for all of the customer's credits, not for some documents."
    )
    other_credits = fields.Char(
        compute="_compute_other_credits",
        help="Other open credits, in another currency or company or on another account.",
    )

    @api.depends("is_for_customer", "partner_id", "company_id", "currency_id", "account_id")
    @api.depends_context("allowed_company_ids")
    def _compute_other_credits(self):
        for wizard in self:
            groups = wizard.partner_id._get_credits_to_refund() if wizard.is_for_customer else []
            wizard.other_credits = "; ".join(
                wizard._get_credits_label(items)
                for items in groups
                if not wizard._is_paid_with(items)
            )

    def _is_paid_with(self, items):
        """Whether the dialog's payment can send these credits back, too."""
        return all(items[name] == self[name] for name in PLACE)

    def _get_credits_label(self, items):
        """How much it is, and where, as far as that is another place."""
        total = -sum(items.mapped("amount_residual_currency"))
        places = [
            items[name].display_name
            for name in ("company_id", "account_id")
            if items[name] != self[name]
        ]
        return ", ".join([items.currency_id.format(total), *places])

    def action_show_others(self):
        """Show the next credits that one payment can send back; after the last, the first."""
        self.ensure_one()
        self.check_access("write")
        groups = self.partner_id._get_credits_to_refund()
        own = next((n for n, items in enumerate(groups) if self._is_paid_with(items)), -1)
        if not groups:
            return self.partner_id.action_refund_credit()  # which says so
        return self._open_for_items(groups[(own + 1) % len(groups)], is_for_customer=True)
