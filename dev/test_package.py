"""`make test-package`: the archives hold what Odoo loads, and an Odoo that has only them works.

They are built as `make package` builds them. A fresh environment gets Odoo's Python packages and
the wheels; Odoo, told of no addons folder but its own, finds the addons there, installs them all,
and posts credits. From the source archive the same wheel must come out.
"""

import copy
import subprocess
import tarfile
import tempfile
import zipfile
from pathlib import Path

import odoo_script
import package
from runtime import addon, databases, python
from runtime.console import say
from runtime.errors import SetupError, command
from runtime.paths import ADDON
from runtime.session import session

#: The folder of the addons in a wheel.
ADDONS_IN_WHEEL = "odoo/addons"
#: Parts of the repository that are not in the addon's archives; must agree with dev/packaging.
NOT_IN_IT = (
    ".",
    "CONTRIBUTING.md",
    "Makefile",
    "addons/",
    "dev/",
    "doc/pictures/",
    "test-requirements.txt",
)


def _wheel_of(archives, name):
    (wheel,) = [
        path
        for path in archives
        if path.name.startswith(f"odoo_addon_{name}-19.0.1") and path.suffix == ".whl"
    ]
    return wheel


def _names(wheel):
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if name.startswith(f"{ADDONS_IN_WHEEL}/")}


def _committed(folder):
    answer = subprocess.run(
        ["git", "ls-files", "."], cwd=folder, capture_output=True, text=True, check=True
    )
    return [name for name in answer.stdout.splitlines() if (folder / name).exists()]


def _check_files(archives):
    """Check that each wheel holds the committed files of its addon, and nothing else."""
    for name in addon.all_modules():
        folder = addon.folder(name)
        left_out = (*NOT_IN_IT, "pyproject.toml") if name == ADDON else ("pyproject.toml",)
        wanted = {
            f"{ADDONS_IN_WHEEL}/{name}/{path}"
            for path in _committed(folder)
            if not path.startswith(left_out)
        }
        found = {path for path in _names(_wheel_of(archives, name)) if "pyproject" not in path}
        if wanted != found:
            raise SetupError(
                f"The wheel of {name} lacks {sorted(wanted - found)[:5]} and has too much: "
                f"{sorted(found - wanted)[:5]}"
            )
        say(f"  {name}: {len(found)} files, as committed")


def _check_source_archive(archives, folder):
    """Check that a build from the source archive gives the same wheel."""
    (source,) = [
        path
        for path in archives
        if path.name.startswith(f"odoo_addon_{ADDON}-") and path.name.endswith(".tar.gz")
    ]
    with tarfile.open(source) as archive:
        archive.extractall(folder, filter="data")
    (unpacked,) = [path for path in folder.iterdir() if path.is_dir()]
    target = folder / "wheel"
    builder = python.interpreter(python.environment("package", megabytes=50))
    subprocess.run(
        [builder, "-m", "build", "--wheel", "--outdir", target, unpacked],
        check=True,
        capture_output=True,
    )
    again = _names(next(target.iterdir()))
    if again != _names(_wheel_of(archives, ADDON)):
        raise SetupError("The source archive builds another wheel.")
    say(f"  {source.name} builds the same wheel")


def _check_installed(archives, environment):
    """An Odoo that has nothing but its own addons and the wheels."""
    wheels = [path for path in archives if path.suffix == ".whl"]
    interpreter = python.interpreter(environment)
    subprocess.run(
        [interpreter, "-m", "pip", "install", "--quiet", "--no-deps", *wheels], check=True
    )
    with session() as running:
        there = copy.copy(running)
        there.python, there.own_addons = interpreter, []
        template = databases.glue_template(running, addon.glue_apps())
        with databases.temporary_copy(running, template, "package") as database:
            modules = addon.all_modules()
            with databases.without_demo(running, database):
                databases.install(there, database, modules, label="from the wheels alone")
            found = odoo_script.ask(there, database, "inside/where.py", job=modules)
            for name, path in found.items():
                if not Path(path).is_relative_to(environment):
                    raise SetupError(f"Odoo loaded {name} from {path}, not from the wheel.")
            made = odoo_script.ask(there, database, "life/documents.py")
            made = len(made["credits"])
            say(f"  {len(found)} addons loaded from the wheels, {made} credits made")


@command
def main():
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        archives = package.build(folder / "dist")
        _check_files(archives)
        (folder / "source").mkdir()
        _check_source_archive(archives, folder / "source")
        environment = folder / "environment"
        python.create(environment, "odoo")
        _check_installed(archives, environment)
    say("3 passed, 0 failed")


if __name__ == "__main__":
    main()
