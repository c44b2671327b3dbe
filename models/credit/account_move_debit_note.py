"""Debit notes: none can be made of a credit, and none may be below zero.

Debit notes belong to another addon of core's, which may not be installed: then their field is
missing.
"""

from odoo import api, models
from odoo.exceptions import UserError


class AccountMove(models.Model):
    _inherit = "account.move"

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        for button in arch.iterfind(".//button[@name='action_debit_note']"):
            invisible = button.get("invisible")
            button.set("invisible", f"({invisible}) or is_customer_credit")
        return arch, view

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
                    "A debit note cannot be created from the customer credit %(credit)s. Reverse "
                    "the credit, or create a new invoice.",
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
                    "%(document)s is a debit note of %(invoice)s, so its total cannot be "
                    "negative. Delete it and use Adjust on the invoice.",
                    document=move.display_name,
                    invoice=move.debit_origin_id.display_name,
                )
            )
