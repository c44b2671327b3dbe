"""The statement on paper: what the values say, in the customer's language."""

import io

from lxml import html
from pypdf import PdfReader

from odoo.tests import HttpCase, tagged

from ..models.receivable_choices import StatementChoices
from .common_customer import TODAY
from .common_statement import CustomerStatementCommon

REPORT = "account_receivable.report_customer_statement"


@tagged("post_install", "-at_install")
class TestCustomerStatementPrint(CustomerStatementCommon):
    #: Fields of an invoice that are for our own team, with what is in them.
    internal_notes = {}

    def statement(self, partner=None, **values):
        statements = self.env["account.customer.statement"].sudo()
        values = {"partner_id": (partner or self.customer).id, **values}
        return statements.create(values).sudo(False)

    def pages(self, statements):
        """The printed statements as text, one for each."""
        self.env.flush_all()
        self.env.invalidate_all()
        content, _kind = self.env["ir.actions.report"]._render_qweb_html(REPORT, statements.ids)
        return [
            # Odoo keeps a minus and its number together by a character of no width.
            " ".join(" ".join(page.itertext()).replace("\ufeff", "").split())
            for page in html.fromstring(content).find_class("article")
        ]

    def page(self, statements):
        (page,) = self.pages(statements)
        return page

    def assertSays(self, text, *words):
        for word in words:
            self.assertIn(word, text)

    def test_open_items_on_paper(self):
        self.customer.write({"ref": "C-77", "street": "1498 Lakeshore Drive"})
        invoice, credit = self.document(1000.0), self.document(-250.0)
        self.assertSays(
            self.page(self.statement()),
            "Customer Statement",
            "Montboro School District",
            "1498 Lakeshore Drive",
            "As of 07/15/2023",
            "Customer Code C-77",
            f"Invoice {invoice.name} 06/01/2023 07/01/2023 $ 1,000.00 $ 1,000.00",
            f"{self.credit_kind[2]} {credit.name} 06/01/2023 07/01/2023 $ -250.00 $ -250.00",
            "Amount Due $ 750.00",
            "Not Due 1-30 31-60 61-90 91-120 Older than 120",
            "$ 0.00 $ 750.00 $ 0.00",
        )

    def test_activity_on_paper(self):
        invoice = self.document(1000.0)
        credit = self.document(-250.0, invoice_date="2023-07-03")
        self.apply(invoice, credit)
        page = self.page(self.statement(kind="activity", date_from="2023-07-01"))
        self.assertSays(
            page,
            "From 07/01/2023 As of 07/15/2023",
            "07/01/2023 Opening Balance $ 1,000.00",
            f"07/03/2023 {self.credit_kind[2]} {credit.name} 08/02/2023 $ -250.00 $ 750.00",
            f"07/15/2023 Application {credit.name} → {invoice.name} $ 250.00 $ 750.00",
            "Closing Balance $ 750.00",
            "Amount Due $ 750.00",
        )

    def test_a_balance_in_the_customers_favor(self):
        self.document(-250.0)
        page = self.page(self.statement())
        self.assertSays(page, "Credit Balance $ 250.00", "no payment is due")
        self.assertNotIn("Amount Due", page)

    def test_nothing_open(self):
        page = self.page(self.statement())
        self.assertSays(page, "You have no open items. No payment is due.")
        self.assertNotIn("Amount Due", page)

    def test_a_section_for_each_currency(self):
        euro = self.setup_other_currency("EUR", rates=[("2023-01-01", 0.5)])
        self.document(1000.0)
        self.document(100.0, currency_id=euro.id)
        page = self.page(self.statement())
        self.assertSays(
            page,
            "Amount Due $ 1,000.00 Amount Due 100.00 €",
            "Amounts in USD",
            "Amounts in EUR",
        )

    def test_each_in_its_customers_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        french = self.partners.create({"name": "Lycée", "lang": "fr_FR"})
        for partner in (self.customer, french):
            self.document(1000.0, partner_id=partner.id)
        statements = self.statement() + self.statement(french)
        own, other = self.pages(statements)
        self.assertSays(own, "As of 07/15/2023", "$ 1,000.00")
        self.assertSays(other, "15/07/2023", "1 000,00")
        self.assertEqual(
            statements[0]._get_file_name(), "Statement Montboro School District 2023-07-15"
        )

    def test_what_is_internal_is_not_printed(self):
        invoice = self.document(1000.0)
        invoice.write({**self.internal_notes, "narration": "Our own note"})
        entry = self.entry(7.0)
        entry.ref = "Correcting the mess"
        page = self.page(self.statement(kind="activity", date_from="2023-06-01"))
        for words in (*self.internal_notes.values(), "Our own note", "Correcting the mess"):
            self.assertNotIn(words, page)

    def test_a_print_of_many_costs_the_queries_of_a_few(self):
        partners = self.partners.create([{"name": f"Customer {number}"} for number in range(9)])
        for partner in partners:
            self.document(100.0, partner_id=partner.id)
        model = self.env["account.customer.statement"]
        statements = model._make(partners, StatementChoices("open_item", TODAY))
        few, many = statements[:2], statements
        for read in (lambda some: some._get_values(), lambda some: some.mapped("amount_due")):
            self.count_reading(read, few)  # what is cached for good, is now
            self.assertEqual(self.count_reading(read, few), self.count_reading(read, many))

    def count_reading(self, read, statements):
        return self.count_queries(lambda: read(statements))


@tagged("post_install", "-at_install")
class TestCustomerStatementPdf(CustomerStatementCommon, HttpCase):
    """The real file; it takes a server, for the styles."""

    def pdf_pages(self, res_ids, **data):
        content, kind = (
            self.env["ir.actions.report"]
            .with_context(force_report_rendering=True)
            ._render_qweb_pdf(REPORT, res_ids, data=data)
        )
        self.assertEqual(kind, "pdf")
        pages = PdfReader(io.BytesIO(content)).pages
        return [" ".join(page.extract_text().replace("\ufeff", "").split()) for page in pages]

    def test_several_statements_in_one_file(self):
        self.document(1000.0)
        self.document(-250.0)
        self.document(77.0, partner_id=self.stranger.id)
        statements = self.env["account.customer.statement"]._make(
            self.customer + self.stranger, StatementChoices("open_item", TODAY)
        )
        first, second = self.pdf_pages(statements.ids)
        for words in ("Customer Statement", "Montboro", "1,000.00", "-250.00", "750.00"):
            self.assertIn(words, first)
        self.assertIn("77.00", second)

    def test_one_that_is_not_kept(self):
        """As the portal makes it."""
        self.document(1000.0)
        statement = self.env["account.customer.statement"].new({"partner_id": self.customer.id})
        (page,) = self.pdf_pages(None, statements=statement)
        self.assertIn("1,000.00", page)
