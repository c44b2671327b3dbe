from contextlib import nullcontext

from odoo import api, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.account_receivable.models.guards.named_records import get_named_records


class AccountResequenceWizard(models.TransientModel):
    _name = "account.resequence.wizard"
    _inherit = ["account.resequence.wizard", "account.receivable.dialog"]

    @api.model
    def default_get(self, fields):
        selected = self.env.context.get("active_ids")
        moves = get_named_records(self.env, "account.move", selected)
        # Core checks the types: credits and credit notes of one series have two.
        with_credits = any(
            move.is_customer_credit or move.number_series == "credit_note" for move in moves
        )
        with moves.journal_id._in_one_series() if with_credits else nullcontext():
            values = super().default_get(fields)
        if "move_ids" in fields and with_credits and moves.journal_id.refund_sequence:
            # Allowed if all documents are in one series now, or belong in one.
            now = {move._get_current_number_series() for move in moves}
            wanted = {move._get_number_series() for move in moves}
            if len(now) > 1 and len(wanted) > 1:
                raise UserError(
                    self.env._(
                        "%(journal)s numbers customer credits in its credit note sequence. "
                        "Resequence invoices and credits separately.",
                        journal=moves.journal_id.display_name,
                    )
                )
        return values

    def resequence(self):
        if not self.move_ids:  # none that this user may read: core would crash
            raise AccessError(
                self.env._("Select the documents to resequence in the list first.")
            )
        others = self.move_ids.filtered(lambda move: not move.is_customer_credit)
        series = {move._get_current_number_series() for move in others}
        result = super().resequence()
        credits = self.move_ids - others
        if credits and credits.journal_id.refund_sequence:
            if not others:
                series = {"invoice" if self._is_named_as_invoices(credits) else "credit_note"}
            (series,) = series
            # sudo: no user may write the series by hand, but who renumbers sets it.
            credits.sudo().number_series = series
        return result

    @api.model
    def _is_named_as_invoices(self, moves):
        """Whether these documents' numbers belong to the series of invoices."""
        prefixes = self.env["account.move"]._read_group(
            [
                ("id", "not in", moves.ids),
                ("journal_id", "=", moves.journal_id.id),
                ("move_type", "=", "out_invoice"),
                ("number_series", "!=", "credit_note"),
                ("sequence_prefix", "!=", False),
            ],
            ["sequence_prefix"],
        )
        formats = {moves[0]._get_number_format(f"{prefix}1") for (prefix,) in prefixes}
        return any(move._get_number_format(move.name) in formats for move in moves)
