"""`make test-readme`: the commands of the README do what it says, as they are written there.

Every block of commands is run; one that this file does not know is a failure. What stands in
angle brackets is filled in, and Odoo is asked to stop. `make test` runs one file here: all of them
are what CI runs by the same words.
"""

import contextlib
import os
import re
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
import venv
from pathlib import Path

from runtime import addon, databases, server
from runtime.console import say
from runtime.errors import SetupError, command
from runtime.paths import ADDON, ROOT
from runtime.session import PROGRAM, session

BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)
PIP = "pip install --no-deps ./addons/account_receivable ."
PATIENCE = 600


def _run(text, **options):
    answer = subprocess.run(
        ["sh", "-e", "-c", text], capture_output=True, text=True, check=False, **options
    )
    if answer.returncode:
        raise SetupError(f"{text}\nfailed: {answer.stdout[-1500:]}{answer.stderr[-3000:]}")
    return answer.stdout


def _demo(text):
    """It answers, its story can be played, and Ctrl-C ends it."""
    port = server.free_port()
    environment = {**os.environ, "PORT": str(port)}
    demo = subprocess.Popen(
        ["sh", "-c", f"exec {text.strip()}"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        deadline = time.monotonic() + PATIENCE
        while demo.poll() is None and time.monotonic() < deadline:
            with contextlib.suppress(urllib.error.URLError, ConnectionError):
                urllib.request.urlopen(f"http://localhost:{port}/web/login", timeout=30).close()
                break
            time.sleep(1)
        said = _run("make check-demo", cwd=ROOT, env=environment)
        if "The story works." not in said:
            raise SetupError(f"make check-demo says:\n{said}")
    finally:
        os.killpg(demo.pid, signal.SIGINT)
        demo.wait(timeout=60)
    return "answers, the story works, Ctrl-C ends it"


def _test(text):
    environment = {**os.environ, "TESTS": "tests/test_install.py"}
    said = _run(text, cwd=ROOT, env=environment)
    return re.findall(r"\d+ passed", said)[-1]


def _addons_path(text):
    """A clone in a folder of the addon's name, and an Odoo that is told of its parent."""
    with tempfile.TemporaryDirectory() as temporary, session() as running:
        template = databases.core_template(running)
        with databases.temporary_copy(running, template, "readme") as database:
            configuration = running.configure(database)
            programs = Path(temporary) / "bin"
            programs.mkdir()
            odoo = programs / "odoo"
            odoo.write_text(f'#!/bin/sh\nexec {running.python} {PROGRAM} "$@"\n')
            odoo.chmod(0o755)
            wanted = f"--config={configuration} -d {database} -i {ADDON} --stop-after-init"
            for written, filled_in in (
                ("<this repository>", str(ROOT)),
                ("<your addons path>", str(running.odoo_home / "odoo" / "addons")),
                ("/opt/odoo-addons", f"{temporary}/addons"),
                ("...", f"{wanted} --no-http"),
            ):
                if written not in text:
                    raise SetupError(f"The README does not say {written} any more:\n{text}")
                text = text.replace(written, filled_in)
            environment = running.environment()
            environment["PATH"] = f"{programs}{os.pathsep}{environment['PATH']}"
            _run(text, env=environment)
            configuration.unlink()
            state = running.server.query(
                f"SELECT state FROM ir_module_module WHERE name = '{ADDON}'", database
            )
            if state != [["installed"]]:
                raise SetupError(f"{ADDON} is {state} afterwards.")
    return "the clone is installed"


def _pip():
    """In a checkout that is called anything."""
    with tempfile.TemporaryDirectory() as temporary:
        checkout = Path(temporary) / "anything"
        subprocess.run(["git", "clone", "--quiet", ROOT, checkout], check=True)
        venv.create(Path(temporary) / "environment", with_pip=True)
        programs = Path(temporary) / "environment" / "bin"
        path = f"{programs}{os.pathsep}{os.environ['PATH']}"
        _run(PIP, cwd=checkout, env={**os.environ, "PATH": path})
        for name in addon.own_modules():
            if not list(programs.parent.glob(f"lib/*/site-packages/odoo/addons/{name}")):
                raise SetupError(f"{PIP} did not put {name} where Odoo looks for it.")
    return "the addons are where Odoo looks for them"


RUNS = {"make demo": _demo, "make test": _test, "git clone": _addons_path}


@command
def main():
    text = (ROOT / "README.md").read_text()
    passed = 0
    for block in BLOCK.findall(text):
        known = [run for begin, run in RUNS.items() if block.startswith(begin)]
        if not known:
            raise SetupError(f"The README has commands that nobody tries:\n{block}")
        say(f"  {block.splitlines()[0]}: {known[0](block)}")
        passed += 1
    if f"`{PIP}`" not in text:
        raise SetupError(f"The README does not name {PIP} any more.")
    say(f"  {PIP}: {_pip()}")
    say(f"{passed + 1} passed, 0 failed")


if __name__ == "__main__":
    main()
