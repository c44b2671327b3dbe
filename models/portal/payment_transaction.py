"""Paid online: never for a credit, and before the customer's open credits are used."""

from odoo import api, models
from odoo.exceptions import ValidationError


class PaymentTransaction(models.Model):
    _inherit = "payment.transaction"

    def _post_process(self):
        # Core posts the invoices first and books their payments then: a credit that is applied in
        # between would leave the money that was sent for them without anything to pay.
        posted_before = self.invoice_ids.filtered(lambda move: move.state == "posted")
        later = self.with_context(customer_credit_auto_apply_later=True)
        result = super(PaymentTransaction, later)._post_process()
        (self.invoice_ids - posted_before)._auto_apply_credits()
        return result

    def _create_payment(self, **extra_create_values):
        # What is paid for an invoice is booked on who owes it, whoever sends the money.
        # sudo: whoever pays need not see the documents for us to know whose they are.
        invoices = self.sudo().invoice_ids.filtered(
            lambda move: move.state == "posted" and move.is_sale_document(include_receipts=True)
        )
        customers = {move._get_carrying_customer().id for move in invoices}
        if len(customers) == 1:
            extra_create_values = {"partner_id": customers.pop(), **extra_create_values}
        return super()._create_payment(**extra_create_values)

    @api.constrains("invoice_ids")
    def _check_no_customer_credit(self):
        """Every address that takes money makes a transaction first, so it ends here."""
        # sudo: whoever pays need not see the document for us to know what it is.
        for credit in self.sudo().invoice_ids.filtered("is_customer_credit"):
            raise ValidationError(credit._get_nothing_to_pay())
