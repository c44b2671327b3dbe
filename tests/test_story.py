"""The guide's story: a reward for Montboro School District, from the invoice to the tab."""

import io

from pypdf import PdfReader

from odoo.fields import Command
from odoo.tests import Form, new_test_user, tagged

from .common import CustomerCreditCommon
from .common_controls import ClickedControls


@tagged("post_install", "-at_install")
class TestStory(CustomerCreditCommon, ClickedControls):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ak = new_test_user(
            cls.env,
            login="credit_clerk",
            groups="account_customer_credit.group_customer_credit_issuer,"
            "base.group_partner_manager",
            company_id=cls.env.company.id,
            company_ids=[Command.set(cls.env.company.ids)],
        )
        cls.customer.write(
            {
                "street": "1498 Lakeshore Drive",
                "city": "Montboro",
                "zip": "80508",
                "property_payment_term_id": cls.env.ref("account.account_payment_term_30days").id,
            }
        )
        cls.reward = cls.env.ref("account_customer_credit.product_customer_reward")

    def test_a_reward_from_the_invoice_to_the_customers_tab(self):
        """An A/R clerk, no administrator, enters a new invoice for Montboro School District."""
        new_invoice = Form(
            self.env["account.move"]
            .with_user(self.ak)
            .with_context(default_move_type="out_invoice")
        )
        new_invoice.partner_id = self.customer
        new_invoice.invoice_date = "2023-06-01"
        new_invoice.description = "Credit memo to extend Spring 2023 promotion."
        with new_invoice.invoice_line_ids.new() as line:
            line.product_id = self.reward
            line.price_unit = -250.0
        credit = new_invoice.save()

        self.assertEqual(credit.invoice_payment_term_id.name, "30 Days")
        # Billing terms are Net 30; the negative total makes it a customer credit.
        self.assertRecordValues(
            credit,
            [
                {
                    "is_customer_credit": True,
                    "title": "Montboro School District - REW",
                    "amount_total": -250.0,
                    "amount_tax": 0.0,
                    "state": "draft",
                }
            ],
        )

        # The clerk opens it. It is numbered with the invoices, and it is to be sent.
        credit.action_post()
        self.assertEqual(credit.name, "INV/2023/00001")
        self.assertEqual(credit.invoice_date_due.isoformat(), "2023-07-01")
        self.assertEqual(credit.payment_expected_date.isoformat(), "2023-07-01")
        self.assertEqual(credit.tracking_status, "to_send")

        # It lowers revenue and what the customer owes, and touches no tax.
        self.assertRecordValues(
            credit.line_ids.sorted("balance"),
            [
                {
                    "account_id": self.company_data["default_account_receivable"].id,
                    "balance": -250.0,
                    "amount_residual": -250.0,
                },
                {
                    "account_id": self.reward.property_account_income_id.id,
                    "balance": 250.0,
                    "amount_residual": 0.0,
                },
            ],
        )

        # Printed, it is a credit memo.
        text = self.pdf_text(credit)
        self.assertIn(f"Credit Memo {credit.name}", text)
        self.assertIn("Credit memo to extend Spring 2023 promotion.", text)
        self.assertIn("-250.00", text)
        self.assertIn("Credit remaining", text)

        # And the customer's record shows it.
        customer = self.customer.with_user(self.ak)
        customer.invalidate_recordset()
        self.assertEqual(customer.ar_balance, -250.0)
        self.assertEqual(customer.ar_open_credits, 250.0)
        self.assertEqual(customer.ar_document_ids, credit)

    def pdf_text(self, move):
        """The text of the real PDF that the Print button makes."""
        content, kind = (
            self.env["ir.actions.report"]
            .with_user(self.ak)
            .with_context(force_report_rendering=True)
            ._render_qweb_pdf("account.account_invoices", move.ids)
        )
        self.assertEqual(kind, "pdf")
        text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
        return " ".join(text.replace("\ufeff", "").split())

    def test_the_same_in_the_browser(self):
        # The demo data tell the same story; the clerk is to find one customer of that name.
        self.customer.name = "Lakeside School District"
        self.start_tour(
            "/odoo/customer-invoices", "account_customer_credit_issue", login=self.ak.login
        )
        credit = self.env["account.move"].search([("partner_id", "=", self.customer.id)])
        self.assertRecordValues(
            credit, [{"state": "posted", "is_customer_credit": True, "amount_total": -250.0}]
        )
