"""The order of the steps when a document of a customer's account is created or posted.

Each step is a method in the file of its subject.
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
        # sudo: who posts the document may not read its history; only a mark is set.
        self.env["account.receivable.application"].sudo()._supersede_changed(posted & again)
        return posted
