"""Debit notes: none can be made of a credit, and none may be below zero.

Debit notes belong to another addon of core's, which may not be installed: then their field is
missing.
"""

from odoo import api, models
from odoo.exceptions import UserError


class AccountMove(models.Model):
    _inherit = "account.move"

    @api.model
    def _check_debit_origins(self, vals_list):
        if "debit_origin_id" in self._fields:
            origins = self.browse(
                vals["debit_origin_id"] for vals in vals_list if vals.get("debit_origin_id")
            )
            origins._check_debit_note()

    def _check_debit_note(self):
        """Refuse to make debit notes of credits, since a debit note charges more.

        :raises UserError: naming the first credit
        """
        for credit in self.filtered("is_customer_credit"):
            raise UserError(
                self.env._(
                    "%(credit)s is a customer credit: a debit note would charge more for "
                    "something that was taken back. Reverse the credit, or make a new invoice.",
                    credit=credit.display_name,
                )
            )

    def _check_credit_no_debit_note(self):
        """Refuse debit notes below zero.

        :raises UserError: naming the first one
        """
        if "debit_origin_id" not in self._fields:
            return
        for move in self.filtered("debit_origin_id"):
            raise UserError(
                self.env._(
                    "%(document)s is a debit note of %(invoice)s, and its total is below zero: a "
                    "debit note charges more. Delete it and adjust the invoice with its button "
                    "Adjust.",
                    document=move.display_name,
                    invoice=move.debit_origin_id.display_name,
                )
            )
