"""Uninstall an addon, and what depends on it, as an administrator does in Apps: CONFIGURATION
DATABASE ADDON; print Odoo's warnings and errors meanwhile."""

import json
import logging
import sys

from process import environment


class Complaints(logging.Handler):
    def __init__(self):
        super().__init__(logging.WARNING)
        self.found = []

    def emit(self, record):
        self.found.append(f"{record.levelname} {record.name}: {record.getMessage()}")


def main():
    configuration, database, addon = sys.argv[1:]
    with environment(configuration, database) as env:
        complaints = Complaints()
        logging.getLogger().addHandler(complaints)
        module = env["ir.module.module"].search([("name", "=", addon)])
        module.button_immediate_uninstall()
        env.cr.commit()
        print(json.dumps(complaints.found))


main()
