"""One list, one series; or, where the company says so, the journal's credit-note series."""

from odoo import models

CREDIT_NOTES = "move_type IN ('out_refund', 'in_refund')"
ALL_BUT_CREDIT_NOTES = "move_type NOT IN ('out_refund', 'in_refund')"


class AccountMove(models.Model):
    _inherit = "account.move"

    def _has_separate_credit_series(self):
        return self.journal_id.refund_sequence and self.company_id.customer_credit_refund_sequence

    def _is_in_credit_note_series(self):
        """Whether this document takes its number from the journal's credit-note series."""
        return self.move_type in ("out_refund", "in_refund") or self.is_customer_credit

    def _get_last_sequence_domain(self, relaxed=False):
        where, params = super()._get_last_sequence_domain(relaxed)
        if self._has_separate_credit_series():
            # Core tells the two series apart by type, in this text; credits change sides.
            self.flush_model(["is_customer_credit"])
            if self._is_in_credit_note_series():
                side = f"({CREDIT_NOTES} OR is_customer_credit IS TRUE)"
            else:
                side = f"({ALL_BUT_CREDIT_NOTES} AND is_customer_credit IS NOT TRUE)"
            where = where.replace(ALL_BUT_CREDIT_NOTES, side, 1).replace(
                f"AND {CREDIT_NOTES}", f"AND {side}", 1
            )
        return where, params

    def _get_starting_sequence(self):
        sequence = super()._get_starting_sequence()
        if self.is_customer_credit and self._has_separate_credit_series():
            return f"R{sequence}"
        return sequence
