"""The register as of a day: what turns today's open amounts into those of that day."""

from odoo import api, models
from odoo.tools import SQL


class AccountReceivableApplication(models.Model):
    _inherit = "account.receivable.application"

    @api.model
    def _get_settled_later_sql(self, as_of):
        """The effect of the register's rows dated after a day on the items' open amounts.

        :return: ``SQL`` of ``line_id`` and what to add to the item's residual of today to have
            that day's, debit positive: ``amount`` in company currency, ``amount_currency`` in the
            item's
        """
        sides = SQL(" UNION ALL ").join(
            self._get_settled_later_side_sql(as_of, *sides)
            for sides in (("debit", "credit", SQL()), ("credit", "debit", SQL("-")))
        )
        return SQL(
            """
            SELECT line_id, SUM(amount) AS amount, SUM(amount_currency) AS amount_currency
              FROM (%s) AS event
             WHERE line_id IS NOT NULL
          GROUP BY line_id
            """,
            sides,
        )

    @api.model
    def _get_settled_later_side_sql(self, as_of, side, other, sign):
        """The later rows of the items on one side. Only the unapplications, which are few, join
        the document on the other side."""
        return SQL(
            """
            SELECT %(line)s AS line_id,
                   %(sign)sevent.amount AS amount,
                   %(sign)s%(amount_currency)s AS amount_currency
              FROM account_receivable_application event
             WHERE event.kind = 'application' AND event.date > %(as_of)s
         UNION ALL
            SELECT %(line)s,
                   %(sign)sevent.amount,
                   %(sign)s%(amount_currency)s
              FROM account_receivable_application event
              JOIN account_receivable_application application
                ON application.id = event.application_id
         LEFT JOIN account_move_line other ON other.id = %(other)s
             WHERE event.kind = 'unapplication' AND event.date > %(as_of)s
               AND (application.date > %(as_of)s OR %(in_force)s)
            """,
            in_force=self._get_in_force_sql(as_of),
            line=SQL.identifier("event", f"{side}_line_id"),
            other=SQL.identifier("event", f"{other}_line_id"),
            amount_currency=SQL.identifier("event", f"{side}_amount_currency"),
            sign=sign,
            as_of=as_of,
        )

    @api.model
    def _get_in_force_sql(self, as_of):
        """The ``SQL`` condition under which an application that was taken back counts on a day.

        Both documents must be in the ledger of the day: one may since have been reset to draft,
        deleted, given another date, or changed to something else (``is_superseded``).

        :param date as_of: the day whose end counts
        :return: a condition on ``event``, a row of the register whose dates say that it was in
            force, and ``other``, the item that it settles
        """
        return SQL(
            """(event.is_superseded IS NOT TRUE
                AND other.parent_state = 'posted' AND other.date <= %s)""",
            as_of,
        )
