"""The reward product: untaxed, on a contra-revenue account, in every chart."""

from odoo.fields import Command

from .common import CustomerCreditCommon


class TestCreditProducts(CustomerCreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reward = cls.env.ref("account_customer_credit.product_customer_reward")

    def test_reward_lowers_revenue_untaxed(self):
        credit = self.customer_document(
            [Command.create({"product_id": self.reward.id, "price_unit": -250.0})], post=True
        )
        line = credit.invoice_line_ids
        self.assertFalse(line.tax_ids)
        self.assertEqual(line.account_id.account_type, "income")
        self.assertEqual(line.account_id.name, "Customer Rewards and Allowances")
        self.assertNotEqual(line.account_id, self.company_data["default_account_revenue"])
        self.assertEqual(line.balance, 250.0)

    def test_account_is_made_once_and_a_chosen_one_stays(self):
        company = self.env.company
        account = self.reward.property_account_income_id
        self.assertTrue(account)
        self.assertEqual(company._get_contra_revenue_account(), account)
        self.reward.property_account_income_id = self.company_data["default_account_revenue"]
        company._set_up_customer_reward()
        self.assertEqual(
            self.reward.property_account_income_id, self.company_data["default_account_revenue"]
        )

    def test_branch_books_on_its_roots_account(self):
        branch = self.env["res.company"].create(
            {"name": "Branch", "parent_id": self.env.company.id}
        )
        self.assertEqual(
            self.reward.with_company(branch).property_account_income_id,
            self.reward.property_account_income_id,
        )

    def test_charts_that_have_such_an_account_use_it(self):
        installed = self.env["ir.module.module"]._installed()
        for chart, module, code in (
            ("be_comp", "l10n_be", "708"),
            ("fr", "l10n_fr_account", "7097"),
            ("it", "l10n_it", "3111"),
            ("es_pymes", "l10n_es", "709"),
            ("de_skr03", "l10n_de", "8700"),
        ):
            if module not in installed:
                continue
            with self.subTest(chart):
                company = self.env["res.company"].create({"name": chart})
                self.env["account.chart.template"].try_loading(chart, company, install_demo=False)
                account = self.reward.with_company(company).property_account_income_id
                self.assertTrue(account.with_company(company).code.startswith(code))
