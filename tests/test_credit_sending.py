"""Send & Print: one credit, and many documents at once, credits among invoices."""

from .common import CustomerCreditCommon


class TestCreditSending(CustomerCreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer.email = "office@example.com"
        cls.env.user.email = "clerk@example.com"

    def get_message(self, move):
        """The message that carries the document to the customer."""
        move.invalidate_recordset()
        messages = move.message_ids.filtered(lambda message: message.attachment_ids)
        self.assertEqual(len(messages), 1)
        return messages

    def check_credit_mail(self, credit):
        message = self.get_message(credit)
        self.assertIn("Credit Memo", message.subject)
        self.assertNotIn("Invoice", message.subject)
        self.assertIn("credit memo", message.body)
        self.assertIn("No payment is due", message.body)
        name = f"Credit Memo {credit.name.replace('/', '_')}.pdf"
        self.assertIn(name, message.attachment_ids.mapped("name"))
        self.assertEqual(credit.invoice_pdf_report_id.name, name)
        self.assertTrue(credit.is_move_sent)
        self.assertEqual(credit.tracking_status, "sent")

    def check_invoice_mail(self, invoice):
        message = self.get_message(invoice)
        self.assertIn("Invoice", message.subject)
        self.assertNotIn("credit", message.body.lower())
        self.assertNotIn("Credit Memo", "".join(message.attachment_ids.mapped("name")))
        self.assertEqual(invoice.tracking_status, "sent")

    def test_one_credit(self):
        credit = self.customer_document([self.line(-250.0)], post=True)
        self.assertEqual(credit.tracking_status, "to_send")
        wizard = self.env["account.move.send.wizard"].create({"move_id": credit.id})
        self.assertIn("Credit Memo", wizard.subject)
        self.assertEqual(wizard.mail_partner_ids, self.customer)
        wizard.action_send_and_print()
        self.check_credit_mail(credit)

    def test_a_credit_that_is_held_back_is_not_offered(self):
        """On hold until the goods are back: mail and memo do not say that there is something to
        use, nor that it has been used."""
        credit = self.customer_document([self.line(-250.0)], post=True)
        credit.credit_on_hold = True
        self.env["account.move.send.wizard"].create({"move_id": credit.id}).action_send_and_print()
        self.check_credit_mail(credit)
        reports = self.env["ir.actions.report"]
        memo, _kind = reports._render_qweb_html("account.report_invoice", credit.ids)
        for text in (self.get_message(credit).body, memo.decode()):
            self.assertIn("No payment is due", text)
            for words in ("of this credit remains", "used in full", "can be applied"):
                self.assertNotIn(words, text)
        other = self.customer_document([self.line(-40.0)], post=True)
        self.env["account.move.send.wizard"].create({"move_id": other.id}).action_send_and_print()
        self.assertIn("of this credit remains", self.get_message(other).body)

    def test_many_of_both_kinds(self):
        credits = self.env["account.move"]
        invoices = self.env["account.move"]
        for price in (100.0, -250.0, 30.0, -40.0):
            move = self.customer_document([self.line(price)], post=True)
            if price < 0:
                credits += move
            else:
                invoices += move
        wizard = (
            self.env["account.move.send.batch.wizard"]
            .with_context(active_model="account.move", active_ids=(credits + invoices).ids)
            .create({})
        )
        wizard.action_send_and_print(force_synchronous=True)
        for credit in credits:
            self.check_credit_mail(credit)
        for invoice in invoices:
            self.check_invoice_mail(invoice)

    def test_many_by_the_clock(self):
        credit = self.customer_document([self.line(-250.0)], post=True)
        invoice = self.customer_document([self.line(100.0)], post=True)
        wizard = self.env["account.move.send.batch.wizard"].create(
            {"move_ids": [(6, 0, (credit + invoice).ids)]}
        )
        wizard.action_send_and_print()
        self.assertEqual((credit + invoice).mapped("tracking_status"), ["to_send", "to_send"])
        with self.enter_registry_test_mode():
            self.env.ref("account.ir_cron_account_move_send").method_direct_trigger()
        self.check_credit_mail(credit)
        self.check_invoice_mail(invoice)

    def test_the_language_is_the_customers(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.customer.lang = "fr_FR"
        template = self.env.ref("account_customer_credit.email_template_credit_memo")
        credit = self.customer_document([self.line(-250.0)], post=True)
        lang = self.env["account.move.send"]._get_default_mail_lang(credit, template)
        self.assertEqual(lang, "fr_FR")

    def test_a_settled_credit_can_still_be_sent(self):
        credit = self.customer_document([self.line(-100.0)], post=True)
        invoice = self.customer_document([self.line(100.0)], post=True)
        self.apply(credit, invoice)
        self.env["account.move.send"]._generate_and_send_invoices(credit)
        self.assertIn("used in full", self.get_message(credit).body)
        self.assertFalse(credit.tracking_status, "settled: nothing to track")
