"""What a customer owes: the A/R balance, its parts, and the items behind them."""

import operator as python_operator

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

# Billing does not include the auditor's read-only access, nor the other way round.
ACCOUNTING_GROUPS = "account.group_account_invoice,account.group_account_readonly"

AR_FIGURES = ("ar_balance", "ar_open_invoices", "ar_open_credits", "ar_overdue")

# A figure compared with a value: once to judge the zero of a customer without open items in
# Python, once to judge the others in SQL.
AR_COMPARISONS = {
    "in": (lambda figure, values: figure in values, SQL("IN")),
    "<": (python_operator.lt, SQL("<")),
    "<=": (python_operator.le, SQL("<=")),
    ">": (python_operator.gt, SQL(">")),
    ">=": (python_operator.ge, SQL(">=")),
}


class ResPartner(models.Model):
    _inherit = "res.partner"

    ar_currency_id = fields.Many2one(
        "res.currency",
        string="A/R Currency",
        compute="_compute_ar_currency_id",
        help="Currency of the A/R figures: that of the current company.",
    )
    ar_balance = fields.Monetary(
        string="A/R Balance",
        currency_field="ar_currency_id",
        compute="_compute_ar_figures",
        search="_search_ar_balance",
        groups=ACCOUNTING_GROUPS,
        help="Open invoices less open credits. Negative: owed to the customer. A contact shows "
        "the figure of its company. Includes all active companies, converted to the current "
        "company's currency at today's rate.",
    )
    ar_open_invoices = fields.Monetary(
        string="Open Invoices",
        currency_field="ar_currency_id",
        compute="_compute_ar_figures",
        search="_search_ar_open_invoices",
        groups=ACCOUNTING_GROUPS,
        help="Amounts still due on posted invoices and other debits on the customer's receivable "
        "accounts.",
    )
    ar_open_credits = fields.Monetary(
        string="Open Credits",
        currency_field="ar_currency_id",
        compute="_compute_ar_figures",
        search="_search_ar_open_credits",
        groups=ACCOUNTING_GROUPS,
        help="Credit notes, unapplied payments and other open credits on the customer's "
        "receivable accounts.",
    )
    ar_overdue = fields.Monetary(
        string="Past Due",
        currency_field="ar_currency_id",
        compute="_compute_ar_figures",
        search="_search_ar_overdue",
        groups=ACCOUNTING_GROUPS,
        help="Open invoices past their due date. Open credits are not deducted.",
    )

    # === What counts: the one domain behind every figure and every list ===

    @api.model
    def _get_receivable_item_domain(self):
        """The posted journal items on receivable accounts in the active companies, of any kind:
        invoice, credit, payment or entry.

        :return: a ``Domain`` on ``account.move.line``
        """
        return Domain(
            [
                ("company_id", "in", self.env.companies.ids),
                ("account_type", "=", "asset_receivable"),
                ("parent_state", "=", "posted"),
            ]
        )

    @api.model
    def _get_open_item_domain(self):
        """The open items of all customers: receivable items that are not fully reconciled.

        The domain can be sent to the client, so that a list shows just what a figure sums.
        :return: a ``Domain`` on ``account.move.line``
        """
        # ``_unreconciled_index`` covers just these items
        return self._get_receivable_item_domain() & Domain("reconciled", "=", False)

    def _get_open_receivable_domain(self):
        """The open items of these customers; items booked on a contact are its company's.

        :return: a ``Domain`` on ``account.move.line``
        """
        return self._get_open_item_domain() & Domain(
            "commercial_partner_id", "in", self.commercial_partner_id.ids
        )

    @api.model
    def _get_ar_parts(self):
        """The figures that are sums of open items.

        :return: ``{figure: (sign, Domain)}``; the figure is the sign times the sum of the
            open items' residual amounts (debit positive) within the domain
        """
        today = fields.Date.to_string(fields.Date.context_today(self))
        debit = Domain("amount_residual", ">", 0.0)
        credit = Domain("amount_residual", "<", 0.0)
        # an entry without a due date is due when it is booked
        past_due = Domain("date_maturity", "<", today) | (
            Domain("date_maturity", "=", False) & Domain("date", "<", today)
        )
        return {
            "ar_open_invoices": (1, debit),
            "ar_open_credits": (-1, credit),
            "ar_overdue": (1, debit & past_due),
        }

    def _get_ar_figure_domain(self, figure):
        """The open items of these customers that one of the figures sums.

        :param str figure: one of the ``AR_FIGURES``
        :return: a ``Domain`` on ``account.move.line``
        """
        _sign, domain = self._get_ar_parts().get(figure, (1, Domain.TRUE))
        return self._get_open_receivable_domain() & domain

    # === The figures ===

    @api.depends_context("company")
    def _compute_ar_currency_id(self):
        self.ar_currency_id = self.env.company.currency_id

    @api.depends("commercial_partner_id")
    @api.depends_context("company", "allowed_company_ids", "uid")
    def _compute_ar_figures(self):
        """Compute the figures in one query for any number of customers (and one of today's rates,
        if the companies have several currencies). Like core's ``credit``, cached figures do not
        follow what is posted in the same transaction.
        """
        totals = {}
        if self.commercial_partner_id.ids:
            query = self._get_ar_totals_query(self._get_open_receivable_domain())
            totals = {
                customer_id: figures for customer_id, *figures in self.env.execute_query(query)
            }
        # a contact being typed in (NewId) has the figures of the record behind it, if any
        customer_ids = [partner.commercial_partner_id._origin.id for partner in self]
        for number, figure in enumerate(AR_FIGURES):
            # Written into the cache: the database has rounded, and an assignment would look up
            # each partner's currency for each figure, which takes longer than the query.
            values = {customer_id: float(found[number]) for customer_id, found in totals.items()}
            self._fields[figure]._insert_cache(
                self, [values.get(customer_id, 0.0) for customer_id in customer_ids]
            )

    @api.model
    def _get_ar_totals_query(self, domain):
        """The query that sums open items by customer, as far as the user may read them.

        :param domain: the open items, a ``Domain`` on ``account.move.line``
        :return: ``SQL`` that selects ``partner_id`` (the commercial partner; one row for each
            that has open items) and the ``AR_FIGURES`` in the current company's currency
        """
        lines = self.env["account.move.line"]
        query = lines._search(domain & Domain("partner_id", "!=", False))
        query.add_where(lines._get_receivable_accounts_sql(query))
        amount, rounded = self._get_ar_conversion_sql(query.table)
        sums = [
            SQL(
                "%s AS %s",
                rounded(
                    SQL(
                        "COALESCE(%s * SUM(%s) FILTER (WHERE %s), 0)",
                        sign,
                        amount,
                        part.optimize_full(lines)._to_sql(lines, query.table, query),
                    )
                ),
                SQL.identifier(figure),
            )
            for figure, (sign, part) in self._get_ar_parts().items()
        ]
        customer = lines._field_to_sql(query.table, "commercial_partner_id", query)
        query.groupby = customer
        return SQL(
            """
            SELECT partner_id,
                   ar_open_invoices - ar_open_credits AS ar_balance,
                   ar_open_invoices,
                   ar_open_credits,
                   ar_overdue
              FROM (%s) AS ar_parts
            """,
            query.select(SQL("%s AS partner_id", customer), *sums),
        )

    @api.model
    def _get_ar_conversion_sql(self, alias):
        """The ``SQL`` that converts open items into the current company's currency.

        :param str alias: the alias of ``account_move_line``
        :return: the ``SQL`` of an item's residual amount, converted at today's rate if its company
            has another currency; and a function that rounds the ``SQL`` of a sum
        """
        lines = self.env["account.move.line"]
        residual = lines._field_to_sql(alias, "amount_residual")
        rate = self.env.company._get_receivable_rate_sql(
            lines._field_to_sql(alias, "company_currency_id")
        )
        if rate is None:
            return residual, lambda total: total
        # to the currency's smallest step (0.05, say), not just to its decimals
        step = self.env.company.currency_id.rounding
        return (
            SQL("%s * %s", residual, rate),
            lambda total: SQL("ROUND(%s / %s) * %s", total, step, step),
        )

    # === Search and sort ===

    def _search_ar_balance(self, operator, value):
        return self._search_ar_figure("ar_balance", operator, value)

    def _search_ar_open_invoices(self, operator, value):
        return self._search_ar_figure("ar_open_invoices", operator, value)

    def _search_ar_open_credits(self, operator, value):
        return self._search_ar_figure("ar_open_credits", operator, value)

    def _search_ar_overdue(self, operator, value):
        return self._search_ar_figure("ar_overdue", operator, value)

    @api.model
    def _search_ar_figure(self, figure, operator, value):
        """The domain of customers by a figure, which is zero for those without open items."""
        # core checks a field's groups when it is read, not when it is searched
        self._check_field_access(self._fields[figure], "read")
        if operator not in AR_COMPARISONS:
            # core tries the inverse operator, or refuses the search
            return NotImplemented
        values = list(value) if operator == "in" else [value]
        if not all(number is None or isinstance(number, (int, float)) for number in values):
            raise UserError(
                self.env._(
                    "%(figure)s is an amount. Compare it with a number, not with %(value)s.",
                    figure=self._get_ar_figure_label(figure),
                    value=value,
                )
            )
        # to the thousandth of a cent: 0.1 + 0.2 finds 0.30
        values = tuple(round(float(number or 0.0), 5) for number in values)
        compare, sql_operator = AR_COMPARISONS[operator]
        zero_matches = compare(0.0, values if operator == "in" else values[0])
        condition = SQL(
            "%s %s %s",
            SQL.identifier(figure),
            sql_operator,
            values if operator == "in" else values[0],
        )
        customers = SQL(
            "(SELECT partner_id FROM (%s) AS ar_totals WHERE %s)",
            self._get_ar_totals_query(self._get_open_item_domain()),
            SQL("NOT (%s)", condition) if zero_matches else condition,
        )
        return Domain("commercial_partner_id", "not in" if zero_matches else "in", customers)

    def _order_field_to_sql(self, alias, field_name, direction, nulls, query):
        if field_name not in AR_FIGURES:
            return super()._order_field_to_sql(alias, field_name, direction, nulls, query)
        self._check_field_access(self._fields[field_name], "read")
        totals_alias = query.make_alias(alias, "ar_totals")
        query.add_join(
            "LEFT JOIN",
            totals_alias,
            SQL("(%s)", self._get_ar_totals_query(self._get_open_item_domain())),
            SQL(
                "%s = %s",
                self._field_to_sql(alias, "commercial_partner_id", query),
                SQL.identifier(totals_alias, "partner_id"),
            ),
        )
        figure = SQL("COALESCE(%s, 0)", SQL.identifier(totals_alias, field_name))
        query._order_groupby.append(figure)
        return SQL("%s %s", figure, direction)

    @api.model
    def _get_ar_figure_label(self, figure):
        return self._fields[figure].get_description(self.env, ["string"])["string"]
