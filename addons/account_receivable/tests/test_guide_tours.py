"""Accounts Receivable alone, in the browser: invoices, payments and one of Odoo's credit notes."""

from odoo.fields import Command
from odoo.tests import new_test_user

from .common_guide import GuideCommon

ACTION = "/odoo/action-account_receivable"


class TestGuideTours(GuideCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = new_test_user(
            cls.env(context={"tracking_disable": True}),
            login="ak",
            name="AK",
            groups="account.group_account_manager,base.group_system,base.group_partner_manager",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )
        cls._fix_colours(cls.clerk)
        cls.customer = cls.env["res.partner"].create(
            {
                "name": "Oakwood Interiors",
                "is_company": True,
                "street": "14 Mill Lane",
                "city": "Burlington",
                "zip": "05401",
                "email": "accounts@oakwood.example.com",
            }
        )
        other = cls.env["res.partner"].create({"name": "Brightwater School", "is_company": True})
        cls.product = cls.env["product.product"].create({"name": "Oak table"})
        cls.invoice = cls.document("2023-03-10", 1200.0, "INV/2023/00031")
        cls.document("2023-05-05", 640.0, "INV/2023/00052")
        cls.document("2023-06-01", 300.0, "INV/2023/00060")
        cls.document("2023-05-20", 90.0, "RINV/2023/00004", move_type="out_refund")
        cls.document("2023-04-20", 480.0, "INV/2023/00044", partner_id=other.id)
        cls.payment = cls.env["account.payment"].create(
            {
                "partner_id": cls.customer.id,
                "amount": 1000.0,
                "date": "2023-04-12",
                "memo": "Bank transfer",
            }
        )
        cls.payment.action_post()

    @classmethod
    def document(cls, day, price, number, **values):
        document = cls.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": cls.customer.id,
                "invoice_date": day,
                "invoice_date_due": day,
                "invoice_payment_term_id": False,
                "name": number,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "product_id": cls.product.id,
                            "price_unit": price,
                            "tax_ids": [Command.clear()],
                        }
                    )
                ],
                **values,
            }
        )
        document.action_post()
        return document

    def test_from_the_customer_to_an_application(self):
        self.play("receivables_apply", f"/odoo/customers/{self.customer.id}")
        self.assertEqual(self.invoice.amount_residual, 200.0)
        self.assertEqual(self.invoice.receivable_application_ids.mapped("amount"), [1000.0])
        self.play("receivables_unapply", f"/odoo/customer-invoices/{self.invoice.id}")
        self.assertEqual(self.invoice.amount_residual, 1200.0)
        self.assertEqual(self.customer.ar_balance, 1050.0)

    def test_aging(self):
        self.play("receivables_aging", f"{ACTION}.action_receivable_aging")
        dialog = self.env["account.receivable.aging.print"].with_user(self.clerk).create({})
        self.print_picture(
            "receivables_aging_print", "account_receivable.report_receivable_aging", dialog
        )

    def test_tie_out(self):
        self.play("receivables_tie_out", f"{ACTION}.action_receivable_tie_out")

    def test_statement(self):
        self.play("receivables_statement", f"/odoo/customers/{self.customer.id}")
        statement = self.env["account.customer.statement"].search(
            [("partner_id", "=", self.customer.id)]
        )
        self.assertEqual((statement.kind, statement.state), ("activity", "sent"))
        self.print_picture(
            "receivables_statement_print",
            "account_receivable.report_customer_statement",
            statement,
        )

    def test_settings(self):
        self.play("receivables_settings", "/odoo/action-account.action_account_config")
