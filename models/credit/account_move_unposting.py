"""A settled credit leaves the ledger only after what it settled is open again."""

from odoo import models
from odoo.exceptions import UserError


class AccountMove(models.Model):
    _inherit = "account.move"

    def _check_credit_not_settled(self):
        """Refuse to take back a posted credit that is applied or refunded, or an invoice that a
        credit is applied to.

        Core 19 resets either with its matching left in place: the other would stay reduced by a
        draft, and the ledger would no longer tie out.

        :raises UserError: naming what must be undone first
        """
        for move in self.filtered(lambda move: move.state == "posted" and move.is_invoice()):
            counterparts = move._get_settled_counterparts()
            if not move.is_customer_credit:
                counterparts = counterparts.filtered("is_customer_credit")
            if counterparts:
                raise UserError(
                    self.env._(
                        "%(document)s is settled with %(counterparts)s. Undo that first: open "
                        "the document, then the tab Applications, then Unapply.",
                        document=move.display_name,
                        counterparts=", ".join(counterparts.mapped("display_name")),
                    )
                )

    def _get_settled_counterparts(self):
        """The documents, payments' entries too, that this one's receivable is matched with."""
        lines = self.line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
        matched = lines.matched_debit_ids.debit_move_id + lines.matched_credit_ids.credit_move_id
        return matched.move_id - self
