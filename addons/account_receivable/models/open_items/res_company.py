from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_date

from ..applications.application_details import get_first_open_day


class ResCompany(models.Model):
    _inherit = "res.company"

    def _check_receivable_day(self, day):
        """Refuse a day on which receivables may no longer be settled.

        :raises UserError: if the day is locked
        """
        for company in self:
            first_open = get_first_open_day(company)
            if day < first_open:
                raise UserError(
                    self.env._(
                        "%(date)s is in a locked period of %(company)s. Choose %(first)s or "
                        "later.",
                        date=format_date(self.env, day),
                        company=company.display_name,
                        first=format_date(self.env, first_open),
                    )
                )

    def _get_receivable_rate_sql(self, company_currency, day=None):
        """The rate from the currencies of the active companies to this company's.

        :param SQL company_currency: the company currency of an amount
        :param date day: the day of the rate; default today
        :return: ``SQL`` of the factor, or None if all active companies use this one's currency
        """
        self.ensure_one()
        foreign_currencies = self.env.companies.currency_id - self.currency_id
        if not foreign_currencies:
            return None
        rates = SQL(" ").join(
            SQL(
                "WHEN %s THEN %s",
                foreign.id,
                foreign._get_conversion_rate(foreign, self.currency_id, company=self, date=day),
            )
            for foreign in foreign_currencies
        )
        return SQL("CASE %s %s ELSE 1 END", company_currency, rates)
