"""Customers found and sorted by what they owe."""

from odoo.exceptions import UserError

from .common_customer import ReceivableAccountCommon


class TestCustomerBalanceSearch(ReceivableAccountCommon):
    def customers_for_search(self):
        """Four customers with balances of 1,000.00, -250.00, 0.00 (both sides open) and none."""
        debtor, creditor, even = self.partners.create(
            [{"name": name, "is_company": True} for name in ("Debtor", "Creditor", "Even")]
        )
        self.document(1000.0, partner_id=debtor.id)
        self.document(-250.0, partner_id=creditor.id)
        self.document(40.3, partner_id=even.id)
        self.payment(40.3, partner=even)
        self.env.invalidate_all()
        return debtor, creditor, even, self.stranger

    def test_search_by_figure(self):
        debtor, creditor, even, nothing = self.customers_for_search()
        everyone = debtor + creditor + even + nothing
        for figure, operator, value, expected in (
            ("ar_balance", "=", 0, even + nothing),
            ("ar_balance", "=", 0.0, even + nothing),
            ("ar_balance", "=", False, even + nothing),
            ("ar_balance", "!=", 0, debtor + creditor),
            ("ar_balance", "!=", False, debtor + creditor),
            ("ar_balance", "=", 1000.0, debtor),
            ("ar_balance", "=", 1000.1, self.partners),
            ("ar_balance", "!=", 1000.0, creditor + even + nothing),
            ("ar_balance", "=", -250, creditor),
            ("ar_balance", ">", 0, debtor),
            ("ar_balance", ">=", 0, debtor + even + nothing),
            ("ar_balance", "<", 0, creditor),
            ("ar_balance", "<=", 0, creditor + even + nothing),
            ("ar_balance", "<", 1000, creditor + even + nothing),
            ("ar_balance", "<=", 1000, everyone),
            ("ar_balance", ">", -250, debtor + even + nothing),
            ("ar_balance", ">", 1000, self.partners),
            ("ar_balance", "in", [-250, 1000], debtor + creditor),
            ("ar_balance", "in", [0, 1000], debtor + even + nothing),
            ("ar_balance", "in", [], self.partners),
            ("ar_balance", "not in", [-250, 1000], even + nothing),
            ("ar_balance", "not in", [0, 1000], creditor),
            ("ar_balance", "not in", [], everyone),
            ("ar_open_invoices", ">", 0, debtor + even),
            ("ar_open_invoices", "=", 0, creditor + nothing),
            ("ar_open_credits", ">", 0, creditor + even),
            ("ar_open_credits", "=", 250, creditor),
            ("ar_open_credits", "=", 40.3, even),
            ("ar_overdue", ">=", 1000, debtor),
            ("ar_overdue", "<", 1, creditor + nothing),
        ):
            with self.subTest(figure=figure, operator=operator, value=value):
                domain = [(figure, operator, value)]
                found = self.partners.search([("id", "in", everyone.ids), *domain])
                self.assertEqual(found, expected.sorted())
                self.assertEqual(everyone.filtered_domain(domain), expected)

    def test_search_does_not_trip_over_floats(self):
        *_others, even, _nothing = self.customers_for_search()
        self.assertNotEqual(40.1 + 0.2, 40.3)
        self.assertIn(even, self.partners.search([("ar_open_credits", "=", 40.1 + 0.2)]))
        self.assertIn(even, self.partners.search([("ar_open_credits", "<=", 40.3 - 1e-12)]))

    def test_search_finds_contacts_by_their_company(self):
        self.document(-250.0)
        family = self.customer + self.contact
        domain = [("id", "in", family.ids)]
        self.assertEqual(
            self.partners.search([*domain, ("ar_balance", "<", 0)], order="id"), family
        )
        self.assertFalse(self.partners.search([*domain, ("ar_balance", "=", 0)]))

    def test_search_survives_items_without_a_partner(self):
        """An item without a customer hides no customer from a search for zero."""
        entry = self.entry(10.0)
        self.receivable_items(entry).partner_id = False
        found = self.partners.search([("id", "=", self.stranger.id), ("ar_balance", "=", 0)])
        self.assertEqual(found, self.stranger)
        self.assertFigures(0.0, 0.0, 0.0, 0.0)

    def test_search_combines_with_other_conditions(self):
        debtor, creditor, even, nothing = self.customers_for_search()
        everyone = debtor + creditor + even + nothing
        found = self.partners.search(
            [
                "&",
                ("id", "in", everyone.ids),
                "|",
                ("ar_balance", "<", 0),
                ("name", "=", "Debtor"),
            ],
            order="id",
        )
        self.assertEqual(found, debtor + creditor)
        found = self.partners.search(
            ["&", ("id", "in", everyone.ids), "!", ("ar_balance", "<", 0)], order="id"
        )
        self.assertEqual(found, (debtor + even + nothing).sorted("id"))

    def test_a_balance_is_not_a_text(self):
        for operator, value in (("ilike", "250"), ("=", "250"), ("in", ["a"]), (">", "a")):
            with self.subTest(operator=operator, value=value), self.assertRaises(UserError):
                self.partners.search([("ar_balance", operator, value)])

    def test_sort_by_figure(self):
        debtor, creditor, even, nothing = self.customers_for_search()
        domain = [("id", "in", (debtor + creditor + even + nothing).ids)]
        for order, expected in (
            ("ar_balance, id", creditor + nothing + even + debtor),
            ("ar_balance desc, id desc", debtor + even + nothing + creditor),
            ("ar_open_credits desc, id", creditor + even + nothing + debtor),
            ("ar_overdue desc, ar_balance, id", debtor + even + creditor + nothing),
        ):
            with self.subTest(order=order):
                self.assertEqual(self.partners.search(domain, order=order).ids, expected.ids)
        self.assertEqual(self.partners.search(domain, order="ar_balance", limit=1), creditor)
        self.assertTrue(self.partners.fields_get(["ar_balance"])["ar_balance"]["sortable"])
