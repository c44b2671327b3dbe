"""A customer's statement by mail: who gets it, what is in it, and that nobody gets two."""

from lxml import html

from odoo.exceptions import UserError

from ..models.receivable_choices import StatementChoices
from .common_customer import TODAY
from .common_statement import StatementSendingCommon


class TestCustomerStatementSending(StatementSendingCommon):
    # === One customer ===

    def test_one_customer_gets_a_mail_with_the_statement(self):
        self.document(1000.0)
        self.document(-250.0)
        statement = self.sent_from(self.customer)
        self.assertRecordValues(
            statement,
            [
                {
                    "state": "sent",
                    "message": False,
                    "partner_id": self.customer.id,
                    "batch_id": False,
                    "user_id": self.clerk.id,
                    "amount_due": "$\N{NO-BREAK SPACE}750.00",
                }
            ],
        )
        mail = self.mails(statement)
        self.assertEqual(mail.recipient_ids, self.customer)
        self.assertIn("Statement as of 07/15/2023", mail.subject)
        self.assertIn("750.00", mail.body_html)
        self.assertIn("clerk@company.example.com", mail.email_from)
        attachment = mail.attachment_ids
        self.assertIn("Statement Montboro School District 2023-07-15", attachment.name)
        self.assertTrue(statement.message_ids, "The mail stays with the statement.")

    def mail_text(self, **values):
        """The text of the mail of a new statement."""
        body = self.mails(self.sent_from(self.customer, **values)).body_html
        text = html.fromstring(body).text_content().replace("\N{NO-BREAK SPACE}", " ")
        return " ".join(text.replace("\ufeff", "").split())

    def test_what_the_mail_says(self):
        company = self.env.company
        company.phone = "+1 303 555 0142"
        self.env["res.partner.bank"].create(
            {"acc_number": "1234 5678", "partner_id": company.partner_id.id}
        )
        self.document(1000.0)
        self.document(50.0, invoice_date="2023-07-10")
        text = self.mail_text()
        for words in (
            "Amount due: $ 1,050.00. Past due: $ 1,000.00.",
            "Pay to: account 1234 5678.",
            "please reply to this message or call +1 303 555 0142.",
        ):
            self.assertIn(words, text)
        for words in ("No payment is due", "Credit balance", "To pay online"):
            self.assertNotIn(words, text)
        self.document(-1800.0)
        text = self.mail_text()
        self.assertIn("Credit balance: $ 750.00. No payment is due.", text)
        for words in ("Amount due", "Past due", "Pay to", "-750"):
            self.assertNotIn(words, text)

    def test_the_invoicing_contact_gets_it(self):
        contact = self.partners.create(
            {
                "name": "Accounts Payable",
                "type": "invoice",
                "parent_id": self.customer.id,
                "email": "payable@montboro.example.com",
            }
        )
        self.document(1000.0)
        statement = self.sent_from(self.customer)
        self.assertEqual(statement.recipient_id, contact)
        self.assertEqual(self.mails(statement).recipient_ids, contact)
        contact.email = False
        self.assertEqual(self.mails(self.sent_from(self.customer)).recipient_ids, self.customer)

    def test_without_a_mail_address_it_is_skipped(self):
        self.customer.email = "none of your business"
        statement = self.sent_from(self.customer)
        self.assertEqual(statement.state, "skipped")
        self.assertRegex(statement.message, "Montboro School District has no email address")
        self.assertFalse(self.mails(statement))
        self.customer.email = "billing@montboro.example.com"
        statement.action_send()
        self.assertEqual((statement.state, statement.message), ("sent", False))

    def test_who_is_archived_is_skipped(self):
        """Who left may still owe something: that no mail went out is said, with what to do."""
        self.document(1000.0)
        self.customer.active = False
        statement = self.statement(self.customer)
        statement.action_send()
        self.assertFalse(statement.recipient_id)
        self.assertEqual((statement.state, statement.sent_on), ("skipped", False))
        self.assertRegex(
            statement.message,
            "Montboro School District is archived.*Unarchive the customer.*or print",
        )
        self.assertFalse(self.mails(statement))
        self.customer.active = True
        statement.action_send()
        self.assertRecordValues(statement, [{"state": "sent", "message": False}])
        self.assertEqual(self.mails(statement).recipient_ids, self.customer)

    def test_an_archived_customers_invoicing_contact_still_gets_it(self):
        contact = self.partners.create(
            {
                "name": "Accounts Payable",
                "type": "invoice",
                "parent_id": self.customer.id,
                "email": "payable@montboro.example.com",
            }
        )
        self.customer.active = False
        statement = self.statement(self.customer)
        statement.action_send()
        self.assertEqual(self.mails(statement).recipient_ids, contact)
        self.assertEqual(statement.state, "sent")

    def test_without_a_language_it_is_the_companys(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.env.company.partner_id.lang = "fr_FR"
        self.customer.lang = False
        self.document(1000.0)
        statement = self.sent_from(self.customer)
        self.assertEqual((statement.state, statement.lang), ("sent", "fr_FR"))
        mail = self.mails(statement)
        self.assertIn("15/07/2023", mail.subject)
        self.assertIn("1 000,00", " ".join(mail.body_html.split()))
        on_screen = statement.with_context(lang="en_US")
        self.assertIn("1,000.00", on_screen.amount_due)

    def test_nobody_gets_two_mails(self):
        statement = self.sent_from(self.customer)
        with self.assertRaisesRegex(UserError, "has already been sent"):
            statement.action_send()
        statement._send()
        self.assertEqual(len(self.mails(statement)), 1)

    def test_a_statement_that_says_nothing_is_open_can_be_sent(self):
        statement = self.sent_from(self.customer)
        self.assertEqual((statement.state, statement.amount_due), ("sent", ""))
        self.assertIn("No payment is due", self.mails(statement).body_html)

    def test_a_failing_mail_says_why(self):
        statement = self.statement(self.customer)
        with self.broken(self.customer), self.assertLogs("odoo.addons", "WARNING"):
            statement.action_send()
        self.assertRecordValues(statement, [{"state": "failed", "message": "Out of paper"}])
        self.assertFalse(self.mails(statement))

    def test_many_are_for_their_batch(self):
        choices = StatementChoices("open_item", TODAY)
        statements = self.model._make(self.many_customers(), choices)
        with self.assertRaisesRegex(UserError, "at most 5 at a time"):
            statements.action_send()
        with self.assertRaisesRegex(UserError, "Select at least one statement"):
            self.model.action_send()
