"""The A/R aging: one row for each item that was open at the end of a day."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...models.open_items.account_move_line import RECEIVABLE_KINDS
from ...models.receivable_choices import CHOICE_KEYS, AgingChoices

#: The columns of the buckets, in the order of their days; the last one holds older items.
BUCKETS = ("not_due", "days_1", "days_2", "days_3", "days_4", "older")
CREDITS = "open_credits"
COLUMNS = (*BUCKETS, CREDITS)
#: The values of the field ``bucket``: grouped rows are in the order of their values.
BUCKET_OF_COLUMN = {name: f"{number}_{name}" for number, name in enumerate(COLUMNS)}

#: The context keys that the rows, and so the cached values of a record, depend on.
CONTEXT = (*CHOICE_KEYS, "company", "allowed_company_ids", "uid")


def amount(label=None, currency="report_currency_id", **options):
    """A read-only amount of the report, in the currency of the field ``currency``."""
    return fields.Monetary(
        string=label, currency_field=currency, readonly=True, depends_context=CONTEXT, **options
    )


class AccountReceivableAging(models.Model):
    _name = "account.receivable.aging"
    _inherit = ["account.receivable.report"]
    _description = "A/R Aging"
    _auto = False
    _rec_name = "move_name"
    _order = "due_date, id"
    _depends = {
        "account.account": ["account_type"],
        "account.move": ["invoice_user_id", "move_type"],
        "account.receivable.application": ["date"],
        "res.partner": ["commercial_partner_id", "user_id"],
    }

    line_id = fields.Many2one("account.move.line", string="Journal Item", readonly=True)
    move_id = fields.Many2one("account.move", string="Document", readonly=True)
    move_name = fields.Char(string="Number", readonly=True)
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        readonly=True,
        help="Company or person that owes the receivable.",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Salesperson",
        readonly=True,
        depends_context=CONTEXT,
        help="Salesperson of the document; for payments and entries, of the customer.",
    )
    company_id = fields.Many2one("res.company", readonly=True)
    account_id = fields.Many2one("account.account", readonly=True)
    kind = fields.Selection(
        string="Type",
        selection=RECEIVABLE_KINDS,
        readonly=True,
        help="Type of document behind this item.",
    )
    date = fields.Date(readonly=True, string="Accounting Date")
    invoice_date = fields.Date(readonly=True)
    due_date = fields.Date(readonly=True)
    as_of = fields.Date(
        string="As of",
        readonly=True,
        depends_context=CONTEXT,
        help="Balances are as of the end of this day. Later applications and payments are not "
        "included.",
    )
    days = fields.Integer(
        string="Age (Days)",
        readonly=True,
        aggregator="max",
        depends_context=CONTEXT,
        help="Days since the due date, or since the invoice date if aged by it. Negative before "
        "that date.",
    )
    bucket = fields.Selection(
        selection="_selection_bucket", readonly=True, depends_context=CONTEXT
    )
    currency_id = fields.Many2one("res.currency", readonly=True)
    company_currency_id = fields.Many2one("res.currency", readonly=True)
    report_currency_id = fields.Many2one(
        "res.currency",
        readonly=True,
        depends_context=CONTEXT,
        help="Currency of the current company. Other currencies are converted at the rate of the "
        "as-of date.",
    )
    not_due = amount("Not Due")
    days_1 = amount("1-30")
    days_2 = amount("31-60")
    days_3 = amount("61-90")
    days_4 = amount("91-120")
    older = amount("Older")
    open_credits = amount(
        "Open Credits",
        help="Credit notes, unapplied payments and other credits, if shown in a separate column.",
    )
    amount_residual = amount(
        "Total", help="Balance at the end of the day. Credits are negative."
    )
    amount_residual_currency = amount(
        "Balance in Currency",
        "currency_id",
        help="Balance in the currency of the document.",
    )

    # === Labels ===

    @api.model
    def _get_column_labels(self):
        labels = self.env.company._get_aging_labels()
        return [*zip(BUCKETS, labels, strict=True), (CREDITS, self.env._("Open Credits"))]

    @api.model
    def _selection_bucket(self):
        return [(BUCKET_OF_COLUMN[name], label) for name, label in self._get_column_labels()]

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        # The labels of the columns follow the company's bucket limits.
        described = super().fields_get(allfields, attributes)
        for name, label in self._get_column_labels():
            if "string" in described.get(name, ()):
                described[name]["string"] = label
        return described

    # === Rows ===

    @property
    def _table_query(self):
        choices = AgingChoices.of(self.env)
        return SQL(
            """
            SELECT item.id,
                   item.id AS line_id,
                   item.move_id,
                   item.move_name,
                   COALESCE(partner.commercial_partner_id, item.partner_id) AS partner_id,
                   COALESCE(move.invoice_user_id, partner.user_id) AS user_id,
                   item.company_id,
                   item.account_id,
                   %(kind)s AS kind,
                   item.date,
                   item.invoice_date,
                   item.due_date,
                   %(as_of)s::date AS as_of,
                   item.days,
                   item.bucket,
                   item.currency_id,
                   item.company_currency_id,
                   %(report_currency)s::int AS report_currency_id,
                   %(columns)s,
                   item.amount AS amount_residual,
                   item.residual_currency AS amount_residual_currency
              FROM (%(bucketed)s) AS item
         LEFT JOIN account_move move ON move.id = item.move_id
         LEFT JOIN res_partner partner ON partner.id = item.partner_id
            """,
            kind=self.env["account.move.line"]._get_receivable_kind_sql(),
            as_of=choices.as_of,
            report_currency=self.env.company.currency_id.id,
            columns=self._get_columns_sql(choices),
            bucketed=self._get_bucketed_items_sql(choices),
        )

    def _get_bucketed_items_sql(self, choices):
        """The open items with their amount in the report's currency, age and bucket."""
        rate = self.env.company._get_receivable_rate_sql(
            SQL("open_item.company_currency_id"), choices.as_of
        )
        age_date = {
            "due": SQL("open_item.due_date"),
            "invoice": SQL("COALESCE(open_item.invoice_date, open_item.date)"),
        }[choices.basis]
        days = SQL("%s::date - %s", choices.as_of, age_date)
        bucket = SQL(
            "(%s::text[])[WIDTH_BUCKET(%s, %s) + 1]",
            [BUCKET_OF_COLUMN[name] for name in BUCKETS],
            days,
            self._get_bucket_starts(),
        )
        if choices.credits != "aged":
            bucket = SQL(
                "CASE WHEN open_item.residual < 0 THEN %s ELSE %s END",
                BUCKET_OF_COLUMN[CREDITS],
                bucket,
            )
        return SQL(
            """
            SELECT open_item.*,
                   open_item.residual%(rate)s AS amount,
                   %(days)s AS days,
                   %(bucket)s AS bucket
              FROM (%(items)s) AS open_item
            """,
            rate=SQL(" * %s", rate) if rate else SQL(),
            days=days,
            bucket=bucket,
            items=self.env["account.move.line"]._get_open_items_sql(choices.as_of),
        )

    def _get_bucket_starts(self):
        """The first day of each bucket but the first, which has none."""
        return [limit + 1 for limit in self.env.company._get_aging_limits()]

    def _get_columns_sql(self, choices):
        """The ``SQL`` of the columns: each amount in that of its bucket, NULL in the others.

        Each column compares the days: comparing the bucket's name would compute it each time.
        """
        starts = self._get_bucket_starts()
        conditions = {
            name: SQL(" AND ").join(
                SQL(comparison, day)
                for comparison, day in (("item.days >= %s", start), ("item.days < %s", end))
                if day is not None
            )
            for name, start, end in zip(BUCKETS, [None, *starts], [*starts, None], strict=True)
        }
        if choices.credits != "aged":
            conditions = {
                name: SQL("item.residual >= 0 AND %s", condition)
                for name, condition in conditions.items()
            }
        if choices.credits == "column":
            conditions[CREDITS] = SQL("item.residual < 0")
        return SQL(", ").join(
            SQL(
                "%s AS %s",
                SQL("CASE WHEN %s THEN item.amount END", conditions[name])
                if name in conditions
                else SQL("NULL::numeric"),
                SQL.identifier(name),
            )
            for name in COLUMNS
        )

    # === What opens ===

    @api.readonly
    def action_open_document(self):
        """Open the invoice, credit, payment or entry behind a row.

        :raises UserError: if the item is no longer open
        """
        self.ensure_one()
        if not self.line_id:
            raise UserError(
                self.env._("This item is no longer open. Reload the aging.")
            )
        return self.line_id.action_open_business_doc()

    def action_choose(self):
        """Open the dialog with the current choices, to change them, print or export.

        :raises UserError: for an invalid choice in the context
        """
        return self.env["account.receivable.aging.print"]._open(self.env.context)
