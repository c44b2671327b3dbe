"""Databases that Odoo fills once and that are copied afterwards: a copy takes half a second."""

import contextlib
import os
import re
import shutil
import time

from . import addon, pins
from .console import run, tail
from .errors import SetupError
from .paths import ROOT, digest, lock, logs, need_disk

DROPS = 20
PREPARE_TESTS = ROOT / "dev" / "inside" / "prepare_tests.py"
RECIPE = 2  # raise it when a template is to be filled in another way
INSTALL_HINT = "The traceback below names the module and the line."


def core_template(session):
    """Odoo's accounting with its demo data, and nothing of ours."""
    return _template(session, "core", None, pins.BASE_MODULES)


def chart_template(session):
    """The same with several countries' charts of accounts, for the tests.

    Only the charts: not their demo data, which adds a company for each country, and not what
    Odoo installs along with them, such as Italy's e-invoices.
    """
    return _template(session, "charts", core_template(session), pins.CHART_MODULES)


def glue_template(session, apps):
    """The charts with the apps that the glue modules need, and without what Odoo installs along
    with these: a glue module's manifest says what it needs."""
    return _template(session, "glue", chart_template(session), apps)


def _template(session, kind, source, modules):
    key = digest(RECIPE, session.odoo_home, pins.ODOO_VERSION, source, modules)
    name = f"customer_credit_tpl_{kind}_{key}"
    server = session.server
    if server.exists(name):
        return name
    with lock(f"template-{kind}"):
        if server.exists(name):
            return name
        label = f"Odoo's {kind}: {', '.join(modules)}"
        with _kept(session, name, source) as part:
            if source is None:
                install(session, part, modules, label=label)
            else:
                with without_demo(session, part):
                    install(session, part, modules, label=label, options=["--skip-auto-install"])
            # On tables that were never analysed, one of core's queries takes seconds every time.
            server.call("vacuumdb", "--analyze", "--quiet", part)
    return name


@contextlib.contextmanager
def _kept(session, name, source):
    """A database to fill, from another one or empty; it gets its name when that went well."""
    need_disk(session.server.data, 600)
    part = f"{name}_part"
    drop(session, part)
    create(session, part, source)
    yield part
    _move_files(session, part, name)
    session.server.query(f'ALTER DATABASE "{part}" RENAME TO "{name}"')


@contextlib.contextmanager
def without_demo(session, database):
    """Install modules without their demo data into a database that has demo data.

    Odoo has an option for new databases only; in any other it looks whether the modules below
    have theirs.
    """
    table = "ir_module_module"
    query = session.server.query
    names = query(f"SELECT name FROM {table} WHERE demo", database)
    query(f"UPDATE {table} SET demo = FALSE", database)
    yield
    listed = ", ".join(f"'{name}'" for (name,) in names)
    query(f"UPDATE {table} SET demo = TRUE WHERE name IN ({listed})", database)


def create(session, name, template=None):
    """A database, empty or a copy with its files.

    Never by Odoo itself: it would ask for an extension that the embedded server does not have.
    """
    if template is None:
        session.server.call("createdb", "-E", "UTF8", "-T", "template0", name)
        return
    with lock(f"copy-{template}"):  # a template cannot be copied twice at the same moment
        session.server.call("createdb", "-T", template, name)
    files = _files(session, template)
    if files.exists():
        shutil.copytree(files, _files(session, name), copy_function=_link_or_copy)


def copy_from(source, name, target, copied):
    """The same database on another server, by a dump of it.

    :param source: the session where it is
    :param target: the session where it is to be, as `copied`
    """
    target.server.call("createdb", "-E", "UTF8", "-T", "template0", copied)
    dump = target.server.data / "dump"
    source.server.call("pg_dump", "--format=custom", "--compress=0", f"--file={dump}", name)
    target.server.call("pg_restore", "--no-owner", f"--dbname={copied}", dump)
    dump.unlink()
    target.server.call("vacuumdb", "--analyze", "--quiet", copied)
    if _files(source, name).exists():
        shutil.copytree(_files(source, name), _files(target, copied))


