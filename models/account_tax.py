from odoo import api, models

from .account_move_taxes import SIDE_UNKNOWN


class AccountTax(models.Model):
    _inherit = "account.tax"

    @api.model
    def _prepare_base_line_for_taxes_computation(self, record, **kwargs):
        if self.env.context.get("customer_credit_side") is SIDE_UNKNOWN:
            # Amounts do not depend on the side, and asking the line for it would go in circles.
            kwargs.setdefault("is_refund", False)
        return super()._prepare_base_line_for_taxes_computation(record, **kwargs)
