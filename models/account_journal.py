from contextlib import contextmanager

from odoo import models


class AccountJournal(models.Model):
    _inherit = "account.journal"

    def _get_day_of_application(self, day, core_day, has_tax=False):
        """The date of an entry that is booked with an application, or taken back with it.

        :param date day: the day of the application
        :param date core_day: the date that core gives the entry
        :return date: that of the application; core's where this one is locked
        """
        if not self:  # core says that there is none
            return core_day
        locks = self.company_id._get_violated_lock_dates(day, has_tax, self)
        return core_day if locks else day

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