def drop(session, name):
    for attempt in range(DROPS):
        try:
            session.server.call("dropdb", "--if-exists", "--force", name)
            break
        except SetupError as error:
            # The server's own vacuum is in it, and may not be ended by us: it ends soon.
            if "permission denied" not in str(error) or attempt == DROPS - 1:
                raise
            time.sleep(1)
    shutil.rmtree(_files(session, name), ignore_errors=True)


@contextlib.contextmanager
def temporary_copy(session, template, purpose):
    """A copy for one run, dropped afterwards."""
    name = f"customer_credit_{purpose}_{os.getpid()}"
    drop(session, name)
    create(session, name, template)
    try:
        yield name
    finally:
        drop(session, name)


@contextlib.contextmanager
def temporary_copy_installed(session, template, purpose, modules):
    """The same with addons of this checkout installed.

    The installation is kept for the next run of the same code, and replaced when the code changes.
    """
    kept = f"customer_credit_own_{digest(template, *modules)}"
    current = f"{kept}_{digest(addon.fingerprint(modules), PREPARE_TESTS.read_text())}"
    with contextlib.ExitStack() as stack:
        with lock(kept):  # held until it is copied: another checkout may replace it
            if not session.server.exists(current):
                for (older,) in session.server.query(
                    f"SELECT datname FROM pg_database WHERE datname LIKE '{kept}%'"
                ):
                    drop(session, older)
                with _kept(session, current, template) as part:
                    install(session, part, modules)
                    _prepare_tests(session, part)
            copied = stack.enter_context(temporary_copy(session, current, purpose))
        yield copied


def _prepare_tests(session, database):
    """What each class of tests would make and roll back: see the script."""
    configuration = session.configure(database)
    log = logs() / f"{database}.log"
    try:
        run(
            [session.python, PREPARE_TESTS, configuration, database],
            "Making the pages' scripts and styles, and companies with charts",
            log,
            INSTALL_HINT,
            env=session.environment(),
        )
    finally:
        configuration.unlink()


def install(
    session, database, modules, update=False, label=None, options=(), is_older=None
):
    """Install (or update) modules; an error in the log, or a warning about what is ours, is a
    failure even if Odoo goes on.

    :param is_older: whether what is updated may be another version: while it is read, the views
        of both are there, and Odoo warns of those that go. By default of every update.
    """
    log = logs() / f"{database}.log"
    log.write_text("")
    configuration = session.configure(database)
    names = ",".join(modules)
    try:
        run(
            session.command(
                configuration,
                database,
                "--update" if update else "--init",
                names,
                "--with-demo",
                *options,
                "--stop-after-init",
                "--no-http",
            ),
            f"{'Updating' if update else 'Installing'} {label or names}",
            log,
            INSTALL_HINT,
            env=session.environment(),
            progress=lambda: _loading(log),
        )
    finally:
        configuration.unlink()
    is_older = update if is_older is None else is_older
    # While it loads others, Odoo warns of what is theirs. What it says of its configuration,
    # before it opens the database, has a question mark for its name.
    levels = "(ERROR|CRITICAL) "
    if {*modules} <= {*addon.all_modules()} and not is_older:
        levels += f"|WARNING {re.escape(database)} "
    bad = re.compile(rf"\S+ \S+ \d+ ({levels})")
    found = list(filter(bad.match, log.read_text(errors="replace").splitlines()))
    if found:
        raise SetupError(
            f"Odoo complained while it loaded {names}:\n"
            + "\n".join(found)
            + f"\nThe whole log: {log}"
        )


def _loading(log):
    """Which module Odoo is at, for a person who waits."""
    found = re.findall(r"Loading module (\S+) \((\d+/\d+)\)", tail(log, 40))
    return f"{found[-1][0]} ({found[-1][1]})," if found else ""


def _files(session, database):
    return session.server.data / "filestore" / database


def _move_files(session, old, new):
    shutil.rmtree(_files(session, new), ignore_errors=True)
    if _files(session, old).exists():
        _files(session, old).rename(_files(session, new))


def _link_or_copy(source, target):
    """Odoo's files are named by their content and never change: a link is as good as a copy."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
