"""The account of overpayments, between the payment and the credit.

It is a liability: an overpayment is owed back until it is used (ASC 405-20, IAS 32.11: an
obligation to deliver cash or to accept it as payment of something else).
"""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

XMLID = "customer_credit_overpayments"


class ResCompany(models.Model):
    _inherit = "res.company"

    customer_credit_overpayment_account_id = fields.Many2one(
        comodel_name="account.account",
        string="Overpayment Account",
        check_company=True,
        domain="[('account_type', '=', 'liability_current')]",
        help="Current liability account that holds an overpayment between the payment and the "
        "credit; its balance then returns to zero. If empty, an account is created when first "
        "needed.",
    )

    @api.constrains("customer_credit_overpayment_account_id")
    def _check_customer_credit_overpayment_account(self):
        # Core does not check the companies of a company's own settings.
        for company in self:
            account = company.customer_credit_overpayment_account_id
            domain = [
                *account._check_company_domain(company),
                ("account_type", "=", "liability_current"),
            ]
            if account and not account.filtered_domain(domain):
                raise ValidationError(
                    self.env._(
                        "%(account)s cannot be the overpayment account of %(company)s. Choose a "
                        "current liability account of this company.",
                        account=account.display_name,
                        company=company.display_name,
                    )
                )

    def _get_customer_credit_overpayment_account(self):
        """The company's overpayment account, created if it has none."""
        self.ensure_one()
        # sudo: a billing user may keep an overpayment as a credit, but not edit the settings.
        company = self.sudo()
        account = company.customer_credit_overpayment_account_id
        if not account:
            account = company._find_or_create_overpayment_account()
            company.customer_credit_overpayment_account_id = account
        return account.with_env(self.env)

    def _find_or_create_overpayment_account(self):
        chart = self.env["account.chart.template"].with_company(self)
        return chart.ref(XMLID, raise_if_not_found=False) or self._create_customer_credit_account(
            XMLID,
            self.env._("Customer Overpayments"),
            "liability_current",
            first_code="211000",
            reconcile=True,
        )
