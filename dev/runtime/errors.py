"""Failures that a person can do something about."""

import errno
import functools
import platform
import signal
import sys


class SetupError(Exception):
    """A step that cannot go on; its text says what to do."""


def check_python():
    """The pinned packages have wheels for these versions only; a bare machine has no compiler."""
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):
        raise SetupError(
            f"Python 3.11, 3.12 or 3.13 is needed and this is {platform.python_version()}. "
            "Name another one: make PYTHON=python3.12 ..."
        )


def _explain(error):
    if error.errno == errno.ENOSPC:
        return (
            "The disk is full. Free some space, or set XDG_CACHE_HOME to a folder on a larger one."
        )
    if error.errno in (errno.EACCES, errno.EROFS, errno.EPERM) and error.filename:
        return (
            f"{error.filename} cannot be written. Set XDG_CACHE_HOME to a folder that is yours, "
            "or give that one back to yourself (chown)."
        )
    return None


def command(main):
    """Run a command's `main`: its result is the exit code, its SetupError one clear message."""

    @functools.wraps(main)
    def run():
        # A terminal that closes and `kill` must tidy up as Ctrl-C does.
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.default_int_handler)
        try:
            check_python()
            sys.exit(main())
        except SetupError as error:
            message = str(error)
        except KeyboardInterrupt:
            print("\nStopped.", file=sys.stderr)
            sys.exit(130)
        except OSError as error:
            message = _explain(error)
            if message is None:
                raise
        print(f"\nERROR: {message}", file=sys.stderr)
        sys.exit(1)

    return run
