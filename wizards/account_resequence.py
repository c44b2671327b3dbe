from odoo import api, models
from odoo.exceptions import AccessError, UserError


class AccountResequenceWizard(models.TransientModel):
    _inherit = "account.resequence.wizard"

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        moves = self.env["account.move"].browse(self.env.context.get("active_ids", []))
        if (
            "move_ids" in fields
            and any(move._has_separate_credit_series() for move in moves)
            and len({move.number_series or move._get_number_series() for move in moves}) > 1
        ):
            raise UserError(
                self.env._(
                    "Customer credits of %(journal)s are numbered in its credit note series. "
                    "Resequence the invoices and the credits one after the other.",
                    journal=moves.journal_id.display_name,
                )
            )
        return values

    def resequence(self):
        if not self.move_ids:  # none, or none that this user may see: core would crash
            raise AccessError(
                self.env._("No document to resequence is chosen. Choose some in the list first.")
            )
        result = super().resequence()
        # Credits from before the setting may have got numbers of the credit notes now.
        credits = self.move_ids.filtered(
            lambda move: move.is_customer_credit and move._has_separate_credit_series()
        )
        of_invoices = set(
            self.env["account.move"]._read_group(
                [
                    ("journal_id", "in", credits.journal_id.ids),
                    ("sequence_prefix", "in", credits.mapped("sequence_prefix")),
                    ("move_type", "=", "out_invoice"),
                    ("is_customer_credit", "=", False),
                ],
                ["journal_id", "sequence_prefix"],
            )
        )
        for credit in credits:
            is_invoice = (credit.journal_id, credit.sequence_prefix) in of_invoices
            # sudo: whoever renumbers; nobody writes it by hand.
            credit.sudo().number_series = "invoice" if is_invoice else "credit_note"
        return result
