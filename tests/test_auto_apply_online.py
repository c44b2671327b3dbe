"""Auto-apply and money that comes in online: the money first, then the customer's credits."""

from odoo.fields import Command

from .common_customer import CustomerAccountCommon
from .common_online_payment import OnlinePaymentMixin


class TestAutoApplyOnline(OnlinePaymentMixin, CustomerAccountCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.customer_credit_auto_apply = "oldest"

    def test_a_draft_that_is_paid(self):
        """A draft invoice that its payment posts."""
        invoice, credit = self.document(1000.0, post=False), self.document(-250.0)
        self.pay_online(1000.0, invoice_ids=[Command.set(invoice.ids)])
        self.assertEqual((invoice.state, invoice.amount_residual), ("posted", 0.0))
        self.assertEqual(credit.credit_remaining, 250.0)
        self.assertTiesOut()

    def test_a_draft_that_is_paid_in_part(self):
        invoice, credit = self.document(1000.0, post=False), self.document(-250.0)
        self.pay_online(900.0, invoice_ids=[Command.set(invoice.ids)])
        self.assertEqual((invoice.amount_residual, credit.credit_remaining), (0.0, 150.0))
        self.assertTiesOut()

    def test_an_invoice_that_was_posted_before(self):
        """Its open credits were the customer's to use when it was posted: none is used now."""
        self.env.company.customer_credit_auto_apply = "never"
        invoice, credit = self.document(1000.0), self.document(-250.0)
        self.env.company.customer_credit_auto_apply = "oldest"
        self.pay_online(900.0, invoice_ids=[Command.set(invoice.ids)])
        self.assertEqual((invoice.amount_residual, credit.credit_remaining), (100.0, 250.0))
        self.assertTiesOut()
