"""Settle 2,000 open invoices of one customer at once, and 50 others' one by one; print the seconds
as JSON.

Once for each line read, in a transaction that is rolled back.

Run by dev/bench_apply.py inside Odoo's Python: CONFIGURATION DATABASE own|core.
"""

import json
import sys
import time

from factory import credit_values, document_values
from process import environment

INVOICES = 2000
ONE_BY_ONE = 50
WRITTEN = (
    "account_move",
    "account_move_line",
    "account_partial_reconcile",
    "account_receivable_application",
)


def build(env, has_addon):
    """The customer's account: 2,000 invoices, and a credit for all but a half of the last."""
    customer = env["res.partner"].create({"name": "Two Thousand Invoices"})
    invoices = env["account.move"]
    for _batch in range(INVOICES // 500):
        batch = invoices.create([document_values(customer, 100.0) for _invoice in range(500)])
        batch.action_post()
        invoices += batch
    total = INVOICES * 100.0 - 50.0
    credit = env["account.move"].create(credit_values(customer, total, has_addon))
    credit.action_post()
    return receivables(invoices + credit)


def build_pairs(env, has_addon):
    """An invoice and a credit of each of 50 customers."""
    pairs = []
    for number in range(ONE_BY_ONE):
        customer = env["res.partner"].create({"name": f"One Invoice {number}"})
        values = document_values(customer, 100.0), credit_values(customer, 100.0, has_addon)
        moves = env["account.move"].create(values)
        moves.action_post()
        pairs.append(receivables(moves))
    return pairs


def receivables(moves):
    return moves.line_ids.filtered(lambda line: line.account_type == "asset_receivable")


def vacuum(env):
    """Vacuum the tables, which keep the rows of each rolled-back round."""
    env.cr.rollback()
    connection = env.cr._cnx
    connection.autocommit = True
    with connection.cursor() as cursor:
        for table in WRITTEN:
            cursor.execute("SELECT to_regclass(%s)", [table])
            if cursor.fetchone()[0]:
                cursor.execute(f"VACUUM ANALYZE {table}")
    connection.autocommit = False


def timed(env, settle):
    """The seconds that one settling takes, which is rolled back."""
    vacuum(env)
    env.invalidate_all()
    started = time.perf_counter()
    settle()
    env.flush_all()
    seconds = time.perf_counter() - started
    env.cr.rollback()
    return seconds


def reconcile_each(pairs):
    for items in pairs:
        items.reconcile()
        items.env.flush_all()


def apply_by_amount(lines):
    """Apply by our dialog's method: as much of each invoice as the credit pays."""
    credit = lines.filtered(lambda line: line.balance < 0)
    left = -credit.amount_residual
    amounts = {credit: left}
    for line in lines - credit:
        amounts[line] = min(line.amount_residual, left)
        left -= amounts[line]
    used = lines.filtered(lambda line: amounts[line])
    used._apply_receivables({line: amounts[line] for line in used})


def main():
    configuration, database, kind = sys.argv[1:]
    with environment(configuration, database) as env:
        lines = build(env, kind == "own")
        pairs = build_pairs(env, kind == "own")
        env.cr.commit()
        runs = {"reconcile": lines.reconcile, "one by one": lambda: reconcile_each(pairs)}
        if kind == "own":
            runs["apply"] = lambda: apply_by_amount(lines)
        for _line in sys.stdin:
            seconds = {name: timed(env, settle) for name, settle in runs.items()}
            print(json.dumps(seconds), flush=True)


main()
