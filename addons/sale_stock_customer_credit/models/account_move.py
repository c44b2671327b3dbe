from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def _get_invoiced_lot_values(self):
        # What was delivered for an invoice, or what came back for a credit note: of a credit the
        # latter.
        with self._presented_as_credit_note() as move:
            return super(AccountMove, move)._get_invoiced_lot_values()
