"""Addresses that take money: none of them takes it for a credit."""

from odoo.exceptions import ValidationError
from odoo.http import request

from odoo.addons.account_payment.controllers.payment import PaymentPortal


class CreditPaymentPortal(PaymentPortal):
    def _get_extra_payment_form_values(self, invoice_id=None, **kwargs):
        values = super()._get_extra_payment_form_values(invoice_id=invoice_id, **kwargs)
        # A link's token is good for any document of the same customer and amount.
        # sudo: core checked the token; whoever has it may know that it is a credit.
        invoice = request.env["account.move"].sudo().browse(self._cast_as_int(invoice_id)).exists()
        if invoice.is_customer_credit:
            raise ValidationError(invoice._get_nothing_to_pay())
        return values
