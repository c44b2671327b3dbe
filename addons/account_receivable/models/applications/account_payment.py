"""The button of a payment that is not fully applied: it calls that of the payment's entry."""

from odoo import fields, models


class AccountPayment(models.Model):
    _inherit = "account.payment"

    can_be_applied = fields.Boolean(related="move_id.can_be_applied")

    def action_apply_credit(self):
        """Open the dialog that applies what is left of this payment to invoices.

        :return: the action of the dialog
        :raises UserError: if nothing of the payment is open
        """
        return self.move_id.action_apply_credit()
