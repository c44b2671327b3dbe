"""What this addon says of itself: all of it in each language, and nothing of customer credits."""

import re
from pathlib import Path

from odoo.tests import BaseCase

from .common_languages import find_untranslated

ADDON = Path(__file__).resolve().parent.parent
#: What reads the same in every language.
NAMES = {"%(document)s: %(error)s", "%(figure)s: %(customer)s", "– BIC"}
#: The document of the addon above. Credit notes, and credits as a side of the ledger, are core's.
CUSTOMER_CREDIT = re.compile(r"customer[ ._-]?credit|credit[ ._-]?memo", re.IGNORECASE)


class TestSource(BaseCase):
    def test_every_sentence_is_translated(self):
        number, missing = find_untranslated(ADDON / "i18n", ADDON.name, NAMES)
        self.assertGreater(number, 200)
        for language, sentences in missing.items():
            with self.subTest(language=language):
                self.assertFalse(sentences)

    def test_it_knows_nothing_of_customer_credits(self):
        """It is useful alone, so the addon above extends it, and it names nothing of that one."""
        files = [
            path
            for folder in ("models", "wizards", "reports", "controllers", "views", "data")
            for path in (ADDON / folder).rglob("*")
            if path.suffix in (".py", ".xml")
        ]
        self.assertGreater(len(files), 40)
        found = [
            f"{path.name}:{number}: {line.strip()}"
            for path in files
            for number, line in enumerate(path.read_text().splitlines(), 1)
            if CUSTOMER_CREDIT.search(line)
        ]
        self.assertFalse("\n".join(found))
