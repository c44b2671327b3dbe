"""Whether a journal numbers credits with its invoices, and what its dashboard calls late."""

from contextlib import contextmanager

from odoo import models
from odoo.tools import SQL


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

    def _get_open_sale_purchase_query(self, journal_type):
        # As the filter Overdue of the list that opens behind the figure: a credit is never late.
        query, selects = super()._get_open_sale_purchase_query(journal_type)
        return query, [
            SQL("is_customer_credit IS NOT TRUE AND %s", select)
            if select.code.endswith(" AS late")
            else select
            for select in selects
        ]
