"""A customer credit as an exporter is to see it: core's credit note of the same amounts.

Exporters of e-invoices pick type code, element names and signs by the type of the document.
Written for core's credit note they say the right thing about a customer credit, too, if they read
one. So while an exporter builds its file the credit's *cached* values are those of a credit note;
what is stored never changes.
"""

from contextlib import contextmanager

from odoo import models

#: The value of the context key that says so; no context from outside can hold it.
CREDIT_NOTE = object()

#: The amounts of a document that core keeps signed by what the document is.
DOCUMENT_AMOUNTS = ("amount_untaxed", "amount_tax", "amount_total", "amount_residual")


def check_not_shown(records):
    """Called where documents and items are written.

    :raises RuntimeError: for a write on what is shown as a credit note, which is a program's
    mistake: it would store what is not so"""
    if records.env.context.get("customer_credit_shown_as") is CREDIT_NOTE:
        raise RuntimeError(f"{records} can only be read while they are shown as a credit note")


class AccountMove(models.Model):
    _inherit = "account.move"

    @contextmanager
    def _presented_as_credit_note(self):
        """Let code that reads this document find core's credit note, with positive amounts.

        For code that only reads: writing to the document meanwhile is refused, because what it
        would store is not so.

        :return: the record to hand over; this very record where it is no customer credit
        """
        self.ensure_one()
        if not self.is_customer_credit or not self.id:
            yield self
            return
        # Whatever is still to be computed must see what is so.
        self.env.flush_all()
        records = (self, self.line_ids)
        for record in records:
            record.invalidate_recordset()
        try:
            self._show_as_credit_note()
            yield self.with_context(customer_credit_shown_as=CREDIT_NOTE)
        finally:
            for record in records:
                record.invalidate_recordset(flush=False)

    def _show_as_credit_note(self):
        totals = {name: -self[name] for name in DOCUMENT_AMOUNTS}
        for line in self.line_ids:
            line._show_as_credit_note()
        shown = {**totals, "move_type": "out_refund", "is_customer_credit": False}
        for name, value in shown.items():
            self._fields[name]._update_cache(self, value)

    def _is_shown_as_credit_note(self):
        return self.env.context.get("customer_credit_shown_as") is CREDIT_NOTE


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _show_as_credit_note(self):
        """Turn what the line counts in the direction of its document; its balance is the same."""
        self.ensure_one()
        factors = self._get_shown_factors()
        turned = {name: -self[name] for name in (*factors, "price_subtotal", "price_total")}
        turned["extra_tax_data"] = self._get_turned_tax_data(factors)
        # Turned, a reward of one unit at -250.00 looks like one unit that came back.
        turned["is_price_correction"] = self._is_price_only()
        for name, value in turned.items():
            self._fields[name]._update_cache(self, value)

    def _get_shown_factors(self):
        """The fields that are turned to show the line as a credit note's.

        A line that comes to nothing has no direction: what is negative is turned, as on a credit
        note nothing of it is.
        """
        self.ensure_one()
        currency = self.currency_id
        if currency.is_zero(self.price_subtotal) and currency.is_zero(self.price_total):
            return [name for name in ("price_unit", "quantity") if self[name] < 0]
        return [self._get_negative_factor()]

    def _get_negative_factor(self):
        """The field that is turned where the line's amount is, so that no price is negative.

        Where both factors are positive (freight on a credit) it is the quantity, as on a credit
        note that charges something.
        """
        self.ensure_one()
        return "price_unit" if self.price_unit < 0 else "quantity"

    def _get_turned_tax_data(self, factors):
        """The exact amounts of a line, which are kept with the factors they were made for."""
        data = self.extra_tax_data
        turned = self.env["account.tax"]._reverse_quantity_base_line_extra_tax_data(data)
        if turned and "price_unit" in data:
            turned |= {
                name: -data[name] if name in factors else data[name]
                for name in ("quantity", "price_unit")
            }
        return turned
