from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_date

from ..applications.application_details import get_first_open_day


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

    def _get_receivable_rate_sql(self, company_currency, day=None):
        """What amounts in the books of the companies that are switched on are worth here.

        :param SQL company_currency: the currency that an amount is booked in
        :param date day: whose rate; default today's
        :return: ``SQL`` of the factor into this company's currency, or None where all companies
            keep their books in it
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
