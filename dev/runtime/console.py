"""What a person sees: one line per step, moving while it works, and the log when it fails."""

import os
import subprocess
import sys
import time
from collections import deque

from .errors import SetupError

LAST_LINES = 15


def say(text=""):
    print(text, flush=True)


def _show(label, detail, seconds, end):
    text = (
        f"  {label} ... {detail} {seconds:.0f} s" if detail else f"  {label} ... {seconds:.0f} s"
    )
    sys.stdout.write("\r\033[K" + text[:110] + end if sys.stdout.isatty() else text + end)
    sys.stdout.flush()


def tail(log, lines=LAST_LINES):
    with open(log, errors="replace") as stream:
        return "".join(deque(stream, lines)).rstrip()


def run(command, label, log, hint, env=None, cwd=None, progress=None):
    """Run one step of the set-up, its output in `log`.

    `progress` returns a few words about how far it is; a terminal sees them every second, a log
    file (CI) only the step's end. A failure shows the last lines and `hint`: what to do about it.
    """
    started = time.monotonic()
    moving = sys.stdout.isatty()
    with open(log, "a") as stream:
        process = subprocess.Popen(
            [os.fspath(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
            env=env,
            cwd=cwd,
        )
        try:
            while True:
                try:
                    code = process.wait(timeout=1)
                    break
                except subprocess.TimeoutExpired:
                    if moving:
                        detail = progress() if progress else ""
                        _show(label, detail, time.monotonic() - started, "")
        except BaseException:
            process.terminate()
            process.wait()
            raise
    _show(label, "failed after" if code else "done in", time.monotonic() - started, "\n")
    if code:
        raise SetupError(f"{label} failed. {hint}\nThe end of {log}:\n{tail(log)}")


def folder_size(folder):
    """For `progress`: how much has arrived in a folder so far."""

    def megabytes():
        total = 0
        for parent, _folders, files in os.walk(folder):
            for name in files:
                try:
                    total += os.lstat(os.path.join(parent, name)).st_size
                except OSError:
                    continue  # apt renames its partial files meanwhile
        return f"{total / 1e6:.0f} MB,"

    return megabytes
