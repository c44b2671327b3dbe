"""`make test`: every test of the addon with pytest, the browser tours included.

TESTS names files or folders (`TESTS=tests/test_x.py`), ARGS more arguments for pytest
(`ARGS="-k refund"`), APPS more of Odoo's apps that are to be there. The exit code is pytest's.

Folders are tested in as many processes as the machine has cores, each with a copy of the database
of its own (`ARGS="-n 0"`: in one).
"""

import contextlib
import os
import shlex
import subprocess

from runtime import addon, databases
from runtime.console import say
from runtime.errors import SetupError, command
from runtime.paths import ROOT
from runtime.session import session

NO_TESTS = 5  # pytest's exit code


def _targets():
    """The tests to run: paths below the addon's own folder, and paths below addons/."""
    named = shlex.split(os.environ.get("TESTS", ""))
    beside = [f"addons/{name}/tests" for name in addon.all_modules()]
    targets = named or ["tests", *filter(lambda path: (ROOT / path).is_dir(), beside)]
    for target in targets:
        if not (ROOT / target.split("::")[0]).exists():
            raise SetupError(f"TESTS={target}: there is no such file below {ROOT}.")
    own = [target for target in targets if not target.startswith("addons/")]
    beside = [target[len("addons/") :] for target in targets if target not in own]
    below = [path for path in beside if path.split("/")[0] in addon.modules_below()]
    return below, own, [path for path in beside if path not in below]


@contextlib.contextmanager
def _database(running, template, modules):
    if not (apps := shlex.split(os.environ.get("APPS", ""))):
        with databases.temporary_copy_installed(running, template, "test", modules) as database:
            yield database
        return
    with databases.temporary_copy(running, template, "test") as database:
        with databases.without_demo(running, database):
            databases.install(running, database, apps, options=["--skip-auto-install"])
        databases.install(running, database, modules)
        yield database


def _processes(targets):
    """Arguments for pytest. Files are few classes, and only one process may write what tests
    find out (`make access`, `CUSTOMER_CREDIT_WRITE`)."""
    is_small = all(target.split("::")[0].endswith(".py") for target in targets)
    if is_small or os.environ.get("CUSTOMER_CREDIT_WRITE"):
        return []
    # Neighbours stay together, because a class sets up for all of its tests; whoever is done
    # first takes half of what the other has left.
    return ["-n", str(os.cpu_count()), "--dist=worksteal"]


def _pytest(running, template, modules, root, targets):
    """Install the modules into a fresh copy of the template and run the tests there.

    `root` is a folder whose subfolders, or which itself, Odoo knows as addons: pytest imports the
    tests' packages from there downwards, under the names that Odoo gives them.
    """
    with _database(running, template, modules) as database:
        configuration = running.configure(database, dbfilter=f"^{database}$")
        environment = running.environment()
        environment["PYTHONPATH"] += os.pathsep + str(ROOT / "dev" / "inside")
        try:
            return subprocess.run(
                [
                    running.python,
                    "-m",
                    "pytest",
                    f"--rootdir={root}",
                    f"--confcutdir={root}",
                    f"--config-file={ROOT / 'pyproject.toml'}",
                    f"--odoo-config={configuration}",
                    f"--odoo-database={database}",
                    "--odoo-http",
                    *("-p", "true_clock", "-p", "own_filestore"),
                    *_processes(targets),
                    *shlex.split(os.environ.get("ARGS", "")),
                    *(root / path for path in targets),
                ],
                env=environment,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                check=False,
            ).returncode
        finally:
            configuration.unlink()


@command
def main():
    below, own, glue = _targets()
    with session(browser=True) as running:
        codes = []
        if below:
            say("What the addon is built upon, without it")
            template = databases.chart_template(running)
            codes += [_pytest(running, template, addon.modules_below(), addon.ADDONS, below)]
        if own:
            template = databases.chart_template(running)
            codes += [_pytest(running, template, addon.own_modules(), addon.link(), own)]
        if glue:
            say("Glue modules, with the apps they need")
            template = databases.glue_template(running, addon.glue_apps())
            codes += [_pytest(running, template, addon.all_modules(), addon.ADDONS, glue)]
        # `-k` may choose tests of one addon only; of none is an error.
        found = [code for code in codes if code != NO_TESTS]
        return max(found) if found else NO_TESTS


if __name__ == "__main__":
    main()
