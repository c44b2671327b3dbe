"""A taxed credit in the European Union names its invoice, or the period that it is for."""

from lxml import html

from odoo.exceptions import UserError
from odoo.tests import Form

from .common import CustomerCreditCommon


class TestCreditReference(CustomerCreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tax_21 = cls.two_sided_tax("21 %", 21.0)
        cls.company = cls.company_data["company"]

    def company_of(self, code):
        return self.env["res.company"].create(
            {"name": f"Company {code}", "country_id": self.env.ref(f"base.{code}").id}
        )

    def test_what_the_law_wants_is_the_default(self):
        for code, series, reference in (
            ("us", False, "none"),
            ("de", False, "warn"),
            ("es", True, "warn"),
            ("pt", True, "warn"),
            ("ch", False, "none"),
        ):
            with self.subTest(country=code):
                company = self.company_of(code)
                self.assertEqual(company.customer_credit_refund_sequence, series)
                self.assertEqual(company.customer_credit_reference, reference)

    def test_a_setting_is_a_setting(self):
        company = self.company_of("es")
        company.write(
            {"customer_credit_refund_sequence": False, "customer_credit_reference": "none"}
        )
        company.flush_recordset()
        company.invalidate_recordset()
        self.assertFalse(company.customer_credit_refund_sequence)
        self.assertEqual(company.customer_credit_reference, "none")
        strict = self.company_of("us")
        strict.customer_credit_reference = "required"
        strict.country_id = self.env.ref("base.fr")
        self.assertEqual(strict.customer_credit_reference, "required")

    def test_spain_numbers_credits_in_their_own_series(self):
        company = self.company_of("es")
        self.env.user.company_ids += company
        self.env["account.chart.template"].try_loading("es_pymes", company, install_demo=False)
        env = self.env(context={**self.env.context, "allowed_company_ids": company.ids})
        self.assertTrue(company.customer_credit_refund_sequence)
        names = [
            env["account.move"]
            .create(
                {
                    "move_type": move_type,
                    "partner_id": self.customer.id,
                    "invoice_date": "2023-06-01",
                    "invoice_line_ids": [self.line(price)],
                }
            )
            .action_post()
            or env["account.move"].search([], order="id DESC", limit=1).name
            for move_type, price in (
                ("out_invoice", 100.0),
                ("out_invoice", -10.0),
                ("out_refund", 10.0),
                ("out_invoice", 100.0),
            )
        ]
        self.assertEqual([name[-5:] for name in names], ["00001", "00001", "00002", "00002"])
        self.assertEqual(names[1][:-5], names[2][:-5], "one series for credits and credit notes")
        self.assertEqual(names[0][:-5], names[3][:-5])
        self.assertNotEqual(names[0][:-5], names[1][:-5])

    # ------------------------------------------------------------------
    # Which credits
    # ------------------------------------------------------------------

    def test_a_taxed_credit_without_either(self):
        self.company.customer_credit_reference = "required"
        credit = self.customer_document([self.line(-100.0, tax=self.tax_21)])
        self.assertTrue(credit.lacks_credit_reference)
        with self.assertRaisesRegex(UserError, "the original invoice or enter the period"):
            credit.action_post()
        self.assertEqual(credit.state, "draft")
        credit.write({"credit_period_from": "2022-01-01", "credit_period_to": "2022-12-31"})
        self.assertFalse(credit.lacks_credit_reference)
        credit.action_post()
        self.assertEqual(credit.state, "posted")

    def test_a_taxed_credit_that_names_its_invoice(self):
        self.company.customer_credit_reference = "required"
        invoice = self.customer_document([self.line(100.0, tax=self.tax_21)], post=True)
        with Form(self.env["account.move"].with_context(default_move_type="out_invoice")) as form:
            form.partner_id = self.customer
            with form.invoice_line_ids.new() as line:
                line.name = "Damaged"
                line.price_unit = -10.0
                line.tax_ids = self.tax_21
            self.assertTrue(form.lacks_credit_reference, "before it is saved")
            form.reversed_entry_id = invoice
            self.assertFalse(form.lacks_credit_reference)
        credit = form.record
        credit.action_post()
        self.assertEqual(credit.credit_remaining, 0.0)
        self.assertEqual(invoice.amount_residual, 121.0 - 12.10)

    def test_what_needs_none(self):
        self.company.customer_credit_reference = "required"
        untaxed = self.customer_document([self.line(-100.0)], post=True)
        invoice = self.customer_document([self.line(100.0, tax=self.tax_21)], post=True)
        note = self.customer_document(
            [self.line(100.0, tax=self.tax_21)], move_type="out_refund", post=True
        )
        self.assertFalse(any((untaxed + invoice + note).mapped("lacks_credit_reference")))

    def test_a_warning_refuses_nothing(self):
        self.company.customer_credit_reference = "warn"
        credit = self.customer_document([self.line(-100.0, tax=self.tax_21)], post=True)
        self.assertTrue(credit.lacks_credit_reference)
        wizard = self.env["account.move.send.wizard"].create({"move_id": credit.id})
        alert = wizard.alerts["account_customer_credit_reference"]
        self.assertIn(credit.name, alert["message"])
        self.assertEqual(alert["level"], "warning")
        self.company.customer_credit_reference = "none"
        self.assertFalse(credit.lacks_credit_reference)

    def test_another_customers_invoice_is_refused(self):
        other = self.env["res.partner"].create({"name": "Another customer"})
        invoice = self.customer_document([self.line(100.0)], post=True, partner_id=other.id)
        credit = self.customer_document([self.line(-10.0)], reversed_entry_id=invoice.id)
        with self.assertRaisesRegex(UserError, "INV/2023/00001 is for Another customer"):
            credit.action_post()

    def test_the_print_names_the_period(self):
        credit = self.customer_document(
            [self.line(-100.0, tax=self.tax_21)],
            post=True,
            credit_period_from="2022-01-01",
            credit_period_to="2022-12-31",
        )
        content, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "account.report_invoice", credit.ids
        )
        period = html.fromstring(content).xpath("//div[@name='credit_period']")
        self.assertEqual(
            " ".join(period[0].text_content().split()), "For the period: 01/01/2022 – 12/31/2022"
        )
