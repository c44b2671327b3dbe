"""The statement in the portal: one's own, and nobody else's."""


from odoo.tests import tagged

from .common_portal import PortalCommon
from .common_statement import CustomerStatementCommon


@tagged("post_install", "-at_install")
class TestCustomerStatementPortal(CustomerStatementCommon, PortalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls.portal_user("own_portal", cls.customer)
        cls.other = cls.partners.create({"name": "Another Customer", "is_company": True})
        cls.other_user = cls.portal_user("other_portal", cls.other)
        cls.invoice, cls.credit = cls.document(1000.0), cls.document(-250.0)
        cls.foreign = cls.document(4321.0, partner_id=cls.other.id)

    def test_a_customer_sees_their_own_statement(self):
        main, text = self.page("/my/statement", self.user)
        for words in (
            "Your Statement as of 07/15/2023",
            f"Invoice {self.invoice.name} 06/01/2023 07/01/2023 $ 1,000.00 $ 1,000.00",
            f"{self.credit_kind[2]} {self.credit.name} 06/01/2023 $ -250.00 $ -250.00",
            "Amount Due $ 750.00 Of this, past due $ 750.00",
            "Not Due 1-30",
        ):
            self.assertIn(words, text)
        self.assertNotIn("4,321.00", text)
        self.assertIn("/my/statement/pdf", main.xpath(".//a/@href"))

    def test_there_is_nothing_to_press_to_pay(self):
        main, text = self.page("/my/statement", self.user)
        self.assertNotIn("Pay", text.replace("Payment", ""))
        links = main.xpath(".//a/@href")
        self.assertFalse([link for link in links if "pay" in link])

    def test_a_number_opens_its_document(self):
        """With the access token of a document that has one, as of one that was sent."""
        self.invoice._portal_ensure_token()
        self.env.flush_all()
        main, _text = self.page("/my/statement", self.user)
        links = {link.text: link.get("href") for link in main.xpath(".//a[@name='document']")}
        address = f"/my/invoices/{self.invoice.id}"
        self.assertEqual(
            links[self.invoice.name], f"{address}?access_token={self.invoice.access_token}"
        )
        self.assertEqual(links[self.credit.name], f"/my/invoices/{self.credit.id}")
        self.assertFalse(self.credit.access_token)
        for move in self.invoice, self.credit:
            self.assertIn(move.name, self.page(links[move.name])[1])

    def test_whatever_the_address_says_it_is_the_visitors_own(self):
        for query in (
            f"?partner_id={self.other.id}",
            f"?partner={self.other.id}&customer_id={self.other.id}",
            f"?user_id={self.other_user.id}&uid=1",
            f"?active_id={self.other.id}&company_id=1&as_of=2000-01-01",
            f"?allowed_company_ids={self.env.company.id}&docids={self.other.id}",
        ):
            for url in ("/my/statement", "/my/statement/pdf"):
                with self.subTest(url + query):
                    text = self.get(url + query, self.user).text
                    self.assertIn("1,000.00", text)
                    self.assertNotIn("4,321.00", text)
                    self.assertNotIn(self.foreign.name, text)
        for url in (f"/my/statement/{self.other.id}", f"/my/statement/pdf/{self.other.id}"):
            self.assertEqual(self.get(url, self.user).status_code, 404)

    def test_no_kept_statement_is_within_reach(self):
        statements = self.env["account.customer.statement"].sudo()
        kept = statements.create({"partner_id": self.other.id})
        own = statements.create({"partner_id": self.customer.id})
        self.env.flush_all()
        report = "account_receivable.report_customer_statement"
        for statement in (kept, own):
            for kind in ("pdf", "html"):
                response = self.get(f"/report/{kind}/{report}/{statement.id}", self.user)
                self.assertNotEqual(response.status_code, 200)
                self.assertNotIn("4,321.00", response.text)

    def test_who_is_not_logged_in_is_asked_to(self):
        self.authenticate(None, None)
        for url in ("/my/statement", "/my/statement/pdf"):
            response = self.url_open(url, allow_redirects=False)
            self.assertIn(response.status_code, (302, 303))
            self.assertIn("/web/login", response.headers["Location"])

    def test_nothing_open_is_said(self):
        user = self.portal_user("nothing_portal", self.stranger)
        _main, text = self.page("/my/statement", user)
        self.assertIn("You have no open items.", text)
        self.assertIn("You have no open items.", self.get("/my/statement/pdf").text)

    def test_what_is_internal_does_not_show(self):
        self.invoice.write({"narration": "Our own note"})
        self.env.flush_all()
        for url in ("/my/statement", "/my/statement/pdf"):
            self.assertNotIn("Our own note", self.get(url, self.user).text)

    def test_each_currency_and_each_company_apart(self):
        euro = self.setup_other_currency("EUR", rates=[("2023-01-01", 0.5)])
        self.document(100.0, currency_id=euro.id)
        company = self.two_companies()
        _main, text = self.page("/my/statement", self.user)
        self.assertIn("Amounts in EUR", text)
        self.assertNotIn("Our Other Company", text, "The visitor is not its customer here.")
        self.user.company_ids += company
        self.env.flush_all()
        _main, text = self.page("/my/statement", self.user)
        self.assertIn("Our Other Company", text)
        self.assertEqual(text.count("Amount Due $ 750.00"), 2)

    def test_the_home_page_leads_to_it(self):
        main, _text = self.page("/my/home", self.user)
        self.assertIn("/my/statement", main.xpath(".//a/@href"))
        counters = self.make_jsonrpc_request("/my/counters", {"counters": ["statement_count"]})
        self.assertEqual(counters["statement_count"], 1)
