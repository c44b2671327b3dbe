"""What the screens show to whom."""

from lxml import etree

from odoo.tests import Form

from .common import SaleCreditCommon


class TestScreens(SaleCreditCommon):
    def fields_of(self, model, view, user):
        arch = self.env[model].with_user(user).get_view(self.env.ref(view).id, "form")["arch"]
        return [node.get("name") for node in etree.fromstring(arch).iter("field", "button")]

    def test_the_order(self):
        self.document(-250.0)
        order = self.order(confirm=False)
        form = Form(order.with_user(self.seller))
        self.assertEqual(form.customer_ar_balance, -250.0)
        self.assertEqual(form.customer_open_credits, 250.0)
        self.assertEqual(len(form.open_credit_ids), 1)
        form.partner_id = self.stranger
        self.assertEqual(form.customer_open_credits, 0.0)
        for user, button in ((self.seller, True), (self.biller, False)):
            names = self.fields_of("sale.order", "sale.view_order_form", user)
            self.assertEqual("action_use_credit" in names, button)
            self.assertIn("customer_ar_balance", names)
            self.assertIn("credit_reservation_ids", names)

    def test_a_new_quotation(self):
        """It opens without a customer, and is saved with one that has credits."""
        self.document(-250.0)
        form = Form(self.env["sale.order"].with_user(self.seller))
        self.assertFalse(form.credit_release_note)
        form.partner_id = self.customer
        self.assertEqual(form.customer_open_credits, 250.0)
        self.assertFalse(form.save().credit_reservation_ids)

    def test_the_customer(self):
        """Sales sees its two figures and the list; accounting its own tab, and not both."""
        self.document(-250.0)
        both = self.new_user(
            "both", "account.group_account_invoice", "sales_team.group_sale_salesman"
        )
        for user, sales, accounting in (
            (self.seller, True, False),
            (self.biller, False, True),
            (both, False, True),
        ):
            names = self.fields_of("res.partner", "base.view_partner_form", user)
            self.assertEqual("sale_ar_balance" in names, sales, user.name)
            self.assertEqual("ar_balance" in names, accounting, user.name)
        form = Form(self.contact.with_user(self.seller), "base.view_partner_form")
        self.assertEqual((form.sale_ar_balance, form.sale_ar_open_credits), (-250.0, 250.0))

    def test_an_open_credit_is_counted_once(self):
        """The list is what the figure sums, whatever the kind of the credit."""
        self.document(-250.0)
        self.document(100.0, move_type="out_refund")
        self.payment(50.0)
        self.entry(-30.0)
        self.document(-20.0, partner_id=self.contact.id)
        self.document(500.0)
        order = self.order()
        self.fresh()
        self.assertEqual(sum(order.open_credit_ids.mapped("remaining")), 450.0)
        self.assertEqual(order.customer_open_credits, self.customer.ar_open_credits)
        self.assertEqual(order.customer_ar_balance, self.customer.ar_balance)
        self.assertEqual(
            self.customer.with_user(self.seller).sale_open_credit_ids, order.open_credit_ids
        )

    def test_one_query_for_many_orders(self):
        """A list of orders with these figures asks as often as one order does."""
        customers = self.env["res.partner"].create(
            [{"name": f"Customer {number}"} for number in range(10)]
        )
        for customer in customers:
            self.document(-10.0, partner_id=customer.id)
        orders = self.env["sale.order"].union(
            *(self.order(partner_id=customer.id) for customer in customers)
        ).with_user(self.seller)
        names = ["customer_ar_balance", "open_credit_ids"]
        one = self.count_queries(lambda: orders[0].read(names))
        many = self.count_queries(lambda: orders.read(names))
        self.assertLessEqual(many, one + 2)
