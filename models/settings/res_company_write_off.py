"""The company's settings for writing off small balances."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError

#: The types of accounts that no balance may be written off to: those of other balances.
OTHER_BALANCES = (
    *("asset_receivable", "liability_payable", "asset_cash"),
    *("liability_credit_card", "off_balance"),
)
ACCOUNT_DOMAIN = [("account_type", "not in", OTHER_BALANCES)]
JOURNAL_DOMAIN = [("type", "=", "general")]
WRITE_OFF_SETTINGS = {
    "customer_credit_write_off_invoice_account_id": ACCOUNT_DOMAIN,
    "customer_credit_write_off_credit_account_id": ACCOUNT_DOMAIN,
    "customer_credit_write_off_journal_id": JOURNAL_DOMAIN,
}


class ResCompany(models.Model):
    _inherit = "res.company"

    customer_credit_write_off_limit = fields.Monetary(
        string="Write-Off Limit",
        groups="base.group_user",
        currency_field="currency_id",
        help="Balances up to this limit can be written off. 0 = no write-offs.",
    )
    customer_credit_write_off_invoice_account_id = fields.Many2one(
        comodel_name="account.account",
        string="Account for Invoices Written Off",
        domain=ACCOUNT_DOMAIN,
        check_company=True,
        help="Account debited when an invoice is written off, usually a bad debt expense. Taxes "
        "are not corrected; ask your accountant about bad debt relief.",
    )
    customer_credit_write_off_credit_account_id = fields.Many2one(
        comodel_name="account.account",
        string="Account for Credits Written Off",
        domain=ACCOUNT_DOMAIN,
        check_company=True,
        help="Account credited when a customer credit is written off. In the US, an old credit is "
        "unclaimed property: choose a liability account, not an income account. Elsewhere, ask "
        "your accountant.",
    )
    customer_credit_write_off_journal_id = fields.Many2one(
        comodel_name="account.journal",
        string="Write-Off Journal",
        domain=JOURNAL_DOMAIN,
        check_company=True,
        help="Miscellaneous journal for write-offs. If empty, the first one is used.",
    )

    @api.constrains("customer_credit_write_off_limit")
    def _check_customer_credit_write_off_limit(self):
        for company in self:
            if company.customer_credit_write_off_limit < 0:
                raise ValidationError(
                    self.env._(
                        "The write-off limit of %(company)s is negative. Enter the largest "
                        "balance that can be written off, or 0 to allow no write-offs.",
                        company=company.display_name,
                    )
                )

    @api.constrains(*WRITE_OFF_SETTINGS)
    def _check_customer_credit_write_off_settings(self):
        for company in self:
            for name, domain in WRITE_OFF_SETTINGS.items():
                record = company[name]
                domain = [*domain, *record._check_company_domain(company)]
                if record and not record.filtered_domain(domain):
                    raise ValidationError(
                        self.env._(
                            "%(record)s cannot be used for write-offs of %(company)s: it has the "
                            "wrong company or type. Choose another one.",
                            company=company.display_name,
                            record=record.display_name,
                        )
                    )

    def _get_customer_credit_write_off_journal(self):
        """The company's miscellaneous journal for write-offs, or an empty recordset."""
        self.ensure_one()
        journals = self.env["account.journal"]
        chosen = self.customer_credit_write_off_journal_id.filtered("active")
        return chosen or journals.search(
            [*journals._check_company_domain(self), ("type", "=", "general")], limit=1
        )
