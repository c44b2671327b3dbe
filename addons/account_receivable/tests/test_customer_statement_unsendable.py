"""A problem that keeps all statements from being sent is reported once, to who can correct it."""

from unittest.mock import patch

from odoo.exceptions import UserError

from .common_statement import StatementSendingCommon

TEMPLATE = "account_receivable.email_template_customer_statement"
LOGGER = "odoo.addons.account_receivable"


class TestCustomerStatementUnsendable(StatementSendingCommon):
    def without_wkhtmltopdf(self, state="install"):
        return patch.object(
            type(self.env["ir.actions.report"]), "get_wkhtmltopdf_state", lambda self: state
        )

    def without_template(self):
        """Delete the template, as any user may delete a mail template of their own."""
        self.env.ref(TEMPLATE).unlink()

    def refused(self, sentence, *attempts):
        for attempt in attempts:
            with self.assertNoLogs(LOGGER, "WARNING"), self.assertRaisesRegex(UserError, sentence):
                attempt()

    def test_no_program_for_pdf_files(self):
        statement, customers = self.statement(self.customer), self.many_customers()
        self.dialog(customers).action_print()
        batch = self.batches.search([], limit=1)
        before = self.model.search_count([])
        for state in ("install", "broken"):
            with self.without_wkhtmltopdf(state):
                self.refused(
                    "wkhtmltopdf is missing or broken. Ask your system administrator",
                    statement.action_send,
                    batch.with_user(self.clerk).action_send,
                    batch.with_user(self.clerk).action_continue,
                    batch.with_user(self.clerk).action_retry,
                    self.dialog(self.customer).action_send,
                    self.dialog(customers).action_send,
                )
        self.assertEqual((statement.state, statement.message), ("to_send", False))
        self.assertEqual(self.model.search_count([]), before + 2 * 9, "The dialogs make and undo.")

    def test_an_older_program_does(self):
        with self.without_wkhtmltopdf("upgrade"):
            self.assertEqual(self.sent_from(self.customer).state, "sent")

    def test_a_template_without_a_print_needs_none(self):
        self.env.ref(TEMPLATE).report_template_ids = False
        with self.without_wkhtmltopdf():
            self.assertEqual(self.sent_from(self.customer).state, "sent")

    def test_no_template(self):
        statement = self.statement(self.customer)
        self.without_template()
        self.refused("email template for customer statements is missing", statement.action_send)
        self.refused("upgrade Accounts Receivable in Apps", statement.action_send)

    def test_it_goes_missing_while_a_batch_waits(self):
        """One line in the log for all of them, and each says what to do in the sender's words."""
        self.env["res.lang"]._activate_lang("fr_FR")
        self.clerk.lang = "fr_FR"
        batch = self.sent_from(self.many_customers(60))
        self.assertEqual(batch.state, "sending")
        with self.without_wkhtmltopdf(), self.assertLogs(LOGGER, "WARNING") as logs:
            self.run_cron()
        self.assertEqual(len(logs.output), 1, logs.output)
        self.assertIn("60 customer statements cannot be sent", logs.output[0])
        self.assertNotIn("Traceback", logs.output[0])
        self.assertRecordValues(batch, [{"state": "done", "failed_count": 60}])
        (message,) = set(batch.statement_ids.mapped("message"))
        self.assertIn("wkhtmltopdf", message)
        self.assertFalse(self.mails(batch.statement_ids))
        # It is installed; the sender tries again.
        batch.action_retry()
        self.run_cron()
        self.run_cron()
        self.assertRecordValues(batch, [{"state": "done", "sent_count": 60, "failed_count": 0}])

    def test_a_template_that_goes_while_a_batch_waits(self):
        batch = self.sent_from(self.many_customers())
        self.without_template()
        with self.assertLogs(LOGGER, "WARNING") as logs:
            self.run_cron()
        self.assertEqual(len(logs.output), 1, logs.output)
        self.assertRecordValues(batch, [{"state": "done", "failed_count": 8}])
        self.assertIn("Ask an administrator", batch.statement_ids[0].message)

    def test_what_says_what_is_wrong_needs_no_traceback(self):
        """One customer's statement is refused by a sentence; that is all the log needs."""
        statement = self.statement(self.customer)
        with (
            self.broken(self.customer, UserError("The rate of yesterday is missing.")),
            self.assertLogs(LOGGER, "WARNING") as logs,
        ):
            statement.action_send()
        self.assertEqual(len(logs.output), 1)
        self.assertNotIn("Traceback", logs.output[0])
        self.assertEqual(statement.message, "The rate of yesterday is missing.")
