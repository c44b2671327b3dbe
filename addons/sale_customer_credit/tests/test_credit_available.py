"""What of the customer's credits an order can use: on the order, in the list, on the customer."""

from datetime import date

from odoo.exceptions import AccessError
from odoo.tests import Form

from .common import SaleCreditCommon


class AvailableCommon(SaleCreditCommon):
    def assertAvailable(self, order, amount, can_use, *notes):
        """Check the order's figure and button, and each of its notes in order."""
        self.fresh()
        order = order.with_user(self.seller)
        self.assertEqual((order.credit_available, order.can_use_credit), (amount, can_use))
        found = (order.credit_available_note or "").splitlines()
        self.assertEqual(len(found), len(notes), found)
        for text, expected in zip(found, notes, strict=True):
            for part in expected:
                self.assertIn(part, text)


class TestOrder(AvailableCommon):
    def test_as_soon_as_the_customer_is_chosen(self):
        """Before the first product and before it is saved, and gone with another customer."""
        self.document(-250.0)
        form = Form(self.env["sale.order"].with_user(self.seller))
        self.assertFalse(form.credit_available_note)
        form.partner_id = self.customer
        self.assertIn("250.00 credit is available. Add a product", form.credit_available_note)
        self.assertFalse(form.can_use_credit)
        with form.order_line.new() as line:
            line.product_id = self.goods
            line.price_unit = 100.0
        self.assertTrue(form.can_use_credit)
        self.assertNotIn("Add a product", form.credit_available_note)
        form.partner_id = self.stranger
        self.assertFalse(form.credit_available_note)
        self.assertFalse(form.can_use_credit)

    def test_the_story(self):
        """250.00 of credits: 100.00 are reserved by this order and 60.00 by another."""
        credit = self.document(-250.0)
        order, other = self.order(4.0), self.order(1.0)
        self.assertAvailable(order, 250.0, True, ["250.00 credit is available."])
        self.reserve(order, {credit: 100.0})
        self.assertAvailable(order, 150.0, True, ["150.00 credit is available."])
        self.reserve(other, {credit: 60.0})
        elsewhere = ["60.00", "reserved for other orders"]
        self.assertAvailable(order, 90.0, True, ["90.00 credit is available."], elsewhere)
        self.assertAvailable(other, 90.0, True, ["90.00"], ["100.00", "other orders"])

    def test_why_there_is_no_button(self):
        """On hold, reserved elsewhere, in another currency."""
        held = self.document(-70.0)
        held.credit_on_hold = True
        order = self.order()
        on_hold = ["70.00", "on hold. Ask accounting to release it."]
        self.assertAvailable(order, 0.0, False, on_hold)
        self.reserve(self.order(), {self.document(-250.0): 250.0})
        elsewhere = ["250.00", "is reserved for other orders."]
        self.assertAvailable(order, 0.0, False, on_hold, elsewhere)
        self.document(-40.0, currency_id=self.setup_other_currency("EUR").id)
        foreign = ["40.00", "another currency"]
        self.assertAvailable(order, 0.0, False, on_hold, elsewhere, foreign)

    def test_nothing_to_say(self):
        """No credits; a cancelled order; one that is covered, or invoiced."""
        order = self.order()
        self.assertAvailable(order, 0.0, False)
        self.document(-1250.0)
        self.reserve(order)
        self.assertAvailable(order, 250.0, False)
        invoiced = self.order()
        self.invoice(invoiced)
        self.assertAvailable(invoiced, 250.0, False)
        cancelled = self.order()
        cancelled._action_cancel()
        self.assertAvailable(cancelled, 250.0, False)

    def test_an_expired_quotation(self):
        self.document(-250.0)
        quotation = self.order(confirm=False, validity_date=date(2023, 7, 14))
        self.assertAvailable(quotation, 250.0, False, ["Change the expiration date"])

    def test_the_order_s_currency(self):
        self.document(-250.0)
        order = self.euro_order()
        self.document(-40.0, currency_id=order.currency_id.id)
        available, other = ["40.00", "€", "is available."], ["$", "250.00", "another currency"]
        self.assertAvailable(order, 40.0, True, available, other)

    def test_the_order_s_company(self):
        """A credit in another company is not offered."""
        self.document(-250.0)
        order = self.order()
        other = self.env["res.company"].create({"name": "Another School Supplier"})
        self.assertAvailable(order, 250.0, True, ["250.00"])
        foreign = self.env["sale.order"].create(
            {"partner_id": self.customer.id, "company_id": other.id}
        )
        self.assertEqual(foreign.credit_available, 0.0)
        self.assertFalse(foreign.credit_available_note)

    def test_who_reads_it(self):
        """Those who may read credits, and no other reader of an order."""
        self.document(-250.0)
        order = self.order()
        self.assertEqual(order.with_user(self.biller).credit_available, 250.0)
        portal = self.new_user("portal", "base.group_portal")
        names = ["credit_available", "credit_available_note", "can_use_credit"]
        for name in names:
            with self.assertRaises(AccessError):
                order.with_user(portal).read([name])
        with self.assertRaises(AccessError):
            self.env["sale.order"].with_user(portal).search([("credit_available", ">", 0)])


