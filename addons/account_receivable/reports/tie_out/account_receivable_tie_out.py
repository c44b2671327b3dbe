"""The tie-out: four figures of what customers owe, by customer, account and currency."""

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...models.receivable_choices import get_as_of
from .receivable_tie_out_sql import (
    GROUP,
    GROUP_COLUMNS,
    NO_DOCUMENT,
    OWN_TOTAL,
    get_common_tables_sql,
)

#: The context keys that the rows, and so the cached values of a record, depend on.
CONTEXT = ("as_of", "allowed_company_ids", "uid")
#: The sums that the rows are made of; each is a column of every part of the union.
SUMS = (
    "documents",
    "ledger",
    "ar_balance",
    "aging",
    "across",
    "documents_currency",
    "ledger_currency",
    "across_currency",
)
#: The figures that may differ from the ledger.
EFFECTS = ("documents", "ar_balance", "aging")
#: Stored fields that the queries read, besides those of the model's own search.
READ_BY_SQL = {
    "account.account": ["account_type", "non_trade", "reconcile"],
    "account.move": [
        "amount_total_in_currency_signed",
        "amount_total_signed",
        "move_type",
        "origin_payment_id",
        "state",
        "statement_line_id",
    ],
    "account.move.line": [
        "account_id",
        "amount_currency",
        "amount_residual",
        "balance",
        "currency_id",
        "date",
        "display_type",
        "parent_state",
        "partner_id",
    ],
    "account.payment": ["destination_account_id", "move_id"],
    "account.receivable.application": ["date"],
    "res.partner": ["commercial_partner_id"],
}


def value(label=None, currency="company_currency_id", **options):
    """A read-only amount of the tie-out, in the currency of the field ``currency``."""
    return fields.Monetary(
        string=label, currency_field=currency, readonly=True, depends_context=CONTEXT, **options
    )


def column(comodel, **options):
    """A read-only many2one of the tie-out."""
    return fields.Many2one(comodel, readonly=True, depends_context=CONTEXT, **options)


