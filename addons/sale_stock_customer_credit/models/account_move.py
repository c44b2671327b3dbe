from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def _get_invoiced_lot_values(self):
        # Core lists deliveries for an invoice and returns for a credit note; a credit has returns.
        with self._presented_as_credit_note() as move:
            return super(AccountMove, move)._get_invoiced_lot_values()
