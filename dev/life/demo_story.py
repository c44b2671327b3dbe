"""Print the records of the demo story, with the addon or after it: CONFIGURATION DATABASE."""

import json
import sys

from process import environment

CUSTOMERS = ("Montboro School District", "Pinecrest Public Library", "Erica Dawson", "Noor Haddad")
LOGINS = ("ak", "jo", "library")


def main():
    configuration, database = sys.argv[1:]
    with environment(configuration, database) as env:
        # sudo: of whatever company they are; nothing of it leaves this comparison.
        everybody = env["res.partner"].sudo().with_context(active_test=False)
        users = env["res.users"].sudo().with_context(active_test=False)
        customers = everybody.search([("name", "in", CUSTOMERS)])
        items = env["account.move.line"].sudo().search([("partner_id", "in", customers.ids)])
        print(
            json.dumps(
                {
                    "customers": sorted(customers.mapped("name")),
                    "users": sorted(users.search([("login", "in", LOGINS)]).mapped("login")),
                    "documents": sorted(
                        name for name in items.move_id.mapped("name") if name
                    ),
                    # sudo: to count what the administrator may not see, too
                    "bank accounts": sorted(
                        env["res.partner.bank"]
                        .sudo()
                        .with_context(active_test=False)
                        .search([])
                        .mapped("acc_number")
                    ),
                }
            )
        )


main()
