"""There is nothing to pay for a credit, whatever address of the portal is called."""

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import JsonRpcException, tagged
from odoo.tools import mute_logger

from odoo.addons.payment import utils as payment_utils

from .common_portal import CreditPortalCommon


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
