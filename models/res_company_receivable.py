from odoo import models
from odoo.exceptions import UserError
from odoo.tools import format_date

from .application_event import get_first_open_day


class ResCompany(models.Model):
    _inherit = "res.company"

    def _check_receivable_day(self, day):
        """:raises UserError: when receivables may no longer be settled on this day"""
        for company in self:
            first_open = get_first_open_day(company)
            if day < first_open:
                raise UserError(
                    self.env._(
                        "%(date)s lies in a locked period of %(company)s. Choose %(first)s or "
                        "later.",
                        date=format_date(self.env, day),
                        company=company.display_name,
                        first=format_date(self.env, first_open),
                    )
                )
