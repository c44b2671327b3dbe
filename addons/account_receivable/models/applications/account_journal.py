from odoo import models


class AccountJournal(models.Model):
    _inherit = "account.journal"

    def _get_day_of_application(self, day, core_day, has_tax=False):
        """The date of an entry that is booked or reversed with an application.

        :param date day: the day of the application
        :param date core_day: the date that core gives the entry
        :return date: the day of the application, or core's date if that day is locked
        """
        if not self:  # core refuses a missing journal
            return core_day
        locks = self.company_id._get_violated_lock_dates(day, has_tax, self)
        return core_day if locks else day
