from odoo import models
from odoo.tools import SQL


class AccountInvoiceReport(models.Model):
    _inherit = "account.invoice.report"

    def _where(self):
        # The credit of an overpayment is no sale.
        return SQL("%s AND move.overpayment_move_id IS NULL", super()._where())
