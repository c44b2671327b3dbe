"""`make package`: the wheel and the source archive of every addon here, into dist/."""

import os
import shutil
import subprocess

from runtime import addon, python
from runtime.console import run, say
from runtime.errors import command
from runtime.paths import ROOT, logs

HINT = "The lines below say what the builder missed."


def build(target):
    """Build all archives into a folder, which is emptied first.

    :return: the archives' paths
    """
    environment = python.environment("package", megabytes=50)
    shutil.rmtree(target, ignore_errors=True)
    # The version is the manifest's, not one that counts commits.
    variables = {**os.environ, "WHOOL_POST_VERSION_STRATEGY_OVERRIDE": "none"}
    for name in addon.all_modules():
        run(
            [
                *(python.interpreter(environment), "-m", "build"),
                *("--outdir", target, addon.folder(name)),
            ],
            f"Building {name}",
            logs() / "package.log",
            HINT,
            env=variables,
        )
    return sorted(target.iterdir())


@command
def main():
    for path in build(ROOT / "dist"):
        say(f"  dist/{path.name}")
    status = subprocess.run(
        ["git", "status", "--porcelain"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if status.stdout.strip():
        say("  Not only what is committed is in them: git status tells what is not.")


if __name__ == "__main__":
    main()
