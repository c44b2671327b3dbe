"""The customer's documents in the portal: credits among them, and what is left of these."""

from odoo.fields import Domain
from odoo.http import request

from odoo.addons.account_payment.controllers.portal import PortalAccount


class CreditPortal(PortalAccount):
    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if not counters:  # the page itself, not one of the numbers that it asks for afterwards
            values["credits_available"] = self._get_credits_available()
        return values

    def _get_credits_available(self, domain=Domain.TRUE):
        """What is left of the visitor's credits, as far as he may see them."""
        moves = request.env["account.move"]
        if request.env.user._is_public() or not moves.has_access("read"):
            return []
        customer = request.env.user.partner_id.commercial_partner_id
        own = Domain("commercial_partner_id", "=", customer.id)
        return moves._get_credits_available(own & Domain(domain))

    def _get_overdue_invoices_domain(self, partner_id=None):
        # What is owed: a credit lowers it when it is applied, not in silence.
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
        customer = request.env.user.partner_id.commercial_partner_id
        is_open = invoice.state == "posted" and invoice.amount_residual > 0
        if is_open and invoice.is_sale_document() and invoice.commercial_partner_id == customer:
            values["credits_available"] = self._get_credits_available(
                Domain("company_id", "=", invoice.company_id.id)
            )
        return values

    def _overdue_invoices_get_page_view_values(self, overdue_invoices, **kwargs):
        values = super()._overdue_invoices_get_page_view_values(overdue_invoices, **kwargs)
        if overdue_invoices:
            # Core asks for the totals, whatever was paid or credited since.
            left = overdue_invoices.currency_id.round(
                sum(overdue_invoices.mapped("amount_residual"))
            )
            values["amount"] = values["payment"]["amount"] = left
        return values
