from odoo import fields, models
from odoo.exceptions import UserError


class AccountCustomerCreditHold(models.TransientModel):
    _name = "account.customer.credit.hold"
    _description = "Put Credits on Hold"
    _inherit = ["account.receivable.dialog"]

    move_ids = fields.Many2many(
        comodel_name="account.move",
        string="Credits",
        default=lambda self: self._get_selected("account.move"),
    )
    note = fields.Char(
        string="Reason", help="Shown on the credit and in the list of open credits."
    )

    def action_hold(self):
        """Put the credits on hold, with the note.

        :return: the action that closes the dialog
        :raises UserError: without a note, or naming a document that is no open credit
        """
        self.ensure_one()
        note = (self.note or "").strip()
        if not note:
            raise UserError(self.env._("Enter a reason for the hold."))
        if not self.move_ids:
            raise UserError(self.env._("Select the credits in the list first."))
        self.move_ids._check_open_credits()
        self.move_ids.write({"credit_on_hold": True, "credit_hold_note": note})
        return {"type": "ir.actions.act_window_close"}
