"""The balance and open credits of an order's customer."""

from odoo import api, fields, models

from .sale_open_credit import CREDIT_READERS


class SaleOrder(models.Model):
    _inherit = "sale.order"

    credit_company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Company Currency"
    )
    customer_ar_balance = fields.Monetary(
        string="A/R Balance",
        currency_field="credit_company_currency_id",
        compute="_compute_customer_ar_figures",
        groups=CREDIT_READERS,
        help="Amount the customer owes the company of the order: open invoices less open credits. "
        "If negative, we owe the customer.",
    )
    customer_open_credits = fields.Monetary(
        string="Open Credits",
        currency_field="credit_company_currency_id",
        compute="_compute_customer_ar_figures",
        groups=CREDIT_READERS,
        help="Unused amount of the customer's credits and payments.",
    )
    open_credit_ids = fields.Many2many(
        comodel_name="sale.open.credit",
        string="Customer's Open Credits",
        compute="_compute_open_credit_ids",
        groups=CREDIT_READERS,
    )

    def write(self, vals):
        if vals.get("state", "cancel") != "cancel":
            self._withdraw_cancellation_credits()
        result = super().write(vals)
        if {"partner_id", "partner_invoice_id", "company_id", "pricelist_id", "currency_id"} & set(
            vals
        ):
            self._release_foreign_credits()
        return result

    def _get_credit_customer(self):
        """The commercial partner whose credits an invoice of the order can use."""
        # sudo: whatever contacts the user may see, the order names its invoicing address.
        return self.sudo().partner_invoice_id.commercial_partner_id

    @api.depends("partner_invoice_id", "company_id")
    def _compute_customer_ar_figures(self):
        self.customer_ar_balance = self.customer_open_credits = 0.0
        for company, orders in self.grouped("company_id").items():
            # sudo: who may read the order, and has one of the fields' groups, sees these two
            # totals in the order's company, without any right in accounting.
            customers = orders._get_credit_customer().with_context(
                allowed_company_ids=company.ids
            )
            figures = {
                customer.id: (customer.ar_balance, customer.ar_open_credits)
                for customer in customers
            }
            for order in orders:
                customer_id = order._get_credit_customer()._origin.id
                balance, open_credits = figures.get(customer_id, (0.0, 0.0))
                order.customer_ar_balance = balance
                order.customer_open_credits = open_credits

    @api.depends("partner_invoice_id", "company_id")
    def _compute_open_credit_ids(self):
        credits = self.env["sale.open.credit"].search(
            [
                ("partner_id", "in", self._get_credit_customer().ids),
                ("company_id", "in", self.company_id.ids),
            ]
        )
        by_customer = credits.grouped(lambda credit: (credit.partner_id, credit.company_id))
        for order in self:
            customer = order._get_credit_customer().sudo(False)._origin
            order.open_credit_ids = by_customer.get(
                (customer, order.company_id), credits.browse()
            )
