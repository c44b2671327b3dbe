"""The customer's documents in the portal, with credits and what is left of them."""

from odoo.fields import Domain
from odoo.http import request

from odoo.addons.account_payment.controllers.portal import PortalAccount


class CreditPortal(PortalAccount):
    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if not counters:  # the page, not one of the counts that it loads afterwards
            values["credits_available"] = self._get_credits_customer()._get_credits_available()
        return values

    def _get_credits_customer(self, companies=None):
        """The customer whose credits are shown: the visitor's own commercial partner, whatever the
        address says; empty for a visitor who is not logged in.

        :param companies: our companies; by default those of core's list
        """
        allowed = request.env.companies
        companies = allowed if companies is None else companies & allowed
        if (
            not companies
            or request.env.user._is_public()
            or not request.env["account.move"].has_access("read")
        ):
            return request.env["res.partner"].sudo()  # nobody, by sudo as below
        # sudo: a contact may not read the own company's record, nor payments on account.
        customer = request.env.user.partner_id.sudo().commercial_partner_id
        return customer.with_context(allowed_company_ids=companies.ids)

    def _prepare_my_invoices_values(
        self, page, date_begin, date_end, sortby, filterby, domain=None, url="/my/invoices"
    ):
        values = super()._prepare_my_invoices_values(
            page, date_begin, date_end, sortby, filterby, domain=domain, url=url
        )
        if filterby == "open_credits":
            customer = self._get_credits_customer()
            values["credits_available"] = customer._get_credits_available()
            values["credits_beside"] = customer._get_unlisted_credits()
        return values

    def _get_overdue_invoices_domain(self, partner_id=None):
        # A credit lowers what is overdue only when it is applied.
        domain = super()._get_overdue_invoices_domain(partner_id=partner_id)
        return [*domain, ("is_customer_credit", "=", False)]

    def _get_account_searchbar_filters(self):
        credits = Domain("is_customer_credit", "=", True) | Domain("move_type", "=", "out_refund")
        return {
            **super()._get_account_searchbar_filters(),
            "credits": {"label": request.env._("Credits"), "domain": list(credits)},
            "open_credits": {
                "label": request.env._("Open credits"),
                "domain": list(request.env["account.move"]._get_open_credits_domain()),
            },
        }

    def _invoice_get_page_view_values(self, invoice, access_token, **kwargs):
        values = super()._invoice_get_page_view_values(invoice, access_token, **kwargs)
        values["settlements"] = invoice._get_settlements()
        customer = request.env.user.partner_id.commercial_partner_id
        is_open = invoice.state == "posted" and not invoice.currency_id.is_zero(
            invoice.amount_residual
        )
        is_owed = is_open and invoice.is_sale_document() and not invoice._is_credit()
        if is_owed and invoice._get_carrying_customer() == customer:
            own = self._get_credits_customer(invoice.company_id)
            values["credits_available"] = own._get_credits_available()
        return values

    def _overdue_invoices_get_page_view_values(self, overdue_invoices, **kwargs):
        values = super()._overdue_invoices_get_page_view_values(overdue_invoices, **kwargs)
        if overdue_invoices:
            # Core asks for the totals, even if they were partly paid or credited since.
            left = overdue_invoices.currency_id.round(
                sum(overdue_invoices.mapped("amount_residual"))
            )
            values["amount"] = values["payment"]["amount"] = left
        return values
