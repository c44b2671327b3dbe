"""`make bench-apply`: one credit on 2,000 invoices, and credits on one invoice each, against core.

Core is measured without the addon, in another database with the same documents. The two alternate,
so that other load on the machine affects both. The median of the rounds' ratios must not be above
1.3.
"""

import contextlib
import statistics

import odoo_script
from runtime import databases
from runtime.console import say
from runtime.errors import command
from runtime.paths import ADDON
from runtime.session import session

LIMIT = 1.3
ROUNDS = 7
#: What is measured with the addon, its label, and what it is compared with in core.
MEASURED = (
    ("one credit reconciled with 2,000 invoices", "reconcile", "reconcile"),
    ("the same applied by amount", "apply", "reconcile"),
    ("50 credits reconciled with an invoice each", "one by one", "one by one"),
)


@contextlib.contextmanager
def _measured(running, kind):
    with databases.temporary_copy(running, databases.core_template(running), kind) as database:
        if kind == "own":
            databases.install(running, database, [ADDON])
        script = "bench/apply_many.py"
        with odoo_script.conversation(running, database, script, kind) as measure:
            measure()  # builds the account, and fills the caches
            yield measure


@command
def main():
    with session() as running:
        say(f"One credit on 2,000 open invoices, and 50 on one each, median of {ROUNDS} rounds")
        with _measured(running, "core") as core, _measured(running, "own") as own:
            rounds = [(core(), own()) for _round in range(ROUNDS)]
    highest = 0.0
    for label, name, unaided in MEASURED:
        seconds = statistics.median(aided[name] for _unaided, aided in rounds)
        ratio = statistics.median(aided[name] / core[unaided] for core, aided in rounds)
        highest = max(highest, ratio)
        say(f"  {label:<56}{seconds:8.2f} s {ratio:6.2f} x core")
    return 0 if highest <= LIMIT else 1


if __name__ == "__main__":
    main()
