"""The delivery of a statement's mail: written on the statement, and tried again."""

from contextlib import contextmanager
from unittest.mock import patch

from odoo.exceptions import UserError

from .common_statement import StatementSendingCommon


class TestCustomerStatementDelivery(StatementSendingCommon):
    @contextmanager
    def mail_server(self, error=None):
        """The mail server takes what is sent, or fails.

        :return: the addresses that got a mail
        """
        arrived = []

        def send_email(_server, message, *_args, **_kwargs):
            if error:
                raise error
            arrived.append(message["To"])
            return message["Message-Id"]

        server = type(self.env["ir.mail_server"])
        with (
            patch.object(server, "_disable_send", lambda _server: False),
            patch.object(server, "_connect__", lambda *_args, **_kwargs: None),
            patch.object(server, "send_email", send_email),
        ):
            if error:
                with self.assertLogs("odoo.addons.mail", "ERROR"):
                    yield arrived
            else:
                yield arrived
        self.env.invalidate_all()

    def queue(self, statements):
        """The mail queue runs for these statements."""
        self.mails(statements).filtered(lambda mail: mail.state == "outgoing").send()

    def queued(self, customers=None):
        """A batch whose mails wait in the queue."""
        batch = self.sent_from(customers or self.many_customers())
        self.run_cron()
        self.assertEqual((batch.state, batch.sent_count), ("done", len(batch.statement_ids)))
        return batch

    def test_a_mail_server_that_fails_later_is_said(self):
        batch = self.queued()
        lost = batch.statement_ids[3]
        with self.mail_server():
            self.queue(batch.statement_ids - lost)
        with self.mail_server(ValueError("The server is full")):
            self.queue(lost)
        self.assertRecordValues(batch, [{"state": "done", "sent_count": 7, "failed_count": 1}])
        self.assertEqual(batch.problem_ids, lost)
        self.assertRegex(
            lost.message, "The email to Customer 3 could not be delivered: The server is full"
        )

        with self.mail_server() as arrived:
            batch.action_retry()
            self.queue(batch.statement_ids)
        self.assertRecordValues(batch, [{"sent_count": 8, "failed_count": 0}])
        self.assertRecordValues(lost, [{"state": "sent", "message": False}])
        self.assertEqual(arrived, ['"Customer 3" <c3@example.com>'])

    def test_what_fails_at_once_is_said_at_once(self):
        with self.mail_server(ValueError("The server is full")):
            statement = self.sent_from(self.customer)
        self.assertEqual(statement.state, "failed")
        self.assertIn("The server is full", statement.message)
        failed = self.mails(statement)
        self.assertEqual(failed.state, "exception")
        with self.mail_server() as arrived:
            statement.action_send()
            self.assertEqual(failed.state, "cancel", "Nobody sends the first one as well.")
            self.queue(statement)
        self.assertEqual((statement.state, len(arrived)), ("sent", 1))
        with self.assertRaisesRegex(UserError, "has already been sent"):
            statement.action_send()

    def test_a_mail_that_comes_back_is_said(self):
        """The customer's mail server says days later that nobody has that address."""
        batch = self.queued()
        bounced = batch.statement_ids[2]
        with self.mail_server():
            self.queue(batch.statement_ids)
        bounced.mail_message_id.sudo().notification_ids.write(
            {"notification_status": "bounce", "failure_type": "mail_bounce"}
        )
        self.assertRecordValues(batch, [{"sent_count": 7, "failed_count": 1}])
        self.assertIn("could not be delivered: Bounce", bounced.message)

    def test_a_mail_that_odoo_sends_after_all_is_not_sent_again(self):
        """An administrator repairs the mail server and sends what failed from the mail queue,
        while the billing user has the batch try again."""
        batch = self.queued()
        with self.mail_server(ValueError("The server is full")):
            self.queue(batch.statement_ids)
        self.assertRecordValues(batch, [{"failed_count": 8}])
        batch.action_retry()
        self.assertRecordValues(batch, [{"state": "sending", "to_send_count": 8}])
        failed = self.mails(batch.statement_ids)
        failed.mark_outgoing()
        with self.mail_server() as arrived:
            failed.send()
        self.assertRecordValues(batch, [{"to_send_count": 0, "sent_count": 8}])
        with self.mail_server() as again:
            self.run_cron()
            self.queue(batch.statement_ids)
        self.assertEqual((len(arrived), again), (8, []))
        self.assertRecordValues(batch, [{"state": "done", "sent_count": 8}])

    def test_only_the_statements_own_mail_counts(self):
        """A note to a colleague that is lost says nothing of the customer's mail, and nobody
        cancels another record's mail by way of a statement."""
        self.stranger.email = "stranger@example.com"
        statement = self.sent_from(self.customer)
        with self.mail_server(ValueError("The server is full")):
            note = statement.message_post(body="Look", partner_ids=self.stranger.ids)
        self.assertIn("exception", note.sudo().notification_ids.mapped("notification_status"))
        self.assertEqual(statement.state, "sent")
        with self.mail_server(ValueError("The server is full")):
            other = self.stranger.message_post(
                body="Hello", partner_ids=self.stranger.ids, subtype_xmlid="mail.mt_comment"
            )
        mail = self.env["mail.mail"].search([("mail_message_id", "=", other.id)])
        self.assertEqual(mail.state, "exception")
        forged = self.statement(self.customer)
        forged.sudo().mail_message_id = other
        forged.action_send()
        self.assertEqual((forged.state, mail.state), ("sent", "exception"))
