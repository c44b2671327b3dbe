"""A customer credit presented to exporters as core's credit note of the same amounts.

Exporters of e-invoices choose type code, element names and signs by the type of the document, and
are right about core's credit notes. So while an exporter builds its file, the *cached* values of a
customer credit are those of a credit note; the stored values never change.
"""

from contextlib import contextmanager

from odoo import models

#: The value of the context key meanwhile. No context from a client can hold this object.
CREDIT_NOTE = object()

#: The amounts whose sign depends on the type of the document.
DOCUMENT_AMOUNTS = ("amount_untaxed", "amount_tax", "amount_total", "amount_residual")


def check_not_shown(records):
    """Refuse to write records that are presented as a credit note: it would store wrong values.

    :raises RuntimeError: if they are, which is a programming error
    """
    if records.env.context.get("customer_credit_shown_as") is CREDIT_NOTE:
        raise RuntimeError(f"{records} can only be read while they are shown as a credit note")


class AccountMove(models.Model):
    _inherit = "account.move"

    @contextmanager
    def _presented_as_credit_note(self):
        """Present this customer credit as core's credit note, with positive amounts, to code in
        the block that only reads it.

        :return: context manager of the record to pass on; this record if it is no customer credit
        :raises RuntimeError: if the code writes to the document
        """
        self.ensure_one()
        if not self.is_customer_credit or not self.id:
            yield self
            return
        # Pending computations must see the real values.
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
        """Turn the cached values of the line that have the document's sign, not its balance."""
        self.ensure_one()
        factors = self._get_shown_factors()
        turned = {name: -self[name] for name in (*factors, "price_subtotal", "price_total")}
        turned["extra_tax_data"] = self._get_turned_tax_data(factors)
        # Otherwise a reward of one unit at -250.00 would look like one returned unit.
        turned["is_price_correction"] = self._is_price_only()
        for name, value in turned.items():
            self._fields[name]._update_cache(self, value)

    def _get_shown_factors(self):
        """The fields to turn for the line to look like a credit note's.

        A line of zero has no direction: its negative fields are turned, since those of a credit
        note's line are positive.
        """
        self.ensure_one()
        currency = self.currency_id
        if currency.is_zero(self.price_subtotal) and currency.is_zero(self.price_total):
            return [name for name in ("price_unit", "quantity") if self[name] < 0]
        return [self._get_negative_factor()]

    def _get_negative_factor(self):
        """The factor to turn together with the line's amount, so that no price is negative.

        If both factors are positive (freight on a credit) it is the quantity, as on a credit note
        that charges something.

        :return str: ``quantity`` or ``price_unit``
        """
        self.ensure_one()
        return "price_unit" if self.price_unit < 0 else "quantity"

    def _get_turned_tax_data(self, factors):
        """The line's ``extra_tax_data`` with turned factors: its exact amounts apply to those."""
        data = self.extra_tax_data
        turned = self.env["account.tax"]._reverse_quantity_base_line_extra_tax_data(data)
        if turned and "price_unit" in data:
            turned |= {
                name: -data[name] if name in factors else data[name]
                for name in ("quantity", "price_unit")
            }
        return turned
