"""A database server of one command alone, which it may kill.

It is set up like one in production: what it said is committed stays committed, whatever happens.
"""

import contextlib
import os
import shutil
import signal
import time
from pathlib import Path

from . import postgres
from .errors import SetupError

DURABLE = """
fsync = on
synchronous_commit = on
full_page_writes = on
wal_level = replica
"""


class PrivateServer(postgres.Server):
    """Its data are gone when the block of :func:`running` ends."""

    def __init__(self, programs, folder):
        super().__init__(programs, postgres.socket_folder(folder), postgres.ROLE, folder / "data")
        self.cluster = folder / "cluster"
        self.log = folder / "postgres.log"

    def create(self):
        postgres.create(self.programs, self.cluster, self.host)
        with open(self.cluster / "postgresql.conf", "a") as stream:
            stream.write(DURABLE)
        self.data.mkdir()

    def start(self):
        postgres.start(self.programs, self.cluster, self.log)

    def checkpoint(self):
        """As every server in use has made one since its databases were made. A fresh copy's
        sequences forget their next values in a crash: PostgreSQL writes them down ahead, and
        takes the original's word that it has."""
        admin = postgres.Server(self.programs, self.host, "postgres", self.data)
        admin.query("CHECKPOINT")

    def stop(self):
        postgres.control(self.programs, self.cluster, "stop", "-m", "fast")

    def kill(self):
        """Every process of it at once, as when somebody pulls the plug."""
        postmaster = int((self.cluster / "postmaster.pid").read_text().split()[0])
        processes = [postmaster, *_children(postmaster)]
        for process in processes:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        deadline = time.monotonic() + 30
        while any(Path(f"/proc/{process}").exists() for process in processes):
            if time.monotonic() > deadline:
                raise SetupError("PostgreSQL survives being killed.")
            time.sleep(0.05)


def _children(parent):
    for status in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            if int(status.read_text().rpartition(")")[2].split()[1]) == parent:
                yield int(status.parent.name)


@contextlib.contextmanager
def running(environment, purpose):
    """A server that nobody else uses, for as long as the block lasts."""
    package = postgres.package_folder(environment)
    shared = postgres.base_folder(package)
    folder = shared.with_name(f"{shared.name}-{purpose}-{os.getpid()}")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    server = PrivateServer(postgres.programs_folder(package, shared), folder)
    try:
        server.create()
        server.start()
        postgres.create_role(server)
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
