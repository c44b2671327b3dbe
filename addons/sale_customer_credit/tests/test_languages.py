"""Sales speaks of credits in the languages of the base addon."""

from pathlib import Path

import polib

from odoo.exceptions import UserError

from .common import SaleCreditCommon

FOLDER = Path(__file__).resolve().parent.parent / "i18n"


class TestLanguages(SaleCreditCommon):
    def test_every_sentence_is_translated(self):
        template = polib.pofile(str(FOLDER / "sale_customer_credit.pot"))
        sentences = {entry.msgid for entry in template if " " in entry.msgid}
        self.assertGreater(len(sentences), 50)
        for language in ("de", "es", "fr", "nl"):
            with self.subTest(language=language):
                entries = polib.pofile(str(FOLDER / f"{language}.po"))
                translated = {entry.msgid for entry in entries if entry.msgstr and not entry.fuzzy}
                self.assertFalse(sentences - translated)

    def test_a_french_seller_is_refused_in_french(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        modules = self.env["ir.module.module"].search([("name", "=", "sale_customer_credit")])
        modules._update_translations("fr_FR")
        self.document(-250.0)
        order = self.order(confirm=False)
        order.action_cancel()
        with self.assertRaisesRegex(UserError, "est annulé. Repassez-le en devis"):
            order.with_context(lang="fr_FR")._reserve_credits({})
