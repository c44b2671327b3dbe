"""`make bench-apply`: one credit on 2,000 invoices, against core reconciling the same lines.

Core is measured without the addon, in a database of its own with the same documents, one after the
other in one run. What counts is the ratio, which must not be above 1.3.
"""

import odoo_script
from runtime import databases
from runtime.console import say
from runtime.errors import command
from runtime.paths import ADDON
from runtime.session import session

LIMIT = 1.3


def _measure(running, kind):
    with databases.temporary_copy(running, databases.core_template(running), kind) as database:
        if kind == "own":
            databases.install(running, database, [ADDON])
        return odoo_script.ask(running, database, "bench/apply_many.py", kind)


@command
def main():
    with session() as running:
        say("One credit on 2,000 open invoices of one customer, median of 5")
        core = _measure(running, "core")["reconcile"]
        own = _measure(running, "own")
    rows = (
        ("core reconciles, without the addon", core),
        ("core reconciles, with the addon (its register written)", own["reconcile"]),
        ("the addon applies by amount", own["apply"]),
    )
    for label, seconds in rows:
        say(f"  {label:<56}{seconds:8.2f} s {seconds / core:6.2f} x")
    return 0 if own["apply"] <= LIMIT * core else 1


if __name__ == "__main__":
    main()
