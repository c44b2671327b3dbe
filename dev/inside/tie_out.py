"""Do these customers' accounts tie out? CONFIGURATION DATABASE; their ids as JSON; prints it.

The four figures of the tie-out, what SQL says of the ledger without any of the addon's code, and
what may not be: differences, findings, a document settled beyond its total, an application that
the register does not know.
"""

import json
import sys

from process import environment

FIGURES = ("documents", "ledger", "ar_balance", "aging")
LEDGER = """
    SELECT COALESCE(SUM(item.balance), 0)
      FROM account_move_line AS item
      JOIN account_account AS account ON account.id = item.account_id
     WHERE account.account_type = 'asset_receivable'
       AND item.parent_state = 'posted'
       AND item.partner_id = ANY(%s)
"""
#: What is open of an item is its balance less what settles it, and never beyond zero.
SETTLED_WRONGLY = """
    SELECT COUNT(*)
      FROM account_move_line AS item
      JOIN account_account AS account ON account.id = item.account_id
CROSS JOIN LATERAL (
               SELECT COALESCE(SUM(
                          CASE debit_move_id WHEN item.id THEN amount ELSE -amount END
                      ), 0) AS amount
                 FROM account_partial_reconcile
                WHERE item.id IN (debit_move_id, credit_move_id)
           ) AS settled
     WHERE account.account_type = 'asset_receivable'
       AND item.partner_id = ANY(%s)
       AND (item.balance - settled.amount <> item.amount_residual
            OR item.balance * item.amount_residual < 0)
"""
UNKNOWN = """
    SELECT COUNT(*)
      FROM account_partial_reconcile AS partial
      JOIN account_move_line AS item ON item.id = partial.debit_move_id
 LEFT JOIN account_receivable_application AS application
        ON application.partial_id = partial.id AND application.kind = 'application'
     WHERE item.partner_id = ANY(%s)
       AND application.id IS NULL
"""


def main():
    configuration, database = sys.argv[1:]
    customers = json.load(sys.stdin)
    with environment(configuration, database) as env:

        def one(query, parameters):
            env.cr.execute(query, parameters)
            return env.cr.fetchone()[0]

        own = [("partner_id", "in", customers)]
        rows = env["account.receivable.tie.out"].search(own)
        findings = env["account.receivable.tie.out.finding"]
        print(
            json.dumps(
                {
                    "figures": {name: round(sum(rows.mapped(name)), 2) for name in FIGURES},
                    "sql": float(one(LEDGER, [customers])),
                    "wrong": {
                        "rows that differ": len(rows.filtered("is_different")),
                        "findings": findings.search_count([*own, ("is_error", "=", True)]),
                        "items settled wrongly": one(SETTLED_WRONGLY, [customers]),
                        "settlements unknown to the register": one(UNKNOWN, [customers]),
                    },
                }
            )
        )


main()
