"""A settled credit leaves the ledger only after what it settled is open again."""

from odoo import models
from odoo.exceptions import UserError


class AccountMove(models.Model):
    _inherit = "account.move"

    def button_draft(self):
        self._check_credit_not_settled()
        return super().button_draft()

    def button_cancel(self):
        self._check_credit_not_settled()
        return super().button_cancel()

    def _check_credit_not_settled(self):
        """Refuse to take a posted credit back while it is applied or refunded.

        Core 19 resets it with its matching left in place: posted invoices would stay reduced by
        a draft, and the ledger would no longer tie out.

        :raises UserError: naming what the credit was applied to or refunded by
        """
        for move in self.filtered(lambda move: move.is_customer_credit and move.state == "posted"):
            counterparts = move._get_settled_counterparts()
            if counterparts:
                raise UserError(
                    self.env._(
                        "%(credit)s is applied to or refunded by %(documents)s. Undo that first "
                        "(open the credit, then the i beside the amount, then Unreconcile).",
                        credit=move.display_name,
                        documents=", ".join(counterparts.mapped("display_name")),
                    )
                )

    def _get_settled_counterparts(self):
        """The documents, payments' entries too, that this one's receivable is matched with."""
        lines = self.line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
        matched = lines.matched_debit_ids.debit_move_id + lines.matched_credit_ids.credit_move_id
        return matched.move_id - self
