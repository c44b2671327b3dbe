"""`make bench-apply`: one credit on 2,000 invoices, against core reconciling the same lines.

Core is measured without the addon, in a database of its own with the same documents. The two take
turns, so that a machine that is busy for a while is so for both. What counts is the ratio of the
medians, which must not be above 1.3.
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
ROUNDS = 5


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
        say(f"One credit on 2,000 open invoices of one customer, median of {ROUNDS}")
        with _measured(running, "core") as core, _measured(running, "own") as own:
            rounds = [(core(), own()) for _round in range(ROUNDS)]
    unaided = statistics.median(core["reconcile"] for core, _own in rounds)
    aided, applied = (
        statistics.median(own[name] for _core, own in rounds) for name in ("reconcile", "apply")
    )
    for label, seconds in (
        ("core reconciles, without the addon", unaided),
        ("core reconciles, with the addon (its register written)", aided),
        ("the addon applies by amount", applied),
    ):
        say(f"  {label:<56}{seconds:8.2f} s {seconds / unaided:6.2f} x")
    return 0 if applied <= LIMIT * unaided else 1


if __name__ == "__main__":
    main()
