"""Odoo itself: the person's own (ODOO_HOME) or Debian's package, unpacked and not installed."""

import ast
import os
import re
from pathlib import Path

from . import apt, pins
from .console import say
from .errors import SetupError
from .paths import build_once, digest

PACKAGES = "usr/lib/python3/dist-packages"
# Debian strips this file (it blurs the background of video calls). Without any file there the web
# client logs an error, and an error in the log fails every browser tour.
STRIPPED = "odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"


def home():
    """The folder that holds the package `odoo`."""
    own = os.environ.get("ODOO_HOME")
    if own:
        return _checked(Path(own).expanduser().absolute())
    package = (pins.ODOO_PACKAGE, pins.ODOO_VERSION, pins.ODOO_COMPANIONS)
    key = digest(package, pins.STABLE_SUITE, pins.ODOO_FONTS)
    return build_once(f"odoo-{key}", _unpack, megabytes=2000) / PACKAGES


def addons_folders(odoo_home):
    """The folders with Odoo's own addons; a checkout has two, a package one."""
    folders = [odoo_home / "addons", odoo_home / "odoo" / "addons"]
    return [folder for folder in folders if folder.is_dir()]


def _checked(folder):
    release = folder / "odoo" / "release.py"
    if not release.exists():
        raise SetupError(
            f"ODOO_HOME={folder} holds no odoo/release.py. Name a checkout of Odoo 19 or the "
            "dist-packages folder that has the package `odoo` in it."
        )
    version = re.search(r"^version_info = (\(.*\))", release.read_text(), re.M)
    series = version.group(1).split(",")[:2] if version else []
    if [part.strip("( ") for part in series] != ["19", "0"]:
        found = ast.literal_eval(version.group(1))[:2] if version else "an unknown version"
        raise SetupError(f"ODOO_HOME={folder} is Odoo {found}; this addon is for Odoo 19.0.")
    return folder


def _unpack(folder):
    newest = apt.PrivateApt(folder / "apt" / pins.ODOO_SUITE, pins.ODOO_SUITE)
    stable = apt.PrivateApt(folder / "apt" / pins.STABLE_SUITE, pins.STABLE_SUITE)
    newest.update()
    stable.update()
    newest.unpack([_pinned(newest), *pins.ODOO_COMPANIONS], folder, "Odoo 19 (130 MB)")
    stable.unpack(pins.ODOO_FONTS, folder, "Odoo's fonts")
    newest.forget()
    stable.forget()
    stripped = folder / PACKAGES / STRIPPED
    stripped.parent.mkdir(parents=True, exist_ok=True)
    stripped.touch()


def _pinned(source):
    if source.has(pins.ODOO_PACKAGE, pins.ODOO_VERSION):
        return f"{pins.ODOO_PACKAGE}={pins.ODOO_VERSION}"
    say(
        f"  NOTE: Debian no longer has {pins.ODOO_PACKAGE} {pins.ODOO_VERSION}, which this addon "
        "was tested with; taking its newest 19.0."
    )
    return pins.ODOO_PACKAGE
