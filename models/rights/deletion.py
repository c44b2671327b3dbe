"""Deletion of records that credits refer to: refused with a message before the database does."""

from odoo import api, models

from odoo.addons.account_receivable.models.guards.deletion import check_not_named


class AccountCustomerCreditReason(models.Model):
    _inherit = "account.customer.credit.reason"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_named_by_credits(self):
        check_not_named(self, "account_customer_credit")
