"""`make test-faults`: kill Odoo or PostgreSQL in the middle of work, and start it again.

Work of three kinds (dev/faults/stories.py), each interrupted by `kill -9` of all of Odoo's
processes and, in another copy of the database, of all of PostgreSQL's. Nothing may be half-done;
what runs by the clock goes on by itself, and a clerk presses the button again. The four figures of
the tie-out must be one number after the fault and at the end. Odoo ends itself when it finds no
database; it is started again after either fault, as a service manager does. PostgreSQL is one of
the command's own, set up to keep what it committed; mails go to a server that only counts them.
STORIES names some of the three.
"""

import contextlib
import copy
import itertools
import os
import signal
import subprocess
import time

import odoo_script
from faults.stories import Apply, Scheduled, Statements
from runtime import databases, private_postgres, python, server
from runtime.client import Client
from runtime.console import say
from runtime.errors import SetupError, command
from runtime.paths import ADDON, LOCAL, ROOT
from runtime.session import session
from tied_out import tied_out

STORIES = {"apply": Apply, "statements": Statements, "scheduled": Scheduled}
VICTIMS = ("Odoo", "PostgreSQL")
LOGIN = "admin"


class Stage:
    """A database with an Odoo, and the methods that stories need of them."""

    def __init__(self, running, database, mail_port, mails):
        self.running, self.database = running, database
        self.mail_port, self.mails = mail_port, mails
        mails.write_text("")

    @contextlib.contextmanager
    def odoo(self):
        options = {
            "workers": 2,
            "max_cron_threads": 1,
            "gevent_port": server.free_port(),
            "smtp_server": "127.0.0.1",
            "smtp_port": self.mail_port,
        }
        port = server.free_port()
        with server.serving(self.running, self.database, port, "faults", **options) as (
            self.address,
            self.process,
            _log,
        ):
            yield

    def client(self):
        client = Client(self.address)
        client.log_in(self.database, LOGIN, LOGIN)
        return client

    def query(self, sql):
        return self.running.server.query(sql, self.database)

    def number(self, sql):
        return int(self.query(sql)[0][0])

    def delivered(self):
        return self.mails.read_text().split()

    def kill_odoo(self):
        """Kill all of Odoo's processes, and wait until PostgreSQL has noticed."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        others = (
            "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        deadline = time.monotonic() + 60
        while self.number(others):
            if time.monotonic() > deadline:
                raise SetupError("Odoo's connections outlive it.")
            time.sleep(0.1)

    def kill_postgresql(self):
        self.running.server.kill()
        self.running.server.start()


def _interrupt(stage, story, victim):
    """Interrupt a story by a fault.

    :return bool: whether the figures tie out
    :raises: what the story finds to be wrong
    """

    def look():
        said = story.check_nothing_half_done()
        say(f"  {story.label}, {victim} killed: {said}")
        return tied_out(stage.running, stage.database, story.customers, indent="    ")

    story.prepare()
    with stage.odoo():
        story.begin()
        if victim == "Odoo":
            stage.kill_odoo()
        else:
            stage.kill_postgresql()
        fine = look()
    with stage.odoo():
        said = story.finish()
    say(f"    afterwards: {said}")
    return tied_out(stage.running, stage.database, story.customers, indent="    ") and fine


@contextlib.contextmanager
def _mail_server(environment, folder):
    port = server.free_port()
    mails = folder / "mails"
    sink = ROOT / "dev" / "faults" / "mail_sink.py"
    process = subprocess.Popen([python.interpreter(environment), sink, str(port), mails])
    try:
        yield port, mails
    finally:
        process.terminate()
        process.wait()


@contextlib.contextmanager
def _template(running):
    """Start a database server with a database of work to do.

    :return: its session, the work, and the database's name
    """
    source = databases.core_template(running)
    environment = running.python.parent.parent
    with private_postgres.running(environment, "faults") as own:
        there = copy.copy(running)
        there.server = own
        databases.copy_from(running, source, there, "work")
        with databases.without_demo(there, "work"):
            databases.install(there, "work", [ADDON])
        say("  Making documents")
        yield there, odoo_script.ask(there, "work", "faults/data.py")


@command
def main():
    environment = python.environment("faults", megabytes=50)
    LOCAL.mkdir(exist_ok=True)
    passed = failed = 0
    with (
        session() as running,
        _template(running) as (there, data),
        _mail_server(environment, LOCAL) as (port, mails),
    ):
        chosen = {name: STORIES[name] for name in os.environ.get("STORIES", "").split()} or STORIES
        for (name, kind), victim in itertools.product(chosen.items(), VICTIMS):
            with databases.temporary_copy(there, "work", "faults") as database:
                there.server.checkpoint()
                stage = Stage(there, database, port, mails)
                fine = _interrupt(stage, kind(stage, data[name]), victim)
            passed, failed = passed + fine, failed + (not fine)
    say(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    main()
