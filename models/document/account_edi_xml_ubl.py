"""UBL: a customer credit is exported as a CreditNote. Every UBL format is built on UBL 2.0."""

from odoo import models


class AccountEdiXmlUbl20(models.AbstractModel):
    _inherit = "account.edi.xml.ubl_20"

    def _export_invoice(self, invoice):
        with invoice._presented_as_credit_note() as document:
            return super()._export_invoice(document)

    def _add_invoice_header_nodes(self, document_node, vals):
        result = super()._add_invoice_header_nodes(document_node, vals)
        # Here, before the formats built on this one add their values.
        if note := vals["invoice"]._get_e_invoice_note():
            document_node["cbc:Note"] = {"_text": note}
        return result

    def _get_invoice_node(self, vals):
        document_node = super()._get_invoice_node(vals)
        invoice = vals["invoice"]
        if invoice._is_shown_as_credit_note():
            # Last, because some formats guess the invoice's number from the customer's reference.
            if origin := invoice.reversed_entry_id:
                document_node["cac:BillingReference"] = {
                    "cac:InvoiceDocumentReference": {
                        "cbc:ID": {"_text": origin.name},
                        "cbc:IssueDate": {"_text": origin.invoice_date},
                    }
                }
            if invoice.credit_period_from:
                document_node["cac:InvoicePeriod"] = {
                    "cbc:StartDate": {"_text": invoice.credit_period_from},
                    "cbc:EndDate": {"_text": invoice.credit_period_to},
                }
        return document_node
