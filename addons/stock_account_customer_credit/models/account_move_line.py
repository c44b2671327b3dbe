from odoo import models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _eligible_for_stock_account(self):
        # Core would book the cost of a sale for one unit at a negative price. No goods moved, only
        # their price changed (IAS 2.34: the cost of goods is an expense when the revenue for the
        # goods is recognised, and they stay sold).
        return not self._is_price_only() and super()._eligible_for_stock_account()
