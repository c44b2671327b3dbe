"""`make terms`: export the strings of this checkout and merge them into its languages.

Each addon's .pot is written by Odoo's own export; each .po keeps what is translated, loses what
is gone, and gets what is new without a translation. Nothing is guessed: a changed string is new.
With CHECK=1 (`make check-terms`) it is a failure that there was something to do.
"""

import os
import subprocess

from runtime import addon, databases
from runtime.console import say
from runtime.errors import SetupError, command
from runtime.paths import ROOT
from runtime.session import session

MERGE = ROOT / "dev" / "inside" / "merge_terms.py"


def _export(running, database, module, folder):
    """Export by Odoo, with the places of the strings as in any checkout."""
    path = folder / "i18n" / f"{module}.pot"
    path.parent.mkdir(exist_ok=True)
    configuration = running.configure(database)
    try:
        answer = subprocess.run(
            [running.python, "-m", "odoo", "i18n", "export", "--config", configuration]
            + ["--database", database, "--languages", "pot", "--output", path, module],
            env=running.environment(),
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        configuration.unlink()
    if answer.returncode:
        raise SetupError(f"Odoo could not export {module}:\n{answer.stderr[-2000:]}")
    merged = subprocess.run(
        [running.python, MERGE, path], capture_output=True, text=True, check=False
    )
    if merged.returncode:
        raise SetupError(f"The strings of {module} could not be merged:\n{merged.stderr[-2000:]}")
    if merged.stdout:
        say(merged.stdout.rstrip())


def _catalogues():
    """The content of each file of strings on the disk."""
    folders = map(addon.folder, addon.all_modules())
    paths = [path for folder in folders for path in sorted((folder / "i18n").glob("*.po*"))]
    return {path.relative_to(ROOT): path.read_bytes() for path in paths}


@command
def main():
    before = _catalogues()
    below, all_modules = addon.modules_below(), addon.all_modules()
    above = [module for module in all_modules if module not in below]
    with session() as running:
        # Texts that the addons above change are theirs.
        for template, installed, exported in (
            (databases.chart_template(running), below, below),
            (databases.glue_template(running, addon.glue_apps()), all_modules, above),
        ):
            with databases.temporary_copy_installed(
                running, template, "terms", installed
            ) as database:
                for module in exported:
                    _export(running, database, module, addon.folder(module))
    after = _catalogues()
    changed = [path for path in before | after if before.get(path) != after.get(path)]
    say(f"Changed: {', '.join(map(str, changed))}" if changed else "All strings are up to date.")
    return 1 if changed and os.environ.get("CHECK") else 0


if __name__ == "__main__":
    main()
