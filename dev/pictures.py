"""`make pictures`: every picture of the documentation, taken while the guide's tours are played.

The tours are ordinary tests (test_guide_tours.py of two addons); told where to put pictures, they
take them. ARGS="-k aging" remakes some of them and leaves the others alone. FILM names a folder
for a film: each picture as it is in a window of 1,400 and of 390 pixels.
"""

import os
import subprocess
import sys
import tempfile

from runtime import python
from runtime.console import say
from runtime.errors import SetupError, command
from runtime.paths import ROOT

TOURS = "tests/test_guide_tours.py addons/account_receivable/tests/test_guide_tours.py"


def _play(folder):
    """Play the tours in a database of their own; a tour that fails is an error here too."""
    played = subprocess.run(
        [sys.executable, ROOT / "dev" / "test.py"],
        env={
            **os.environ,
            "TESTS": TOURS,
            "APPS": "",
            "CUSTOMER_CREDIT_PICTURES": folder,
            "CUSTOMER_CREDIT_FILM": os.environ.get("FILM", ""),
        },
        check=False,
    )
    if played.returncode:
        raise SetupError("A tour of the guide failed, so no picture was changed; see above.")


def _keep(folder):
    environment = python.environment("pictures", megabytes=50)
    everything = [] if os.environ.get("ARGS") else ["--everything"]
    kept = subprocess.run(
        [
            python.interpreter(environment),
            ROOT / "dev" / "keep_pictures.py",
            *everything,
            folder,
            ROOT,
        ],
        check=False,
    )
    if kept.returncode:
        raise SetupError("The pictures could not be kept; the reason is above.")


@command
def main():
    with tempfile.TemporaryDirectory() as folder:
        _play(folder)
        _keep(folder)
    say("Done. Look at what changed: git status, and open the pictures.")
    return 0


if __name__ == "__main__":
    main()
