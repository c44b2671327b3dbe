"""The contact of an order moves to another company: its documents stay whose they are."""

from odoo.fields import Command

from odoo.addons.account_customer_credit.tests.common_online_payment import OnlinePaymentMixin

from .common import SaleCreditCommon


class MovedOrdersCommon(SaleCreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.alder, cls.birch = cls.partners.create(
            [{"name": "Alder Co", "is_company": True}, {"name": "Birch Co", "is_company": True}]
        )
        cls.robin = cls.partners.create({"name": "Robin", "parent_id": cls.alder.id})
        cls.env.company.customer_credit_limit = 10000.0
        cls.env.company.customer_credit_auto_apply = "never"

    def robins_order(self, **values):
        return self.order(partner_id=self.robin.id, partner_invoice_id=self.robin.id, **values)

    def move_robin(self):
        self.robin.parent_id = self.birch
        self.fresh()

    def assertOwe(self, alder, birch):
        self.fresh()
        self.assertEqual((self.alder.ar_balance, self.birch.ar_balance), (alder, birch))
        for customer in (self.alder, self.birch, self.robin):
            self.assertTiesOut(customer)
            for day in ("2023-07-15", "2023-06-30"):
                self.assertAgesAsLedger(day, customer)
                self.assertExplained(day, customer)
                self.assertFalse(self.findings(day, customer))


class TestMovedOrders(MovedOrdersCommon):
    def test_a_cancelled_order_is_credited_to_who_paid(self):
        order = self.robins_order()
        invoice = self.invoice(order)
        wizard = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        wizard.create({})._create_payments()
        self.move_robin()
        action = order.with_user(self.env.user).action_cancel()
        self.assertIn("Use Adjust to credit Alder Co", invoice.activity_ids.note)
        dialog = self.env[action["res_model"]].browse(action["res_id"])
        credit = self.env["account.move"].browse(dialog.action_post()["res_id"])
        self.assertEqual((credit.partner_id, credit.credit_remaining), (self.alder, 1000.0))
        self.assertOwe(-1000.0, 0.0)

    def test_a_reserved_credit_goes_on_its_customers_invoice_only(self):
        """Alder's credit is not used for what Birch orders by now."""
        credit = self.document(-250.0, partner_id=self.alder.id)
        order = self.robins_order()
        self.reserve(order, {credit: 250.0})
        self.move_robin()
        invoice = self.invoice(order)
        self.assertEqual((invoice.amount_residual, credit.credit_remaining), (1000.0, 250.0))
        self.assertOwe(-250.0, 1000.0)

    def test_an_invoice_that_was_entered_before_takes_the_reserved_credit(self):
        credit = self.document(-250.0, partner_id=self.alder.id)
        order = self.robins_order()
        self.reserve(order, {credit: 250.0})
        invoice = self.invoice(order, post=False)
        self.move_robin()
        invoice.action_post()
        self.assertEqual((invoice.amount_residual, credit.credit_remaining), (750.0, 0.0))
        self.assertOwe(750.0, 0.0)


class TestMovedOrdersOnline(OnlinePaymentMixin, MovedOrdersCommon):
    def test_what_another_customer_paid_online_for_the_order(self):
        """Alder has paid the order, and its invoice is Birch's: both stay open, and it says so."""
        order = self.robins_order()
        transaction = self.pay_online(
            1000.0, partner_id=self.robin.id, sale_order_ids=[Command.set(order.ids)]
        )
        self.move_robin()
        invoice = self.invoice(order)
        self.assertEqual((invoice.state, invoice.amount_residual), ("posted", 1000.0))
        message = f"online payment {transaction.payment_id.name} belongs to Alder Co"
        self.assertIn(message, "".join(invoice.message_ids.mapped("body")))
        self.assertOwe(-1000.0, 1000.0)
