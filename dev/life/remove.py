"""Uninstall the addon, as the administrator does it in Apps: CONFIGURATION DATABASE."""

import json
import sys

from process import environment


def main():
    configuration, database = sys.argv[1:]
    with environment(configuration, database) as env:
        module = env["ir.module.module"].search([("name", "=", "account_customer_credit")])
        module.button_immediate_uninstall()
        env.cr.commit()
        print(json.dumps(module.state))


main()
