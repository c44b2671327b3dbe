"""Posting: core refuses a customer invoice below zero; a customer credit passes, checked."""

from contextlib import contextmanager

from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def _post(self, soft=True):
        credits = self.filtered(
            lambda move: move.is_customer_credit and move.company_id.customer_credit_enabled
        )
        if not credits:
            return super()._post(soft)
        with credits._negative_totals_hidden() as hidden:
            moves = self.with_context(customer_credit_hidden_totals=hidden)
            return super(AccountMove, moves)._post(soft)

    # ------------------------------------------------------------------
    # The window
    # ------------------------------------------------------------------

    @contextmanager
    def _negative_totals_hidden(self):
        """Let the totals of these credits read 0.0 until core validated each of them.

        Core's refusal of a negative total stands among its other checks, without a hook of its
        own. So the cached total (never the stored one) of just these credits reads zero while the
        checks run, and :meth:`_show_negative_totals` puts it back one call later.

        :return: the context value that names the hidden totals, ``{field: {move id: total}}``
        """
        names = ("amount_total", "quick_edit_total_amount")
        self.flush_recordset()  # a pending computation must not see the zero, nor overwrite it
        hidden = {name: {} for name in names}
        for move in self:
            totals = [move[name] for name in names]
            # Quick encoding compares its total with the document's: both hide, if they agree.
            for name, total in zip(names, totals, strict=True):
                if move.currency_id.compare_amounts(total, move.amount_total) == 0:
                    hidden[name][move.id] = total
        for name in names:
            moves = self.filtered(lambda move, name=name: move.id in hidden[name])
            self._fields[name]._update_cache(moves, 0.0)
        try:
            yield hidden
        finally:
            self.with_context(customer_credit_hidden_totals=hidden)._show_negative_totals()

    def _show_negative_totals(self):
        """Close the window of :meth:`_negative_totals_hidden` for these documents, if it is open."""
        for name, totals in (self.env.context.get("customer_credit_hidden_totals") or {}).items():
            field = self._fields[name]
            cache = field._get_cache(self.env)
            for move in self:
                # A total that core computed anew in the meantime is no longer the hidden zero.
                if move.id in totals and cache.get(move.id) == 0.0:
                    field._update_cache(move, totals.pop(move.id))
