"""Whether the tests that make up their own stories are there: they need hypothesis."""

import sys
from importlib.util import find_spec
from unittest import skipUnless

from odoo.tests import BaseCase, tagged


@tagged("post_install", "-at_install")
class TestProperties(BaseCase):
    @skipUnless(
        find_spec("hypothesis"),
        "hypothesis is missing (pip install -r test-requirements.txt), so the random lives, the "
        "invariants and the exact adjustments are not tested.",
    )
    def test_they_are_loaded(self):
        package = __name__.rpartition(".")[0]
        for name in ("test_adjustment_exact", "test_credit_invariants", "test_credit_life"):
            self.assertIn(f"{package}.{name}", sys.modules)
