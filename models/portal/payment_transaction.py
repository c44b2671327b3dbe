"""Online transactions: none for a credit, and applied before the customer's open credits."""

from odoo import api, models
from odoo.exceptions import ValidationError


class PaymentTransaction(models.Model):
    _inherit = "payment.transaction"

    def _post_process(self):
        # Core posts the invoices before it books their payments: a credit that is applied in
        # between would leave these payments without anything to pay.
        posted_before = self.invoice_ids.filtered(lambda move: move.state == "posted")
        later = self.with_context(customer_credit_auto_apply_later=True)
        result = super(PaymentTransaction, later)._post_process()
        (self.invoice_ids - posted_before)._auto_apply_credits()
        return result

    def _create_payment(self, **extra_create_values):
        # A payment for an invoice is booked on the customer who owes it, whoever pays.
        # sudo: the user who pays may not see the documents, whose customer is needed.
        invoices = self.sudo().invoice_ids.filtered(
            lambda move: move.state == "posted" and move.is_sale_document(include_receipts=True)
        )
        customers = {move._get_carrying_customer().id for move in invoices}
        if len(customers) == 1:
            extra_create_values = {"partner_id": customers.pop(), **extra_create_values}
        return super()._create_payment(**extra_create_values)

    @api.constrains("invoice_ids")
    def _check_no_customer_credit(self):
        """Refuse transactions for credits: every address that takes money creates one first."""
        # sudo: the user who pays may not see the document; only its kind is read.
        for credit in self.sudo().invoice_ids.filtered("is_customer_credit"):
            raise ValidationError(credit._get_nothing_to_pay())
