"""A credit in the portal: nobody can pay it, and an invoice takes what is left of it, no more."""

from lxml import html

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.payment import utils as payment_utils

from .common_portal import CreditPortalCommon

NOTHING = "is a credit; no payment is due"


@tagged("post_install", "-at_install")
class TestCreditPortalPayment(CreditPortalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.provider = cls.make_provider()

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

    def pay(self, url, **values):
        """Ask an address for a transaction, as the payment form does: its values, or the
        sentence that refuses it."""
        params = {
            "provider_id": self.provider.id,
            "payment_method_id": self.provider.payment_method_ids[:1].id,
            "token_id": None,
            "flow": "direct",
            "tokenization_requested": False,
            "landing_route": "/my",
            **values,
        }
        with mute_logger("odoo.http", "odoo.addons.payment.models.payment_transaction"):
            answer = self.url_open(url, json={"jsonrpc": "2.0", "params": params}).json()
        if "error" in answer:
            return " ".join(answer["error"]["data"]["message"].split())
        return answer["result"]

    def pay_document(self, document, amount):
        return self.pay(
            f"/invoice/transaction/{document.id}",
            amount=amount,
            access_token=document._portal_ensure_token(),
        )

    def transactions(self):
        self.env.invalidate_all()
        return self.env["payment.transaction"].search([])

    def link(self, document, amount, path=None):
        """The link that somebody got when this amount was to be paid."""
        if path:
            values = (self.customer.id, amount, document.currency_id.id)
            token = payment_utils.generate_access_token(*values, env=self.env)
            return (
                f"{path}?amount={amount}&access_token={token}&invoice_id={document.id}"
                f"&partner_id={self.customer.id}&currency_id={document.currency_id.id}"
            )
        token = payment_utils.generate_access_token(document.id, amount, env=self.env)
        query = f"&payment=True&amount={amount}&payment_token={token}"
        return document.get_portal_url(query_string=query)

    def asked(self, url):
        """The amounts that the payment form of a page asks for, and the text of the page."""
        tree, text = self.page(url)
        return {
            float(form.get(name))
            for form in tree.xpath("//form[@id='o_payment_form']")
            for name in (
                "data-amount",
                "data-invoice-amount-due",
                "data-invoice-next-amount-to-pay",
            )
            if form.get(name)
        }, text

    # ------------------------------------------------------------------
    # A credit
    # ------------------------------------------------------------------

    def test_the_address_of_the_payment_dialog(self):
        for user in (self.user, None):
            self.log_in(user)
            for url in (
                self.credit.get_portal_url(query_string="&payment=True"),
                self.link(self.credit, 100.0),
            ):
                amounts, text = self.asked(url)
                self.assertIn(NOTHING, text)
                self.assertFalse(amounts)
                self.assertNotIn("100.00", text)
                self.assertNotIn("Pay Now", text)

    def test_a_used_credit_is_not_said_to_be_usable(self):
        _tree, text = self.page(self.used.get_portal_url(query_string="&payment=True"), self.user)
        self.assertIn(f"{self.used.name} {NOTHING}.", text)
        self.assertNotIn("can be applied", text)

    def test_the_address_of_the_transaction(self):
        for user in (self.user, self.other_user, None):
            self.log_in(user)
            for amount in (250.0, -250.0):
                with self.subTest(user=user and user.login, amount=amount):
                    refused = self.pay_document(self.credit, amount)
                    self.assertIn(f"{self.credit.name} {NOTHING}", refused)
                    self.assertFalse(self.transactions())

    def test_without_the_link_nobody_learns_what_it_is(self):
        for user in (self.other_user, None):
            self.log_in(user)
            refused = self.pay(
                f"/invoice/transaction/{self.credit.id}", amount=250.0, access_token="guessed"
            )
            self.assertIn("token is invalid", refused)
        self.assertFalse(self.transactions())

    def test_a_transaction_made_in_any_other_way(self):
        values = {
            "provider_id": self.provider.id,
            "payment_method_id": self.provider.payment_method_ids[:1].id,
            "amount": 250.0,
            "currency_id": self.credit.currency_id.id,
            "partner_id": self.customer.id,
        }
        with self.assertRaisesRegex(ValidationError, NOTHING):
            self.env["payment.transaction"].create({**values, "invoice_ids": self.credit.ids})
        transaction = self.env["payment.transaction"].create(values)
        with self.assertRaisesRegex(ValidationError, NOTHING):
            transaction.invoice_ids = self.invoice + self.credit

    @mute_logger("odoo.http", "odoo.addons.http_routing.models.ir_http")
    def test_the_address_of_a_payment_link(self):
        """A link that somebody got for an invoice does not pay a credit of the same amount."""
        for user in (self.user, None):
            self.log_in(user)
            response = self.get(self.link(self.credit, 250.0, "/payment/pay"))
            self.assertNotEqual(response.status_code, 200)
            self.assertIn(NOTHING, html.fromstring(response.text).text_content())
            self.assertNotIn("o_payment_form", response.text)
        self.assertFalse(self.transactions())
        response = self.get(self.link(self.invoice, 250.0, "/payment/pay"), self.user)
        self.assertIn("o_payment_form", response.text, "the same link, of an invoice")

    def test_no_payment_link_is_made(self):
        values = {"res_model": "account.move", "res_id": self.credit.id, "amount": 250.0}
        wizard = self.env["payment.link.wizard"]
        opened = wizard.with_context(active_model="account.move", active_id=self.credit.id)
        with self.assertRaisesRegex(UserError, NOTHING):
            opened.default_get(["amount", "link"])
        with self.assertRaisesRegex(UserError, NOTHING):
            wizard.create(values)
        with self.assertRaisesRegex(UserError, NOTHING):
            self.credit._get_portal_payment_link()
        self.assertTrue(wizard.create({**values, "res_id": self.invoice.id}).link)

    # ------------------------------------------------------------------
    # An invoice that a credit was used on
    # ------------------------------------------------------------------

    def test_an_invoice_is_paid_by_what_is_left(self):
        """1,000.00 less a credit of 250.00: the page asks for 750.00, and no more is taken."""
        self.apply(self.invoice, self.credit)
        for user in (self.user, None):
            self.log_in(user)
            amounts, _text = self.asked(self.invoice.get_portal_url(query_string="&payment=True"))
            self.assertEqual(amounts, {750.0})
            refused = self.pay_document(self.invoice, 750.01)
            left = f"Only $ 750.00 of {self.invoice.name} is due."
            self.assertIn(left, refused)
            self.assertFalse(self.transactions())
        self.assertEqual(self.pay_document(self.invoice, 750.0)["amount"], 750.0)
        self.assertEqual(self.transactions().invoice_ids, self.invoice)

    def test_a_link_from_before_the_credit_asks_for_what_is_left(self):
        link = self.link(self.invoice, 1000.0)
        part = self.link(self.invoice, 600.0)
        self.log_in(None)
        self.assertEqual(max(self.asked(link)[0]), 1000.0, "so it was")
        self.apply(self.invoice, self.credit)
        amounts, text = self.asked(link)
        self.assertEqual(amounts, {750.0})
        self.assertNotIn("Installment", text)
        self.assertIn(600.0, self.asked(part)[0], "a part may still be asked for")
        self.assertIn("Only $ 750.00 of", self.pay_document(self.invoice, 1000.0))
        self.assertEqual(self.pay_document(self.invoice, 600.0)["amount"], 600.0)

    def test_nothing_is_taken_for_what_is_settled(self):
        self.log_in(self.user)
        self.assertIn("Only $ 0.00 of", self.pay_document(self.paid, 100.0))
        self.assertFalse(self.transactions())

    # ------------------------------------------------------------------
    # What is overdue
    # ------------------------------------------------------------------

    def overdue(self, amount, **values):
        """A document made out to the logged-in person, as core requires."""
        return self.document(
            amount, partner_id=self.user.partner_id.id, invoice_date="2023-05-01", **values
        )

    def test_what_is_overdue(self):
        """1,000.00 is overdue: the page asks for that, and takes no credit into it."""
        invoice, credit = self.overdue(1000.0), self.overdue(-250.0)
        note = self.overdue(30.0, move_type="out_refund")
        self.log_in(self.user)
        rows = self.rows("/my/invoices?filterby=overdue_invoices")
        self.assertEqual(set(rows), {invoice.name})
        counters = self.make_jsonrpc_request(
            "/my/counters", {"counters": ["overdue_invoice_count"]}
        )
        self.assertEqual(counters["overdue_invoice_count"], 1)
        self.assertEqual(self.asked("/my/invoices/overdue")[0], {1000.0})
        values = {"amount": 1000.0, "payment_reference": "X"}
        self.assertEqual(self.pay("/invoice/transaction/overdue", **values)["amount"], 1000.0)
        self.assertEqual(self.transactions().invoice_ids, invoice)
        self.assertEqual(credit.credit_remaining, 250.0)
        self.assertEqual(note.amount_residual, 30.0)

    def test_what_is_left_of_what_is_overdue(self):
        """A credit of 250.00 was used on one of two: 1,000.00 - 250.00 + 500.00 is owed."""
        invoices = self.overdue(1000.0) + self.overdue(500.0)
        self.apply(invoices[0], self.overdue(-250.0))
        self.log_in(self.user)
        amounts, text = self.asked("/my/invoices/overdue")
        self.assertEqual(amounts, {1250.0})
        self.assertIn("$ 1,250.00", text)
        address, reference = "/invoice/transaction/overdue", {"payment_reference": "X"}
        refused = self.pay(address, amount=1500.0, **reference)
        self.assertIn("Only $ 1,250.00 of", refused)
        self.assertFalse(self.transactions())
        self.assertEqual(self.pay(address, amount=1250.0, **reference)["amount"], 1250.0)
        self.assertEqual(self.transactions().invoice_ids, invoices)

    def test_where_only_a_credit_is_past_its_day(self):
        """There is no page to pay, and the address says why."""
        self.overdue(-250.0)
        self.assertTrue(self.get("/my/invoices/overdue", self.user).url.endswith("/my/invoices"))
        values = {"amount": 250.0, "payment_reference": "X"}
        refused = self.pay("/invoice/transaction/overdue", **values)
        self.assertEqual(refused, "No payment is overdue.")
        self.log_in(None)
        self.assertIn("log in", self.pay("/invoice/transaction/overdue", **values))
        self.assertFalse(self.transactions())
