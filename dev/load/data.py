"""Create the records of the load test: CONFIGURATION DATABASE own|core; print them as JSON.

Customers with an open invoice and an open credit each, and a clerk for everybody who works.
Run by dev/bench_load.py and dev/test_faults.py inside Odoo's Python, with their numbers as JSON.
"""

import json
import sys

from factory import credit_values, document_values
from process import environment

ISSUER = "account_customer_credit.group_customer_credit_issuer"
REFUNDER = "account_customer_credit.group_customer_credit_refunder"


def clerks(env, number, has_addon):
    groups = env.ref("account.group_account_invoice")
    if has_addon:
        groups += env.ref(ISSUER) + env.ref(REFUNDER)
    logins = [f"clerk_{index}" for index in range(number)]
    env["res.users"].with_context(no_reset_password=True).create(
        [
            {"name": login, "login": login, "password": login, "group_ids": groups.ids}
            for login in logins
        ]
    )
    return logins


def documents(env, customers, has_addon):
    moves = env["account.move"].create(
        [
            values
            for customer in customers
            for values in (
                document_values(customer, 50.0),
                credit_values(customer, 50.0, has_addon),
            )
        ]
    )
    moves.action_post()
    return moves


def main():
    configuration, database, kind = sys.argv[1:]
    job = json.load(sys.stdin)
    with environment(configuration, database) as env:
        customers = env["res.partner"].create(
            [{"name": f"Load {index}"} for index in range(job["customers"])]
        )
        moves = documents(env, customers, kind == "own")
        answer = {
            "clerks": clerks(env, job["clerks"], kind == "own"),
            "customers": customers.ids,
            "credits": moves[1::2].ids,
        }
        env.cr.commit()
        print(json.dumps(answer))


main()
