"""Why figures do not tie out: the entries that cause a difference, each with its cause."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...models.receivable_choices import get_as_of
from .account_receivable_tie_out import EFFECTS, READ_BY_SQL, column, value
from .receivable_tie_out_sql import GROUP, GROUP_COLUMNS, NO_DOCUMENT, get_common_tables_sql

CAUSES = [
    ("no_partner", "No customer"),
    ("not_reconcilable", "Receivable account without reconciliation"),
    ("residual", "Balance does not match its applications"),
    ("unposted", "Matched with an unposted entry"),
    ("dated_after", "Dated after the as-of date"),
    ("wrong_account", "Wrong account on a document"),
    ("another_customer", "Matched with another customer's item"),
    ("manual", "Manual entry"),
    ("revaluation", "Revaluation or exchange difference"),
    ("non_trade", "Non-trade receivable"),
    ("of_app", "Posted by another app, without a customer"),
]
#: Causes that explain a difference but are no errors.
NO_ERROR = ("revaluation", "non_trade", "of_app")

#: A number that is unique together with the cause's; bigint, for large ledgers.
ROW_ID = SQL("item.id::bigint * 16")
#: Each item with the total applied to it.
WITH_APPLIED = SQL("item LEFT JOIN applied ON applied.line_id = item.id")


def of_customer(amount):
    """The ``SQL`` of an effect on customers' A/R balances: zero for items without a customer.

    :param amount: ``SQL`` of the effect
    """
    return SQL("CASE WHEN item.partner_id IS NOT NULL THEN %s ELSE 0 END", amount)


def on_the_day(amount):
    """The ``SQL`` of an effect on the figures of the day: zero for items that are not in them.

    :param amount: ``SQL`` of the effect
    """
    return SQL("CASE WHEN item.is_there THEN %s ELSE 0 END", amount)


class AccountReceivableTieOutFinding(models.Model):
    _name = "account.receivable.tie.out.finding"
    _inherit = ["account.receivable.report"]
    _description = "A/R Tie-Out Finding"
    _auto = False
    _rec_name = "move_id"
    _order = "is_error desc, company_id, cause, move_id, id"
    _depends = READ_BY_SQL

    cause = fields.Selection(selection=CAUSES, readonly=True)
    is_error = fields.Boolean(
        string="To Correct",
        readonly=True,
        help="The entry needs to be corrected. Other lines only explain a difference.",
    )
    move_id = column("account.move", string="Journal Entry")
    line_id = column("account.move.line", string="Journal Item")
    company_id = column("res.company")
    account_id = column("account.account")
    partner_id = column("res.partner", string="Customer")
    currency_id = column("res.currency")
    company_currency_id = column("res.currency")
    documents = value("Documents - Ledger")
    ar_balance = value("A/R Balance - Ledger")
    aging = value("Aging - Ledger")
    advice = fields.Char(
        string="Recommended Action", compute="_compute_advice", help="How to resolve this cause."
    )

    @api.depends("cause")
    def _compute_advice(self):
        advice = {
            "no_partner": self.env._("Set the customer on the journal item."),
            "not_reconcilable": self.env._(
                "Turn on Allow Reconciliation on the account."
            ),
            "residual": self.env._(
                "The balance or the reconciliation was changed outside Odoo. Unreconcile the item "
                "and apply it again."
            ),
            "unposted": self.env._(
                "The other entry is not posted. Confirm it, or unreconcile this item."
            ),
            "dated_after": self.env._(
                "The item counts from its date. Check that the date is correct."
            ),
            "wrong_account": self.env._(
                "The document is not on a receivable account. Change the account type to "
                "Receivable, or reset the document to draft and choose another account."
            ),
            "another_customer": self.env._(
                "Unreconcile the two items, or transfer one to the other customer with a journal "
                "entry."
            ),
            "manual": self.env._(
                "Manual entry with no invoice or credit. Create an invoice or credit note "
                "instead, or apply the entry."
            ),
            "revaluation": self.env._(
                "No action needed: it revalues open items and is reversed later."
            ),
            "non_trade": self.env._("No action needed: this is a non-trade receivable."),
            "of_app": self.env._(
                "No action needed: the app that posted it clears it. A point of sale does so when "
                "its session closes."
            ),
        }
        for finding in self:
            finding.advice = advice.get(finding.cause)

    # === Rows ===

    @property
    def _table_query(self):
        as_of = get_as_of(self.env)
        return SQL(
            """
            WITH %(tables)s,
            applied AS (
                SELECT line_id, SUM(amount) AS amount,
                       SUM(then_amount) FILTER (WHERE is_valid) AS then_amount
                  FROM settled GROUP BY line_id
            ),
            effect AS (%(parts)s)
            SELECT effect.*,
                   company.currency_id AS company_currency_id,
                   cause NOT IN %(no_error)s AS is_error
              FROM effect
              JOIN res_company company ON company.id = effect.company_id
             WHERE documents <> 0 OR ar_balance <> 0 OR aging <> 0
            """,
            tables=get_common_tables_sql(self.env, as_of),
            parts=SQL(" UNION ALL ").join(self._get_parts_sql()),
            no_error=NO_ERROR,
        )

    @api.model
    def _get_part_sql(self, cause, source, row_id=None, **effects):
        """The entries of one cause.

        :param str cause: one of the ``CAUSES``, or None where the item's nature is the cause
        :param source: ``SQL`` behind ``FROM`` of an ``item``, or of what has its columns
        :param row_id: ``SQL`` of a number that, together with the cause's, no other entry has
        :param effects: ``SQL`` by name, of the ``EFFECTS`` that it has
        """
        number = [name for name, _label in CAUSES].index(cause or NO_DOCUMENT[0])
        return SQL(
            """
            SELECT %(row_id)s + %(number)s AS id, %(cause)s AS cause,
                   item.move_id, item.id AS line_id, %(group)s, %(effects)s
              FROM %(source)s
            """,
            row_id=row_id or ROW_ID,
            number=number,
            cause=SQL("%s::varchar", cause) if cause else SQL("item.nature"),
            group=SQL(", ").join(SQL.identifier("item", name) for name in GROUP_COLUMNS),
            effects=SQL(", ").join(
                SQL("%s AS %s", effects.get(name, SQL("0::numeric")), SQL.identifier(name))
                for name in EFFECTS
            ),
            source=source,
        )

    def _get_parts_sql(self):
        """The parts of the union: each cause, with its effect on each figure.

        :return: list of ``SQL``, see :meth:`_get_part_sql`
        """
        today = fields.Date.context_today(self)
        for cause, of_app in (("no_partner", SQL("NOT is_of_app")), ("of_app", SQL("is_of_app"))):
            yield self._get_part_sql(
                cause,
                SQL(
                    "item WHERE is_receivable AND is_there AND partner_id IS NULL AND %s",
                    of_app,
                ),
                ar_balance=SQL("-item.balance"),
            )
        mismatch = SQL("item.residual - item.balance + COALESCE(applied.amount, 0)")
        for cause, condition in (
            ("not_reconcilable", SQL("NOT item.is_reconcilable")),
            ("residual", SQL("item.is_reconcilable")),
        ):
            yield self._get_part_sql(
                cause,
                SQL("%s WHERE item.is_receivable AND %s", WITH_APPLIED, condition),
                ar_balance=of_customer(mismatch),
                aging=on_the_day(mismatch),
            )
        yield self._get_settled_part_sql(
            "unposted",
            SQL("is_unposted"),
            ar_balance=of_customer(SQL("-amount")),
            aging=on_the_day(SQL("-then_amount - unapplied_later")),
        )
        yield self._get_part_sql(
            "dated_after",
            SQL("item WHERE is_receivable AND date > %s", today),
            ar_balance=of_customer(SQL("item.balance")),
        )
        yield self._get_settled_part_sql(
            "dated_after",
            SQL("NOT is_valid AND NOT is_unposted"),
            aging=on_the_day(SQL("-then_amount - unapplied_later")),
        )
        yield self._get_wrong_account_sql()
        then = SQL("CASE WHEN is_valid THEN -then_amount ELSE 0 END")
        yield self._get_settled_part_sql(
            "another_customer",
            SQL("NOT is_unposted AND NOT is_same_partner"),
            documents=then,
            ar_balance=of_customer(SQL("-amount")),
            aging=then,
        )
        yield self._get_part_sql(
            None,
            SQL(
                "%s WHERE item.is_receivable AND item.is_there AND item.nature IN %s",
                WITH_APPLIED,
                NO_DOCUMENT,
            ),
            documents=SQL("COALESCE(applied.then_amount, 0) - item.balance"),
        )

    def _get_settled_part_sql(self, cause, condition, **effects):
        """The ``SQL`` of a cause that lies in what an item was settled with, one row an item."""
        source = SQL(
            """
            item JOIN (
                SELECT line_id, %(sums)s
                  FROM settled JOIN item ON item.id = settled.line_id
                 WHERE item.is_receivable AND %(condition)s
              GROUP BY line_id
            ) AS odd ON odd.line_id = item.id
            """,
            sums=SQL(", ").join(
                SQL("SUM(%s) AS %s", effect, SQL.identifier(name))
                for name, effect in effects.items()
            ),
            condition=condition,
        )
        return self._get_part_sql(
            cause, source, **{name: SQL.identifier("odd", name) for name in effects}
        )

    def _get_wrong_account_sql(self):
        """Documents whose total is not on the receivable account where it should be: at their
        own place the total, where their items are instead the balance of these.

        What was applied of an item that is on no receivable account is settled all the same.
        """
        source = SQL(
            """
            (SELECT move_id, %(group)s, COALESCE(MIN(item_id), MIN(line_id)) AS id,
                    MIN(item_id) IS NULL AS is_elsewhere, SUM(effect) AS effect
               FROM (
                     SELECT move_id, %(group)s, line_id, NULL AS item_id, total AS effect
                       FROM document
                  UNION ALL
                     SELECT move_id, %(group)s, NULL, id,
                            CASE WHEN is_receivable THEN -balance
                                 ELSE COALESCE(-applied.then_amount, 0) END
                       FROM %(items)s
                      WHERE is_there AND nature IN ('invoice', 'payment')
                    ) AS place
           GROUP BY move_id, %(group)s) AS item
            """,
            group=GROUP,
            items=WITH_APPLIED,
        )
        # The item itself may be a row of another place.
        row_id = SQL("(CASE WHEN item.is_elsewhere THEN %s + 10 ELSE %s END)", ROW_ID, ROW_ID)
        return self._get_part_sql(
            "wrong_account", source, row_id, documents=SQL("item.effect")
        )

    # === What opens ===

    @api.readonly
    def action_open_entry(self):
        """Open the document, payment or entry that causes the difference.

        :raises UserError: if it is gone
        """
        self.ensure_one()
        if not self.move_id:
            raise UserError(self.env._("This entry no longer exists. Reload the list."))
        return self.move_id.action_open_business_doc()
