from odoo import api, models
from odoo.exceptions import UserError


class AccountResequenceWizard(models.TransientModel):
    _inherit = "account.resequence.wizard"

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        moves = self.env["account.move"].browse(self.env.context.get("active_ids", []))
        if (
            "move_ids" in fields
            and any(move._has_separate_credit_series() for move in moves)
            and len({move._is_in_credit_note_series() for move in moves}) > 1
        ):
            raise UserError(
                self.env._(
                    "Customer credits of %(journal)s are numbered in its credit note series. "
                    "Resequence the invoices and the credits one after the other.",
                    journal=moves.journal_id.display_name,
                )
            )
        return values
