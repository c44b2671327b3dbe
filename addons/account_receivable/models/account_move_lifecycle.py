"""What is done with a document of a customer's account, step by step.

Each step is a method in the file of its subject; here stands in which order they come.
"""

from odoo import api, models


class AccountMove(models.Model):
    _inherit = "account.move"

    @api.model_create_multi
    def create(self, vals_list):
        self._date_cash_basis_entries(vals_list)
        return super().create(vals_list)

    def _post(self, soft=True):
        again = self.filtered("posted_before")
        posted = super()._post(soft)
        # sudo: who posts the document need not see its history; only a mark is set.
        self.env["account.receivable.application"].sudo()._supersede_changed(posted & again)
        return posted
