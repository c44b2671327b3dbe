"""Everything together: one object that can start Odoo on a running database server."""

import contextlib
import copy
import os

from . import addon, console, odoo, postgres, python, tools
from .paths import ADDON, LOCAL, ROOT

PROGRAM = ROOT / "dev" / "program" / "start_odoo.py"


class Session:
    """Odoo, its Python, a server and the programs it calls."""

    def __init__(self, odoo_home, environment, server, programs):
        self.odoo_home = odoo_home
        self.python = python.interpreter(environment)
        self.server = server
        self.programs = programs
        self.more_addons = []  # folders that one command alone puts on the addons path
        self.own_addons = addon.addons_folders()

    def with_addon_from(self, folder):
        """The same with another version of the addon: the one in this folder."""
        other = copy.copy(self)
        below = folder / ADDON / "addons"  # a version of long ago was one addon
        other.own_addons = [folder, below] if below.is_dir() else [folder]
        return other

    def environment(self):
        """For Odoo's process: its code, its Python's programs, the printer and the browser."""
        server = self.server.environment()
        path = [*self.programs, self.python.parent, self.server.programs, os.environ["PATH"]]
        server["PATH"] = os.pathsep.join(map(str, path))
        server["PYTHONPATH"] = str(self.odoo_home)
        server["PYTHONUNBUFFERED"] = "1"
        server.pop("ODOO_RC", None)
        return server

    def configure(self, name, **options):
        """Write a configuration into the ignored folder and return its path."""
        folders = [
            *odoo.addons_folders(self.odoo_home),
            *self.own_addons,
            *self.more_addons,
        ]
        options = {
            "addons_path": ",".join(map(str, folders)),
            "data_dir": self.server.data,
            "db_host": self.server.host,
            "db_port": self.server.port or False,
            "db_user": self.server.user,
            "http_interface": "127.0.0.1",
            "list_db": False,
            "max_cron_threads": 0,
            **options,
        }
        LOCAL.mkdir(exist_ok=True)
        path = LOCAL / f"{name}.conf"
        lines = [f"{key} = {value}\n" for key, value in options.items()]
        path.write_text("[options]\n" + "".join(lines))
        return path

    def command(self, configuration, database, *arguments):
        return [
            self.python,
            PROGRAM,
            "--config",
            configuration,
            "--database",
            database,
            *arguments,
        ]


@contextlib.contextmanager
def session(browser=False):
    """Set up what is missing and keep the database server running for the block."""
    console.say("Setting up (nothing is installed on this machine; see README.md)")
    odoo_home = odoo.home()
    environment = python.environment("odoo")
    programs = tools.printer()
    if browser:
        programs += tools.browser()
    with postgres.running(environment) as server:
        yield Session(odoo_home, environment, server, programs)
