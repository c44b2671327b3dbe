"""The ledger data of customer statements: a fixed number of queries for any number of customers.

Amounts are in the currency of their item, debit positive; nothing is converted.
"""

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

#: The fields that the queries below join to the items, and that must be flushed before.
READ_BY_SQL = {
    "account.move": None,  # what makes a kind, others may add to
    "res.company": ["currency_exchange_journal_id"],
    "res.partner": ["commercial_partner_id"],
}

#: The columns of the items, as ``_get_open_items_sql`` names them.
ITEM = (
    "id",
    "move_id",
    "move_name",
    "partner_id",
    "company_id",
    "currency_id",
    "date",
    "invoice_date",
    "payment_id",
    "statement_line_id",
    "amount_currency",
)


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    @api.model
    def _get_statement_open_items(self, customers, as_of):
        """The items that were open at the end of a day, by due date.

        :param customers: commercial partners
        :return: list of dicts: ``customer_id``, ``currency_id``, ``move_id``, ``name``, ``kind``
            (see ``_get_statement_kind_sql``), ``is_entry`` and ``reference`` (see
            ``_get_statement_move_sql``), ``date`` (the document's), ``due_date``, ``amount``
            (what it was) and ``residual`` (what was open of it)
        """
        return self._read_statement(
            SQL(
                """
                SELECT partner.commercial_partner_id AS customer_id,
                       item.currency_id,
                       item.move_id,
                       item.move_name AS name,
                       %(kind)s AS kind,
                       %(move)s,
                       COALESCE(item.invoice_date, item.date) AS date,
                       item.due_date,
                       item.amount_currency AS amount,
                       item.residual_currency AS residual
                  FROM (%(items)s) AS item
                  JOIN account_move move ON move.id = item.move_id
             LEFT JOIN account_move original ON original.id = move.reversed_entry_id
                  JOIN res_company company ON company.id = item.company_id
                  JOIN res_partner partner ON partner.id = item.partner_id
                 WHERE item.residual_currency <> 0
              ORDER BY item.due_date, item.date, item.id
                """,
                kind=self._get_statement_kind_sql(),
                move=self._get_statement_move_sql(),
                items=self._get_open_items_sql(as_of, self._get_statement_domain(customers)),
            )
        )

    @api.model
    def _get_statement_balances(self, customers, as_of):
        """The balances of customers at the end of a day, debit positive.

        :return: ``{(commercial partner id, currency id): amount}``
        """
        rows = self._read_statement(
            SQL(
                """
                SELECT partner.commercial_partner_id AS customer_id,
                       item.currency_id,
                       SUM(item.residual_currency) AS balance
                  FROM (%s) AS item
                  JOIN res_partner partner ON partner.id = item.partner_id
              GROUP BY 1, 2
                """,
                self._get_open_items_sql(as_of, self._get_statement_domain(customers)),
            )
        )
        return {(row["customer_id"], row["currency_id"]): row["balance"] for row in rows}

    @api.model
    def _get_statement_customers(self, as_of, customers=None):
        """The commercial partners with an item that was open at the end of a day.

        :param customers: commercial partners, to read only these
        :return: list of dicts: ``customer_id``, ``balance`` and ``past_due`` (after the credits,
            as on the statement) in company currency, and ``is_zero``, whether the balance is zero
            in each currency
        """
        domain = self._get_statement_domain(customers) if customers else Domain.TRUE
        return self._read_statement(
            SQL(
                """
                SELECT customer_id,
                       SUM(balance) AS balance,
                       SUM(GREATEST(past_due, 0)) AS past_due,
                       BOOL_AND(currency_balance = 0) AS is_zero
                  FROM (
                        SELECT partner.commercial_partner_id AS customer_id,
                               item.currency_id,
                               SUM(item.residual) AS balance,
                               SUM(item.residual) FILTER (
                                   WHERE item.residual < 0 OR item.due_date < %(as_of)s
                               ) AS past_due,
                               SUM(item.residual_currency) AS currency_balance
                          FROM (%(items)s) AS item
                          JOIN res_partner partner ON partner.id = item.partner_id
                         WHERE item.residual_currency <> 0
                      GROUP BY 1, 2
                       ) AS by_currency
              GROUP BY 1
                """,
                as_of=as_of,
                items=self._get_open_items_sql(as_of, domain),
            )
        )

    @api.model
    def _get_statement_later_payments(self, customers, as_of, until):
        """What these customers paid after a day.

        :param date until: the last day that counts
        :return: ``{(commercial partner id, currency id): amount}``, positive
        """
        query = self._search(
            self.env["res.partner"]._get_receivable_item_domain()
            & self._get_statement_domain(customers)
            & Domain("date", ">", as_of)
            & Domain("date", "<=", until)
            & (Domain("payment_id", "!=", False) | Domain("statement_line_id", "!=", False))
            & Domain("amount_currency", "<", 0)
        )

        def column(name):
            return self._field_to_sql(query.table, name, query)

        items = query.select(
            *(
                SQL("%s AS %s", column(name), SQL.identifier(name))
                for name in ("partner_id", "currency_id", "amount_currency")
            )
        )
        rows = self._read_statement(
            SQL(
                """
                SELECT partner.commercial_partner_id AS customer_id,
                       item.currency_id,
                       -SUM(item.amount_currency) AS amount
                  FROM (%s) AS item
                  JOIN res_partner partner ON partner.id = item.partner_id
              GROUP BY 1, 2
                """,
                items,
            )
        )
        return {(row["customer_id"], row["currency_id"]): row["amount"] for row in rows}

    @api.model
    def _get_statement_documents(self, customers, date_from, as_of):
        """The items booked on customers' accounts in a period, open or settled.

        :return: list of dicts: ``customer_id``, ``currency_id``, ``id``, ``move_id``, ``name``,
            ``kind``, ``is_entry``, ``reference``, ``date`` (the accounting date, on which it
            counts), ``due_date`` and ``amount``
        """
        query = self._search(
            self.env["res.partner"]._get_receivable_item_domain()
            & self._get_statement_domain(customers)
            & Domain("date", ">=", date_from)
            & Domain("date", "<=", as_of)
        )

        def column(name):
            return self._field_to_sql(query.table, name, query)

        items = query.select(
            *(SQL("%s AS %s", column(name), SQL.identifier(name)) for name in ITEM),
            SQL("COALESCE(%s, %s) AS due_date", column("date_maturity"), column("date")),
        )
        return self._read_statement(
            SQL(
                """
                SELECT partner.commercial_partner_id AS customer_id,
                       item.currency_id,
                       item.id,
                       item.move_id,
                       item.move_name AS name,
                       %(kind)s AS kind,
                       %(move)s,
                       item.date,
                       item.due_date,
                       item.amount_currency AS amount
                  FROM (%(items)s) AS item
                  JOIN account_move move ON move.id = item.move_id
             LEFT JOIN account_move original ON original.id = move.reversed_entry_id
                  JOIN res_company company ON company.id = item.company_id
                  JOIN res_partner partner ON partner.id = item.partner_id
                 WHERE item.amount_currency <> 0
                """,
                kind=self._get_statement_kind_sql(),
                move=self._get_statement_move_sql(),
                items=items,
            )
        )

    @api.model
    def _get_statement_applications(self, customers, date_from, as_of):
        """The applications and unapplications of customers' items in a period.

        Each application has two sides. Only sides whose item still counts (posted, of these
        customers) are returned, not dated before the item: so their effects add up to the changes
        of what is open.

        :return: list of dicts: ``customer_id``, ``currency_id``, ``id`` (of the application),
            ``kind``, ``application_id`` (which an unapplication takes back), ``date``, ``amount``
            (applied, negative where taken back) and ``effect`` (on what is open) in the item's
            currency, ``other_currency_id``, ``other_customer_id`` (none for an item that was
            deleted), ``debit_name``, ``credit_name`` (none for an entry), ``is_debit`` (the side)
            and ``is_exchange``
        """
        return self._read_statement(
            SQL(
                """
                SELECT partner.commercial_partner_id AS customer_id,
                       item.currency_id,
                       item.id,
                       item.kind,
                       item.application_id,
                       item.effective_date AS date,
                       item.amount,
                       item.effect,
                       item.other_currency_id,
                       other_partner.commercial_partner_id AS other_customer_id,
                       item.debit_name,
                       item.credit_name,
                       item.is_debit,
                       item.is_exchange
                  FROM (%s) AS item
                  JOIN res_partner partner ON partner.id = item.partner_id
             LEFT JOIN account_move_line other ON other.id = item.other_line_id
             LEFT JOIN res_partner other_partner ON other_partner.id = other.partner_id
                """,
                self._get_statement_sides_sql(customers, date_from, as_of),
            )
        )

    @api.model
    def _get_statement_sides_sql(self, customers, date_from, as_of):
        """The ``SQL`` of the sides of applications whose item counts, with the day they count."""
        query = self._search(
            self.env["res.partner"]._get_receivable_item_domain()
            & self._get_statement_domain(customers)
            & Domain("date", "<=", as_of)
        )
        table = query.table
        query.add_join(
            "JOIN",
            "side",
            SQL(
                "(%s UNION ALL %s)",
                self._get_statement_side_sql("debit", as_of),
                self._get_statement_side_sql("credit", as_of),
            ),
            SQL("side.line_id = %s", SQL.identifier(table, "id")),
        )
        # A document that was reset to draft, dated later and posted again is younger than its
        # former applications.
        date = SQL("GREATEST(side.date, %s)", self._field_to_sql(table, "date", query))
        query.add_where(SQL("%s >= %s", date, date_from))
        return query.select(
            SQL("%s AS partner_id", self._field_to_sql(table, "partner_id", query)),
            SQL("%s AS currency_id", self._field_to_sql(table, "currency_id", query)),
            SQL("%s AS effective_date", date),
            SQL("side.*"),
        )

    @api.model
    def _get_statement_side_sql(self, side, as_of):
        """The ``SQL`` of the applications until the end of a day for the debit or credit items.

        A row that was taken back counts where it counts in the aging, and not before the other
        document's date.
        """
        other = "credit" if side == "debit" else "debit"
        amount = SQL.identifier("event", f"{side}_amount_currency")
        return SQL(
            """
            SELECT event.id, event.kind, event.application_id,
                   %(line)s AS line_id, %(amount)s AS amount,
                   GREATEST(
                       event.date, CASE WHEN event.partial_id IS NULL THEN other.date END
                   ) AS date,
                   %(effect)s AS effect, %(other_line)s AS other_line_id,
                   %(other_currency)s AS other_currency_id,
                   CASE WHEN %(is_debit_entry)s THEN NULL ELSE event.debit_name END AS debit_name,
                   CASE WHEN %(is_credit_entry)s THEN NULL ELSE event.credit_name END
                       AS credit_name,
                   %(is_debit)s AS is_debit,
                   event.is_exchange
              FROM account_receivable_application event
         LEFT JOIN account_move_line other ON other.id = %(other_line)s
         LEFT JOIN account_move debit_move ON debit_move.id = event.debit_move_id
         LEFT JOIN account_move credit_move ON credit_move.id = event.credit_move_id
             WHERE event.date <= %(as_of)s
               AND (event.partial_id IS NOT NULL OR %(in_force)s)
            """,
            in_force=self.env["account.receivable.application"]._get_in_force_sql(as_of),
            line=SQL.identifier("event", f"{side}_line_id"),
            amount=amount,
            effect=SQL("-%s", amount) if side == "debit" else amount,
            other_line=SQL.identifier("event", f"{other}_line_id"),
            other_currency=SQL.identifier("event", f"{other}_currency_id"),
            is_debit=side == "debit",
            is_debit_entry=self._get_statement_entry_sql("debit_move"),
            is_credit_entry=self._get_statement_entry_sql("credit_move"),
            as_of=as_of,
        )

    @api.model
    def _get_statement_entry_sql(self, move):
        """The ``SQL`` condition that a move is an entry, whose number is only our own."""
        return SQL(
            "(%(type)s = 'entry' AND %(payment)s IS NULL AND %(line)s IS NULL)",
            type=SQL.identifier(move, "move_type"),
            payment=SQL.identifier(move, "origin_payment_id"),
            line=SQL.identifier(move, "statement_line_id"),
        )

    @api.model
    def _get_statement_move_sql(self):
        """The ``SQL`` of two columns about an item's move: ``is_entry`` and ``reference``.

        The reference of an invoice is the customer's, such as a purchase order; that of a credit
        made from an invoice is the invoice's, as its own names the invoice. Those of payments and
        entries are our notes.
        """
        return SQL(
            """
            %s AS is_entry,
            CASE WHEN move.move_type IN ('out_invoice', 'out_refund', 'out_receipt')
                 THEN CASE WHEN original.id IS NULL THEN move.ref ELSE original.ref END
            END AS reference
            """,
            self._get_statement_entry_sql("move"),
        )

    @api.model
    def _get_statement_kind_sql(self):
        """The ``SQL`` of an item's kind, finer than ``receivable_kind``: an outgoing payment is a
        refund, unless the bank took back the customer's own payment; and exchange differences are
        a kind of their own."""
        return SQL(
            """
            CASE WHEN move.move_type = 'entry'
                      AND move.journal_id = company.currency_exchange_journal_id THEN 'exchange'
                 WHEN item.statement_line_id IS NOT NULL AND item.amount_currency > 0
                      AND EXISTS (
                          SELECT 1
                            FROM account_receivable_application event
                            JOIN account_move paid ON paid.id = event.credit_move_id
                           WHERE event.debit_line_id = item.id AND event.partial_id IS NOT NULL
                             AND (paid.origin_payment_id IS NOT NULL
                                  OR paid.statement_line_id IS NOT NULL)
                      ) THEN 'returned'
                 WHEN (item.payment_id IS NOT NULL OR item.statement_line_id IS NOT NULL)
                      AND item.amount_currency > 0 THEN 'refund'
                 ELSE %s END
            """,
            self._get_receivable_kind_sql(),
        )

    @api.model
    def _get_statement_domain(self, customers):
        return Domain("commercial_partner_id", "in", customers.ids)

    @api.model
    def _read_statement(self, query):
        for model, names in READ_BY_SQL.items():
            self.env[model].flush_model(names)
        return self.env.execute_query_dict(query)
