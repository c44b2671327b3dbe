"""The cost of goods of a customer credit, booked like that of core's credit note."""

from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def _stock_account_prepare_realtime_out_lines_vals(self):
        # Core's apps value returns by document type and quantity: earlier deliveries and invoices
        # count differently for a credit note than for an invoice, and a negative quantity has no
        # FIFO cost.
        credits = self.filtered("is_customer_credit")
        invoices = self - credits
        vals_list = super(AccountMove, invoices)._stock_account_prepare_realtime_out_lines_vals()
        for credit in credits:
            with credit._presented_as_credit_note() as note:
                shown = super(AccountMove, note)._stock_account_prepare_realtime_out_lines_vals()
            # The quantity has the document's sign again: negative for returned goods.
            vals_list += [{**vals, "quantity": -vals["quantity"]} for vals in shown]
        return vals_list
