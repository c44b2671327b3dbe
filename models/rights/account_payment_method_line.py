"""The outstanding account of a payment method decides what is money, so only who may configure
journals may write it.

Core lets billing users write it by RPC, though no screen does.
"""

from odoo import api, models


class AccountPaymentMethodLine(models.Model):
    _inherit = "account.payment.method.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.journal_id.check_access("write")
        return lines

    def write(self, vals):
        if not vals.keys().isdisjoint(("payment_account_id", "journal_id")):
            self.journal_id.check_access("write")
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_by_who_may_not_write_the_journal(self):
        self.journal_id.check_access("write")
