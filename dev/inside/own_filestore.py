"""A pytest plugin: each process of a parallel run has its own copy of the files.

Each has a copy of the database, but they would share the files of the original: what one process
makes and no longer needs, Odoo deletes, while another one has just made the same.
"""

import os
import shutil
import tempfile
from pathlib import Path

from odoo.tools import config

_folders = []


def pytest_sessionstart():
    if not os.environ.get("PYTEST_XDIST_WORKER"):
        return
    shared = Path(config["data_dir"])
    own = Path(tempfile.mkdtemp(prefix="worker_", dir=shared))
    _folders.append(own)
    for name in config["db_name"]:
        files = shared / "filestore" / name
        if files.exists():
            # Odoo's files are named by their content and never change.
            shutil.copytree(files, own / "filestore" / name, copy_function=os.link)
    config["data_dir"] = str(own)


def pytest_sessionfinish():
    for folder in _folders:
        shutil.rmtree(folder, ignore_errors=True)
