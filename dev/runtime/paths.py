"""Where things are kept: per user, keyed by what was pinned, shared by all checkouts."""

import contextlib
import fcntl
import hashlib
import os
import shutil
from pathlib import Path

from .console import say
from .errors import SetupError

ADDON = "account_customer_credit"
ROOT = Path(__file__).resolve().parents[2]
LOCAL = ROOT / ".odoo"  # ignored by git: the link that names the addon, configurations, logs


def cache():
    """The user's cache folder for this addon's runtime."""
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    folder = Path(home).absolute() / ADDON
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def logs():
    folder = cache() / "logs"
    folder.mkdir(exist_ok=True)
    return folder


def digest(*parts):
    """A short key of the given texts: same pins, same folder."""
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()[:10]


@contextlib.contextmanager
def lock(name):
    """One process at a time; the kernel lets go of it however that process ends."""
    folder = cache() / "locks"
    folder.mkdir(exist_ok=True)
    with open(folder / name, "w") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"  Another command is busy with {name}; waiting for it.")
            fcntl.flock(stream, fcntl.LOCK_EX)
        yield


def need_disk(folder, megabytes):
    free = shutil.disk_usage(folder).free // 10**6
    if free < megabytes:
        raise SetupError(
            f"{folder} has {free} MB free and {megabytes} MB are needed. Free some space, "
            "or set XDG_CACHE_HOME to a folder on a larger disk."
        )


def build_once(name, build, megabytes):
    """Return the cached folder `name`, built by `build(folder)` if it is not there in full.

    The mark is written last, so an interrupted build is thrown away and done again. Folders are
    built where they stay: a virtual environment cannot be moved.
    """
    folder = cache() / name
    mark = folder / ".complete"
    if mark.exists():
        return folder
    with lock(name):
        if not mark.exists():
            need_disk(cache(), megabytes)
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            build(folder)
            mark.touch()
    return folder
