from odoo import fields, models


class AccountCustomerCreditReason(models.Model):
    _name = "account.customer.credit.reason"
    _description = "Customer Credit Reason"
    _order = "sequence, id"
    _check_company_auto = True
    _check_company_domain = models.check_company_domain_parent_of

    name = fields.Char(
        required=True, translate=True, help="Shown to the customer on the credit memo."
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(
        default=True,
        help="An archived reason is no longer offered. Existing credits keep it.",
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        help="Only this company and its branches use the reason. Leave empty for all companies.",
    )

    # Proposals of the dialog Issue Credit, which the clerk may change.
    product_id = fields.Many2one(
        comodel_name="product.product",
        check_company=True,
        help="Product for credits with this reason. Its account and taxes are used unless the "
        "reason has its own.",
    )
    account_id = fields.Many2one(
        comodel_name="account.account",
        company_dependent=True,
        check_company=True,
        domain="[('account_type', 'not in', "
        "('asset_receivable', 'liability_payable', 'off_balance'))]",
        help="Account for credits with this reason in the current company. If empty, the account "
        "of the product is used.",
    )
    tax_ids = fields.Many2many(
        comodel_name="account.tax",
        string="Taxes",
        domain="[('type_tax_use', '=', 'sale')]",
        context={"active_test": False},
        help="Taxes for credits with this reason; each company uses its own. If empty, the taxes "
        "of the product or of the account are used.",
    )

    def _get_proposed_taxes(self, company):
        """The reason's active taxes of this company, else of its parent."""
        return self.tax_ids.filtered("active")._filter_taxes_by_company(company)
