"""`make bench-install`: installing on the benchmark's ledger of 640,000 journal items.

The ledger is built with the addon, which is then uninstalled and, measured, installed again. The
documents must stay what they were, the credits and the register come back. The exit code is 1 if
they do not, or if the installation takes a minute.
"""

import time

import odoo_script
from bench import CUSTOMERS
from runtime import addon, databases
from runtime.console import say
from runtime.errors import command
from runtime.paths import ADDON
from runtime.session import session

LIMIT = 60


@command
def main():
    with session() as running:
        template = databases.core_template(running)
        with databases.temporary_copy(running, template, "bench_install") as database:

            def timed(action, *arguments):
                before = time.monotonic()
                action(*arguments)
                return time.monotonic() - before

            def ask(script, *arguments, job=None):
                return odoo_script.ask(running, database, script, *arguments, job=job)

            with databases.without_demo(running, database):
                empty = timed(databases.install, running, database, [ADDON])
                say(f"Building the ledger of {CUSTOMERS:,} customers")
                ask("bench/ledger.py", job={"customers": CUSTOMERS})
                running.server.call("vacuumdb", "--analyze", "--quiet", database)
                facts, credits = ask("life/ledger_facts.py"), ask("life/credits.py")
                removing = timed(ask, "life/remove.py", *addon.modules_below())
                left = ask("life/ledger_facts.py")
                taken = timed(databases.install, running, database, [ADDON])
            again, found = ask("life/ledger_facts.py"), ask("life/credits.py")
    say(f"  {facts['facts']['items'][1]:,} journal items, {len(credits['credits']):,} credits")
    say(f"  installing into an empty ledger {empty:5.1f} s")
    say(f"  uninstalling                    {removing:5.1f} s")
    say(f"  installing into this one        {taken:5.1f} s (at most {LIMIT})")
    same = facts["facts"] == left["facts"] == again["facts"]
    say(f"  documents, items, reconciliations: {'as they were' if same else 'CHANGED'}")
    back = all(credits[name] == found[name] for name in ("credits", "remaining", "settled"))
    filled = found["register"] == found["settled"]
    say(f"  credits {'found again' if back else 'LOST'}, register {'filled' if filled else 'NOT'}")
    return 0 if same and back and filled and taken < LIMIT else 1


if __name__ == "__main__":
    main()
