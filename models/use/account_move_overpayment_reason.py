"""The credit reason of a kept overpayment."""

from odoo import models

REASON = "account_customer_credit.credit_reason_overpayment"


class AccountMove(models.Model):
    _inherit = "account.move"

    def _get_overpayment_reason(self):
        """The reason for a credit of this payment; empty if it was deleted or is another
        company's."""
        # sudo: the user who keeps the money only learns whether the company has the reason
        reason = self.sudo().env.ref(REASON, raise_if_not_found=False)
        if not reason:
            return self.env["account.customer.credit.reason"]
        domain = reason._check_company_domain(self.company_id)
        return reason.filtered_domain(domain).with_env(self.env)
