"""`make demo`: Odoo with the demo story on localhost, from nothing.

PORT chooses another port than 8069, RESET=1 a new database. Ctrl-C ends Odoo and, if no other
command uses it, the database server. The database stays; a changed addon updates it.
"""

from runtime import console, server, story
from runtime.console import say
from runtime.errors import SetupError, command
from runtime.session import session


def _show_access(address, links, log):
    say(f"\nThe demo is ready: {address}")
    say(f"  Log in as {story.LOGIN} (password {story.PASSWORD}), the A/R representative,")
    say("  or as admin (password admin). What to try, click by click: doc/guide.md.\n")
    for name, link in links.items():
        say(f"  {name + ':':14}{link}")
    say(f"\nOdoo's log: {log}. Ctrl-C ends everything; the database is kept.")


@command
def main():
    port = server.chosen_port()
    with session() as running:
        database = server.demo_database(running)
        say("  Starting Odoo")
        # Statements are sent in the background, by a scheduled action.
        with server.serving(running, database, port, max_cron_threads=1) as (
            address,
            process,
            log,
        ):
            _show_access(address, story.links(running.server, database, address), log)
            try:
                code = process.wait()
            except KeyboardInterrupt:
                say("\nStopping ...")
                return 0
            raise SetupError(f"Odoo ended by itself ({code}). {log}:\n{console.tail(log)}")


if __name__ == "__main__":
    main()
