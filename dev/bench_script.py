"""The scripts in dev/bench: each runs in a process of its own, in Odoo's Python."""

import json
import subprocess

from runtime.errors import SetupError
from runtime.paths import ROOT


def ask(running, database, script, *arguments, job=None):
    """Run a script of dev/bench on a database.

    :param arguments: for its command line, after the configuration and the database
    :param job: what it reads, as JSON
    :return: its answer, the JSON of its last line
    """
    configuration = running.configure(database)
    answer = subprocess.run(
        [running.python, ROOT / "dev" / "bench" / script, configuration, database, *arguments],
        input=json.dumps(job),
        env=running.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    configuration.unlink()
    if answer.returncode:
        raise SetupError(f"The benchmark failed in {script}:\n{answer.stderr[-3000:]}")
    return json.loads(answer.stdout.splitlines()[-1])
