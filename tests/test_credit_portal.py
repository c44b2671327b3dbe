"""A credit in the portal: the customer sees what is left of it, and nobody else's."""

from lxml import html

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_controls import ClickedControls
from .common_portal import CreditPortalCommon


@tagged("post_install", "-at_install")
class TestCreditPortal(CreditPortalCommon, ClickedControls):
    # ------------------------------------------------------------------
    # Words and amounts
    # ------------------------------------------------------------------

    def test_the_list(self):
        rows = self.rows("/my/invoices", self.user)
        self.assertEqual(
            set(rows), set((self.invoice + self.credit + self.paid + self.used).mapped("name"))
        )
        row = rows[self.credit.name]
        for words in ("Customer Credit", "06/01/2023", "$ -250.00", "Credit available $ 250.00"):
            self.assertIn(words, row)
        for words in ("Waiting for Payment", "Pay Now", "overdue", "07/01/2023", "Paid"):
            self.assertNotIn(words, row)
        self.assertIn("Used in full", rows[self.used.name])
        self.assertNotIn("Paid", rows[self.used.name])
        self.assertIn("Pay Now", rows[self.invoice.name])
        self.assertNotIn("Credit", rows[self.invoice.name])

    def test_the_filters(self):
        note = self.document(30.0, move_type="out_refund")
        for name, expected in (
            ("credits", self.credit + self.used + note),
            ("open_credits", self.credit + note),
            ("overdue_invoices", self.invoice.browse()),
            ("invoices", self.invoice + self.credit + self.paid + self.used + note),
        ):
            with self.subTest(name):
                rows = {}
                if expected:
                    rows = self.rows(f"/my/invoices?filterby={name}", self.user)
                else:
                    _tree, text = self.page(f"/my/invoices?filterby={name}", self.user)
                    self.assertIn("no invoices", text)
                self.assertEqual(set(rows), set(expected.mapped("name")))

    def test_the_document(self):
        tree, text = self.page(self.credit.get_portal_url(), self.user)
        for words in ("Customer Credit", "Credit available $ 250.00", "No payment is due."):
            self.assertIn(words, text)
        for words in ("Pay Now", "Left to Pay", "Already Paid", "Due", "Draft", "Installment"):
            self.assertNotIn(words, text)
        self.assertFalse(tree.xpath("//*[@id='pay_with']//form"))
        _tree, text = self.page(self.used.get_portal_url(), self.user)
        self.assertIn("Used in full", text)

    def test_a_partly_used_credit(self):
        self.apply(self.document(70.0), self.credit)
        _tree, text = self.page(self.credit.get_portal_url(), self.user)
        self.assertIn("Credit available $ 180.00", text)
        self.assertNotIn("Left to Pay", text)
        self.assertNotIn("Already Paid", text)

    def test_the_download(self):
        """For the customer, and for who has the link."""
        for user in (self.user, self.other_user, None):
            self.log_in(user)
            response = self.get(self.credit.get_portal_url(report_type="pdf", download=True))
            name = response.headers["Content-Disposition"]
            self.assertIn(f"Credit_Memo_{self.credit.name.replace('/', '_')}.pdf", name)
            print_ = self.get(self.credit.get_portal_url(report_type="html")).text
            self.assertIn("Credit Memo", print_)

    def test_sorted_by_anything_it_is_the_same_list(self):
        for name in ("date", "duedate", "name", "state"):
            rows = self.rows(f"/my/invoices?sortby={name}", self.user)
            self.assertEqual(len(rows), 4)
            self.assertIn("Credit available $ 250.00", rows[self.credit.name])

    def test_a_cancelled_credit_and_a_draft(self):
        """The message to a visitor with the link says what happened to the document."""
        self.log_in(None)
        draft = self.customer_document([self.line(-5.0)])
        _tree, text = self.page(draft.get_portal_url())
        self.assertIn("Customer Credit Draft No payment is due.", text)
        self.assertNotIn("Credit available", text)
        draft.button_cancel()
        _tree, text = self.page(draft.get_portal_url())
        self.assertIn("Customer Credit Cancelled No payment is due.", text)
        for words in ("Credit available", "Used in full", "Paid", "Pay Now"):
            self.assertNotIn(words, text)
        self.assertNotIn("Cancelled", self.page(self.credit.get_portal_url())[1])

    # ------------------------------------------------------------------
    # Nobody else's
    # ------------------------------------------------------------------

    def test_documents_of_others(self):
        draft = self.customer_document([self.line(-5.0)])
        theirs = self.document(-77.0, partner_id=self.other.id)
        company = self.two_companies()
        elsewhere = self.env["account.move"].search(
            [("company_id", "=", company.id), ("is_customer_credit", "=", True)]
        )
        self.assertEqual(elsewhere.commercial_partner_id, self.customer)
        for document in (draft, theirs, elsewhere):
            for url in (
                f"/my/invoices/{document.id}",
                f"/my/invoices/{document.id}?report_type=pdf&download=True",
                f"/my/invoices/{document.id}?report_type=html",
                f"/my/invoices/{document.id}?access_token=00000000-0000-0000-0000-000000000000",
            ):
                with self.subTest(url=url):
                    response = self.get(url, self.user)
                    self.assertTrue(response.url.endswith("/my"), response.url)
                    self.assertNotIn("77.00", response.text)
            # Core's address of the files themselves is closed to the portal altogether.
            with self.subTest(url="XML"), mute_logger("odoo.http"):
                for kind in ("ubl", "all"):
                    url = f"/account/download_invoice_documents/{document.id}/{kind}"
                    self.assertNotEqual(self.get(url).status_code, 200)
        self.assertEqual(
            set(self.rows("/my/invoices")),
            set((self.invoice + self.credit + self.paid + self.used).mapped("name")),
        )

    def test_the_pages_download_is_a_credit_memo(self):
        """Followed here: while a browser prints, the tests' server refuses its other requests."""
        self.log_in(self.user)
        page = html.fromstring(self.get(self.credit.get_portal_url()).text)
        (link,) = set(page.xpath("//a[contains(@class, 'o_download_btn')]/@href"))
        self.assertIn("report_type=pdf", link)
        response = self.get(link)
        self.assertEqual(response.status_code, 200)
        self.assertRegex(response.headers["Content-Disposition"], r"Credit_Memo.*\.pdf")

    def test_who_has_the_link_sees_the_credit_memo(self):
        url = self.credit.get_portal_url()
        self.log_in(None)
        tree, text = self.page(url)
        self.assertIn("No payment is due.", text)
        self.assertFalse(tree.xpath("//*[@id='pay_with']//form"))
        self.assertFalse(tree.xpath("//a[@name='credit_available']"))

    # ------------------------------------------------------------------
    # In a browser
    # ------------------------------------------------------------------

    def test_tour(self):
        self.user.partner_id.email = "erica@example.com"
        self.start_tour("/my", "account_customer_credit_portal", login=self.user.login)

    def test_the_statement_from_the_home_page(self):
        self.user.partner_id.email = "erica@example.com"
        self.start_tour("/my", "account_customer_credit_portal_statement", login=self.user.login)
