"""The readers of what customers owe, by name: how each is called and what it answers.

A reader is made for an environment, a day and the facts of the ledger. Only ``read`` is measured,
not the preparation; ``figures`` makes comparable sums of the answer.
"""

import raw_sql

from odoo.addons.account_receivable.models.receivable_choices import StatementChoices
from odoo.addons.account_receivable.reports.aging.account_receivable_aging import BUCKETS, CREDITS

SOME = 80
STATEMENTS = 1000
OCA_BUCKETS = ("current", "30_days", "60_days", "90_days", "120_days", "older")


class Reader:
    def __init__(self, env, as_of, facts):
        self.env, self.as_of, self.facts = env, as_of, facts
        self.customers = env["res.partner"].browse(facts["customer_ids"])
        self.everybody = self.customers + env["res.partner"].browse(facts["contact_ids"])
        self.prepare()

    def prepare(self):
        """Prepare what is not measured."""

    def read(self):
        raise NotImplementedError

    def figures(self, answer):
        """``total`` and, where the reader ages, ``buckets``."""
        raise NotImplementedError

    def select(self, statement, **values):
        self.env.cr.execute(statement, {"as_of": self.as_of, **self.facts, **values})
        return self.env.cr.fetchall()


class RawSum(Reader):
    def read(self):
        return self.select(raw_sql.SUM)

    def figures(self, rows):
        return {"total": sum(row[-1] for row in rows)}


class RawSumOfSome(RawSum):
    def read(self):
        return self.select(raw_sql.SUM_OF_SOME, customers=self.customers[:SOME]._ids)


class RawAged(RawSum):
    def read(self):
        is_past = self.as_of < self.facts["today"]
        return self.select(raw_sql.AGED if is_past else raw_sql.AGED_TODAY)

    def figures(self, rows):
        sums = [sum(filter(None, column)) for column in zip(*rows, strict=True)]
        return {"total": sums[-1], "buckets": sums[1:-1]}


class Ledger(RawSum):
    def read(self):
        return self.select(raw_sql.LEDGER)


class Documents(RawSum):
    def read(self):
        return self.select(raw_sql.DOCUMENTS)


class Aging(Reader):
    credits = "aged"
    columns = BUCKETS

    def prepare(self):
        self.rows = self.env["account.receivable.aging"].with_context(
            as_of=self.as_of, aging_credits=self.credits
        )

    def read(self):
        aggregates = [f"{name}:sum" for name in (*self.columns, "amount_residual")]
        return self.rows._read_group([], ["partner_id"], aggregates)

    def figures(self, groups):
        sums = [sum(filter(None, column)) for column in list(zip(*groups, strict=True))[1:]]
        return {"total": sums[-1], "buckets": sums[:-1]}


class AgingColumn(Aging):
    credits = "column"
    columns = (*BUCKETS, CREDITS)


class AgingTotal(Aging):
    credits = "total"


class Balance(Reader):
    """A computed field of many customers: our A/R balance."""

    field = "ar_balance"
    of_whom = "customers"

    def read(self):
        return getattr(self, self.of_whom).mapped(self.field)

    def figures(self, amounts):
        return {"total": sum(round(amount, 2) for amount in amounts)}


class BalanceOfSome(Balance):
    def prepare(self):
        self.customers = self.customers[:SOME]


class Credit(Balance):
    field = "credit"


class CreditOfSome(BalanceOfSome):
    field = "credit"


class CreditOfEverybody(Credit):
    of_whom = "everybody"


class OcaAging(Reader):
    """With the values of its dialog for all receivable accounts and no other choice."""

    def prepare(self):
        wizard = self.env["aged.partner.balance.report.wizard"].create(
            {"date_at": self.as_of, "receivable_accounts_only": True}
        )
        wizard.onchange_type_accounts_only()
        self.report = self.env["report.account_financial_report.aged_partner_balance"]
        # the dialog's data reach the report as JSON
        self.data = {**wizard._prepare_report_data(), "date_at": self.as_of.isoformat()}

    def read(self):
        return self.report._get_report_values([], self.data)

    def figures(self, values):
        accounts = values["aged_partner_balance"]
        return {
            "total": sum(account["residual"] for account in accounts),
            "buckets": [sum(account[name] for account in accounts) for name in OCA_BUCKETS],
        }


class OcaStatements(Reader):
    """The outstanding statements of all customers, including negative balances."""

    negative = True

    def prepare(self):
        wizard = self.env["outstanding.statement.wizard"].with_context(
            active_ids=list(self.customers._ids)
        )
        proposal = {"date_end": self.as_of}
        if self.negative:
            proposal["filter_negative_balances"] = False
        self.wizard = wizard.create(proposal)
        self.report = self.env["report.partner_statement.outstanding_statement"]

    def read(self):
        # it changes its argument
        data = self.wizard._prepare_statement()
        data["partner_ids"] = list(data["partner_ids"])
        return self.report._get_report_values(data["partner_ids"], data)

    def figures(self, values):
        return {
            "total": sum(
                currency["amount_due"]
                for statement in values["data"].values()
                for currency in statement["currencies"].values()
            ),
            "statements": len(values["data"]),
        }


class OcaStatementsOfSome(OcaStatements):
    def prepare(self):
        self.customers = self.customers[:STATEMENTS]
        super().prepare()


class OcaStatementsProposed(OcaStatements):
    """As its dialog proposes: no statements for customers with a negative balance."""

    negative = False


class Statements(Reader):
    """Our statements of open items, for all customers."""

    def prepare(self):
        self.choices = StatementChoices(kind="open_item", as_of=self.as_of)

    def read(self):
        return self.customers._get_customer_statements(self.choices)

    def figures(self, statements):
        return {
            "total": sum(
                section["amount_due"]
                for statement in statements.values()
                for section in statement["sections"]
            ),
            "statements": len(statements),
        }


class StatementsOfSome(Statements):
    def prepare(self):
        self.customers = self.customers[:STATEMENTS]
        super().prepare()


READERS = {
    "raw_sum": RawSum,
    "raw_sum_some": RawSumOfSome,
    "raw_aged": RawAged,
    "ledger": Ledger,
    "documents": Documents,
    "aging": Aging,
    "aging_column": AgingColumn,
    "aging_total": AgingTotal,
    "ar_balance": Balance,
    "ar_balance_some": BalanceOfSome,
    "credit": Credit,
    "credit_some": CreditOfSome,
    "credit_everybody": CreditOfEverybody,
    "oca_aging": OcaAging,
    "oca_statements": OcaStatements,
    "oca_statements_some": OcaStatementsOfSome,
    "oca_statements_proposed": OcaStatementsProposed,
    "statements": Statements,
    "statements_some": StatementsOfSome,
}
