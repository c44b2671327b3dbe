from odoo import models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _eligible_for_stock_account(self):
        # Core books the cost of the quantity: for one unit at a negative price, a sale's. No goods
        # moved; only what the customer pays for them did (IAS 2.34: the cost of goods is an
        # expense when the revenue for the goods is recognised, and they stay sold).
        return not self._is_price_only() and super()._eligible_for_stock_account()
