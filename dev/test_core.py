"""`make test-core`: core's own tests, with this addon installed.

WITH_ADDON=0 runs them without, for comparison; APPS names more of Odoo's apps to install (the glue
addons for them come along by themselves); TAGS chooses the tests (default: of account and these
apps). By Odoo's own runner, about 20 minutes for account alone; not part of CI.
"""

import os
import re
import shlex
import subprocess

from runtime import databases, server
from runtime.console import say
from runtime.errors import SetupError, command
from runtime.paths import ADDON, ROOT, logs
from runtime.session import session

RESULT = re.compile(r"(\d+) failed, (\d+) error\(s\) of (\d+) tests")
FAILED = re.compile(r" (?:ERROR|FAIL): (?:Subtest )?(\w+\.\w+)")


def _run(running, database, apps, log):
    tags = os.environ.get("TAGS") or ",".join(f"/{name}" for name in ("account", *apps))
    configuration = running.configure(
        database, http_port=server.free_port(), dbfilter=f"^{database}$"
    )
    arguments = ["--test-tags", tags, "--update", "account", "--stop-after-init"]
    try:
        with open(log, "w") as stream:
            subprocess.run(
                [os.fspath(part) for part in running.command(configuration, database, *arguments)],
                env=running.environment(),
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=stream,
                stderr=subprocess.STDOUT,
                check=False,
            )
    finally:
        configuration.unlink()


def _report(log):
    text = log.read_text(errors="replace")
    result = RESULT.findall(text)
    if not result:
        raise SetupError(f"Odoo's runner came to no result; see {log}")
    for name in sorted(set(FAILED.findall(text))):
        say(f"  not passed: {name}")
    failed, errors, total = map(int, result[-1])
    say(f"Core's tests: {failed} failed, {errors} errors of {total} tests (log: {log})")
    return 1 if failed or errors else 0


@command
def main():
    with_addon = os.environ.get("WITH_ADDON", "1") != "0"
    apps = shlex.split(os.environ.get("APPS", ""))
    kind = "with" if with_addon else "without"
    log = logs() / f"test-core-{'-'.join(['account', *apps])}-{kind}-{ADDON}.log"
    with session(browser=True) as running:
        template = databases.core_template(running)
        with databases.temporary_copy(running, template, "core") as database:
            if apps:
                databases.install(running, database, apps)
            if with_addon:
                databases.install(running, database, [ADDON])
            say(f"Core's own tests {kind} {ADDON}; about 20 minutes. Watch them: tail -f {log}")
            _run(running, database, apps, log)
        return _report(log)


if __name__ == "__main__":
    main()
