"""Every sale tax of real charts of accounts, on a customer credit and on core's credit note."""

from odoo.tests import tagged

from .common import CustomerCreditCommon

#: Each chart with the module that brings it.
CHARTS = {
    "generic_coa": "account",
    "be_comp": "l10n_be",
    "es_pymes": "l10n_es",
    "fr": "l10n_fr_account",
    "it": "l10n_it",
    "de_skr03": "l10n_de",
}


@tagged("post_install_l10n", "post_install", "-at_install")
class TestCreditCharts(CustomerCreditCommon):
    def check_chart(self, chart):
        modules = self.env["ir.module.module"]._installed()
        if CHARTS[chart] not in modules:
            self.skipTest(f"{CHARTS[chart]} is not installed: the chart {chart} is not there")
        company = self.env["res.company"].create({"name": chart})
        self.env.user.company_ids += company
        self.env["account.chart.template"].try_loading(chart, company, install_demo=False)
        self.env.user.company_id = company
        env = self.env(context={**self.env.context, "allowed_company_ids": company.ids})
        taxes = (
            env["account.tax"]
            .with_context(active_test=False)
            .search([("type_tax_use", "=", "sale"), ("company_id", "=", company.id)])
            .with_env(env)
        )
        self.assertTrue(taxes)
        taxes.active = True
        for tax in taxes:
            for prices in ([(-100.0, 1)], [(100.0, -1)], [(-300.0, 1), (50.0, 2), (10.0, -1)]):
                with self.subTest(chart=chart, tax=tax.name, tax_id=tax.id, prices=prices):
                    self.check_tax(env, tax, prices)

    def check_tax(self, env, tax, prices):
        """Enter both documents and compare; the mixed one is posted besides."""
        lines = [self.line(price, quantity=quantity, tax=tax) for price, quantity in prices]
        moves = env["account.move"].create(
            [
                {
                    "move_type": move_type,
                    "partner_id": self.customer.id,
                    "invoice_date": "2023-06-01",
                    "invoice_line_ids": commands,
                }
                for move_type, commands in (
                    ("out_invoice", lines),
                    ("out_refund", self.mirrored(lines)),
                )
            ]
        )
        credit, credit_note = moves
        self.assertBooksAsCreditNote(credit, credit_note)
        self.assertTrue(credit.is_customer_credit)
        if len(prices) > 1:
            moves.action_post()
            self.assertBooksAsCreditNote(credit, credit_note)

    def test_generic_coa(self):
        self.check_chart("generic_coa")

    def test_be_comp(self):
        self.check_chart("be_comp")

    def test_es_pymes(self):
        self.check_chart("es_pymes")

    def test_fr(self):
        self.check_chart("fr")

    def test_it(self):
        self.check_chart("it")

    def test_de_skr03(self):
        self.check_chart("de_skr03")
