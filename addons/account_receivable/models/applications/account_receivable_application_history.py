"""Unapplied rows whose documents changed afterwards.

An unapplied row describes two items as they were. A document that was reset to draft may be posted
again for another customer, account or amount: then the row no longer fits the item. It stays in
the register, but no day's figures count it.
"""

from odoo import api, fields, models
from odoo.tools import SQL

from .account_receivable_application import IS_EXCHANGE, IS_MONEY


class AccountReceivableApplication(models.Model):
    _inherit = "account.receivable.application"

    debit_total_currency = fields.Monetary(
        string="Invoice Item Total", currency_field="debit_currency_id", readonly=True
    )
    credit_total_currency = fields.Monetary(
        string="Credit Item Total", currency_field="credit_currency_id", readonly=True
    )
    is_superseded = fields.Boolean(
        readonly=True,
        help="Reversed, and one of the items has changed since. Reports no longer include this "
        "row.",
    )

    @api.model
    def _supersede_changed(self, moves):
        """Mark the unapplied rows whose items changed as superseded, and unmark those whose items
        are again what they were.

        Two items did not change if their customer became a company's contact: the company carries
        both.

        :param moves: documents that were just posted again
        """
        if not moves:
            return
        self._flush_read_by_sql()
        self.env.cr.execute(
            SQL(
                """
                UPDATE account_receivable_application event
                   SET is_superseded = checked.is_changed
                  FROM (
                    SELECT past.id,
                           (debit.account_id, credit.account_id,
                            debit_partner.commercial_partner_id,
                            debit.currency_id, credit.currency_id,
                            debit.amount_currency, credit.amount_currency)
                           IS DISTINCT FROM
                           (past.account_id, past.account_id,
                            credit_partner.commercial_partner_id,
                            past.debit_currency_id, past.credit_currency_id,
                            past.debit_total_currency, past.credit_total_currency)
                           AS is_changed
                      FROM account_receivable_application past
                      JOIN account_move_line debit ON debit.id = past.debit_line_id
                      JOIN account_move_line credit ON credit.id = past.credit_line_id
                 LEFT JOIN res_partner debit_partner ON debit_partner.id = debit.partner_id
                 LEFT JOIN res_partner credit_partner ON credit_partner.id = credit.partner_id
                     WHERE past.partial_id IS NULL
                       AND (past.debit_move_id IN %(moves)s OR past.credit_move_id IN %(moves)s)
                  ) AS checked
                 WHERE checked.id = event.id
                   AND event.is_superseded IS DISTINCT FROM checked.is_changed
                """,
                moves=tuple(moves.ids),
            )
        )
        self.invalidate_model(["is_superseded"], flush=False)

    @api.model
    def _get_last_taken_back(self, lines):
        """The day of the last unapplication of each of these items.

        Before that day they were settled, at least in part: an application dated earlier would use
        them twice. Rows with a document that left the ledger do not count.

        :return: ``{item: date}``, for items that were ever unapplied
        """
        self.env["account.move.line"].flush_model(["parent_state"])
        items = SQL("%s", tuple(lines.ids))
        rows = self.env.execute_query(
            SQL(
                """
                SELECT item.id, MAX(taken_back.date)
                  FROM account_move_line item
                  JOIN (%s) AS taken_back ON item.id IN (taken_back.debit_id, taken_back.credit_id)
                 WHERE item.id IN %s
              GROUP BY item.id
                """,
                self._get_taken_back_sql(items, items),
                items,
            )
        )
        return {lines.browse(line_id): day for line_id, day in rows}

    @api.model
    def _get_recording_day_sql(self, day, money_day):
        """The day a new reconciliation takes effect: not before either document's date, nor before
        the last unapplication of either item. An exchange difference takes its own date.

        :param date day: the earliest day
        :param date money_day: the earliest day if one of the two is a payment or a bank line
        :return: ``SQL`` of a date
        """
        return SQL(
            """
            GREATEST(partial.max_date,
                     CASE WHEN %s THEN NULL WHEN %s THEN %s ELSE %s END,
                     (SELECT MAX(date) FROM (%s) AS taken_back))
            """,
            IS_EXCHANGE,
            IS_MONEY,
            money_day,
            day,
            self._get_taken_back_sql(SQL("(debit.id)"), SQL("(credit.id)")),
        )

    @api.model
    def _get_taken_back_sql(self, debits, credits):
        """The unapplications of items that count: those between two documents in the ledger.

        :param debits: ``SQL`` of a list of items
        :param credits: likewise; a row counts if either list holds its item
        """
        return SQL(
            """
            SELECT event.date, event.debit_line_id AS debit_id, event.credit_line_id AS credit_id
              FROM account_receivable_application event
              JOIN account_move_line own_debit ON own_debit.id = event.debit_line_id
              JOIN account_move_line own_credit ON own_credit.id = event.credit_line_id
             WHERE event.kind = 'unapplication' AND event.is_superseded IS NOT TRUE
               AND own_debit.parent_state = 'posted' AND own_credit.parent_state = 'posted'
               AND (event.debit_line_id IN %s OR event.credit_line_id IN %s)
            """,
            debits,
            credits,
        )
