"""Settle 2,000 open invoices of one customer, once for each line read: seconds, printed as JSON.

Run by dev/bench_apply.py inside Odoo's Python: CONFIGURATION DATABASE own|core.
"""

import json
import sys
import time

from factory import credit_values, document_values
from process import environment

INVOICES = 2000


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
    return (invoices + credit).line_ids.filtered(
        lambda line: line.account_type == "asset_receivable"
    )


def timed(env, settle):
    """Seconds of one settling, which is undone afterwards."""
    env.flush_all()
    env.invalidate_all()
    savepoint = env.cr.savepoint()
    started = time.perf_counter()
    settle()
    env.flush_all()
    seconds = time.perf_counter() - started
    savepoint.close(rollback=True)
    env.invalidate_all()
    return seconds


def apply_by_amount(lines):
    """By our dialog's method: as much of each invoice as the credit pays."""
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
        env.cr.commit()
        env.cr.execute("ANALYZE")
        runs = {"reconcile": lines.reconcile}
        if kind == "own":
            runs["apply"] = lambda: apply_by_amount(lines)
        for _line in sys.stdin:
            seconds = {name: timed(env, settle) for name, settle in runs.items()}
            print(json.dumps(seconds), flush=True)


main()
