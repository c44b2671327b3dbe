"""`make bench-load`: eight clerks at once over HTTP, for two minutes, and then the tie-out.

They enter invoices, issue credits, apply them, print them and look at the customer, all of them on
the same few customers; then the same with core's credit notes, without the addon. Nothing may go
wrong but what Odoo repeats by itself and what somebody else was faster at; afterwards the four
figures of the tie-out and what the clerks say they booked must be one number. DURATION and CLERKS
change the size.
"""

import os
import re

import odoo_script
from load.clerks import MIX, CoreClerk, OwnClerk, logged_in, work
from runtime import databases, server
from runtime.console import say
from runtime.errors import command
from runtime.paths import ADDON
from runtime.session import session
from tied_out import tied_out

DURATION = int(os.environ.get("DURATION") or 120)
CLERKS = int(os.environ.get("CLERKS") or 8)
CUSTOMERS = 12
#: What the log says of a transaction that met another one, and is repeated.
RETRY = re.compile(r"tries left, try again in")
REPEATED = re.compile(r"could not serialize access|could not obtain lock|deadlock detected")
ERROR = re.compile(r"\d+ (ERROR|CRITICAL) ")


def _load(running, kind):
    """Let the clerks work.

    :return: the clerks, the summary of the log, and whether the figures tie out
    """
    template = databases.core_template(running)
    with databases.temporary_copy(running, template, f"load_{kind.__name__.lower()}") as database:
        own = kind is OwnClerk
        if own:
            with databases.without_demo(running, database):
                databases.install(running, database, [ADDON])
        job = {"customers": CUSTOMERS, "clerks": CLERKS}
        name = "own" if own else "core"
        data = odoo_script.ask(running, database, "load/data.py", name, job=job)
        options = {"workers": CLERKS, "gevent_port": server.free_port(), "db_maxconn": 16}
        with server.serving(running, database, server.free_port(), "load", **options) as (
            address,
            _odoo,
            log,
        ):
            clerks = list(logged_in(kind, address, database, data))
            say(f"  {CLERKS} clerks, {DURATION} seconds: {'customer credits' if own else 'core'}")
            work(clerks, DURATION)
        fine = True
        if own:
            booked = sum(clerk.booked for clerk in clerks) / 100
            fine = tied_out(running, database, data["customers"], booked)
        return clerks, _read_log(log), fine


def _read_log(log):
    """Read Odoo's log.

    :return: a dict of the number of retried transactions and the other errors
    """
    entries = re.split(r"\n(?=\d{4}-\d\d-\d\d )", log.read_text(errors="replace"))
    retries = sum(bool(RETRY.search(entry)) for entry in entries)
    errors = [entry for entry in entries if ERROR.search(entry) and not REPEATED.search(entry)]
    return {"retries": retries, "errors": errors}


def _pace(clerks, acts):
    """The number of these acts in a minute, and the seconds of one."""
    done = sum(clerk.done[act] for clerk in clerks for act in acts)
    seconds = sum(clerk.seconds[act] for clerk in clerks for act in acts)
    return done * 60 / DURATION, seconds / done if done else 0.0


def _show_rates(own, core):
    say("  acts in a minute, and seconds for each     customer credits              core")
    for label, acts in (*((name, [name]) for name in MIX), ("all", list(MIX))):
        rate, each = _pace(own, acts)
        core_rate, core_each = _pace(core, acts)
        ratio = rate / core_rate if core_rate else 0.0
        say(
            f"    {label:<34}{rate:10.1f} {each:7.2f} s"
            f"{core_rate:12.1f} {core_each:7.2f} s{ratio:8.2f} x"
        )


def _show_summary(label, clerks, log):
    refused = sum((clerk.refused for clerk in clerks), start=type(clerks[0].refused)())
    errors = [error for clerk in clerks for error in clerk.errors] + log["errors"]
    say(f"  {label}: {log['retries']} repeated by Odoo, {refused.total()} refused")
    for message, count in refused.most_common():
        say(f"    {count} times: {message}")
    for error in errors[:10]:
        say(f"    ERROR {error}")
    say(f"  {label}: {len(errors)} errors")
    return not errors


@command
def main():
    with session() as running:
        own, own_log, fine = _load(running, OwnClerk)
        core, core_log, _nothing = _load(running, CoreClerk)
    _show_rates(own, core)
    fine = _show_summary("customer credits", own, own_log) and fine
    _show_summary("core", core, core_log)
    return 0 if fine else 1


if __name__ == "__main__":
    main()
