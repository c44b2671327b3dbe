"""The customer's other open credits, which the same payment cannot refund."""

from odoo import api, fields, models

#: The credits that one payment refunds have the same values in these fields.
PAYMENT_GROUP_FIELDS = ("company_id", "currency_id", "account_id")


class AccountCustomerCreditRefund(models.TransientModel):
    _inherit = "account.customer.credit.refund"

    is_for_customer = fields.Boolean(
        readonly=True, help="Opened for all of the customer's credits, not for some documents."
    )
    other_credits = fields.Char(
        compute="_compute_other_credits",
        help="Open credits in another currency or company, or on another account.",
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
        """Whether the dialog's payment can refund these credits too."""
        return all(items[name] == self[name] for name in PAYMENT_GROUP_FIELDS)

    def _get_credits_label(self, items):
        """The total of these credits, with the company and account if not the dialog's."""
        total = -sum(items.mapped("amount_residual_currency"))
        differences = [
            items[name].display_name
            for name in ("company_id", "account_id")
            if items[name] != self[name]
        ]
        return ", ".join([items.currency_id.format(total), *differences])

    def action_show_others(self):
        """Open the dialog for the next credits that one payment can refund; after the last, for
        the first.

        :return: the action of the dialog
        :raises UserError: if none of the customer's credits can be refunded
        """
        self.ensure_one()
        self.check_access("write")
        groups = self.partner_id._get_credits_to_refund()
        own = next((n for n, items in enumerate(groups) if self._is_paid_with(items)), -1)
        if not groups:
            return self.partner_id.action_refund_credit()  # which says so
        return self._open_for_items(groups[(own + 1) % len(groups)], is_for_customer=True)
