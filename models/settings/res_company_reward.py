"""The account of customer rewards.

A reward lowers revenue (IFRS 15.70, ASC 606-10-32-25: consideration payable to a customer reduces
the transaction price), so it belongs on a contra-revenue account: the chart's own if it has one,
else one that is created.
"""

from odoo import api, models

#: The names that charts give to their account for allowances granted on sales.
CONTRA_REVENUE_ACCOUNTS = (
    "customer_credit_contra_revenue",  # made by us, earlier
    "a708",  # be: discounts, allowances and rebates allowed
    "pcg_7097",  # fr: rebates, discounts, allowances granted
    "account_common_7090",  # es: volume rebates on sales
    "3111",  # it: rebates and allowances granted
    "account_8700",  # de_skr03: reductions of proceeds
    "account_4700",  # de_skr04: reductions of proceeds
)


class ResCompany(models.Model):
    _inherit = "res.company"

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        # A branch books on its root's chart, which is already loaded.
        companies.filtered("parent_id")._set_up_customer_reward()
        return companies

    @api.model
    def _set_up_customer_rewards(self):
        """Set the reward product's account in every company that has a chart of accounts."""
        self.search([("chart_template", "!=", False)])._set_up_customer_reward()

    def _set_up_customer_reward(self):
        """Set the reward product's contra-revenue account in these companies and branches, unless
        the product has an account.
        """
        product = self.env.ref(
            "account_customer_credit.product_customer_reward", raise_if_not_found=False
        )
        if not product:
            return
        for root in self.root_id.filtered("chart_template"):
            account = root._get_contra_revenue_account()
            for company in self.search([("id", "child_of", root.id)]):
                # sudo: a user who loads a chart may not edit products.
                product_there = product.sudo().with_company(company)
                if not product_there.property_account_income_id:
                    product_there.property_account_income_id = account

    def _get_contra_revenue_account(self):
        """The chart's account for allowances granted on sales, created if there is none."""
        self.ensure_one()
        chart = self.env["account.chart.template"].with_company(self)
        for xmlid in CONTRA_REVENUE_ACCOUNTS:
            account = chart.ref(xmlid, raise_if_not_found=False)
            # A default tax on the account would tax the reward.
            if (
                account
                and account._name == "account.account"
                and account.account_type in ("income", "income_other")
                and account.active
                and not account.tax_ids
            ):
                return account
        return self._create_contra_revenue_account()

    def _create_contra_revenue_account(self):
        return self._create_customer_credit_account(
            CONTRA_REVENUE_ACCOUNTS[0],
            self.env._("Customer Rewards and Allowances"),
            "income",
            sibling=self.income_account_id,
            first_code="400000",
        )
