"""Core's dialog of reversals, for customer credits."""

from odoo import api, fields, models


class AccountMoveReversal(models.TransientModel):
    _name = "account.move.reversal"
    _inherit = ["account.move.reversal", "account.receivable.dialog"]

    reverses_credits = fields.Boolean(compute="_compute_reverses_credits")

    @api.depends("move_ids")
    def _compute_reverses_credits(self):
        for wizard in self:
            moves = wizard.move_ids._origin
            wizard.reverses_credits = bool(moves) and all(moves.mapped("is_customer_credit"))

    def _modify_default_reverse_values(self, origin_move):
        values = super()._modify_default_reverse_values(origin_move)
        if origin_move.is_sale_document(include_receipts=True):
            # The replacement is for the same customer, even if the contact has moved since.
            values["partner_id"] = origin_move._get_carrying_contact().id
        return values
