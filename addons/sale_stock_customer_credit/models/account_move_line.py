from odoo import models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _get_invoiced_qty_per_product(self):
        # A lowered price is no delivery, so it has no lots.
        goods = self.filtered(lambda line: not line._is_price_only())
        return super(AccountMoveLine, goods)._get_invoiced_qty_per_product()

    # Core sums what the order's invoices have booked so far, without credit notes, which it
    # detects by their type.

    def _get_cogs_qty(self):
        credited = self._get_credited_cost_lines()
        return super()._get_cogs_qty() - sum(credited.mapped("quantity"))

    def _get_posted_cogs_value(self):
        credited = self._get_credited_cost_lines()
        return super()._get_posted_cogs_value() + sum(credited.mapped("balance"))

    def _get_credited_cost_lines(self):
        """The items of the order's credits on the stock account of this line's product."""
        self.ensure_one()
        accounts = self.product_id.product_tmpl_id.get_product_accounts(
            fiscal_pos=self.move_id.fiscal_position_id
        )
        credits = self.sale_line_ids.order_id.invoice_ids.filtered("is_customer_credit")
        return credits.line_ids.filtered(
            lambda line: (
                line.display_type == "cogs"
                and line.product_id == self.product_id
                and line.account_id == accounts["stock_valuation"]
            )
        )
