"""The statement on paper: what the values say, in the customer's language."""

import io

from lxml import html
from pypdf import PdfReader

from odoo.tests import HttpCase, new_test_user, tagged

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
            f"{self.credit_kind[2]} {credit.name} 06/01/2023 $ -250.00 $ -250.00",
            "Amount Due $ 750.00 Past due: $ 750.00",
            "Open Invoices and Charges $ 1,000.00 Unapplied Credits $ -250.00 Amount Due $ 750.00",
            "Not Due 1-30 31-60 61-90 91-120 Older than 120 Unapplied Credits",
            "$ 0.00 $ 1,000.00 $ 0.00",
        )

    def test_how_to_pay_and_whom_to_ask(self):
        company = self.env.company
        company.write({"email": "ar@company.example.com", "phone": "+1 303 555 0142"})
        bank = self.env["res.bank"].create({"name": "First Bank", "bic": "FBDEUS33"})
        self.env["res.partner.bank"].create(
            {
                "acc_number": "1234 5678",
                "bank_id": bank.id,
                "partner_id": company.partner_id.id,
                "allow_out_payment": True,
            }
        )
        self.customer.ref = "C-77"
        invoice = self.document(1000.0, ref="PO-77")
        page = self.page(self.statement())
        self.assertSays(
            page,
            "Document Your PO Date",
            f"Invoice {invoice.name} PO-77 06/01/2023",
            "Pay to: First Bank, account 1234 5678 – BIC FBDEUS33 – quote C-77",
            "Questions? ar@company.example.com | +1 303 555 0142",
        )
        self.assertNotIn("Pay online", page)
        self.online_payment()
        self.assertSays(self.page(self.statement()), "Pay online:", "/my/statement")
        self.document(-1500.0)
        page = self.page(self.statement())
        self.assertSays(page, "Credit Balance $ 500.00", "Questions?")
        for words in ("Pay to", "Pay online", "Past due", "this, past", "Amount Due"):
            self.assertNotIn(words, page)

    def online_payment(self):
        self.env["ir.config_parameter"].set_param("account_payment.enable_portal_payment", "True")
        self.env["payment.provider"].create(
            {
                "name": "Online",
                "code": "none",
                "state": "test",
                "is_published": True,
                "company_id": self.env.company.id,
                "payment_method_ids": [
                    (6, 0, self.env.ref("payment.payment_method_unknown").ids)
                ],
            }
        )

    def test_a_statement_of_the_past_says_what_was_paid_since(self):
        self.document(1000.0)
        self.payment(300.0, date="2023-07-05")
        page = self.page(self.statement(date="2023-06-30"))
        self.assertSays(page, "Payments received after this date: $ 300.00")
        self.assertNotIn("after this date", self.page(self.statement()))

    def links(self, statement):
        """The addresses in a print, by their text."""
        content, _kind = self.env["ir.actions.report"]._render_qweb_html(REPORT, statement.ids)
        found = html.fromstring(content).xpath("//a[contains(@href, '/my/invoices/')]")
        return {link.text: link.get("href") for link in found}

    def test_numbers_open_the_documents_in_the_portal(self):
        invoice, credit = self.document(1000.0), self.document(-250.0)
        payment, entry = self.payment(5.0), self.entry(7.0)
        for values in ({}, {"kind": "activity", "date_from": "2023-06-01"}):
            links = self.links(self.statement(**values))
            self.assertEqual({*links}, {invoice.name, credit.name})
            for move in (invoice, credit):
                self.assertEqual(
                    links[move.name],
                    f"{move.get_base_url()}/my/invoices/{move.id}"
                    f"?access_token={move.access_token}",
                )
        self.assertFalse(entry.access_token or payment.move_id.access_token)

    def test_only_its_own_customer_gets_a_link(self):
        """An item that somebody put on this customer's account, of another customer's invoice."""
        invoice = self.document(1000.0, partner_id=self.stranger.id)
        items = self.receivable_items(invoice)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE account_move_line SET partner_id = %s WHERE id IN %s",
            (self.customer.id, tuple(items.ids)),
        )
        self.env.invalidate_all()
        statement = self.statement()
        self.assertSays(self.page(statement), invoice.name)
        self.assertEqual(self.links(statement), {})

    def test_what_was_taken_back_is_not_told(self):
        invoice, credit = self.document(1000.0), self.document(-250.0)
        self.apply(invoice, credit)
        rows = self.env["account.receivable.application"].search(
            [("debit_move_id", "=", invoice.id)]
        )
        rows._unapply(TODAY, "An internal reason")
        page = self.page(self.statement(kind="activity", date_from="2023-06-01"))
        for words in ("Application", "Reversed", "An internal reason"):
            self.assertNotIn(words, page)

    def test_activity_on_paper(self):
        invoice = self.document(1000.0)
        credit = self.document(-250.0, invoice_date="2023-07-03")
        self.apply(invoice, credit)
        page = self.page(self.statement(kind="activity", date_from="2023-07-01"))
        self.assertSays(
            page,
            "From 07/01/2023 As of 07/15/2023",
            "07/01/2023 Opening Balance $ 1,000.00",
            f"07/03/2023 {self.credit_kind[2]} {credit.name} $ -250.00 $ 750.00",
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
            "Amount Due $ 1,000.00 Past due: $ 1,000.00 Amount Due 100.00 € Past due: 100.00 €",
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

    def test_the_preview_of_a_dialog(self):
        """The user's own; the dialog of another user is not shown."""
        self.document(1000.0)
        clerk, other = (
            new_test_user(self.env, login, "account.group_account_invoice")
            for login in ("preview_clerk", "preview_other")
        )
        dialogs = self.env["account.customer.statement.create"].with_user(clerk)
        dialog = dialogs.create(
            {"selection": "chosen", "partner_ids": [(6, 0, self.customer.ids)]}
        )
        url = dialog.action_preview()["url"]
        self.authenticate(clerk.login, clerk.login)
        response = self.url_open(url)
        self.assertEqual(response.headers["Content-Type"], "application/pdf")
        self.assertIn("1,000.00", response.text)  # in tests a print is HTML
        self.assertEqual(self.url_open(url.replace(str(dialog.id), "0")).status_code, 404)
        self.authenticate(other.login, other.login)
        response = self.url_open(url)
        self.assertNotEqual(response.status_code, 200)
        self.assertNotIn("1,000.00", response.text)
        self.assertFalse(
            self.env["account.customer.statement"].search([("partner_id", "=", self.customer.id)])
        )

    def test_one_that_is_not_kept(self):
        """As the portal makes it."""
        self.document(1000.0)
        statement = self.env["account.customer.statement"].new({"partner_id": self.customer.id})
        (page,) = self.pdf_pages(None, statements=statement)
        self.assertIn("1,000.00", page)
