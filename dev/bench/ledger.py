"""Fill a database with the ledger of the benchmark, by SQL: CONFIGURATION DATABASE.

Run by dev/bench.py inside Odoo's Python, with how many ``customers`` as JSON. A company of its own
gets 64 documents for each customer, two journal items each, over three years: invoices 0 to 35 in
the order of their dates, customer credits 36 to 39 between them, payments 40 to 61 and entries 62
and 63. What settles what is the list below, the same for every customer, so 48 receivable items of
a customer are settled and 16 are open. Amounts and days differ by plain arithmetic: every run
builds the same ledger, counted back from today.
"""

import json
import sys
from datetime import date

import ledger_register_sql
import ledger_sql
from process import environment

#: Settled document, settling document, share of the settled one (None: the rest).
SETTLEMENTS = [
    *((invoice, 40 + invoice, 1) for invoice in range(13)),  # an invoice, a payment
    *((13 + number, 53 + number // 2, 1) for number in range(6)),  # one payment for two
    (19, 56, 0.5),  # two payments for one
    (19, 57, None),
    (20, 36, 0.4),  # a credit applied, the rest paid
    (20, 58, None),
    (21, 37, 0.4),  # a credit applied, the rest given up
    (21, 63, None),
    (22, 61, 1),  # a payment for many, of which something is left
    (23, 61, 1),
    (24, 38, 0.3),  # a part of a credit applied, the rest paid
    (24, 61, None),
    (25, 60, 1),  # an overpayment
    (26, 61, 0.5),  # invoices that are paid in part
    (27, 61, 0.25),
]
#: What is left open of a credit beyond what it settles; 39 and 59 settle nothing.
LEFT_OPEN = {38: 120.0, 60: 35.5, 61: 12.25}
DAYS = 1095


def company_of_its_own(env):
    """Create a company with a chart and no items, and its accounts and journals."""
    # With a country, Odoo would load a chart once more when this is committed; and it is not to
    # look the company up on the internet.
    company = env["res.company"].create({"name": "Benchmark", "iap_enrich_auto_done": True})
    env.user.company_ids += company
    env = env(context={**env.context, "allowed_company_ids": company.ids})
    env["account.chart.template"].try_loading("generic_coa", company=company, install_demo=False)

    def account(account_type):
        domain = [("company_ids", "in", company.ids), ("account_type", "=", account_type)]
        return env["account.account"].search(domain, limit=1).id

    def journal(journal_type):
        domain = [("company_id", "=", company.id), ("type", "=", journal_type)]
        return env["account.journal"].search(domain, limit=1)

    bank = journal("bank")
    return {
        "company": company.id,
        "currency": company.currency_id.id,
        "receivable": account("asset_receivable"),
        "income": account("income"),
        "bank": account("asset_current"),
        "sales": journal("sale").id,
        "money": bank.id,
        "entries": journal("general").id,
        "method_line": bank.inbound_payment_method_line_ids[:1].id,
        "method": bank.inbound_payment_method_line_ids[:1].payment_method_id.id,
    }


def fill(env, values):
    """Run the statements one after the other, then fill the register."""
    cr = env.cr
    env.flush_all()
    cr.execute(ledger_sql.PLAN)
    for settled, by, share in SETTLEMENTS:
        cr.execute("INSERT INTO plan VALUES (%s, %s, %s)", (settled, by, share))
    for number, amount in LEFT_OPEN.items():
        cr.execute("INSERT INTO left_open VALUES (%s, %s)", (number, amount))
    for statement in ledger_sql.BEFORE_THE_REGISTER:
        cr.execute(statement, values)
    env["account.receivable.application"].init()
    for statement in ledger_register_sql.IN_THE_REGISTER:
        cr.execute(statement, values)
    for statement in ledger_register_sql.SEQUENCES:
        cr.execute(statement)


def facts_of(env, values):
    """The facts that the readers need, and the counts of the ledger."""
    cr = env.cr
    cr.execute(ledger_register_sql.COUNTS, values)
    names = [column.name for column in cr.description]
    counts = dict(zip(names, cr.fetchone(), strict=True))
    cr.execute("SELECT array_agg(id ORDER BY c), array_agg(contact) FROM customer")
    customers, contacts = cr.fetchone()
    return {
        **values,
        "counts": counts,
        "customer_ids": customers,
        "contact_ids": [contact for contact in contacts if contact],
        "today": date.today().isoformat(),
    }


def main():
    configuration, database = sys.argv[1:]
    customers = json.load(sys.stdin)["customers"]
    with environment(configuration, database) as env:
        values = company_of_its_own(env)
        values |= {"customers": customers, "days": DAYS, "user": env.uid}
        fill(env, values)
        env.cr.commit()
        print(json.dumps(facts_of(env, values)))


main()
