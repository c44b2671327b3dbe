"""Scripts below dev/ that run in Odoo's Python, each in a process of its own."""

import json
import os
import subprocess

from runtime.errors import SetupError
from runtime.paths import ROOT

DEV = ROOT / "dev"


def ask(running, database, script, *arguments, job=None):
    """Run a script on a database.

    :param script: its path below dev/; it may import what is beside it and in dev/inside/
    :param arguments: for its command line, after the configuration and the database
    :param job: what it reads, as JSON
    :return: its answer, the JSON of its last line
    """
    environment = running.environment()
    environment["PYTHONPATH"] += os.pathsep + str(DEV / "inside")
    configuration = running.configure(database)
    answer = subprocess.run(
        [running.python, DEV / script, configuration, database, *arguments],
        input=json.dumps(job),
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    configuration.unlink()
    if answer.returncode:
        raise SetupError(f"{script} failed:\n{answer.stderr[-3000:]}")
    return json.loads(answer.stdout.splitlines()[-1])
