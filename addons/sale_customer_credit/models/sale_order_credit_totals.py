"""The reserved credits in the totals: on the order, its print and the customer's portal."""

from odoo import api, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    @api.depends("credit_reservation_ids", "transaction_ids")
    def _compute_tax_totals(self):
        result = super()._compute_tax_totals()
        for order in self:
            credit_totals = order._get_credit_totals()
            if credit_totals:
                order.tax_totals = {**order.tax_totals, "customer_credit": credit_totals}
        return result

    def _get_credit_totals(self):
        """What the reserved credits will pay of this order. Whoever may read the order may read
        it, and so may the customer.

        :return: ``{"settled", "reserved", "left_to_pay": amount}``, positive, in the order's
            currency, which sum up to its total; None where nothing is reserved
        """
        self.ensure_one()
        standing = sum(self._get_open_reservations().mapped("amount_open"))
        if self.currency_id.is_zero(standing):
            return None
        # sudo: the online payments of the order count, whoever reads it.
        unpaid = self.amount_total - self._origin.sudo().amount_paid
        outstanding = max(0.0, min(self._get_usable_credit()[0], unpaid))
        reserved = min(standing, outstanding)
        totals = {
            "settled": self.amount_total - outstanding,
            "reserved": reserved,
            "left_to_pay": outstanding - reserved,
        }
        return {name: self.currency_id.round(amount) for name, amount in totals.items()}

    # ------------------------------------------------------------------
    # Online payments: less what is reserved
    # ------------------------------------------------------------------

    def _get_prepayment_required_amount(self):
        amount = super()._get_prepayment_required_amount()
        credit_totals = self._get_credit_totals()
        if not credit_totals:
            return amount
        # core compares it with all that was paid
        return min(amount, self.amount_paid + credit_totals["left_to_pay"])

    def _get_default_payment_link_values(self):
        values = super()._get_default_payment_link_values()
        credit_totals = self._get_credit_totals()
        if credit_totals:
            for name in ("amount", "amount_max"):
                values[name] = min(values[name], credit_totals["left_to_pay"])
        return values
