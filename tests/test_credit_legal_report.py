"""A credit that would be reported wrongly to a tax office is refused, with what to do."""

from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import CustomerCreditCommon

#: Localisations that can be installed first (`make test APPS=...`): the chart, what their company
#: needs for the report, and the report's name.
LOCALISATIONS = {
    "l10n_it_edi": ("it", {"l10n_it_tax_system": "RF01"}, "Tax Agency"),
    "l10n_ar": ("ar_ri", {}, "LATAM"),
    "l10n_cl": ("cl", {}, "LATAM"),
    "l10n_gr_edi": ("gr", {}, "myDATA"),
    "l10n_tr_nilvera_einvoice": ("tr", {}, "Nilvera"),
}


class TestCreditLegalReport(CustomerCreditCommon):
    def with_report(self, applies, ready=()):
        """Odoo with one more report to a tax office, as a localisation adds it."""
        report = {"label": "Tax Office 1.0", "is_applicable": applies}
        Send = self.env.registry["account.move.send"]
        Move = self.env.registry["account.move"]
        self.enterContext(
            patch.object(Send, "_get_all_extra_edis", lambda _self: {"tax_office": report})
        )
        self.enterContext(
            patch.object(Move, "_get_reports_ready_for_credits", lambda _self: set(ready))
        )

    def test_a_credit_that_would_be_reported(self):
        self.with_report(lambda move: move.state == "posted")
        credit = self.customer_document([self.line(-100.0)])
        with self.assertRaisesRegex(UserError, "Tax Office 1.0.*create a credit note instead"):
            credit.action_post()
        invoice = self.customer_document([self.line(100.0)], post=True)
        note = self.customer_document([self.line(100.0)], move_type="out_refund", post=True)
        self.assertEqual((invoice + note).mapped("state"), ["posted", "posted"])

    def test_nothing_stays_of_it(self):
        self.with_report(lambda move: move.state == "posted")
        invoice = self.customer_document([self.line(100.0)], post=True)
        credit = self.customer_document([self.line(-100.0)], reversed_entry_id=invoice.id)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            credit.action_post()
        credit.invalidate_recordset()
        self.assertEqual(credit.state, "draft")
        self.assertEqual(invoice.amount_residual, 100.0)

    def test_a_credit_that_is_not_reported(self):
        self.with_report(lambda move: False)
        credit = self.customer_document([self.line(-100.0)], post=True)
        self.assertEqual(credit.state, "posted")

    def test_a_report_that_knows_credits(self):
        self.with_report(lambda move: move.state == "posted", ready=["tax_office"])
        credit = self.customer_document([self.line(-100.0)], post=True)
        self.assertEqual(credit.state, "posted")


@tagged("post_install_l10n", "post_install", "-at_install")
class TestLocalisedReports(CustomerCreditCommon):
    def check(self, module):
        chart, values, report = LOCALISATIONS[module]
        if module not in self.env["ir.module.module"]._installed():
            self.skipTest(f"{module} is not installed")
        company = self.env["res.company"].create(
            {"name": chart, "country_id": self.env.ref(f"base.{chart[:2]}").id, **values}
        )
        self.env.user.company_ids += company
        self.env["account.chart.template"].try_loading(chart, company, install_demo=False)
        self.env.user.company_id = company
        env = self.env(context={**self.env.context, "allowed_company_ids": company.ids})
        customer = env["res.partner"].create({"name": "A", "country_id": company.country_id.id})
        credit = env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": customer.id,
                "invoice_date": "2023-06-01",
                "invoice_line_ids": [self.line(-100.0)],
            }
        )
        self.assertTrue(credit.is_customer_credit)
        with self.assertRaisesRegex(UserError, f"{report}.*create a credit note instead"):
            if report == "LATAM":  # whose own checks of customer and taxes come before
                credit._check_legal_reports(lambda move: move._get_other_legal_reports())
            credit.action_post()

    def test_italy(self):
        self.check("l10n_it_edi")

    def test_argentina(self):
        self.check("l10n_ar")

    def test_chile(self):
        self.check("l10n_cl")

    def test_greece(self):
        self.check("l10n_gr_edi")

    def test_turkey(self):
        self.check("l10n_tr_nilvera_einvoice")