class TestList(AvailableCommon):
    def setUp(self):
        super().setUp()
        self.rich, self.poor = self.env["res.partner"].create(
            [{"name": "Ashton School"}, {"name": "Berwick School"}]
        )
        self.document(-250.0, partner_id=self.rich.id)
        self.orders = self.order(partner_id=self.rich.id) + self.order(partner_id=self.poor.id)

    def found(self, operator, value):
        self.fresh()
        domain = [("credit_available", operator, value), ("id", "in", self.orders.ids)]
        return self.env["sale.order"].with_user(self.seller).search(domain)

    def assertSearch(self):
        """Every comparison finds the orders whose figure compares so."""
        figures = {order: order.credit_available for order in self.orders}
        for value in (-1.0, 0.0, 99.99, 100.0, 250.0, 251.0):
            for operator, compare in (
                ("=", float.__eq__),
                ("!=", float.__ne__),
                (">", float.__gt__),
                (">=", float.__ge__),
                ("<", float.__lt__),
                ("<=", float.__le__),
            ):
                expected = {
                    order.id for order, amount in figures.items() if compare(amount, value)
                }
                found = set(self.found(operator, value).ids)
                self.assertEqual(found, expected, f"{operator} {value}")

    def test_search(self):
        self.assertSearch()
        self.assertEqual(self.found(">", 0), self.orders[0])
        self.assertEqual(self.found("in", [0.0, 7.0]), self.orders[1])

    def test_search_is_what_the_column_shows(self):
        """Reserved, on hold, in another currency, of a contact."""
        self.reserve(self.orders[0], {self.rich.ar_document_ids: 150.0})
        self.document(-60.0, partner_id=self.poor.id).credit_on_hold = True
        contact = self.env["res.partner"].create({"name": "Clerk", "parent_id": self.poor.id})
        self.orders += self.euro_order(partner_id=contact.id)
        euro = self.orders[-1].currency_id
        self.document(-250.0, partner_id=self.poor.id, currency_id=euro.id)
        self.fresh()
        self.assertEqual(self.orders.mapped("credit_available"), [100.0, 0.0, 250.0])
        self.assertSearch()

    def test_the_filter(self):
        """Orders that can still use a credit; not cancelled, not invoiced."""
        view = self.env["sale.order"].with_user(self.seller).get_view(
            self.env.ref("sale.sale_order_view_search_inherit_quotation").id, "search"
        )
        self.assertIn('name="credit_available"', view["arch"])
        view = self.env["sale.order"].with_user(self.seller).get_view(
            self.env.ref("sale.view_quotation_tree_with_onboarding").id, "list"
        )
        self.assertIn('name="credit_available"', view["arch"])

    def test_one_query_for_the_list(self):
        partners = self.env["res.partner"].create([{"name": f"School {n}"} for n in range(8)])
        for partner in partners:
            self.document(-10.0, partner_id=partner.id)
        orders = self.env["sale.order"].union(
            *(self.order(partner_id=partner.id) for partner in partners)
        ).with_user(self.seller)
        for order in orders[:4]:
            self.reserve(order, {order.partner_id.sudo().ar_document_ids: 5.0})
        one = self.count_queries(lambda: orders[0].read(["credit_available"]))
        many = self.count_queries(lambda: orders.read(["credit_available"]))
        self.assertLessEqual(many, one)
        self.assertEqual(orders.mapped("credit_available"), [5.0] * 4 + [10.0] * 4)


class TestCustomer(AvailableCommon):
    def test_the_salesperson_s_figure(self):
        """Without rights in accounting: what is available, in each currency, and the list."""
        credit = self.document(-250.0)
        self.document(-70.0).credit_on_hold = True
        self.reserve(self.order(), {credit: 100.0})
        customer = self.contact.with_user(self.seller)
        self.assertEqual(customer.sale_credit_available, "$\xa0150.00")
        self.document(-40.0, currency_id=self.setup_other_currency("EUR").id)
        self.fresh()
        self.assertIn("150.00, ", customer.sale_credit_available)
        self.assertIn("40.00", customer.sale_credit_available)
        action = customer.action_view_sale_open_credits()
        listed = self.env[action["res_model"]].with_user(self.seller).search(action["domain"])
        self.assertEqual(listed, customer.sale_open_credit_ids)
        self.assertEqual(len(listed), 3)

    def test_nothing_available(self):
        """All is on hold: zero, and the list says why."""
        self.document(-70.0).credit_on_hold = True
        customer = self.customer.with_user(self.seller)
        self.assertEqual(customer.sale_credit_available, "$\xa00.00")
        self.assertTrue(customer.sale_open_credit_ids.is_on_hold)
