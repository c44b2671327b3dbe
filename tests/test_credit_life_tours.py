"""The life of a credit, clicked: applied, overpaid, refunded."""

from .common_controls import ClickedControls
from .common_customer import CustomerAccountCommon


class TestCreditLifeTours(CustomerAccountCommon, ClickedControls):
    def setUp(self):
        super().setUp()
        self.env.user.password = "accountman-password"

    def play(self, address, tour):
        self.start_tour(address, f"account_customer_credit_{tour}", login=self.env.user.login)
        self.env.invalidate_all()

    def test_apply_from_the_customers_tab_with_a_changed_amount(self):
        invoice, credit = self.document(1000.0), self.document(-250.0)
        self.play(f"/odoo/customers/{self.customer.id}", "apply")
        self.assertEqual((invoice.amount_residual, credit.credit_remaining), (1000.0, 250.0))
        self.assertEqual(credit.receivable_application_ids.mapped("amount"), [100.55, -100.55])
        self.assertTiesOut()

    def test_a_part_of_an_outstanding_item_beside_add(self):
        invoice, credit = self.document(100.0), self.document(-250.0)
        self.play(f"/odoo/customer-invoices/{invoice.id}", "outstanding_amount")
        self.assertEqual((invoice.amount_residual, credit.credit_remaining), (60.0, 210.0))
        self.assertTiesOut()

    def test_overpayment(self):
        invoice = self.document(100.0)
        self.play(f"/odoo/customer-invoices/{invoice.id}", "overpayment")
        self.assertIn(invoice.payment_state, ("paid", "in_payment"))
        self.assertEqual(self.customer.ar_balance, -20.0)
        self.assertTiesOut()

    def test_refund(self):
        credit = self.document(-250.0)
        self.play(f"/odoo/customers/{self.customer.id}", "refund")
        self.assertEqual((credit.credit_refunded, credit.credit_remaining), (80.0, 170.0))
        self.assertTiesOut()
