"""The customer pays an order online: less what is reserved for it."""

from odoo.addons.sale.controllers.portal import CustomerPortal


class CreditPortal(CustomerPortal):
    def _get_payment_values(self, order_sudo, *args, **kwargs):
        values = super()._get_payment_values(order_sudo, *args, **kwargs)
        credit_totals = order_sudo._get_credit_totals()
        if credit_totals and credit_totals["left_to_pay"]:
            values["amount"] = min(values["amount"], credit_totals["left_to_pay"])
        return values
