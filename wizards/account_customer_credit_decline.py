"""The dialog in which an issuer declines to approve a credit, with the reason."""

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from ..models.rights.account_move_credit_rights import ISSUER_GROUP


class AccountCustomerCreditDecline(models.TransientModel):
    _name = "account.customer.credit.decline"
    _description = "Decline a Credit"
    _inherit = ["account.receivable.dialog"]

    move_id = fields.Many2one(
        comodel_name="account.move",
        string="Credit",
        required=True,
        ondelete="cascade",
        default=lambda self: self._get_selected("account.move")[:1],
    )
    reason = fields.Char()

    def action_decline(self):
        """Close the request for approval; the user who asked gets an activity with the reason.

        :return: the action that closes the dialog
        :raises AccessError: unless the current user is an issuer
        :raises UserError: without a reason, or for a document that does not wait for approval
        """
        self.ensure_one()
        if not self.env.user.has_group(ISSUER_GROUP):
            raise AccessError(
                self.env._("Only an approver of customer credits can decline this credit.")
            )
        reason = (self.reason or "").strip()
        if not reason:
            raise UserError(self.env._("Enter a reason. It is sent to the user who asked."))
        if not self.move_id.credit_approver_asked_id:
            raise UserError(
                self.env._(
                    "%(credit)s is not waiting for approval.", credit=self.move_id.display_name
                )
            )
        self.move_id._decline_credit(reason)
        return {"type": "ir.actions.act_window_close"}
