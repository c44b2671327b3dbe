"""`make bench`: what customers owe, read from 640,000 journal items by several readers.

Raw SQL, this addon, core's `credit`, and OCA's aged partner balance and outstanding statement,
which are installed from PyPI for this run only: time, memory, and whether the totals agree, today
and at three past dates. The same at a tenth of the size shows how the cost grows. The exit code
is 1 if a limit is not met or a total differs without a document that explains it.
"""

from datetime import date, timedelta

import bench_tables
import odoo_script
from runtime import comparison, databases
from runtime.console import say
from runtime.errors import command
from runtime.paths import ADDON
from runtime.session import session

# The sizes of the issue: 5,000 customers are 640,000 journal items, 80,000 of them open.
CUSTOMERS = 5000
TENTH = CUSTOMERS // 10
PAST_DAYS = (90, 365, 700)  # how long ago; the second one is measured too
QUICK, SLOW = 9, 3  # rounds, of which the median counts

#: Name, reader, whether as of the past day, the raw SQL that does the same job, rounds.
MEASURED = (
    ("sum", "raw_sum", False, None, QUICK),
    ("balance", "ar_balance", False, "raw_sum", QUICK),
    ("credit", "credit", False, "raw_sum", SLOW),
    ("sum_some", "raw_sum_some", False, None, QUICK),
    ("balance_some", "ar_balance_some", False, "raw_sum_some", QUICK),
    ("credit_some", "credit_some", False, "raw_sum_some", QUICK),
    ("raw_today", "raw_aged", False, None, QUICK),
    ("aging_today", "aging", False, "raw_aged", QUICK),
    ("oca_today", "oca_aging", False, None, SLOW),
    ("raw_past", "raw_aged", True, None, QUICK),
    ("aging_past", "aging", True, "raw_aged", QUICK),
    ("oca_past", "oca_aging", True, None, SLOW),
    ("statements", "statements_some", False, None, SLOW),
    ("oca_statements", "oca_statements_some", False, None, SLOW),
)
#: The readers whose totals are compared, on every day and today.
COMPARED = (
    "ledger",
    "documents",
    "raw_aged",
    "aging",
    "aging_column",
    "aging_total",
    "statements",
    "oca_aging",
    "oca_statements",
    "oca_statements_proposed",
)
COMPARED_TODAY = ("ar_balance", "credit", "credit_everybody")


def _days(facts):
    """Today and the past days, as text."""
    today = date.fromisoformat(facts["today"])
    return [(today - timedelta(days=days)).isoformat() for days in (0, *PAST_DAYS)]


def _measure(running, database, facts):
    """Run each reader in its own process, alternating with the raw SQL it is compared with."""
    today, _recent, past, _old = _days(facts)
    measured = {}
    for name, reader, is_past, raw, rounds in MEASURED:
        job = {
            "readers": [reader, raw] if raw else [reader],
            "as_of": past if is_past else today,
            "rounds": rounds,
            "facts": facts,
        }
        answer = odoo_script.ask(running, database, "bench/read.py", job=job)
        seconds = answer["seconds"][reader]
        measured[name] = {
            "seconds": seconds,
            "memory": answer["memory"],
            "to_raw": seconds / answer["seconds"][raw] if raw else None,
        }
    return measured


def _compare(running, database, facts):
    """The totals of all readers on each day, and the documents that explain differences."""
    days = _days(facts)
    figures = {}
    for day in days:
        readers = [*COMPARED, *(COMPARED_TODAY if day == days[0] else ())]
        job = {"readers": readers, "as_of": day, "rounds": 0, "facts": facts}
        figures[day] = odoo_script.ask(running, database, "bench/read.py", job=job)["figures"]
    job = {"days": days, "facts": facts}
    return figures, odoo_script.ask(running, database, "bench/differences.py", job=job)


def _run(running, installed, customers, with_totals):
    purpose = f"bench_{customers}"
    with databases.temporary_copy(running, installed, purpose) as database:
        say(f"Building the ledger of {customers:,} customers")
        facts = odoo_script.ask(running, database, "bench/ledger.py", job={"customers": customers})
        running.server.call("vacuumdb", "--analyze", "--quiet", database)
        say("Measuring, each reader in a process of its own")
        measured = _measure(running, database, facts)
        bench_tables.show_counts(facts)
        bench_tables.show_measured(facts, measured, _days(facts)[2])
        compared = _compare(running, database, facts) if with_totals else None
        return facts, measured, compared


@command
def main():
    with session() as running:
        running.more_addons.append(comparison.addons_folder(running.python))
        template = databases.core_template(running)
        with databases.temporary_copy(running, template, "bench_installed") as installed:
            databases.install(running, installed, [ADDON, *comparison.MODULES])
            tenth, small, _none = _run(running, installed, TENTH, with_totals=False)
            full, large, compared = _run(running, installed, CUSTOMERS, with_totals=True)
    bench_tables.show_growth(tenth, small, full, large)
    agreed = bench_tables.show_agreement(*compared)
    kept = bench_tables.show_limits(large)
    return 0 if agreed and kept else 1


if __name__ == "__main__":
    main()
