"""CII (Factur-X, ZUGFeRD): a customer credit is exported with the type code of a credit note."""

from odoo import models


class AccountEdiXmlCii(models.AbstractModel):
    _inherit = "account.edi.xml.cii"

    def _export_invoice(self, invoice):
        with invoice._presented_as_credit_note() as document:
            return super()._export_invoice(document)

    def _get_exchanged_document_vals(self, invoice):
        vals = super()._get_exchanged_document_vals(invoice)
        if note := invoice._get_e_invoice_note():
            vals["included_note"] = note
        return vals

    def _export_invoice_vals(self, invoice):
        vals = super()._export_invoice_vals(invoice)
        if invoice._is_shown_as_credit_note():
            vals["credited_invoice"] = invoice.reversed_entry_id
            if invoice.credit_period_from:
                # Replaces the document's own dates, which core exports for any document.
                vals["billing_start"] = invoice.credit_period_from
                vals["billing_end"] = invoice.credit_period_to
        return vals