class AccountReceivableTieOut(models.Model):
    _name = "account.receivable.tie.out"
    _inherit = ["account.receivable.report"]
    _description = "A/R Tie-Out"
    _auto = False
    _rec_name = "partner_id"
    _order = "partner_id, id"
    _depends = READ_BY_SQL

    as_of = fields.Date(
        string="As of",
        readonly=True,
        depends_context=CONTEXT,
        help="The figures are as of the end of this day.",
    )
    company_id = column("res.company")
    account_id = column("account.account")
    partner_id = column("res.partner", string="Customer")
    currency_id = column("res.currency")
    company_currency_id = column("res.currency")
    documents = value(
        "Documents",
        help="Invoices, credits and payments, less applications up to the as-of date.",
    )
    ledger = value("Ledger", help="Posted balances of the receivable account.")
    ar_balance = value(
        "A/R Balance",
        help="Today's A/R balance; for a past date, less later postings.",
    )
    aging = value("Aging", help="Total of the A/R aging on the as-of date.")
    across = value(
        "Applied Across Currencies",
        help="Amounts applied between currencies or companies. They stay in both ledgers and "
        "total zero.",
    )
    documents_difference = value(
        "Documents - Ledger", help="Net of applications between currencies."
    )
    ar_balance_difference = value(
        "A/R Balance - Ledger", help="Net of applications between currencies."
    )
    aging_difference = value("Aging - Ledger", help="Net of applications between currencies.")
    documents_currency = value("Documents in Currency", "currency_id")
    ledger_currency = value("Ledger in Currency", "currency_id")
    across_currency = value("Applied Across, in Currency", "currency_id")
    is_different = fields.Boolean(
        string="Differences",
        readonly=True,
        depends_context=CONTEXT,
        help="The four figures do not agree.",
    )

    # === Rows ===

    @property
    def _table_query(self):
        as_of = get_as_of(self.env)
        sums = SQL(", ").join(
            SQL("SUM(%s) AS %s", SQL.identifier(name), SQL.identifier(name)) for name in SUMS
        )
        return SQL(
            """
            WITH %(tables)s,
            figure AS (%(parts)s),
            total AS (
                SELECT ROW_NUMBER() OVER (ORDER BY %(group)s) AS id, %(group)s, %(sums)s
                  FROM figure
              GROUP BY %(group)s
            )
            SELECT %(as_of)s::date AS as_of,
                   total.*,
                   company.currency_id AS company_currency_id,
                   documents - ledger - across AS documents_difference,
                   ar_balance - ledger - across AS ar_balance_difference,
                   aging - ledger - across AS aging_difference,
                   documents - ledger <> across OR ar_balance - ledger <> across
                       OR aging - ledger <> across AS is_different
              FROM total
              JOIN res_company company ON company.id = total.company_id
             WHERE documents <> 0 OR ledger <> 0 OR ar_balance <> 0 OR aging <> 0 OR across <> 0
                OR documents_currency <> 0 OR ledger_currency <> 0
            """,
            tables=get_common_tables_sql(self.env, as_of),
            parts=SQL(" UNION ALL ").join(self._get_parts_sql(as_of)),
            group=GROUP,
            sums=sums,
            as_of=as_of,
        )

    @api.model
    def _get_part_sql(self, source, **sums):
        """One part of the union.

        :param source: ``SQL`` behind ``FROM``, with the columns of the group
        :param sums: ``SQL`` by name, of those of the ``SUMS`` that it adds to
        """
        return SQL(
            "SELECT %s, %s FROM %s",
            GROUP,
            SQL(", ").join(
                SQL("%s AS %s", sums.get(name, SQL("0::numeric")), SQL.identifier(name))
                for name in SUMS
            ),
            source,
        )

    def _get_parts_sql(self, as_of):
        """The parts of the union, which the four figures sum.

        :param date as_of: the day whose end is examined
        :return: an iterable of ``SQL``, see :meth:`_get_part_sql`
        """
        settled = SQL("settled JOIN item ON item.id = settled.line_id")
        # Documents: their totals, less what was applied of them.
        yield self._get_part_sql(
            SQL("document"), documents=SQL("total"), documents_currency=SQL("total_currency")
        )
        yield self._get_part_sql(
            SQL("item WHERE is_there AND is_receivable AND nature IN %s", OWN_TOTAL),
            documents=SQL("balance"),
            documents_currency=SQL("amount_currency"),
        )
        yield self._get_part_sql(
            SQL("%s WHERE is_valid AND nature NOT IN %s", settled, NO_DOCUMENT),
            documents=SQL("-then_amount"),
            documents_currency=SQL("-then_currency"),
        )
        # The ledger.
        yield self._get_part_sql(
            SQL("item WHERE is_there AND is_receivable"),
            ledger=SQL("balance"),
            ledger_currency=SQL("amount_currency"),
        )
        yield self._get_part_sql(
            SQL("%s WHERE is_valid AND is_same_partner AND NOT is_same_group", settled),
            across=SQL("-then_amount"),
            across_currency=SQL("-then_currency"),
        )
        # Today's A/R balance, and what was booked, or settled between rows, after the day.
        yield self._get_part_sql(
            SQL("(%s) AS open_item", self._get_ar_balance_sql()), ar_balance=SQL("residual")
        )
        yield self._get_part_sql(
            SQL(
                "item WHERE is_receivable AND partner_id IS NOT NULL AND date > %s AND date <= %s",
                as_of,
                fields.Date.context_today(self),
            ),
            ar_balance=SQL("-balance"),
        )
        yield self._get_part_sql(
            SQL(
                "%s WHERE NOT is_unposted AND is_same_partner AND NOT is_same_group "
                "AND is_receivable AND partner_id IS NOT NULL",
                settled,
            ),
            ar_balance=SQL("amount - CASE WHEN is_valid THEN then_amount ELSE 0 END"),
        )
        yield self._get_part_sql(
            SQL("(%s) AS open_item", self._get_aging_sql(as_of)), aging=SQL("residual")
        )

    def _get_ar_balance_sql(self):
        """The ``SQL`` of the customers' A/R balances, by the groups of the tie-out."""
        lines = self.env["account.move.line"]
        domain = self.env["res.partner"]._get_open_item_domain()
        query = lines._search(domain & Domain("partner_id", "!=", False))
        return query.select(
            *(
                SQL("%s AS %s", lines._field_to_sql(query.table, name, query), alias)
                for name, alias in (
                    ("company_id", SQL("company_id")),
                    ("account_id", SQL("account_id")),
                    ("commercial_partner_id", SQL("partner_id")),
                    ("currency_id", SQL("currency_id")),
                    ("amount_residual", SQL("residual")),
                )
            )
        )

    def _get_aging_sql(self, as_of):
        """The ``SQL`` of the aging's rows, before conversion and buckets."""
        return SQL(
            """
            SELECT open_item.company_id,
                   open_item.account_id,
                   COALESCE(partner.commercial_partner_id, open_item.partner_id) AS partner_id,
                   open_item.currency_id,
                   open_item.residual
              FROM (%s) AS open_item
         LEFT JOIN res_partner partner ON partner.id = open_item.partner_id
            """,
            self.env["account.move.line"]._get_open_items_sql(as_of),
        )

    @api.model
    def _get_app_entries_sql(self):
        """Entries that another app books for its own documents, such as a shop's orders: they
        count as documents, and need no customer if the app settles them itself.

        :return: an ``SQL`` condition on ``move``, an ``account_move``; never null
        """
        return SQL("FALSE")

    @api.model
    def _get_program_entries_sql(self):
        """Entries that are the only record of what the program booked: they count as documents,
        and need their customer.

        :return: an ``SQL`` condition on ``move``, an ``account_move``; never null
        """
        return SQL("FALSE")

    @api.model
    def _get_unexplained(self):
        """The rows whose differences are not the sum of the findings.

        There should be none: every difference should have a cause that the findings know.

        :return: rows of this model
        """
        effects = [f"{name}:sum" for name in EFFECTS]
        findings = self.env["account.receivable.tie.out.finding"]
        found = {
            tuple(record.id for record in group[:4]): group[4:]
            for group in findings._read_group([], GROUP_COLUMNS, effects)
        }
        rows = self.search([("is_different", "=", True)])
        return rows.filtered(lambda row: not row._is_explained_by(found))

    def _is_explained_by(self, found):
        self.ensure_one()
        currency = self.company_currency_id
        group = tuple(self[name].id for name in GROUP_COLUMNS)
        explained = found.get(group, (0.0,) * len(EFFECTS))
        return all(
            currency.compare_amounts(self[f"{name}_difference"], amount) == 0
            for name, amount in zip(EFFECTS, explained, strict=True)
        )
