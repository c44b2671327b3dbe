"""Print the addon's values of the credits in a database: CONFIGURATION DATABASE."""

import json
import sys

from process import environment


def main():
    configuration, database = sys.argv[1:]
    with environment(configuration, database) as env:
        credits = env["account.move"].search([("is_customer_credit", "=", True)])
        env.cr.execute(
            """
            SELECT COUNT(*)
              FROM account_partial_reconcile AS partial
              JOIN account_move_line AS item ON item.id = partial.debit_move_id
              JOIN account_account AS account ON account.id = item.account_id
             WHERE account.account_type = 'asset_receivable'
            """
        )
        (settled,) = env.cr.fetchone()
        # sudo: the administrator's rules would leave out the companies that are not switched on.
        rows = env["account.receivable.application"].sudo()
        errors = env["account.receivable.tie.out.finding"]
        print(
            json.dumps(
                {
                    "credits": sorted(credits.ids),
                    "remaining": {move.id: move.credit_remaining for move in credits},
                    "settled": settled,
                    "register": rows.search_count([("kind", "=", "application")])
                    - rows.search_count([("kind", "=", "unapplication")]),
                    "errors": errors.search_count([("is_error", "=", True)]),
                }
            )
        )


main()
