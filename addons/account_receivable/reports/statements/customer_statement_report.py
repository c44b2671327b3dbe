"""The print of statements, computed together."""

from odoo import api, models


class ReportCustomerStatement(models.AbstractModel):
    _name = "report.account_receivable.report_customer_statement"
    _description = "Customer Statement Print"

    @api.model
    def _get_report_values(self, docids, data=None):
        """:param data: may hold ``statements``, a recordset in memory, for who keeps none (the
        portal); what comes in by a link cannot be one
        """
        statements = (data or {}).get("statements")
        model = self.env["account.customer.statement"]
        if not isinstance(statements, type(model)):
            statements = model.browse(docids)
        values = statements._get_values()
        return {
            "doc_ids": statements.ids,
            "doc_model": model._name,
            "docs": statements,
            "values": values,
            # What is in memory only is read where nothing may be written.
            "links": self.env["res.partner"]._get_statement_links(
                values.values(), with_new_tokens=bool(statements.ids)
            ),
        }
