"""One list, one series; or, where the company says so, the journal's credit-note series.

Core knows a document's series by its type, which never changes once it is posted. A credit is one
by its sign, which can change, and the company's setting can, too. So a document keeps the series
that its number was taken from: what it turns into later does not mix up the two.
"""

from odoo import fields, models
from odoo.exceptions import UserError

CREDIT_NOTES = "move_type IN ('out_refund', 'in_refund')"
ALL_BUT_CREDIT_NOTES = "move_type NOT IN ('out_refund', 'in_refund')"


class AccountMove(models.Model):
    _inherit = "account.move"

    number_series = fields.Selection(
        selection=[("invoice", "Invoices"), ("credit_note", "Credit Notes")],
        readonly=True,
        copy=False,
        help="The series that the number was taken from, where customer credits are numbered in "
        "the credit note series.",
    )

    def _has_separate_credit_series(self):
        return self.journal_id.refund_sequence and self.company_id.customer_credit_refund_sequence

    def _is_in_credit_note_series(self):
        """Whether this document takes its number from the journal's credit-note series."""
        return self.move_type in ("out_refund", "in_refund") or (
            self.is_customer_credit and self.company_id.customer_credit_refund_sequence
        )

    def _get_number_series(self):
        return "credit_note" if self._is_in_credit_note_series() else "invoice"

    def _get_last_sequence_domain(self, relaxed=False):
        where, params = super()._get_last_sequence_domain(relaxed)
        if self.journal_id.refund_sequence:
            # Core tells the two series apart by type, in this text.
            self.flush_model(["number_series"])
            if self._is_in_credit_note_series():
                side = f"({CREDIT_NOTES} OR number_series = 'credit_note')"
            else:
                side = (
                    f"({ALL_BUT_CREDIT_NOTES} "
                    "AND number_series IS DISTINCT FROM 'credit_note')"
                )
            where = where.replace(ALL_BUT_CREDIT_NOTES, side, 1).replace(
                f"AND {CREDIT_NOTES}", f"AND {side}", 1
            )
        return where, params

    def _get_starting_sequence(self):
        sequence = super()._get_starting_sequence()
        if self.is_customer_credit and self._has_separate_credit_series():
            return f"R{sequence}"
        return sequence

    def _check_number_series(self):
        """Refuse a document whose number is of the other series, by what it has turned into.

        :raises UserError: naming the document and its series
        """
        for move in self._filter_numbered():
            if move.number_series and move.number_series != move._get_number_series():
                values = {"document": move.name, "journal": move.journal_id.display_name}
                raise UserError(
                    self.env._(
                        "%(document)s has its number from the credit notes of %(journal)s, and "
                        "its total is not negative any more. Make it negative again, or cancel "
                        "%(document)s and enter a new invoice.",
                        **values,
                    )
                    if move.number_series == "credit_note"
                    else self.env._(
                        "%(document)s has its number from the invoices of %(journal)s, and its "
                        "total is negative now. Make it positive again, or cancel %(document)s "
                        "and enter a new credit.",
                        **values,
                    )
                )

    def _filter_numbered(self):
        return self.filtered(
            lambda move: (
                move.posted_before
                and move.name
                and move.name != "/"
                and move._has_separate_credit_series()
            )
        )

    def _set_number_series(self):
        """Note the series that these documents of customers take their number from."""
        unnumbered = (self - self._filter_numbered()).filtered(
            lambda move: move.is_sale_document() and move._has_separate_credit_series()
        )
        for series, moves in unnumbered.grouped(lambda move: move._get_number_series()).items():
            # sudo: whoever posts them; nobody writes it by hand.
            moves.sudo().number_series = series
