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
    sale_credit_available = fields.Char(
        string="Credit Available",
        compute="_compute_sale_credit_available",
        groups="sales_team.group_sale_salesman",
        help="The customer's open credits less held and reserved amounts, in each currency.",
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

    @api.depends("sale_open_credit_ids", "ar_currency_id")
    @api.depends_context("allowed_company_ids", "uid")
    def _compute_sale_credit_available(self):
        for partner in self:
            amounts = {}
            for credit in partner.sale_open_credit_ids:
                amounts.setdefault(credit.currency_id, 0.0)
                amounts[credit.currency_id] += credit.available
            amounts = {key: amount for key, amount in amounts.items() if amount}
            amounts = amounts or {partner.ar_currency_id: 0.0}
            partner.sale_credit_available = ", ".join(
                currency.format(amount) for currency, amount in amounts.items()
            )

    def action_view_sale_open_credits(self):
        """Open the list of this customer's open credits.

        :return: the action of the list
        :raises AccessError: unless the user may read open credits
        """
        self.ensure_one()
        self.env["sale.open.credit"].check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "sale_customer_credit.action_sale_open_credits"
        )
        return {
            **action,
            "domain": [
                ("partner_id", "=", self.commercial_partner_id.id),
                ("company_id", "in", self.env.companies.ids),
            ],
        }

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
