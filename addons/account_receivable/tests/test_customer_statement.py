"""The open-item statement: what a customer owes, item by item, currency by currency."""

from datetime import date

from odoo.exceptions import UserError

from ..models.receivable_choices import StatementChoices
from ..reports.aging.account_receivable_aging import COLUMNS
from .common_statement import CustomerStatementCommon, day


class TestCustomerStatement(CustomerStatementCommon):
    # === Stories ===

    def test_credits_are_subtracted_and_shown_as_what_they_are(self):
        """An invoice of 1,000.00 and a credit of 250.00: 750.00 is due."""
        invoice = self.document(1000.0)
        credit = self.document(-250.0)
        section = self.section()
        self.assertItems(
            section,
            (invoice.name, "Invoice", 1000.0, 1000.0),
            (credit.name, self.credit_kind[2], -250.0, -250.0),
        )
        self.assertEqual(section["amount_due"], 750.0)
        self.assertEqual(section["currency"], self.dollar)
        self.assertEqual(section["items"][0]["date"], day("2023-06-01"))
        self.assertEqual(section["items"][0]["due_date"], day("2023-07-01"))
        self.assertEqual(
            section["aging"],
            [
                ("Not Due", 0.0),
                ("1-30", 1000.0),
                ("31-60", 0.0),
                ("61-90", 0.0),
                ("91-120", 0.0),
                ("Older than 120", 0.0),
                ("Unapplied Credits", -250.0),
            ],
        )

    def test_credits_have_no_due_date_and_do_not_age(self):
        """They come after what is owed, and count first against what is past due."""
        old = self.document(-250.0, invoice_date="2022-06-01")
        payment = self.payment(100.0, date="2022-06-20")
        invoice = self.document(1000.0)
        new = self.document(20.0, invoice_date="2023-07-01")
        section = self.assertAddsUp()["USD"]
        self.assertEqual(
            [(item["name"], item["due_date"]) for item in section["items"]],
            [
                (invoice.name, day("2023-07-01")),
                (new.name, day("2023-07-31")),
                (payment.move_id.name, None),
                (old.name, None),
            ],
        )
        aging = dict(section["aging"])
        self.assertEqual(
            (aging["Not Due"], aging["1-30"], aging["Older than 120"]), (20.0, 1000.0, 0.0)
        )
        self.assertEqual(aging["Unapplied Credits"], -350.0)
        self.assertEqual((section["owed"], section["credits"]), (1020.0, -350.0))
        self.assertEqual((section["amount_due"], section["past_due"]), (670.0, 650.0))
        self.document(-900.0)
        self.assertEqual(self.section()["past_due"], 0.0)

    def test_the_customers_own_numbers(self):
        """A credit made from an invoice has the number of the invoice; an entry's note and our
        number of it are not the customer's."""
        invoice = self.document(1000.0, ref="PO-77")
        original = self.document(500.0, ref="PO-88")
        credit = self.document(-100.0, ref="Our words", reversed_entry_id=original.id)
        payment = self.payment(10.0, memo="Our note")
        entry = self.entry(7.0)
        entry.ref = "Our note"
        items = {item["name"]: item for item in self.section()["items"]}
        for move, number, reference in (
            (invoice, invoice.name, "PO-77"),
            (payment.move_id, payment.move_id.name, None),
            (entry, None, None),
        ):
            item = items[move.name]
            self.assertEqual((item["number"], item["reference"]), (number, reference))
        (section,) = self.sections(date_from=day("2023-06-01")).values()
        lines = {line["name"]: line for line in section["lines"]}
        self.assertEqual(lines[credit.name]["reference"], "PO-88")
        self.assertIsNone(lines[entry.name]["number"])

    def test_what_was_paid_after_the_day(self):
        self.document(1000.0)
        self.payment(100.0, date="2023-07-05")
        self.bank_line(30.0, "2023-07-10")
        self.payment(-7.0, date="2023-07-10")  # sent back
        self.payment(99.0, date="2023-07-20", partner=self.stranger)
        for as_of, paid in (("2023-06-30", 130.0), ("2023-07-05", 30.0), ("2023-07-15", 0.0)):
            section = self.section(as_of=day(as_of))
            self.assertEqual(section["paid_later"], paid, as_of)

    def test_where_to_pay(self):
        """The account in the currency of what is due, else one for every currency."""
        euro = self.setup_other_currency("EUR", rates=[("2023-01-01", 0.5)])
        company = self.env.company
        self.document(1000.0)
        self.document(100.0, currency_id=euro.id)

        def accounts():
            sections = list(self.sections().values())
            return company._get_statement_bank_accounts(sections).mapped("acc_number")

        self.assertEqual(accounts(), [])
        values = {"partner_id": company.partner_id.id, "allow_out_payment": True}
        banks = self.env["res.partner.bank"]
        banks.create({**values, "acc_number": "2", "currency_id": euro.id})
        self.assertEqual(accounts(), ["2"])
        banks.create({**values, "acc_number": "3"})
        self.assertEqual(accounts(), ["3", "2"])
        self.document(-200.0, currency_id=euro.id)
        self.assertEqual(accounts(), ["3"])

    def test_everything_open_is_on_it_whatever_made_it(self):
        invoice = self.document(1000.0)
        credit = self.document(-250.0)
        note = self.document(30.0, move_type="out_refund")
        payment = self.payment(100.0)
        refund = self.payment(-20.0)
        bank = self.bank_line(5.0, "2023-07-01")
        entry = self.entry(7.0)
        self.document(9999.0, post=False)
        labels = {item["name"]: item["label"] for item in self.section()["items"]}
        self.assertEqual(
            labels,
            {
                invoice.name: "Invoice",
                credit.name: self.credit_kind[2],
                note.name: "Credit Note",
                payment.move_id.name: "Payment",
                refund.move_id.name: "Refund",
                bank.move_id.name: "Payment",
                entry.name: "Adjustment",
            },
        )
        self.assertAddsUp()
        self.assertEqual(self.section()["amount_due"], self.fresh().ar_balance)

    def test_what_is_partly_settled_shows_what_is_left(self):
        invoice, credit = self.document(1000.0), self.document(-250.0)
        self.apply(invoice, credit)
        self.assertItems(self.section(), (invoice.name, "Invoice", 1000.0, 750.0))

    def test_a_credit_larger_than_the_invoices_leaves_a_negative_amount(self):
        self.document(100.0)
        self.document(-250.0)
        self.assertEqual(self.section()["amount_due"], -150.0)

    def test_open_items_that_cancel_out_are_listed_with_nothing_due(self):
        self.document(100.0)
        self.document(-100.0)
        section = self.section()
        self.assertEqual((len(section["items"]), section["amount_due"]), (2, 0.0))

    def test_a_customer_without_open_items_has_a_statement_without_sections(self):
        self.apply(self.document(100.0), self.document(-100.0))
        self.assertEqual(self.sections(), {})
        self.assertEqual(self.sections(self.stranger), {})

    def test_a_document_without_an_amount_is_not_on_it(self):
        self.document(0.0)
        self.assertEqual(self.sections(), {})

    def test_a_contact_stands_for_its_company(self):
        invoice = self.document(1000.0, partner_id=self.contact.id)
        for partners in (self.contact, self.customer, self.contact + self.customer):
            statements = self.statements(partners)
            self.assertEqual(list(statements), self.customer.ids)
            (section,) = statements[self.customer.id]["sections"]
            self.assertItems(section, (invoice.name, "Invoice", 1000.0, 1000.0))

    def test_instalments_are_items_of_their_own(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "Half now, half in 60 days",
                "line_ids": [
                    (0, 0, {"value": "percent", "value_amount": 50, "nb_days": 0}),
                    (0, 0, {"value": "percent", "value_amount": 50, "nb_days": 60}),
                ],
            }
        )
        invoice = self.document(300.0, invoice_payment_term_id=term.id)
        section = self.section()
        self.assertItems(
            section,
            (invoice.name, "Invoice", 150.0, 150.0),
            (invoice.name, "Invoice", 150.0, 150.0),
        )
        self.assertEqual(
            [item["due_date"] for item in section["items"]], [day("2023-06-01"), day("2023-07-31")]
        )
        self.assertEqual(dict(section["aging"])["Not Due"], 150.0)
        self.assertEqual(dict(section["aging"])["31-60"], 150.0)

    # === History stands ===

    def test_as_of_june_it_says_in_august_what_it_said_in_june(self):
        invoice, credit = self.document(1000.0), self.document(-250.0)
        items = self.receivable_items(invoice, credit)
        june = self.sections(as_of=day("2023-06-30"))
        items._apply_receivables(dict.fromkeys(items, 250.0), day=date(2023, 7, 10))
        self.assertEqual(self.sections(as_of=day("2023-06-30")), june)
        self.assertItems(self.section(), (invoice.name, "Invoice", 1000.0, 750.0))
        register = self.env["account.receivable.application"]
        row = register.search([("debit_move_id", "=", invoice.id)])
        row._unapply(date(2023, 7, 12), "Wrong invoice")
        self.assertEqual(self.sections(as_of=day("2023-06-30")), june)
        self.assertItems(
            self.section(as_of=day("2023-07-11")), (invoice.name, "Invoice", 1000.0, 750.0)
        )
        self.assertEqual(len(self.section()["items"]), 2)

    def test_before_the_first_entry_there_is_nothing(self):
        self.document(1000.0)
        self.assertEqual(self.sections(as_of=day("2023-05-31")), {})
        self.assertEqual(self.sections(as_of=day("1999-12-31")), {})

    # === Currencies and companies ===

    def test_each_currency_has_its_section_and_its_amount_due(self):
        """Nothing is converted: 100 euros are 100 euros, whatever they cost when booked."""
        euro = self.setup_other_currency("EUR", rates=[("2023-01-01", 0.5), ("2023-07-01", 0.4)])
        self.document(1000.0)
        self.document(100.0, currency_id=euro.id)
        self.document(-30.0, currency_id=euro.id)
        sections = self.assertAddsUp()
        self.assertEqual(list(sections), ["USD", "EUR"], "The company's currency comes first.")
        self.assertEqual(sections["USD"]["amount_due"], 1000.0)
        self.assertEqual(sections["EUR"]["amount_due"], 70.0)
        self.assertEqual([item["residual"] for item in sections["EUR"]["items"]], [100.0, -30.0])

    def test_a_difference_in_our_books_is_not_asked_of_the_customer(self):
        """Settled in euros, the company's books still hold an exchange difference to book."""
        euro = self.setup_other_currency("EUR", rates=[("2023-06-01", 0.5), ("2023-06-20", 0.4)])
        invoice = self.document(100.0, currency_id=euro.id)
        payment = self.payment(100.0, currency_id=euro.id)
        items = self.receivable_items(invoice, payment.move_id)
        items.with_context(no_exchange_difference=True).reconcile()
        self.assertEqual(sum(items.mapped("amount_residual_currency")), 0.0)
        self.assertEqual(self.sections(), {})
        rows = self.items._get_statement_customers(day("2023-07-15"))
        customers = [row["customer_id"] for row in rows]
        self.assertNotIn(self.customer.id, customers)

    def test_a_statement_is_one_companys_letter(self):
        company = self.two_companies()
        self.document(100.0)
        both = [self.env.company.id, company.id]
        self.env.user.company_ids += company
        own = self.customer.with_context(allowed_company_ids=both)
        other = self.customer.with_context(allowed_company_ids=both[::-1])
        self.assertEqual(self.sections(own)["USD"]["amount_due"], 100.0)
        (section,) = self.sections(other).values()
        self.assertEqual(section["amount_due"], 750.0)
        statement = self.statements(other)[self.customer.id]
        self.assertEqual(statement["company"], company)

    # === Aging ===

    def test_the_buckets_are_the_companys_and_those_of_the_aging(self):
        self.env.company.receivable_aging_limit_1 = 7
        for amount, invoice_date in (
            (1000.0, "2023-06-15"),
            (-11.0, "2023-06-14"),
            (70.0, "2023-06-08"),
            (-50.0, "2023-06-07"),
            (300.0, "2022-01-01"),
        ):
            self.document(amount, invoice_date=invoice_date)
        self.payment(33.0)
        section = self.assertAddsUp()["USD"]
        self.assertEqual(section["aging"][1][0], "1-7")
        aging = self.env["account.receivable.aging"].with_context(aging_credits="column")
        totals = aging._read_group(
            [("partner_id", "=", self.customer.id)], [], [f"{name}:sum" for name in COLUMNS]
        )[0]
        self.assertEqual(
            [amount for _label, amount in section["aging"]], [total or 0.0 for total in totals]
        )

    # === Queries ===

    def test_queries_do_not_grow_with_the_customers(self):
        partners = self.partners.create([{"name": f"Customer {number}"} for number in range(12)])
        for partner in partners:
            invoice = self.document(100.0, partner_id=partner.id)
            self.apply(invoice, self.document(-30.0, partner_id=partner.id))
        few, many = partners[:2], partners
        for choices in (
            StatementChoices("open_item", day("2023-07-15")),
            StatementChoices("activity", day("2023-07-15"), day("2023-06-01")),
        ):
            self.count_statement_queries(few, choices)  # what is cached for good, is now
            self.assertEqual(
                self.count_statement_queries(few, choices),
                self.count_statement_queries(many, choices),
            )

    def count_statement_queries(self, partners, choices):
        return self.count_queries(lambda: partners._get_customer_statements(choices))

    # === Bad input ===

    def test_choices_that_are_none_are_refused_with_a_sentence(self):
        def of(**context):
            return StatementChoices.of(self.env(context={**self.env.context, **context}))

        self.assertEqual(of(), StatementChoices("open_item", day("2023-07-15")))
        self.assertEqual(
            of(statement_kind="activity", as_of="2023-06-30", statement_from="2023-06-01"),
            StatementChoices("activity", day("2023-06-30"), day("2023-06-01")),
        )
        for words, context in (
            ("is not a valid date", {"as_of": "nonsense"}),
            ("is in the future", {"as_of": "2023-07-16"}),
            ("not a valid value for statement_kind", {"statement_kind": "'; DROP TABLE"}),
            ("Enter the From date", {"statement_kind": "activity"}),
            ("is not a valid date", {"statement_kind": "activity", "statement_from": {"a": 1}}),
            (
                "after the as-of date",
                {
                    "statement_kind": "activity",
                    "statement_from": "2023-07-02",
                    "as_of": "2023-07-01",
                },
            ),
        ):
            with self.subTest(context), self.assertRaisesRegex(UserError, words):
                of(**context)

    def test_nobody_has_no_statements(self):
        for date_from in (None, day("2023-06-01")):
            kind = "activity" if date_from else "open_item"
            choices = StatementChoices(kind, day("2023-07-15"), date_from)
            self.assertEqual(self.partners._get_customer_statements(choices), {})
