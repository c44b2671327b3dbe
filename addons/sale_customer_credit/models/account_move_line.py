from odoo import models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _get_available_credit_amounts(self):
        amounts = super()._get_available_credit_amounts()
        # sudo: the reservations of all orders count, even if the user has no rights in Sales.
        reserved = self.env["sale.order.credit.reservation"].sudo()._get_reserved_amounts(self)
        return {
            line: max(0.0, line.currency_id.round(amount - reserved.get(line.id, 0.0)))
            for line, amount in amounts.items()
        }

    def _prepare_adjusting_line(self, quantity, price_unit, is_price_correction):
        values = super()._prepare_adjusting_line(quantity, price_unit, is_price_correction)
        # A price correction does not lower the invoiced quantity. But the amount of a down payment
        # is read from the documents of its order line, and the final invoice must not deduct what
        # was given back.
        if is_price_correction and self.is_downpayment:
            self._copy_data_extend_business_fields(values)
        return values
