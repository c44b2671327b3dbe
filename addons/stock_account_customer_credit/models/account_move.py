"""The cost of goods of a customer credit is the one that core books for its credit note."""

from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def _stock_account_prepare_realtime_out_lines_vals(self):
        # Core's apps value what comes back by the type of the document and by its quantity: what
        # has been delivered and invoiced so far counts with a credit note in another way than with
        # an invoice, and the first-in cost of a negative quantity is none.
        credits = self.filtered("is_customer_credit")
        invoices = self - credits
        vals_list = super(AccountMove, invoices)._stock_account_prepare_realtime_out_lines_vals()
        for credit in credits:
            with credit._presented_as_credit_note() as note:
                shown = super(AccountMove, note)._stock_account_prepare_realtime_out_lines_vals()
            # The quantity is the document's again, negative where goods came back.
            vals_list += [{**vals, "quantity": -vals["quantity"]} for vals in shown]
        return vals_list
