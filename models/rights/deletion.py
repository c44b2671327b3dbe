"""What credits name cannot be deleted: said in a sentence, before the database refuses."""

from odoo import api, models

from odoo.addons.account_receivable.models.guards.deletion import check_not_named


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_named_by_credits(self):
        check_not_named(self, "account_customer_credit")


class ResCompany(models.Model):
    _inherit = "res.company"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_named_by_credits(self):
        check_not_named(self, "account_customer_credit")


class ResCurrency(models.Model):
    _inherit = "res.currency"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_named_by_credits(self):
        check_not_named(self, "account_customer_credit")


class AccountAccount(models.Model):
    _inherit = "account.account"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_named_by_credits(self):
        check_not_named(self, "account_customer_credit")


class AccountCustomerCreditReason(models.Model):
    _inherit = "account.customer.credit.reason"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_named_by_credits(self):
        check_not_named(self, "account_customer_credit")
