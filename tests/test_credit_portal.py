"""A credit in the portal: the customer sees what is left of it, and nobody else's."""

from odoo.tests import tagged

from .common_portal import CreditPortalCommon


@tagged("post_install", "-at_install")
class TestCreditPortal(CreditPortalCommon):
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
        for words in ("Customer Credit", "Credit available $ 250.00", "There is nothing to pay."):
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
        url = self.credit.get_portal_url(report_type="pdf", download=True)
        name = self.get(url, self.user).headers["Content-Disposition"]
        self.assertIn(f"Credit_Memo_{self.credit.name.replace('/', '_')}.pdf", name)
        print_ = self.get(self.credit.get_portal_url(report_type="html"), self.user).text
        self.assertIn("Credit Memo", print_)

    # ------------------------------------------------------------------
    # Credit available
    # ------------------------------------------------------------------

    def available(self, url, user=None):
        tree, _text = self.page(url, user)
        found = tree.xpath("//a[@name='credit_available']")
        links = {link.get("href") for link in found}
        self.assertLessEqual(links, {"/my/invoices?filterby=open_credits"})
        return [" ".join(link.text_content().replace("\ufeff", "").split()) for link in found]

    def test_on_the_home_page_and_on_open_invoices(self):
        expected = ["Credit available $ 250.00"]
        self.assertEqual(self.available("/my", self.user), expected)
        self.assertEqual(self.available(self.invoice.get_portal_url()), expected)
        self.assertEqual(self.available(self.paid.get_portal_url()), [], "nothing to use it on")
        self.assertEqual(self.available(self.credit.get_portal_url()), [])

    def test_core_credit_notes_and_other_currencies(self):
        self.document(30.0, move_type="out_refund")
        euro = self.setup_other_currency("EUR", rates=[("2023-01-01", 0.5)])
        self.document(-40.0, currency_id=euro.id)
        found = self.available("/my", self.user)
        self.assertEqual(sorted(found), ["Credit available $ 280.00", "Credit available 40.00 €"])

    def test_nothing_where_there_is_nothing(self):
        self.assertEqual(self.available("/my", self.other_user), [])
        self.apply(self.invoice, self.credit)
        self.assertEqual(self.available("/my", self.user), [])

    def test_somebody_elses_credit_is_not_told(self):
        """With the link to an invoice, another customer sees the invoice and no more."""
        for user in (self.other_user, None):
            if user:
                self.authenticate(user.login, user.login)
            else:
                self.authenticate(None, None)
            tree, text = self.page(self.invoice.get_portal_url())
            self.assertIn("1,000.00", text)
            self.assertFalse(tree.xpath("//a[@name='credit_available']"))

    # ------------------------------------------------------------------
    # Nobody else's
    # ------------------------------------------------------------------

    def test_documents_of_others(self):
        draft = self.customer_document([self.line(-5.0)])
        theirs = self.document(-77.0, partner_id=self.other.id)
        for document in (draft, theirs):
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
        response = self.get(f"/account/download_invoice_documents/{theirs.id}/ubl")
        self.assertNotEqual(response.status_code, 200)
        self.assertNotIn(theirs.name, self.rows("/my/invoices"))

    def test_who_has_the_link_sees_the_credit_memo(self):
        url = self.credit.get_portal_url()
        self.authenticate(None, None)
        tree, text = self.page(url)
        self.assertIn("There is nothing to pay.", text)
        self.assertFalse(tree.xpath("//*[@id='pay_with']//form"))
        self.assertFalse(tree.xpath("//a[@name='credit_available']"))

    # ------------------------------------------------------------------
    # In a browser
    # ------------------------------------------------------------------

    def test_tour(self):
        self.user.partner_id.email = "erica@example.com"
        self.start_tour("/my", "account_customer_credit_portal", login=self.user.login)
