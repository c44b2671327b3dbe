"""From where does Odoo load these addons? CONFIGURATION DATABASE; names as JSON; prints it."""

import json
import sys

from process import environment

from odoo.modules import get_module_path


def main():
    configuration, database = sys.argv[1:]
    with environment(configuration, database):
        print(json.dumps({name: get_module_path(name) for name in json.load(sys.stdin)}))


main()
