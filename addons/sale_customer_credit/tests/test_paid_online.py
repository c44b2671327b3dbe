"""Orders that are paid online, where credits are applied automatically."""

from odoo.fields import Command

from odoo.addons.account_customer_credit.tests.common_online_payment import OnlinePaymentMixin

from .common import SaleCreditCommon


class TestPaidOnline(OnlinePaymentMixin, SaleCreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.customer_credit_auto_apply = "oldest"

    def test_an_order_that_is_invoiced_later(self):
        """1,000.00 paid with the order: its invoice takes that, and the credit stays."""
        order, credit = self.order(confirm=False), self.document(-250.0)
        transaction = self.pay_online(1000.0, sale_order_ids=[Command.set(order.ids)])
        self.assertEqual(order.state, "sale")
        self.assertTrue(transaction.payment_id)
        invoice = self.invoice(order)
        self.assertEqual(invoice.amount_residual, 0.0)
        self.assertEqual(credit.credit_remaining, 250.0)
        self.assertEqual(self.customer.ar_open_credits, 250.0)
        self.assertTiesOut()

    def test_a_part_paid_with_the_order(self):
        """800.00 paid ahead of 1,000.00: of the credit the invoice takes the rest."""
        order, credit = self.order(), self.document(-250.0)
        self.pay_online(800.0, sale_order_ids=[Command.set(order.ids)])
        invoice = self.invoice(order)
        self.assertEqual((invoice.amount_residual, credit.credit_remaining), (0.0, 50.0))
        self.assertEqual(self.customer.ar_open_credits, 50.0)
        self.assertTiesOut()

    def test_what_the_order_reserved_comes_after_the_payment(self):
        order, credit = self.order(), self.document(-250.0)
        self.reserve(order, {credit: 250.0})
        self.pay_online(900.0, sale_order_ids=[Command.set(order.ids)])
        invoice = self.invoice(order)
        self.assertEqual((invoice.amount_residual, credit.credit_remaining), (0.0, 150.0))
        self.assertEqual(
            credit.receivable_application_ids.mapped("reason"), [f"Reserved for {order.name}"]
        )
        self.assertTiesOut()

    def test_an_order_that_is_invoiced_at_once(self):
        """Core posts the invoice before it books the payment: the credit must wait for that."""
        self.env["ir.config_parameter"].sudo().set_param("sale.automatic_invoice", "True")
        order, credit = self.order(confirm=False), self.document(-250.0)
        self.pay_online(1000.0, sale_order_ids=[Command.set(order.ids)])
        self.assertEqual(order.invoice_ids.state, "posted")
        self.assertEqual(order.invoice_ids.amount_residual, 0.0)
        self.assertEqual(credit.credit_remaining, 250.0)
        self.assertEqual(self.customer.ar_balance, -250.0)
        self.assertTiesOut()
