"""A settled credit can be reset to draft only after it was unapplied."""

from odoo import models
from odoo.exceptions import UserError


class AccountMove(models.Model):
    _inherit = "account.move"

    def _check_credit_not_settled(self):
        """Refuse to reset a posted credit that is applied or refunded, or an invoice that a credit
        is applied to.

        Core 19 resets them without unreconciling: the other document would stay settled by a
        draft, and the ledger would not tie out.

        :raises UserError: naming what must be undone first
        """
        for move in self.filtered(lambda move: move.state == "posted" and move.is_invoice()):
            counterparts = move._get_settled_counterparts()
            if not move.is_customer_credit:
                counterparts = counterparts.filtered("is_customer_credit")
            if counterparts:
                raise UserError(
                    self.env._(
                        "%(document)s is settled with %(counterparts)s. Use Unapply in its "
                        "Applications tab first.",
                        document=move.display_name,
                        counterparts=", ".join(counterparts.mapped("display_name")),
                    )
                )

    def _get_settled_counterparts(self):
        """The documents and entries of payments that are reconciled with this document's
        receivable items."""
        lines = self.line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
        matched = lines.matched_debit_ids.debit_move_id + lines.matched_credit_ids.credit_move_id
        return matched.move_id - self
