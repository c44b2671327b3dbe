"""A credit in the portal: the customer sees what is left of it, and nobody can pay it."""

from lxml import html

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import HttpCase, JsonRpcException, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.payment import utils as payment_utils

from .common_customer import CustomerAccountCommon


@tagged("post_install", "-at_install")
class TestCreditPortal(CustomerAccountCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = cls.portal_user("own_portal", cls.customer)
        cls.other = cls.env["res.partner"].create({"name": "Another Customer"})
        cls.other_user = cls.portal_user("other_portal", cls.other)
        cls.env["ir.config_parameter"].set_param("account_payment.enable_portal_payment", "True")
        cls.invoice, cls.credit = cls.document(1000.0), cls.document(-250.0)
        cls.paid = cls.document(100.0, invoice_date="2023-05-01")
        cls.used = cls.document(-100.0, invoice_date="2023-05-01")
        (cls.paid + cls.used).line_ids.filtered(
            lambda line: line.display_type == "payment_term"
        ).reconcile()
        cls.provider = cls.make_provider()

    @classmethod
    def portal_user(cls, login, customer):
        user = new_test_user(
            cls.env,
            login,
            "base.group_portal",
            company_id=cls.env.company.id,
            company_ids=[Command.set(cls.env.company.ids)],
        )
        user.partner_id.parent_id = customer
        return user

    @classmethod
    def make_provider(cls):
        """Somebody who takes money, as core's own tests have one."""
        method = cls.env.ref("payment.payment_method_unknown")
        form = cls.env["ir.ui.view"].create(
            {"name": "Form", "type": "qweb", "arch": "<form action='dummy' method='post'/>"}
        )
        provider = cls.env["payment.provider"].create(
            {
                "name": "Dummy Provider",
                "code": "none",
                "state": "test",
                "is_published": True,
                "payment_method_ids": [Command.set(method.ids)],
                "redirect_form_view_id": form.id,
            }
        )
        method.active = True
        return provider

    def get(self, url, user=None):
        if user:
            self.authenticate(user.login, user.login)
        return self.url_open(url)

    def page(self, url, user=None):
        """The page as a tree, and the text of its content."""
        response = self.get(url, user)
        self.assertEqual(response.status_code, 200)
        tree = html.fromstring(response.text)
        main = tree.xpath("//main")[0]
        return main, " ".join(" ".join(main.itertext()).replace("\ufeff", "").split())

    def rows(self, url, user=None):
        """The list of documents: the text of each row by the document's number."""
        tree, _text = self.page(url, user)
        rows = {}
        for row in tree.xpath("//tbody/tr"):
            text = " ".join(" ".join(row.itertext()).replace("\ufeff", "").split())
            rows[text.split()[0]] = text
        return rows

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
    # Nothing to pay
    # ------------------------------------------------------------------

    def test_the_address_of_the_payment_dialog(self):
        for amount in ("", "&amount=100"):
            url = self.credit.get_portal_url(query_string=f"&payment=True{amount}")
            if amount:
                token = payment_utils.generate_access_token(self.credit.id, "100", env=self.env)
                url += f"&payment_token={token}"
            tree, text = self.page(url, self.user)
            self.assertIn("is a credit: there is nothing to pay", text)
            self.assertFalse(tree.xpath("//*[@id='pay_with']//form"))
            self.assertNotIn("100.00", text)

    def transaction(self, url, **values):
        return self.make_jsonrpc_request(
            url,
            {
                "provider_id": self.provider.id,
                "payment_method_id": self.provider.payment_method_ids[:1].id,
                "token_id": None,
                "flow": "direct",
                "tokenization_requested": False,
                "landing_route": "/my",
                **values,
            },
        )

    def assertNoTransaction(self):
        self.env.invalidate_all()
        self.assertFalse(self.env["payment.transaction"].search([]))

    @mute_logger("odoo.http")
    def test_the_address_of_the_transaction(self):
        for user in (self.user, self.other_user, None):
            if user:
                self.authenticate(user.login, user.login)
            else:
                self.authenticate(None, None)
            for amount in (250.0, -250.0):
                with self.subTest(user=user and user.login, amount=amount):
                    with self.assertRaisesRegex(JsonRpcException, "ValidationError|invalid"):
                        self.transaction(
                            f"/invoice/transaction/{self.credit.id}",
                            amount=amount,
                            access_token=self.credit._portal_ensure_token(),
                        )
                    self.assertNoTransaction()

    @mute_logger("odoo.addons.payment.models.payment_transaction")
    def test_an_invoice_can_be_paid(self):
        """These addresses work: it is the credit that they refuse."""
        self.apply(self.invoice, self.credit)
        self.authenticate(self.user.login, self.user.login)
        values = self.transaction(
            f"/invoice/transaction/{self.invoice.id}",
            amount=750.0,
            access_token=self.invoice._portal_ensure_token(),
        )
        self.assertEqual(values["amount"], 750.0)
        transaction = self.env["payment.transaction"].search([])
        self.assertEqual(transaction.invoice_ids, self.invoice)

    def test_what_is_overdue(self):
        """1,000.00 is overdue: the page asks for that, and takes no credit into it."""
        values = {"partner_id": self.user.partner_id.id, "invoice_date": "2023-05-01"}
        invoice, _credit = self.document(1000.0, **values), self.document(-250.0, **values)
        rows = self.rows("/my/invoices?filterby=overdue_invoices", self.user)
        self.assertEqual(set(rows), {invoice.name})
        _tree, text = self.page("/my/invoices/overdue")
        self.assertIn("1,000.00", text)
        self.assertNotIn("750.00", text)
        with mute_logger("odoo.addons.payment.models.payment_transaction"):
            self.transaction("/invoice/transaction/overdue", amount=1000.0, payment_reference="X")
        transaction = self.env["payment.transaction"].search([])
        self.assertEqual(transaction.invoice_ids, invoice)

    @mute_logger("odoo.http", "odoo.addons.http_routing.models.ir_http")
    def test_the_address_of_a_payment_link(self):
        """A link that somebody got for an invoice does not pay a credit of the same amount."""
        values = (self.customer.id, 250.0, self.credit.currency_id.id)
        token = payment_utils.generate_access_token(*values, env=self.env)
        response = self.get(
            f"/payment/pay?amount=250.0&access_token={token}&invoice_id={self.credit.id}"
            f"&partner_id={self.customer.id}&currency_id={self.credit.currency_id.id}",
            self.user,
        )
        self.assertNotEqual(response.status_code, 200)
        self.assertIn("is a credit: there is nothing to pay", response.text)
        self.assertNotIn("o_payment_form", response.text)
        self.assertNoTransaction()

    def test_no_payment_link_is_made(self):
        wizard = self.env["payment.link.wizard"].with_context(
            active_model="account.move", active_id=self.credit.id
        )
        with self.assertRaisesRegex(UserError, "nothing to pay"):
            wizard.create({})

    # ------------------------------------------------------------------
    # In a browser
    # ------------------------------------------------------------------

    def test_tour(self):
        self.user.partner_id.email = "erica@example.com"
        self.start_tour("/my", "account_customer_credit_portal", login=self.user.login)
