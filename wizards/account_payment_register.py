from odoo import models

from ..models.application_event import ApplicationEvent


class AccountPaymentRegister(models.TransientModel):
    _inherit = "account.payment.register"

    def _reconcile_payments(self, to_process, edit_mode=False):
        # A payment that is registered for an invoice settles it on the payment's own date.
        wizard = self.with_context(**ApplicationEvent.of_documents(self.env))
        for values in to_process:
            values["to_reconcile"] = values["to_reconcile"].with_env(wizard.env)
            values["payment"] = values["payment"].with_env(wizard.env)
        return super(AccountPaymentRegister, wizard)._reconcile_payments(
            to_process, edit_mode=edit_mode
        )
