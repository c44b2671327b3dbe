"""Create documents of every kind around customer credits, and print them: CONFIGURATION DATABASE.

Run by dev/test_install.py, in a database with the addon; committed.
"""

import json
import sys

from factory import document_values
from process import environment


def document(env, price, move_type="out_invoice", post=True, **values):
    customer = env.ref("base.res_partner_2")
    move = env["account.move"].create(
        document_values(customer, price, move_type, taxed=True, **values)
    )
    if post:
        move.action_post()
    return move


def receivables(moves):
    return moves.line_ids.filtered(lambda line: line.account_type == "asset_receivable")


def make(env):
    reason = env["account.customer.credit.reason"].search([], limit=1)
    invoice = document(env, 1000.0)
    credit = document(env, -250.0, credit_reason_id=reason.id, description="A promise")
    adjustment = document(env, -100.0, reversed_entry_id=invoice.id)
    receivables(invoice + credit).reconcile()
    partly = document(env, -70.0)
    receivables(partly + document(env, 30.0)).reconcile()
    draft = document(env, -5.0, post=False)
    draft.invoice_line_ids.product_id = env.ref("account_customer_credit.product_customer_reward")
    cancelled = document(env, -6.0)
    cancelled.button_cancel()
    note = document(env, 12.0, move_type="out_refund")
    zero = document(env, 0.0)
    return invoice + credit + adjustment + partly + draft + cancelled + note + zero


def main():
    configuration, database = sys.argv[1:]
    with environment(configuration, database) as env:
        moves = make(env)
        env.cr.commit()
        print(
            json.dumps(
                {
                    "moves": moves.ids,
                    "credits": moves.filtered("is_customer_credit").ids,
                    "remaining": {move.id: move.credit_remaining for move in moves},
                }
            )
        )


main()
