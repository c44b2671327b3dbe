"""Packages from the Debian archive that the machine already uses, without installing them.

Everything apt reads and writes is private to a folder: no root is needed and the machine's own
sources stay as they are.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

from .console import folder_size, run
from .errors import SetupError
from .paths import logs
from .pins import NEVER_UNPACK

NETWORK_HINT = (
    "Is the network up, and does `apt-get update` work on this machine? Then run the command "
    "again; what is complete is kept."
)
KEYRINGS = ("debian-archive-keyring.pgp", "debian-archive-keyring.gpg")


def codename():
    """The release the machine runs: bookworm, trixie, ..."""
    for line in Path("/etc/os-release").read_text().splitlines():
        name, _equals, value = line.partition("=")
        if name == "VERSION_CODENAME":
            return value.strip('"')
    return "sid"


def archive():
    """The address of the Debian archive, as the machine's own sources name it.

    `update --print-uris` answers even where the lists were never fetched, as in a fresh container.
    """
    if not shutil.which("apt-get") or not shutil.which("dpkg-deb"):
        raise SetupError(
            "This set-up takes Odoo, wkhtmltopdf and Chromium from Debian's archive by apt-get, "
            "which is missing here. Install the last two yourself, and set ODOO_HOME to a "
            "checkout of Odoo 19."
        )
    listed = subprocess.run(
        ["apt-get", "update", "--print-uris"], capture_output=True, text=True, check=False
    ).stdout
    found = re.findall(r"'(\S+?)/dists/(\S+?)/InRelease'", listed)
    suites = (codename(), "stable", "testing", "unstable", "sid")
    addresses = [address for address, suite in found if suite in suites]
    # A third party may use the same suite's name; Debian's own archive is called debian.
    addresses.sort(key=lambda address: not address.rstrip("/").endswith("/debian"))
    if not addresses:
        raise SetupError(
            "No Debian archive among this machine's apt sources (/etc/apt/sources.list.d). "
            "Add it, or install wkhtmltopdf and chromium and set ODOO_HOME to a checkout of Odoo."
        )
    return addresses[0]


class PrivateApt:
    """apt for one suite of the archive, with all of its state in `folder`."""

    def __init__(self, folder, suite):
        self.folder = Path(folder)
        self.suite = suite
        for part in ("lists/partial", "cache/archives/partial", "debs"):
            (self.folder / part).mkdir(parents=True, exist_ok=True)
        (self.folder / "status").touch()  # an empty machine: every dependency counts as missing
        keyring = next(
            (
                f"/usr/share/keyrings/{name}"
                for name in KEYRINGS
                if os.path.exists(f"/usr/share/keyrings/{name}")
            ),
            None,
        )
        if not keyring:
            raise SetupError("Debian's keys are missing: apt-get install debian-archive-keyring")
        (self.folder / "sources.list").write_text(
            f"deb [signed-by={keyring}] {archive()} {suite} main\n"
        )

    def _command(self, *arguments):
        settings = {
            "Dir::Etc::sourcelist": self.folder / "sources.list",
            "Dir::Etc::sourceparts": "/dev/null",
            "Dir::Etc::preferences": "/dev/null",
            "Dir::Etc::preferencesparts": "/dev/null",
            "Dir::State": self.folder,
            "Dir::State::lists": self.folder / "lists",
            "Dir::State::status": self.folder / "status",
            "Dir::Cache": self.folder / "cache",
            "APT::Sandbox::User": "",  # the folder may be closed to the user `_apt`
            "APT::Update::Error-Mode": "any",
            "Acquire::Languages": "none",
            "Acquire::Retries": "3",
            "Acquire::IndexTargets::deb::DEP-11::DefaultEnabled": "false",
        }
        options = [part for name, value in settings.items() for part in ("-o", f"{name}={value}")]
        return ["apt-get", *options, *arguments]

    def update(self):
        run(
            self._command("update"),
            f"Reading Debian's list of packages ({self.suite})",
            logs() / "apt.log",
            NETWORK_HINT,
        )

    def has(self, package, version):
        answer = subprocess.run(
            self._command("download", "--print-uris", f"{package}={version}"),
            capture_output=True,
            text=True,
            check=False,
            cwd=self.folder / "debs",
        )
        return answer.returncode == 0

    def closure(self, packages):
        """The packages and everything they depend on, less what must not be unpacked."""
        answer = subprocess.run(
            self._command("install", "--print-uris", "-qq", "--no-install-recommends", *packages),
            capture_output=True,
            text=True,
            check=False,
        )
        if answer.returncode:
            raise SetupError(
                f"Debian {self.suite} does not offer {' '.join(packages)}:\n{answer.stderr}"
            )
        names = re.findall(r"^'\S+' ([^_\s]+)_", answer.stdout, re.M)
        return [name for name in names if not re.fullmatch(NEVER_UNPACK, name)]

    def forget(self):
        """Remove the lists, which are larger than most packages."""
        shutil.rmtree(self.folder)

    def unpack(self, packages, target, label):
        """Download the packages and unpack them into `target`, in that order."""
        debs = self.folder / "debs"
        run(
            self._command("download", *packages),
            f"Downloading {label}",
            logs() / "apt.log",
            NETWORK_HINT,
            cwd=debs,
            progress=folder_size(debs),
        )
        for deb in sorted(debs.glob("*.deb")):
            subprocess.run(["dpkg-deb", "-x", deb, target], check=True)
            deb.unlink()
