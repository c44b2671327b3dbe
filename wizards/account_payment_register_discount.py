"""No early-payment discount if a credit settles a part of what is paid."""

from odoo import models

from ..models.credit.account_move import NO_DISCOUNT


class AccountPaymentRegister(models.TransientModel):
    _inherit = "account.payment.register"

    def _get_total_amounts_to_pay(self, batch_results):
        lines = self.env["account.move.line"].union(*(batch["lines"] for batch in batch_results))
        ticked = self.credit_line_ids.filtered("use").item_id._origin
        if not (lines & ticked or any(lines.move_id.mapped("is_customer_credit"))):
            return super()._get_total_amounts_to_pay(batch_results)
        # The discount is for paying the whole invoice in time, which this payment does not.
        wizard = self.with_context(early_payment_discount=NO_DISCOUNT)
        values = super(AccountPaymentRegister, wizard)._get_total_amounts_to_pay(batch_results)
        return {**values, "lines": values["lines"].with_env(self.env)}
