"""`make lint`: ruff, pylint-odoo, the OCA checks and plain words; all of them must be clean."""

import subprocess

from runtime import addon, python
from runtime.console import say
from runtime.errors import command
from runtime.paths import ADDON, ROOT

# A model is split over files by concern.
DISABLED = "--disable=consider-merging-classes-inherited"
WORDS = ROOT / "dev" / "inside" / "plain_words.py"


def _modules():
    """The folders that Odoo loads as addons, under the names it gives them."""
    return [addon.link(), *(addon.folder(name) for name in addon.all_modules() if name != ADDON)]


def _checks(environment):
    """Name, command and folder of each check; pylint names a module by its folder."""
    interpreter = python.interpreter(environment)
    programs = environment / "bin"
    yield "ruff", [programs / "ruff", "check", "."], ROOT
    for module in _modules():
        name = module.name
        rules = ROOT / "pyproject.toml"
        pylint = [interpreter, "-m", "pylint", "--rcfile", rules, DISABLED, name]
        yield f"pylint-odoo: {name}", pylint, module.parent
        oca = [interpreter, programs / "oca-checks-odoo-module", module]
        yield f"OCA module checks: {name}", oca, ROOT
        catalogues = sorted((module / "i18n").glob("*.po*"))
        if catalogues:
            oca_po = [interpreter, programs / "oca-checks-po", *catalogues]
            yield f"OCA translation checks: {name}", oca_po, ROOT
        texts = sorted((module / "i18n").glob("*.pot"))
        if texts:
            yield f"plain words: {name}", [interpreter, WORDS, *texts], ROOT


@command
def main():
    environment = python.environment("lint", megabytes=300)
    failed = []
    for name, check, folder in _checks(environment):
        say(f"== {name}")
        if subprocess.run(check, cwd=folder, stdin=subprocess.DEVNULL, check=False).returncode:
            failed.append(name)
    say("Lint: " + (f"not clean: {', '.join(failed)}" if failed else "all clean"))
    return 1 if failed else 0


if __name__ == "__main__":
    main()
