"""A credit speaks the customer's language on paper and the user's on screen."""

from lxml import html

from .common import CustomerCreditCommon


class TestCreditMemoLanguage(CustomerCreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("fr_FR")
        # Core's words too: this module's are told from them.
        modules = cls.env["ir.module.module"].search(
            [("name", "in", ("account", "account_customer_credit"))]
        )
        modules._update_translations("fr_FR")
        cls.customer.lang = "fr_FR"

    def credit(self, **values):
        values = {
            "credit_reason_id": self.env.ref("account_customer_credit.credit_reason_reward").id,
            **values,
        }
        return self.customer_document([self.line(-250.0)], **values)

    def printed(self, move):
        content, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "account.report_invoice_with_payments", move.ids
        )
        text = html.fromstring(content).text_content().replace("\ufeff", "")
        return " ".join(text.split())

    def in_french(self, record):
        return record.with_context(lang="fr_FR")

    def test_the_memo_is_in_the_customers_language(self):
        """What the templates say and what Python says: title, date, reason, rest, what to do."""
        credit = self.credit()
        credit.action_post()
        text = self.printed(credit)
        for words in (
            f"Note de crédit {credit.name}",
            "Date du crédit",
            "Motif : Ristourne ou promotion",
            "Crédit restant $ -250,00",
            "Aucun paiement n'est dû. Ce crédit peut être imputé sur toute facture ouverte ou "
            "future, ou remboursé sur demande.",
        ):
            self.assertIn(words, text)
        for words in (
            "Credit Memo",
            "Credit Date",
            "Reason:",
            "Reward or promotion",
            "Credit remaining",
            "No payment is due",
            "Avoir",
            "Échéance",
        ):
            self.assertNotIn(words, text)

    def test_what_became_of_it_is_in_the_customers_language(self):
        credit = self.credit()
        invoice = self.customer_document([self.line(250.0)])
        (credit + invoice).action_post()
        self.apply(credit, invoice)
        text = self.printed(credit)
        self.assertIn(f"Imputé sur {invoice.name}", text)
        self.assertIn("Aucun paiement n'est dû. Ce crédit a été entièrement utilisé.", text)
        self.assertNotIn("Applied to", text)

    def test_every_title_is_in_the_customers_language(self):
        credit = self.credit()
        self.assertIn("Note de crédit brouillon", self.printed(credit))
        credit.button_cancel()
        self.assertIn("Note de crédit annulée", self.printed(credit))

    def test_a_draft_is_named_in_the_users_language(self):
        """Core's French words for a draft invoice give way to the credit's; the rest stays."""
        credit = self.credit(ref="PO 77")
        invoice = self.customer_document([self.line(250.0)], ref="PO 77")
        self.assertEqual(self.in_french(invoice).display_name, "Facture brouillon (PO 77)")
        self.assertEqual(self.in_french(credit).display_name, "Crédit client brouillon (PO 77)")
        self.assertEqual(self.in_french(credit).type_name, "Crédit client")
        self.env.invalidate_all()  # core keeps one name per request, whatever the language
        self.assertEqual(credit.display_name, "Draft Customer Credit (PO 77)")

    def test_the_file_and_the_mail_are_in_the_customers_language(self):
        credit = self.credit()
        credit.action_post()
        self.assertEqual(
            self.in_french(credit)._get_report_base_filename(), f"Note de crédit {credit.name}"
        )
        template = credit._get_mail_template()
        subject = template._render_field("subject", credit.ids, compute_lang=True)[credit.id]
        self.assertIn("Note de crédit", subject)
        body = template._render_field("body_html", credit.ids, compute_lang=True)[credit.id]
        self.assertIn("Veuillez trouver ci-joint la note de crédit", body)
        self.assertNotIn("Attached", body)
        self.assertNotIn("No payment is due", body)

    def test_a_credit_is_not_called_what_core_calls_its_credit_note(self):
        """Two documents that books keep apart have two names, in every language we speak."""
        for lang in ("fr_FR", "de_DE", "es_ES", "nl_NL"):
            self.env["res.lang"]._activate_lang(lang)
            self.env["ir.module.module"].search(
                [("name", "in", ("account", "account_customer_credit"))]
            )._update_translations(lang)
            credit = self.credit().with_context(lang=lang)
            note = self.customer_document([self.line(250.0)], move_type="out_refund").with_context(
                lang=lang
            )
            with self.subTest(lang=lang):
                self.assertNotEqual(credit.type_name, note.type_name)
                self.assertNotEqual(credit.type_name, "Customer Credit")
                self.assertNotEqual(credit._get_credit_memo_title(), "Draft Credit Memo")
                self.assertFalse(credit.display_name.startswith("Draft"))
                self.assertNotEqual(credit.display_name, note.display_name)
