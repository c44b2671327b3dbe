"""Odoo with the demo story, answering on localhost."""

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

from . import addon, console, databases
from .errors import SetupError
from .paths import ADDON, LOCAL, ROOT, digest, lock

PORT = 8069
PATIENCE = 120  # seconds for Odoo's first answer


def chosen_port():
    """The port to serve on, free at this moment."""
    text = os.environ.get("PORT") or str(PORT)
    if not text.isdigit() or not 1024 <= int(text) <= 65535:
        raise SetupError(f"PORT={text} is no port; choose a number from 1024 to 65535.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(text)))
        except OSError as error:
            raise SetupError(
                f"Port {text} is taken by another program. Choose another one: "
                f"make demo PORT={int(text) + 10 if int(text) < 65000 else PORT}"
            ) from error
    return int(text)


def free_port():
    """Some port that nobody uses, for servers that nobody has to find."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def demo_name():
    """Every checkout has a demo database of its own."""
    return f"customer_credit_demo_{digest(ROOT)}"


def demo_database(running):
    """This checkout's demo database, with the addon as it is now.

    The comment on the database says what was loaded into it; it is written last, so a database
    without one is a half-finished installation.
    """
    name = demo_name()
    server = running.server
    current = addon.fingerprint()
    with lock(name):
        loaded = server.query(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database "
            f"WHERE datname = '{name}'"
        )
        if not loaded or loaded == [[""]] or os.environ.get("RESET"):
            databases.drop(running, name)
            databases.create(running, name, databases.core_template(running))
            databases.install(running, name, [ADDON], label=f"{ADDON} with the demo story")
        elif loaded != [[current]]:
            databases.install(running, name, addon.own_modules(), update=True)
        server.query(f"""COMMENT ON DATABASE "{name}" IS '{current}'""", name)
    return name


def _set_addresses(running, database, address):
    """Where the pages are, and where wkhtmltopdf finds the styles of a print."""
    values = {
        "web.base.url": address,
        "web.base.url.freeze": "True",
        "report.url": address.replace("localhost", "127.0.0.1"),
    }
    for key, value in values.items():
        running.server.query(
            f"INSERT INTO ir_config_parameter (key, value) VALUES ('{key}', '{value}') "
            "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            database,
        )


def _die_with_parent():
    """Odoo ends even if this program is killed outright (Linux only; a nicety)."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


@contextlib.contextmanager
def serving(running, database, port, name="demo", **options):
    """Odoo as long as the block lasts; yields its address, its process and its log.

    It gets a session of its own: Ctrl-C reaches it only from here, and once, because a second one
    would cut its shutdown short. `options` are more lines of its configuration.
    """
    address = f"http://localhost:{port}"
    _set_addresses(running, database, address)
    log = LOCAL / f"{name}.log"
    configuration = running.configure(
        name, http_port=port, dbfilter=f"^{database}$", db_name=database, **options
    )
    with open(log, "w") as output:
        process = subprocess.Popen(
            [os.fspath(part) for part in running.command(configuration, database)],
            env=running.environment(),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_die_with_parent,
        )
    try:
        _wait_for(process, log, address)
        yield address, process, log
    finally:
        _stop(process)


def _stop(process):
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an impatient second Ctrl-C
    process.send_signal(signal.SIGINT)
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _wait_for(process, log, address):
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            urllib.request.urlopen(f"{address}/web/login", timeout=30).close()
            return
        time.sleep(0.3)
    raise SetupError(f"Odoo does not answer at {address}. The end of {log}:\n{console.tail(log)}")
