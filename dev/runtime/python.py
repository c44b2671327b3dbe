"""Virtual environments with pinned packages, one per purpose."""

import os
import shutil
import subprocess
import sys

from . import apt
from .console import folder_size, run
from .errors import SetupError
from .paths import ROOT, build_once, digest, logs

REQUIREMENTS = ROOT / "dev" / "requirements"
UV = "uv==0.13.9"
HINT = "Is the network up, and does `pip download uv` work? Then run the command again."


def environment(purpose, megabytes=700):
    """The environment for dev/requirements/<purpose>.txt; returns its folder."""
    pins = REQUIREMENTS / f"{purpose}.txt"
    version = ".".join(map(str, sys.version_info[:2]))
    name = f"python{version}-{purpose}-{digest(pins.read_text(), UV)}"

    def build(folder):
        create(folder, purpose)

    folder = build_once(name, build, megabytes)
    if not _works(folder):  # the Python it was made with has been removed since
        shutil.rmtree(folder)
        folder = build_once(name, build, megabytes)
    return folder


def create(folder, purpose):
    """A fresh environment with the packages of dev/requirements/<purpose>.txt, in this folder."""
    _create(folder)
    _install(folder, REQUIREMENTS / f"{purpose}.txt", purpose)


def interpreter(folder):
    return folder / "bin" / "python"


def _works(folder):
    answer = subprocess.run([interpreter(folder), "-c", ""], capture_output=True, check=False)
    return answer.returncode == 0


def _create(folder):
    """A virtual environment with pip in it, also where Debian split ensurepip off."""
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        _create_with_packaged_pip(folder)
        return
    answer = subprocess.run(
        [sys.executable, "-m", "venv", folder], capture_output=True, text=True, check=False
    )
    if answer.returncode:
        raise SetupError(
            f"{sys.executable} -m venv failed. On Debian: apt-get install python3-venv\n"
            + answer.stdout
            + answer.stderr
        )


def _create_with_packaged_pip(folder):
    """Debian without python3-venv: borrow the wheel of pip that package would have brought."""
    answer = subprocess.run(
        [sys.executable, "-m", "venv", "--without-pip", folder],
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode:
        raise SetupError("Python cannot make virtual environments: apt-get install python3-venv")
    source = apt.PrivateApt(folder / "apt", apt.codename())
    source.update()
    source.unpack(["python3-pip-whl"], folder / "packaged", "pip")
    source.forget()
    wheel = next((folder / "packaged").rglob("pip-*.whl"))
    subprocess.run(
        [interpreter(folder), f"{wheel}/pip", "install", "--quiet", "--no-index", wheel],
        check=True,
    )


def _install(folder, pins, purpose):
    log = logs() / "python.log"
    python = interpreter(folder)
    run(
        [python, "-m", "pip", "install", "--disable-pip-version-check", "--quiet", UV],
        "Installing the installer of Python packages",
        log,
        HINT,
    )
    label = f"Installing the Python packages for {purpose}"
    progress = folder_size(folder)
    fast = [python, "-m", "uv", "pip", "install", "--python", python, "-r", pins]
    thorough = [python, "-m", "pip", "install", "--disable-pip-version-check", "-r", pins]
    try:
        run(fast, label, log, HINT, env=_uv_environment(), progress=progress)
    except SetupError:
        # uv does not read pip's configuration, where a machine names its mirror or its proxy.
        run(thorough, f"{label} with pip instead", log, HINT, progress=progress)


def _uv_environment():
    """Trust the certificates that pip was told to trust."""
    trusted = os.environ.get("PIP_CERT")
    return {"SSL_CERT_FILE": trusted, **os.environ} if trusted else None
