"""Addresses for payments: none accepts a payment for a credit, or more than is left to pay."""

from odoo.exceptions import ValidationError
from odoo.http import request, route

from odoo.addons.account_payment.controllers.payment import PaymentPortal


class CreditPaymentPortal(PaymentPortal):
    def _get_extra_payment_form_values(self, invoice_id=None, **kwargs):
        values = super()._get_extra_payment_form_values(invoice_id=invoice_id, **kwargs)
        # A link's token is valid for any document of the same customer and amount.
        # sudo: core checked the token; a visitor who has it may know that it is a credit.
        invoice = request.env["account.move"].sudo().browse(self._cast_as_int(invoice_id)).exists()
        if invoice.is_customer_credit:
            raise ValidationError(invoice._get_nothing_to_pay())
        return values

    @route()
    def overdue_invoices_transaction(self, payment_reference, **kwargs):
        """Refuse if nothing is overdue: core would pay 0.00 if only a credit is past its date.

        :raises ValidationError: where nothing is overdue
        """
        # Core asks a visitor without a login to log in.
        if not request.env.user._is_public() and not self._get_overdue_invoice_count():
            raise ValidationError(request.env._("No payment is overdue."))
        return super().overdue_invoices_transaction(payment_reference, **kwargs)

    def _process_transaction(
        self, partner_id, currency_id, invoice_ids, payment_reference, **kwargs
    ):
        # sudo: core checked that the visitor may pay these documents.
        invoices = request.env["account.move"].sudo().browse(invoice_ids)
        invoices._check_online_payment(kwargs.get("amount"))
        return super()._process_transaction(
            partner_id, currency_id, invoice_ids, payment_reference, **kwargs
        )
