from odoo import api, models

from .account_move_taxes import TAX_SIDE_UNKNOWN


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    @api.depends("move_id.is_on_credit_side")
    def _compute_is_refund(self):
        result = super()._compute_is_refund()
        # The cash basis reads this flag too, long after the credit was posted.
        self.filtered("move_id.is_on_credit_side").is_refund = True
        return result

    def _compute_totals(self):
        # These totals decide the side of the taxes, so they cannot depend on it.
        return super(
            AccountMoveLine, self.with_context(customer_credit_tax_side=TAX_SIDE_UNKNOWN)
        )._compute_totals()

    @api.depends("move_id.is_storno")
    def _compute_is_storno(self):
        result = super()._compute_is_storno()
        # Core never uses storno for invoices; a credit needs that of a credit note.
        self.filtered(
            lambda line: line.move_id.is_on_credit_side and line.move_id.is_storno
        ).is_storno = True
        return result
