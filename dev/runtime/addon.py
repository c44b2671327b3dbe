"""This checkout as Odoo sees it: a folder called account_customer_credit on the addons path."""

import ast
import hashlib
import os

from .paths import ADDON, LOCAL, ROOT

# A change in any other folder is nothing that an update of the module would load.
NOT_LOADED = {"dev", "tests", "readme", "addons", "build", "dist", "__pycache__"}


def link():
    """The link that gives the checkout the addon's name, whatever its folder is called."""
    folder = LOCAL / "addons"
    folder.mkdir(parents=True, exist_ok=True)
    link = folder / ADDON
    if not (link.is_symlink() and link.resolve() == ROOT):
        link.unlink(missing_ok=True)
        link.symlink_to(os.path.relpath(ROOT, folder), target_is_directory=True)
    return link


def glue_modules():
    """The addons in addons/ that join this one to another app."""
    return sorted(path.parent.name for path in (ROOT / "addons").glob("*/__manifest__.py"))


def glue_apps():
    """Odoo's apps that the glue modules join: what they depend on beside this checkout."""
    ours = {ADDON, *glue_modules()}
    apps = set()
    for name in glue_modules():
        manifest = (ROOT / "addons" / name / "__manifest__.py").read_text()
        apps.update(ast.literal_eval(manifest)["depends"])
    return tuple(sorted(apps - ours))


def addons_folders():
    folders = [link().parent]
    if glue_modules():
        folders.append(ROOT / "addons")
    return folders


def fingerprint():
    """A key of what an update of the module would load."""
    key = hashlib.sha256()
    for parent, folders, files in os.walk(ROOT):
        folders[:] = sorted(
            name for name in folders if name not in NOT_LOADED and not name.startswith(".")
        )
        for name in sorted(files):
            path = os.path.join(parent, name)
            key.update(os.path.relpath(path, ROOT).encode())
            with open(path, "rb") as stream:
                key.update(stream.read())
    return key.hexdigest()[:16]
