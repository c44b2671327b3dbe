from contextlib import ExitStack

from odoo import models


class AccountPayment(models.Model):
    _inherit = "account.payment"

    def _check_make_stub_pages(self):
        # Core's stub lists the paid documents by their type.
        items = self.move_id.line_ids
        settled = items.matched_debit_ids.debit_move_id + items.matched_credit_ids.credit_move_id
        credits = (settled.move_id + self.invoice_ids).filtered("is_customer_credit")
        with ExitStack() as shown:
            for credit in credits:
                shown.enter_context(credit._presented_as_credit_note())
            return super()._check_make_stub_pages()
