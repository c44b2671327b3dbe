"""Whose items make a balance: a customer's contacts, companies of ours, and their currencies."""

from odoo.tests import Form

from .common_customer import FIGURES, ReceivableAccountCommon


class TestCustomerBalanceContacts(ReceivableAccountCommon):
    def test_a_contact_shows_its_company(self):
        """Payments and entries may be booked on a contact; all of it is the company's."""
        self.document(1000.0, partner_id=self.contact.id)
        self.payment(300.0, partner=self.contact)
        self.entry(-50.0, partner=self.contact)
        self.assertFigures(650.0, 1000.0, 350.0, 1000.0)
        self.assertFigures(650.0, 1000.0, 350.0, 1000.0, partner=self.contact)

    def test_a_company_of_the_group_has_its_own_account(self):
        subsidiary = self.env["res.partner"].create(
            {"name": "Montboro Library", "is_company": True, "parent_id": self.customer.id}
        )
        self.document(70.0, partner_id=subsidiary.id)
        self.document(1000.0)
        self.assertFigures(70.0, 70.0, 0.0, 70.0, partner=subsidiary)
        self.assertFigures(1000.0, 1000.0, 0.0, 1000.0)

    def test_a_contact_that_joins_a_company_brings_its_items_and_documents(self):
        person = self.env["res.partner"].create({"name": "Bob"})
        invoice = self.document(90.0, partner_id=person.id)
        person.parent_id = self.customer
        self.assertFigures(90.0, 90.0, 0.0, 90.0)
        self.assertEqual(self.customer.ar_document_ids, invoice)
        self.assertEqual(person.ar_open_document_ids, invoice)

    def test_an_archived_contact_still_counts(self):
        self.payment(300.0, partner=self.contact)
        self.contact.active = False
        self.assertFigures(-300.0, 0.0, 300.0, 0.0)

    def test_a_contact_of_somebody_without_receivables(self):
        self.assertFigures(0.0, 0.0, 0.0, 0.0, partner=self.stranger)

    def test_a_customer_that_is_being_typed_in(self):
        self.document(-250.0)
        typed = self.partners.new({"name": "Somebody"})
        self.assertEqual([typed[figure] for figure in FIGURES], [0.0] * 4)
        self.assertFalse(typed.ar_document_ids + typed.ar_open_document_ids)
        typed.parent_id = self.customer
        self.assertEqual(typed.ar_balance, -250.0)
        self.assertEqual(len(typed.ar_document_ids), 1)
        edited = self.partners.new(origin=self.customer)
        self.assertEqual(edited.ar_balance, -250.0)
        self.assertEqual(len(edited.ar_open_document_ids), 1)
        with Form(self.partners) as form:
            form.name = "Saved"
            self.assertEqual(form.ar_balance, 0.0)


class TestCustomerBalanceCompanies(ReceivableAccountCommon):
    def test_a_document_in_another_currency(self):
        """The figures are in the company's currency, the document's in its own."""
        euro = self.setup_other_currency("EUR", rates=[("2023-01-01", 2.0)])
        invoice = self.document(1000.0, currency_id=euro.id)
        credit = self.document(-250.0, currency_id=euro.id)
        credit_note = self.document(100.0, currency_id=euro.id, move_type="out_refund")
        self.assertFigures(325.0, 500.0, 175.0, 500.0)
        self.assertEqual(
            [
                (move.amount_total_in_currency_signed, move.amount_residual_in_currency_signed)
                for move in invoice + credit + credit_note
            ],
            [(1000.0, 1000.0), (-250.0, -250.0), (-100.0, -100.0)],
        )
        self.apply(invoice, credit_note)
        self.assertFigures(325.0, 450.0, 125.0, 450.0)
        self.assertEqual(invoice.amount_residual_in_currency_signed, 900.0)
        self.assertEqual(credit_note.amount_residual_in_currency_signed, 0.0)

    def test_the_balance_of_a_document_that_is_not_posted(self):
        for amount in (300.0, -300.0):
            draft = self.document(amount, post=False)
            self.assertEqual(draft.amount_residual_in_currency_signed, 0.0)
            draft.button_cancel()
            self.assertEqual(draft.amount_residual_in_currency_signed, 0.0)

    def test_only_the_companies_that_are_switched_on_count(self):
        ours, other = self.env.company, self.two_companies()
        self.document(80.0)
        for companies, balance, count in (
            ((ours,), 80.0, 1),
            ((other,), 750.0, 2),
            ((ours, other), 830.0, 3),
        ):
            with self.subTest(companies=companies):
                customer = self.in_companies(*companies)
                self.assertEqual(customer.ar_balance, balance)
                self.assertEqual(len(customer.ar_document_ids), count)
                self.assertEqual(len(customer.ar_open_document_ids), count)

    def test_figures_of_one_request_do_not_mix_companies(self):
        """The cache is separate for each choice of active companies."""
        ours, other = self.env.company, self.two_companies()
        customer = self.in_companies(ours)
        self.assertEqual(customer.ar_balance, 0.0)
        other_view = customer.with_context(allowed_company_ids=other.ids)
        self.assertEqual(other_view.ar_balance, 750.0)
        self.assertEqual(len(other_view.ar_document_ids), 2)
        self.assertFalse(customer.ar_document_ids)

    def test_books_in_two_currencies_are_converted_at_todays_rate(self):
        """1,000.00 and -250.00 of the other company's euros are worth 500.00 and -125.00."""
        euro = self.setup_other_currency(
            "EUR", rates=[("2023-01-01", 4.0), ("2023-07-01", 2.0), ("2023-08-01", 8.0)]
        )
        ours, other = self.env.company, self.two_companies(currency_id=euro.id)
        self.document(80.0)
        customer = self.in_companies(ours, other)
        self.assertEqual(customer.ar_currency_id, ours.currency_id)
        self.assertRecordValues(
            customer,
            [
                {
                    "ar_balance": 455.0,
                    "ar_open_invoices": 580.0,
                    "ar_open_credits": 125.0,
                    "ar_overdue": 580.0,
                }
            ],
        )
        self.assertEqual(
            customer.search([("ar_balance", "=", 455.0), ("id", "=", customer.id)]), customer
        )
        self.assertEqual(self.in_companies(other).ar_balance, 750.0)
        self.assertEqual(self.in_companies(other).ar_currency_id, euro)

    def test_a_converted_figure_is_rounded_once_in_the_currency(self):
        """1,000.00 and -250.00 at 3 to 1: 333.33 less 83.33, to the cent, also in a search."""
        euro = self.setup_other_currency("EUR", rates=[("2023-01-01", 3.0)])
        ours, other = self.env.company, self.two_companies(currency_id=euro.id)
        customer = self.in_companies(ours, other)
        self.assertRecordValues(
            customer,
            [{"ar_balance": 250.0, "ar_open_invoices": 333.33, "ar_open_credits": 83.33}],
        )
        for figure, value in (("ar_balance", 250.0), ("ar_open_invoices", 333.33)):
            found = customer.search([(figure, "=", value), ("id", "=", customer.id)])
            self.assertEqual(found, customer)
