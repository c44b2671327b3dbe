"""Run scripts below dev/ in Odoo's Python, each in its own process."""

import contextlib
import json
import os
import subprocess
import tempfile

from runtime.errors import SetupError
from runtime.paths import ROOT

DEV = ROOT / "dev"


def ask(running, database, script, *arguments, job=None):
    """Run a script on a database.

    :param script: its path below dev/; it may import what is beside it and in dev/inside/
    :param arguments: for its command line, after the configuration and the database
    :param job: its input, sent as JSON
    :return: its answer, from the JSON of its last line
    """
    with _started(running, database, script, arguments) as process:
        answer, errors = process.communicate(json.dumps(job))
    if process.returncode:
        raise SetupError(f"{script} failed:\n{errors[-3000:]}")
    return json.loads(answer.splitlines()[-1])


@contextlib.contextmanager
def conversation(running, database, script, *arguments):
    """Start a script that answers each line of its input by a line.

    :return: a function that asks once more and returns the answer from its JSON
    """
    with (
        tempfile.TemporaryFile("w+") as errors,
        _started(running, database, script, arguments, errors) as process,
    ):

        def once_more():
            with contextlib.suppress(BrokenPipeError):  # it has ended: see below
                process.stdin.write("\n")
                process.stdin.flush()
            if not (answer := process.stdout.readline()):
                errors.seek(0)
                raise SetupError(f"{script} failed:\n{errors.read()[-3000:]}")
            return json.loads(answer)

        yield once_more
        process.stdin.close()


@contextlib.contextmanager
def _started(running, database, script, arguments, stderr=subprocess.PIPE):
    environment = running.environment()
    environment["PYTHONPATH"] += os.pathsep + str(DEV / "inside")
    configuration = running.configure(database)
    try:
        with subprocess.Popen(
            [running.python, DEV / script, configuration, database, *arguments],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
        ) as process:
            yield process
    finally:
        configuration.unlink()
