"""Sending: what is done to a document's file after it was exported."""

from odoo import models


class AccountMoveSend(models.AbstractModel):
    _inherit = "account.move.send"

    def _postprocess_invoice_ubl_xml(self, invoice, invoice_data):
        # The names of the elements follow the type, and must be those of the file.
        with invoice._presented_as_credit_note() as document:
            return super()._postprocess_invoice_ubl_xml(document, invoice_data)
