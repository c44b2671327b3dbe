"""Paid online: the money that the customer has sent comes before his open credits."""

from odoo import models


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
