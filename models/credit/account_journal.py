"""Whether a journal numbers credits with its invoices."""

from contextlib import contextmanager

from odoo import models


class AccountJournal(models.Model):
    _inherit = "account.journal"

    @contextmanager
    def _in_one_series(self):
        """Core finds no series of credit notes in this journal, and tells no documents apart by
        their type, while this lasts. Only the cached value is another, which nothing is computed
        from."""
        field = self._fields["refund_sequence"]
        self.flush_recordset([field.name])
        separate = self.filtered(field.name)
        field._update_cache(separate, False)
        try:
            yield
        finally:
            field._update_cache(separate, True)
