"""The receivables that were open at the end of a day: the query behind every report."""

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    @api.model
    def _get_open_items_sql(self, as_of, domain=Domain.TRUE):
        """The open items at the end of a day, as far as the user may read them.

        Today's open amounts, less every application and unapplication that the register dates
        after the day. An item that was open then is open today or has a later row in the register.

        :param date as_of: the day; entries dated later do not count
        :param domain: a ``Domain`` on ``account.move.line`` that narrows the items
        :return: ``SQL`` of one row per item: ``id``, ``move_id``, ``move_name``, ``partner_id``
            (as booked), ``company_id``, ``account_id``, ``currency_id``, ``company_currency_id``,
            ``date``, ``invoice_date``, ``due_date``, ``payment_id``, ``statement_line_id``,
            ``balance``, ``amount_currency``, and what is open of it, debit positive: ``residual``
            in its company's currency, ``residual_currency`` in its own
        """
        posted = (
            self.env["res.partner"]._get_receivable_item_domain()
            & Domain("date", "<=", as_of)
            & domain
        )
        later = self.env["account.receivable.application"]._get_settled_later_sql(as_of)
        return SQL(
            "WITH later AS MATERIALIZED (%s) %s UNION ALL %s",
            later,
            self._get_open_items_part_sql(posted & Domain("reconciled", "=", False), "LEFT JOIN"),
            self._get_open_items_part_sql(posted & Domain("reconciled", "=", True), "JOIN"),
        )

    @api.model
    def _get_open_items_part_sql(self, domain, join):
        """The items of the domain, joined with the later rows of the register."""
        query = self._search(domain)
        table = query.table
        query.add_where(self._get_receivable_accounts_sql(query))
        query.add_join(
            join,
            "later",
            SQL.identifier("later"),
            SQL("later.line_id = %s", SQL.identifier(table, "id")),
        )

        def column(name):
            return self._field_to_sql(table, name, query)

        residual = SQL("%s + COALESCE(later.amount, 0)", column("amount_residual"))
        residual_currency = SQL(
            "%s + COALESCE(later.amount_currency, 0)", column("amount_residual_currency")
        )
        query.add_where(SQL("(%s <> 0 OR %s <> 0)", residual, residual_currency))
        names = (
            "id",
            "move_id",
            "move_name",
            "partner_id",
            "company_id",
            "account_id",
            "currency_id",
            "company_currency_id",
            "date",
            "invoice_date",
            "payment_id",
            "statement_line_id",
            "balance",
            "amount_currency",
        )
        return query.select(
            *(SQL("%s AS %s", column(name), SQL.identifier(name)) for name in names),
            # an entry without a due date is due when it is booked
            SQL("COALESCE(%s, %s) AS due_date", column("date_maturity"), column("date")),
            SQL("%s AS residual", residual),
            SQL("%s AS residual_currency", residual_currency),
        )

    @api.model
    def _get_receivable_accounts_sql(self, query):
        """The ``SQL`` condition that an item is on a receivable account, by the accounts' ids.

        A domain checks the accounts' type. With the ids, from a subquery that PostgreSQL evaluates
        first, ``_unreconciled_index`` is usable: it holds the open items only.
        """
        return SQL(
            """%s = ANY(ARRAY(
                SELECT id FROM account_account WHERE account_type = 'asset_receivable'
            ))""",
            self._field_to_sql(query.table, "account_id", query),
        )
