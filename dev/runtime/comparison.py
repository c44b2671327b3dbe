"""Other people's addons that the benchmark compares with: installed for it, and for nothing else.

They are never on the addons path of the demo or the tests, and the addon depends on none of them.
"""

from .console import run
from .paths import build_once, digest, logs
from .python import HINT, REQUIREMENTS

MODULES = ("account_financial_report", "partner_statement")


def addons_folder(python):
    """The folder with the addons, for the addons path; `python` is an interpreter with pip."""
    pins = REQUIREMENTS / "comparison.txt"

    def build(folder):
        command = [python, "-m", "pip", "install", "--disable-pip-version-check", "--no-deps"]
        run(
            [*command, "--target", folder, "-r", pins],
            "Installing OCA's reports to compare with",
            logs() / "python.log",
            HINT,
        )

    name = f"comparison-{digest(pins.read_text())}"
    return build_once(name, build, megabytes=100) / "odoo" / "addons"
