"""Create the records in use when a fault comes: CONFIGURATION DATABASE; print them as JSON.

A credit for many invoices, customers who are owed a statement, and scheduled invoices that will
take open credits by themselves. Run by dev/test_faults.py inside Odoo's Python.
"""

import json
import sys

from factory import document_values
from process import environment

INVOICES = 500  # of the customer whose credit is applied
STATEMENTS = 16
SCHEDULED = 240  # core posts 100 of them in a transaction
#: The scheduled actions of the stories; all others are disabled.
CRONS = (
    "account_receivable.ir_cron_customer_statement",
    "mail.ir_cron_mail_scheduler_action",
    "account.ir_cron_auto_post_draft_entry",
)


def customers(env, number, name):
    return env["res.partner"].create(
        [
            {"name": f"{name} {index}", "email": f"{name.lower()}_{index}@example.com"}
            for index in range(number)
        ]
    )


def documents(env, amounts, **values):
    """:param amounts: list of ``(customer, amount)``"""
    return env["account.move"].create(
        [document_values(customer, amount, **values) for customer, amount in amounts]
    )


def main():
    configuration, database = sys.argv[1:]
    with environment(configuration, database) as env:
        env["ir.cron"].search([]).active = False
        for name in CRONS:
            env.ref(name).active = True
        env["mail.mail"].search([]).unlink()  # what the demo data would send
        one = customers(env, 1, "Applied")
        invoices = documents(env, [(one, 100.0)] * INVOICES)
        credit = documents(env, [(one, -100.0 * INVOICES + 50.0)])
        owed = customers(env, STATEMENTS, "Owed")
        statements = documents(env, [(customer, 75.0) for customer in owed])
        (invoices + credit + statements).action_post()
        many = customers(env, SCHEDULED // 4, "Scheduled")
        many.customer_credit_auto_apply = "oldest"
        four = [customer for customer in many for _number in range(4)]
        documents(env, [(customer, -40.0) for customer in four]).action_post()
        scheduled = documents(env, [(customer, 60.0) for customer in four], auto_post="at_date")
        answer = {
            "apply": {"customers": one.ids, "credit": credit.id, "invoices": invoices.ids},
            "statements": {"customers": owed.ids},
            "scheduled": {"customers": many.ids, "invoices": scheduled.ids},
        }
        env.cr.commit()
        print(json.dumps(answer))


main()
