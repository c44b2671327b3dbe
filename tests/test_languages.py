"""The languages that the addon speaks: complete, and each in the words of its law."""

from pathlib import Path

from lxml import html

from odoo.addons.account_receivable.tests.common_languages import find_untranslated

from .common import CustomerCreditCommon

FOLDER = Path(__file__).resolve().parent.parent / "i18n"
#: What reads the same in every language; single words may, too.
NAMES = {"%(document)s: %(error)s", "Factur-x/XRechnung CII 2.2.0", "UBL 2.0"}


class TestLanguages(CustomerCreditCommon):
    def activate(self, lang):
        self.env["res.lang"]._activate_lang(lang)
        modules = self.env["ir.module.module"].search(
            [("name", "in", ("account", "account_customer_credit"))]
        )
        modules._update_translations(lang)
        self.customer.lang = lang

    def title_of_print(self):
        credit = self.customer_document([self.line(-250.0)], post=True)
        content, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "account.report_invoice", credit.ids
        )
        text = " ".join(html.fromstring(content).text_content().replace("\ufeff", "").split())
        return credit, text

    def test_every_sentence_is_translated(self):
        number, missing = find_untranslated(FOLDER, "account_customer_credit", NAMES)
        self.assertGreater(number, 300)
        for language, sentences in missing.items():
            with self.subTest(language=language):
                self.assertFalse(sentences)

    def test_a_british_print_is_a_credit_note(self):
        self.activate("en_GB")
        credit, text = self.title_of_print()
        self.assertIn(f"Credit Note {credit.name}", text)
        self.assertNotIn("Credit Memo", text)
        british = credit.with_context(lang="en_GB")
        self.assertEqual(british._get_report_base_filename(), f"Credit Note {credit.name}")
        self.assertEqual(british.type_name, "Customer Credit", "on screen it is what it is")
        template = credit._get_mail_template()
        subject = template._render_field("subject", credit.ids, compute_lang=True)[credit.id]
        self.assertIn("Credit Note", subject)

    def test_a_german_print_is_no_gutschrift(self):
        """A Gutschrift is a document of the customer (self-billing); this is a correction."""
        self.activate("de_DE")
        credit, text = self.title_of_print()
        self.assertIn(f"Rechnungskorrektur {credit.name}", text)
        self.assertNotIn("Gutschrift", text)
