"""A payment's buttons are those of its entry: it is an open credit until it is applied."""

from odoo import fields, models


class AccountPayment(models.Model):
    _inherit = "account.payment"

    can_be_applied = fields.Boolean(related="move_id.can_be_applied")
    can_be_kept_as_credit = fields.Boolean(related="move_id.can_be_kept_as_credit")

    def action_apply_credit(self):
        """Open the dialog in which what is left of this payment settles invoices."""
        return self.move_id.action_apply_credit()

    def action_keep_as_credit(self):
        """Turn what is left of this payment into a customer credit."""
        return self.move_id.action_keep_as_credit()
