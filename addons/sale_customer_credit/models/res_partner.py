from odoo import api, fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    # The figures of Accounts Receivable are for accounting only. Sales may read two of them and a
    # list, in separate fields.
    sale_ar_balance = fields.Monetary(
        string="A/R Balance for Sales",
        currency_field="ar_currency_id",
        compute="_compute_sale_ar_figures",
        groups="sales_team.group_sale_salesman",
        help="Amount the customer owes: open invoices less open credits. If negative, we owe the "
        "customer.",
    )
    sale_ar_open_credits = fields.Monetary(
        string="Open Credits for Sales",
        currency_field="ar_currency_id",
        compute="_compute_sale_ar_figures",
        groups="sales_team.group_sale_salesman",
        help="Unused amount of the customer's credits and payments.",
    )
    sale_open_credit_ids = fields.Many2many(
        comodel_name="sale.open.credit",
        string="Customer's Open Credits",
        compute="_compute_sale_open_credit_ids",
        groups="sales_team.group_sale_salesman",
    )

    @api.depends("commercial_partner_id")
    @api.depends_context("company", "allowed_company_ids", "uid")
    def _compute_sale_ar_figures(self):
        # Checked before sudo, so that nobody can pass a company without access to it.
        companies = self.env.companies
        # sudo: salespeople without rights in accounting see these two totals, no document.
        partners = self.sudo().with_context(allowed_company_ids=companies.ids)
        for partner, with_rights in zip(self, partners, strict=True):
            partner.sale_ar_balance = with_rights.ar_balance
            partner.sale_ar_open_credits = with_rights.ar_open_credits

    @api.depends("commercial_partner_id")
    @api.depends_context("allowed_company_ids", "uid")
    def _compute_sale_open_credit_ids(self):
        credits = self.env["sale.open.credit"].search(
            [
                ("partner_id", "in", self.commercial_partner_id.ids),
                ("company_id", "in", self.env.companies.ids),
            ]
        )
        by_customer = credits.grouped("partner_id")
        for partner in self:
            customer = partner.commercial_partner_id._origin
            partner.sale_open_credit_ids = by_customer.get(customer, credits.browse())
