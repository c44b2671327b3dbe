"""The payment state: whether a document was paid or reversed."""

from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def _compute_payment_state(self):
        result = super()._compute_payment_state()
        for move in self:
            if move.payment_state == "paid" and (
                move._is_settled_by_adjustments() or move._is_settled_by_entries()
            ):
                move.payment_state = "reversed"
        return result

    def _is_settled_by_entries(self):
        """Whether only journal entries without money settle this credit.

        The payment state is "reversed" then, as for core's credit note.
        """
        self.ensure_one()
        if not self.is_customer_credit or not self.currency_id.is_zero(self.amount_residual):
            return False
        moves = self._get_settled_counterparts()
        return bool(moves) and all(
            move.move_type == "entry" and not move._is_money() for move in moves
        )

    def _is_settled_by_adjustments(self):
        """Whether only its own adjustments and credit notes, or the credit that it reverses,
        settle this invoice.

        The payment state is "reversed" then. A reward or an overpayment that is applied pays the
        invoice: the sale stands.
        """
        self.ensure_one()
        if self.move_type != "out_invoice" or self.is_customer_credit:
            return False
        if not self.reversal_move_ids and not self.reversed_entry_id:
            return False  # nearly always, and there may be thousands of them
        moves = self._get_settled_counterparts()
        credits = moves.filtered("is_customer_credit")
        # entries: exchange differences, as core has it
        others = (moves - credits).filtered(
            lambda move: move.move_type not in ("out_refund", "entry") or move._is_money()
        )
        return (
            bool(credits)
            and not others
            and all(
                credit.reversed_entry_id == self or credit == self.reversed_entry_id
                for credit in credits
            )
        )
