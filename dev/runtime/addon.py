"""This checkout as Odoo sees it: a folder called account_customer_credit on the addons path, and
the folder addons/ with the addons below it and the glue beside it."""

import ast
import hashlib
import itertools
import os

from .paths import ADDON, LOCAL, ROOT

# A change in any other folder is nothing that an update of the module would load.
NOT_LOADED = {"dev", "doc", "tests", "readme", "addons", "build", "dist", "__pycache__"}
ADDONS = ROOT / "addons"


def link():
    """The link that gives the checkout the addon's name, whatever its folder is called."""
    folder = LOCAL / "addons"
    folder.mkdir(parents=True, exist_ok=True)
    link = folder / ADDON
    if not (link.is_symlink() and link.resolve() == ROOT):
        link.unlink(missing_ok=True)
        link.symlink_to(os.path.relpath(ROOT, folder), target_is_directory=True)
    return link


def folder(name):
    """Where one of this checkout's addons is."""
    return ROOT if name == ADDON else ADDONS / name


def _depends(name):
    return set(ast.literal_eval((folder(name) / "__manifest__.py").read_text())["depends"])


def _beside():
    return {path.parent.name for path in ADDONS.glob("*/__manifest__.py")}


def modules_below():
    """The addons in addons/ that this one is built upon."""
    return sorted(_beside() & _depends(ADDON))


def glue_modules():
    """The addons in addons/ that join this one to another app."""
    return sorted(_beside() - _depends(ADDON))


def own_modules():
    """This addon, after what it is built upon: to be updated together."""
    return [*modules_below(), ADDON]


def all_modules():
    """Every addon of this checkout, each after what it depends on."""
    return [*own_modules(), *glue_modules()]


def glue_apps():
    """Odoo's apps that the glue modules join: what they depend on beside this checkout."""
    apps = set().union(*map(_depends, glue_modules()))
    return tuple(sorted(apps - set(all_modules())))


def addons_folders():
    return [link().parent, ADDONS]


def fingerprint(modules=None):
    """A key of what an update of these addons would load, by default of :func:`own_modules`."""
    key = hashlib.sha256()
    walks = (os.walk(folder(name)) for name in modules or own_modules())
    for parent, folders, files in itertools.chain.from_iterable(walks):
        folders[:] = sorted(
            name for name in folders if name not in NOT_LOADED and not name.startswith(".")
        )
        for name in sorted(files):
            path = os.path.join(parent, name)
            key.update(os.path.relpath(path, ROOT).encode())
            with open(path, "rb") as stream:
                key.update(stream.read())
    return key.hexdigest()[:16]
