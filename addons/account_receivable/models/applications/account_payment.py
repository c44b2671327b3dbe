"""A payment's button is that of its entry: it is open until it is applied."""

from odoo import fields, models


class AccountPayment(models.Model):
    _inherit = "account.payment"

    can_be_applied = fields.Boolean(related="move_id.can_be_applied")

    def action_apply_credit(self):
        """Open the dialog in which what is left of this payment settles invoices."""
        return self.move_id.action_apply_credit()
