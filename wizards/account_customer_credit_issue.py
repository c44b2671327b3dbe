"""The dialog that issues the same credit to one or more customers: an invoice with one negative
line.

The amount is typed positive. It is the price of the line, so it includes taxes if these are set
to be included in prices, as on any invoice; the dialog shows the total.
"""

from odoo import api, fields, models
from odoo.fields import Command

from odoo.addons.account_receivable.models.guards.named_records import get_named_records


class AccountCustomerCreditIssue(models.TransientModel):
    _name = "account.customer.credit.issue"
    _description = "Issue Customer Credit"
    _inherit = ["account.receivable.dialog"]

    company_id = fields.Many2one(
        comodel_name="res.company", required=True, default=lambda self: self.env.company
    )
    partner_ids = fields.Many2many(
        comodel_name="res.partner",
        string="Customers",
        check_company=True,
        context={"active_test": False},
        help="Each company or individual gets one credit for this amount.",
    )
    billing_partner_ids = fields.Many2many(
        comodel_name="res.partner",
        string="Bill To",
        compute="_compute_billing_partner_ids",
        help="Billing address of each credit: the selected contact, or the invoice address of the "
        "company.",
    )
    amount = fields.Float(
        help="Credit for each customer, as a positive amount. It contains taxes that are included "
        "in the price; other taxes are added.",
    )
    # No proposal is computed by sudo: it must not show data of a company without access.
    currency_id = fields.Many2one(
        comodel_name="res.currency",
        compute="_compute_currency_id",
        store=True,
        compute_sudo=False,
        readonly=False,
    )
    date = fields.Date(string="Credit Date", default=fields.Date.context_today)
    reason_id = fields.Many2one(
        comodel_name="account.customer.credit.reason",
        check_company=True,
        help="Printed on the credit memo. Sets the default product, account and taxes.",
    )
    reason_required = fields.Boolean(related="company_id.customer_credit_reason_required")
    description = fields.Text(help="Reason, printed for the customer.")
    product_id = fields.Many2one(
        comodel_name="product.product",
        check_company=True,
        compute="_compute_product_id",
        store=True,
        compute_sudo=False,
        readonly=False,
    )
    journal_id = fields.Many2one(
        comodel_name="account.journal",
        check_company=True,
        domain="[('type', '=', 'sale')]",
        compute="_compute_journal_id",
        store=True,
        compute_sudo=False,
        readonly=False,
    )
    account_id = fields.Many2one(
        comodel_name="account.account",
        check_company=True,
        domain="[('account_type', 'not in', "
        "('asset_receivable', 'liability_payable', 'off_balance'))]",
        compute="_compute_account_id",
        store=True,
        compute_sudo=False,
        readonly=False,
        help="The customer's fiscal position may replace it.",
    )
    tax_ids = fields.Many2many(
        comodel_name="account.tax",
        string="Taxes",
        check_company=True,
        domain="[('type_tax_use', '=', 'sale')]",
        context={"active_test": False},
        compute="_compute_tax_ids",
        store=True,
        compute_sudo=False,
        readonly=False,
        help="The customer's fiscal position may replace them. See the totals below.",
    )
    # === Proposals ===

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        if "partner_ids" in fields and not values.get("partner_ids"):
            values["partner_ids"] = [Command.set(self._get_partners_of_context().ids)]
        return values

    @api.model
    def _get_partners_of_context(self):
        """The selected customers, or those of the selected documents."""
        model = self.env.context.get("active_model")
        selected = self.env.context.get("active_ids") or self.env.context.get("active_id")
        if model == "res.partner":
            return get_named_records(self.env, "res.partner", selected)
        if model == "account.move":
            moves = get_named_records(self.env, "account.move", selected)
            documents = moves.filtered(lambda m: m.is_sale_document(include_receipts=True))
            contacts = (document._get_carrying_contact() for document in documents)
            return self.env["res.partner"].union(*contacts)
        return self.env["res.partner"]

    @api.depends("partner_ids")
    def _compute_billing_partner_ids(self):
        for wizard in self:
            wizard.billing_partner_ids = wizard._get_billing_partners()

    def _get_billing_partners(self):
        """The contacts to bill: one for each company or person among the customers.

        :return: the chosen contact if it is the only one of its company; else the company's
            invoicing address, as for an order
        """
        partners = self.env["res.partner"]
        chosen = self.partner_ids._origin
        for customer, contacts in chosen.grouped("commercial_partner_id").items():
            if len(contacts) == 1 and contacts != customer:
                partners += contacts
            else:
                partners += partners.browse(customer.address_get(["invoice"])["invoice"])
        return partners

    @api.depends("company_id", "currency_id")
    def _compute_journal_id(self):
        journals = self.env["account.journal"]
        for wizard in self:
            domain = [*journals._check_company_domain(wizard.company_id), ("type", "=", "sale")]
            found = journals.search(domain)
            in_currency = found.filtered(
                lambda journal, wizard=wizard: (
                    (journal.currency_id or wizard.company_id.currency_id) == wizard.currency_id
                )
            )
            wizard.journal_id = (in_currency or found)[:1]

    @api.depends("company_id")
    def _compute_currency_id(self):
        for wizard in self:
            wizard.currency_id = wizard.company_id.currency_id

    @api.depends("reason_id", "company_id")
    def _compute_product_id(self):
        for wizard in self:
            product = wizard.reason_id.product_id
            wizard.product_id = product if product.active else False

    @api.depends("reason_id", "product_id", "journal_id", "company_id")
    def _compute_account_id(self):
        for wizard in self:
            company = wizard.company_id
            reason_account = wizard.reason_id.with_company(company).account_id
            product = wizard.product_id.with_company(company)
            wizard.account_id = (
                (reason_account.active and reason_account)
                or (product and product._get_product_accounts()["income"])
                or wizard.journal_id.default_account_id
            )

    @api.depends("reason_id", "product_id", "account_id", "company_id")
    def _compute_tax_ids(self):
        for wizard in self:
            company = wizard.company_id
            account_taxes = wizard.account_id.tax_ids.filtered(
                lambda tax: tax.type_tax_use == "sale"
            )
            wizard.tax_ids = (
                wizard.reason_id._get_proposed_taxes(company)
                or wizard.product_id.taxes_id._filter_taxes_by_company(company)
                or account_taxes._filter_taxes_by_company(company)
            )
