"""wkhtmltopdf and Chromium: the machine's own if it has them, else unpacked Debian packages.

Odoo finds both by PATH, so an unpacked one gets a small starter script in a `bin` folder.
"""

import os
import shlex
import shutil

from . import apt, pins
from .console import say
from .paths import build_once, digest

# Set to 1 to leave the machine's own programs alone (and to try the unpacked ones).
OWN_TOOLS_ONLY = "PRIVATE_TOOLS"
BROWSERS = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")

STARTER = """#!/bin/sh
# The libraries, fonts and plugins of the unpacked packages, and of no others.
root={root}
export LD_LIBRARY_PATH={libraries}
export FONTCONFIG_FILE="$root/fonts.conf"
export QT_PLUGIN_PATH={plugins}
export QT_QPA_PLATFORM=offscreen
export XDG_DATA_DIRS="$root/usr/share"
exec {program} "$@"
"""
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>{root}/usr/share/fonts</dir>
  <cachedir>{root}/fontconfig</cachedir>
</fontconfig>
"""


def printer():
    """Folders for PATH that hold wkhtmltopdf."""
    found = _on_machine("wkhtmltopdf")
    if found:
        say(f"  wkhtmltopdf: {found}")
        return []
    return [_packaged("wkhtmltopdf", pins.STABLE_SUITE, pins.PRINTER_PACKAGES, _printer_program)]


def browser():
    """Folders for PATH that hold a browser for the tours."""
    found = _on_machine(*BROWSERS)
    if found:
        say(f"  Browser: {found}")
        return []
    return [_packaged("chromium", apt.codename(), pins.BROWSER_PACKAGES, _browser_program)]


def browser_program(folders):
    """The browser itself, for those who start it by its path."""
    path = os.pathsep.join([*map(str, folders), os.environ["PATH"]])
    return next(filter(None, (shutil.which(name, path=path) for name in BROWSERS)), None)


def _on_machine(*names):
    if os.environ.get(OWN_TOOLS_ONLY) == "1":
        return None
    return next(filter(None, map(shutil.which, names)), None)


def _packaged(command, suite, packages, find_program):
    def build(folder):
        source = apt.PrivateApt(folder / "apt", suite)
        source.update()
        source.unpack(source.closure(packages), folder, f"{command} and its libraries")
        source.forget()
        _write_starter(folder, command, find_program(folder))

    key = digest(suite, packages, pins.NEVER_UNPACK, STARTER, FONTS)
    return build_once(f"{command}-{key}", build, megabytes=800) / "bin-own"


def _printer_program(folder):
    return folder / "usr/bin/wkhtmltopdf"


def _browser_program(folder):
    names = ("usr/lib/chromium/headless_shell", "usr/lib/chromium/chromium-headless-shell")
    return next(path for path in map(folder.joinpath, names) if path.exists())


def _write_starter(folder, command, program):
    (folder / "fonts.conf").write_text(FONTS.format(root=folder))
    triplets = sorted({path.parent for path in folder.glob("**/*-linux-gnu/*.so*")})
    libraries = [*triplets, *folder.glob("usr/lib/*-linux-gnu/nss"), program.parent]
    plugins = next(folder.glob("usr/lib/*-linux-gnu/qt5/plugins"), folder)
    starter = folder / "bin-own" / command
    starter.parent.mkdir()
    starter.write_text(
        STARTER.format(
            root=_quoted(folder),
            program=_quoted(program),
            plugins=_quoted(plugins),
            libraries=_quoted(":".join(map(str, libraries))),
        )
    )
    starter.chmod(0o755)


def _quoted(path):
    return shlex.quote(str(path))
