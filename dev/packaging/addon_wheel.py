"""Build backend: whool, run on the addon in a folder of the addon's name.

whool names an addon by its folder, as Odoo does, but this repository's root is the addon and a
checkout may be called anything. What Odoo does not load stays out of the wheel.
"""

import contextlib
import os
import shutil
import tempfile
from pathlib import Path

import whool.buildapi

ADDON = "account_customer_credit"
# Not the addon itself: its tooling, the glue addons (they are packages of their own), leftovers.
LEFT_OUT = (
    ".*",
    "dev",
    "addons",
    "CONTRIBUTING.md",
    "Makefile",
    "test-requirements.txt",
    "build",
    "dist",
    "*.egg-info",
    "*.whl",
    "__pycache__",
)


@contextlib.contextmanager
def _named_folder(*left_out, with_backend=False):
    root = Path.cwd()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / ADDON
        shutil.copytree(root, folder, ignore=shutil.ignore_patterns(*LEFT_OUT, *left_out))
        if with_backend:
            shutil.copytree(root / "dev" / "packaging", folder / "dev" / "packaging")
        os.chdir(folder)
        try:
            yield
        finally:
            os.chdir(root)


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    target = os.path.abspath(wheel_directory)
    with _named_folder("pictures"):  # the guide's, which nobody reads in a folder of programs
        return whool.buildapi.build_wheel(target, config_settings, metadata_directory)


def build_sdist(sdist_directory, config_settings=None):
    target = Path(sdist_directory).absolute()
    with _named_folder(with_backend=True):
        return whool.buildapi.build_sdist(target, config_settings)


def prepare_metadata_for_build_wheel(metadata_directory, config_settings=None):
    target = os.path.abspath(metadata_directory)
    with _named_folder():
        return whool.buildapi.prepare_metadata_for_build_wheel(target, config_settings)
