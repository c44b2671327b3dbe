"""Sales speaks of credits in the languages of the base addon."""

from pathlib import Path

from odoo.exceptions import UserError

from odoo.addons.account_receivable.tests.common_languages import find_untranslated

from .common import SaleCreditCommon

FOLDER = Path(__file__).resolve().parent.parent / "i18n"


class TestLanguages(SaleCreditCommon):
    def test_every_sentence_is_translated(self):
        number, missing = find_untranslated(FOLDER, "sale_customer_credit")
        self.assertGreater(number, 50)
        for language, sentences in missing.items():
            with self.subTest(language=language):
                self.assertFalse(sentences)

    def test_a_french_seller_is_refused_in_french(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        modules = self.env["ir.module.module"].search([("name", "=", "sale_customer_credit")])
        modules._update_translations("fr_FR")
        self.document(-250.0)
        order = self.order(confirm=False)
        order.action_cancel()
        with self.assertRaisesRegex(UserError, "est annulé. Repassez-le en devis"):
            order.with_context(lang="fr_FR")._reserve_credits({})
