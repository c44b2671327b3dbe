"""The customer's own statement in the portal: what is open today."""

from odoo import fields
from odoo.http import content_disposition, request, route

from odoo.addons.portal.controllers.portal import CustomerPortal

from ..models.receivable_choices import StatementChoices


class StatementPortal(CustomerPortal):
    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "statement_count" in counters:
            values["statement_count"] = len(self._get_statement_companies())
        return values

    @route("/my/statement", type="http", auth="user", website=True, readonly=True)
    def portal_my_statement(self, **_kwargs):
        """The page with the visitor's own open items, whatever the address says."""
        values = self._prepare_portal_layout_values()
        statements = self._get_own_statements()
        values.update(
            page_name="statement",
            date=fields.Date.context_today(request.env.user),
            statements=statements,
            links=request.env["res.partner"]._get_statement_links(statements),
        )
        return request.render("account_receivable.portal_my_statement", values)

    @route("/my/statement/pdf", type="http", auth="user", website=True, readonly=True)
    def portal_my_statement_pdf(self, **_kwargs):
        """The same as a PDF, with one statement for each company."""
        # sudo: visitors read their own account, for which they have no access rights, see
        # `_get_statement_customer`. The statements exist in memory only.
        model = request.env["account.customer.statement"].sudo()
        values = {
            "partner_id": self._get_statement_customer().id,
            "kind": "open_item",
            "date": fields.Date.context_today(request.env.user),
        }
        statements = model.concat(
            *(
                model.new({**values, "company_id": company.id})
                for company in self._get_statement_companies() or request.env.user.company_id
            )
        )
        content = statements._get_pdf()
        name = f"{statements[0]._get_file_name()}.pdf"
        headers = [
            ("Content-Type", "application/pdf"),
            ("Content-Length", len(content)),
            ("Content-Disposition", content_disposition(name)),
        ]
        return request.make_response(content, headers)

    def _get_statement_customer(self):
        """The visitor's own commercial partner, the only customer whose receivables are shown.

        No part of the address is read, so no address shows another customer's.
        """
        # sudo: a contact in the portal may not read the own company's record.
        return request.env.user.partner_id.sudo().commercial_partner_id

    def _get_statement_companies(self):
        """The visitor's companies with open items of this customer. Core's rule shows no other
        company's invoices either."""
        own = request.env.user.company_ids
        customer = self._get_statement_customer().with_context(allowed_company_ids=own.ids)
        # sudo: visitors learn which companies have open items of theirs.
        groups = customer.env["account.move.line"]._read_group(
            customer._get_open_receivable_domain(), ["company_id"]
        )
        return own.filtered(lambda company: company in {group for (group,) in groups})

    def _get_own_statements(self):
        """The values of the visitor's statements, one for each company with open items.

        :return: list of dicts, see ``res.partner._get_customer_statements``
        """
        # sudo: see `_get_statement_customer`; in the visitor's language.
        customer = self._get_statement_customer()
        choices = StatementChoices("open_item", fields.Date.context_today(request.env.user))
        statements = []
        for company in self._get_statement_companies():
            own = customer.with_context(allowed_company_ids=company.ids)
            statement = own._get_customer_statements(choices)[customer.id]
            if statement["sections"]:
                statements.append(statement)
        return statements
