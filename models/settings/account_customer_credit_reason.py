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
        help="An archived reason is no longer offered; the credits that have it keep it.",
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        help="Only this company and its branches use the reason; empty: every company.",
    )

    # Proposals of the dialog Issue Credit, which the clerk may change.
    product_id = fields.Many2one(
        comodel_name="product.product",
        check_company=True,
        help="The product on the line of a credit that is issued for this reason. The account and "
        "the taxes are the product's, unless the reason has its own.",
    )
    account_id = fields.Many2one(
        comodel_name="account.account",
        company_dependent=True,
        check_company=True,
        domain="[('account_type', 'not in', "
        "('asset_receivable', 'liability_payable', 'off_balance'))]",
        help="The account that a credit for this reason is booked on, in the current company. "
        "Empty: the product's.",
    )
    tax_ids = fields.Many2many(
        comodel_name="account.tax",
        string="Taxes",
        domain="[('type_tax_use', '=', 'sale')]",
        context={"active_test": False},
        help="The taxes of a credit for this reason; each company uses its own of them. Empty: "
        "the product's, or else the account's.",
    )

    def _get_proposed_taxes(self, company):
        """The reason's active taxes of this company, else of its parent."""
        return self.tax_ids.filtered("active")._filter_taxes_by_company(company)
