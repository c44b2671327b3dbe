"""The numbers of credits: in the series of invoices or, by a setting of the company, in the
journal's series of credit notes.

Core tells the series by the document's type, which never changes once it is posted. Whether a
document is a credit depends on its sign, which can change, as can the setting. So a document keeps
the series that its number was taken from.

Core searches the last number twice: for the format, which gives the period, and then in that
period. Both searches must be in the same series. Core would tell the two series apart by type; so
it sees a journal with one series, and each search gets our condition instead.
"""

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

#: The documents of the credit-note series.
CREDIT_NOTES = Domain("move_type", "in", ("out_refund", "in_refund")) | Domain(
    "number_series", "=", "credit_note"
)
CREDIT_NOTES_SQL = (
    "(move_type IN ('out_refund', 'in_refund') "
    "OR number_series IS NOT DISTINCT FROM 'credit_note')"
)


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
        """The series that this document is to take its number from."""
        return "credit_note" if self._is_in_credit_note_series() else "invoice"

    def _get_current_number_series(self):
        """The series of this document's number, whatever the document is now; without a number,
        the series that it is to take one from."""
        if not self._is_numbered():
            return self._get_number_series()
        by_type = "credit_note" if self.move_type in ("out_refund", "in_refund") else "invoice"
        return self.number_series or by_type

    def _get_last_sequence_domain(self, relaxed=False):
        if not (self.journal_id.type == "sale" and self.journal_id.refund_sequence):
            return super()._get_last_sequence_domain(relaxed)
        is_credit_note = self._get_current_number_series() == "credit_note"
        self.flush_model(["number_series"])
        with self.journal_id._in_one_series():
            where, params = super(
                AccountMove,
                self.with_context(
                    customer_credit_series=CREDIT_NOTES if is_credit_note else ~CREDIT_NOTES
                ),
            )._get_last_sequence_domain(relaxed)
        return f"{where} AND {'' if is_credit_note else 'NOT '}{CREDIT_NOTES_SQL}", params

    def _search(self, domain, *args, **kwargs):
        series = self.env.context.get("customer_credit_series")
        if isinstance(series, Domain):
            domain = Domain(domain) & series
        return super()._search(domain, *args, **kwargs)

    def _get_starting_sequence(self):
        sequence = super()._get_starting_sequence()
        if self.is_customer_credit and self._has_separate_credit_series():
            return f"R{sequence}"
        return sequence

    def _get_number_format(self, name):
        """The part of a number that is the same in every period of its series."""
        number_format, values = self._get_sequence_format_param(name)
        values.update(dict.fromkeys(("year", "year_end", "month", "seq", "seq_length"), 0))
        return number_format.format(**{**values, "suffix": ""})

    def _check_number_series(self):
        """Refuse a document whose number belongs to the other series.

        :raises UserError: naming the document and its series
        """
        for move in self._filter_numbered():
            if move.number_series and move.number_series != move._get_number_series():
                values = {"document": move.name, "journal": move.journal_id.display_name}
                raise UserError(
                    self.env._(
                        "%(document)s has a credit note number of %(journal)s, but its total is "
                        "no longer negative. Make the total negative again, or cancel "
                        "%(document)s and create a new invoice.",
                        **values,
                    )
                    if move.number_series == "credit_note"
                    else self.env._(
                        "%(document)s has an invoice number of %(journal)s, but its total is now "
                        "negative. Make the total positive again, or cancel %(document)s and "
                        "create a new credit.",
                        **values,
                    )
                )

    def _is_numbered(self):
        return self.posted_before and self.name and self.name != "/"

    def _filter_numbered(self):
        return self.filtered(
            lambda move: move._is_numbered() and move._has_separate_credit_series()
        )

    def _set_number_series(self):
        """Store the series that these documents of customers take their number from."""
        moves = self.filtered(lambda move: move.is_sale_document() and not move._is_numbered())
        for series, renamed in moves.grouped(
            lambda move: move._has_separate_credit_series() and move._get_number_series()
        ).items():
            if set(renamed.mapped("number_series")) != {series}:
                # sudo: no user may write the field by hand, but who posts the document sets it.
                renamed.sudo().number_series = series
