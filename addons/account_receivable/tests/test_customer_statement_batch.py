"""The statements of many: sent in the background, listed where they could not be, printed."""

from unittest.mock import patch

import psycopg2

from odoo.exceptions import UserError
from odoo.tests import new_test_user

from ..models.statements import account_customer_statement_batch
from .common_statement import CRON, StatementSendingCommon, day


class TestCustomerStatementBatch(StatementSendingCommon):
    # === Sent ===

    def test_a_handful_is_sent_at_once(self):
        customers = self.many_customers(3)
        batch = self.sent_from(customers)
        self.assertRecordValues(
            batch,
            [{"state": "done", "total_count": 3, "sent_count": 3, "progress": 100.0}],
        )
        self.assertEqual(self.mails(batch.statement_ids).recipient_ids, customers)

    def test_many_are_sent_in_the_background(self):
        customers = self.many_customers()
        triggers = self.env["ir.cron.trigger"].search([])
        batch = self.sent_from(customers)
        triggers = self.env["ir.cron.trigger"].search([]) - triggers
        self.assertEqual(triggers.cron_id, self.env.ref(CRON), "It is woken at once.")
        self.assertRecordValues(
            batch, [{"state": "sending", "to_send_count": 8, "sent_count": 0, "progress": 0.0}]
        )
        self.run_cron()
        self.assertRecordValues(
            batch, [{"state": "done", "to_send_count": 0, "sent_count": 8, "progress": 100.0}]
        )
        mails = self.mails(batch.statement_ids)
        self.assertEqual(len(mails), 8)
        self.assertEqual(mails.recipient_ids, customers)
        self.assertEqual(set(mails.mapped("state")), {"outgoing"}, "The mail queue sends them.")
        self.assertIn("clerk@company.example.com", mails[0].email_from)
        self.run_cron()
        self.assertEqual(len(self.mails(batch.statement_ids)), 8)

    def test_those_without_an_address_are_listed_and_the_others_sent(self):
        customers = self.many_customers()
        customers[2].email = False
        customers[5].email = "nonsense"
        batch = self.sent_from(customers)
        self.run_cron()
        self.assertRecordValues(
            batch, [{"state": "done", "sent_count": 6, "skipped_count": 2, "failed_count": 0}]
        )
        self.assertEqual(batch.problem_ids.partner_id, customers[2] + customers[5])
        for statement in batch.problem_ids:
            self.assertIn("no email address", statement.message)
        action = batch.action_open_problems()
        self.assertEqual(action["context"], {"search_default_not_sent": 1})

        customers[2].email = "found@example.com"
        batch.action_retry()
        self.assertRecordValues(batch, [{"state": "done", "sent_count": 7, "skipped_count": 1}])
        self.assertEqual(len(self.mails(batch.statement_ids)), 7)

    def test_one_that_fails_does_not_stop_the_others(self):
        customers = self.many_customers()
        batch = self.sent_from(customers)
        with self.broken(customers[3]), self.assertLogs("odoo.addons", "WARNING"):
            self.run_cron()
        self.assertRecordValues(batch, [{"state": "done", "sent_count": 7, "failed_count": 1}])
        failed = batch.problem_ids
        self.assertRecordValues(
            failed, [{"partner_id": customers[3].id, "message": "Out of paper"}]
        )
        batch.action_retry()
        self.assertRecordValues(batch, [{"state": "done", "sent_count": 8, "failed_count": 0}])
        self.assertEqual(self.mails(batch.statement_ids).recipient_ids, customers)

    def test_what_was_interrupted_goes_on_with_the_rest(self):
        """The server stops in the middle of the third; later it goes on with that one."""
        customers = self.many_customers()
        batch = self.sent_from(customers)
        lost = psycopg2.OperationalError("server closed the connection")
        with self.broken(customers[2], lost), self.assertLogs("odoo", "ERROR"):
            self.run_cron()
        self.assertRecordValues(batch, [{"state": "sending", "to_send_count": 6, "sent_count": 2}])
        first = self.mails(batch.statement_ids)
        self.assertEqual(first.recipient_ids, customers[:2])
        self.run_cron()
        self.assertRecordValues(batch, [{"state": "done", "sent_count": 8}])
        mails = self.mails(batch.statement_ids)
        self.assertEqual(len(mails), 8)
        self.assertLess(first, mails)

    def test_stopped_it_waits_until_somebody_continues(self):
        batch = self.sent_from(self.many_customers())
        batch.action_stop()
        self.run_cron()
        self.assertRecordValues(batch, [{"state": "stopped", "to_send_count": 8}])
        other = new_test_user(self.env, "other_clerk", "account.group_account_invoice")
        other.email = "other@company.example.com"
        batch.with_user(other).action_continue()
        self.run_cron()
        self.assertRecordValues(batch, [{"state": "done", "sent_count": 8}])
        self.assertIn("other@company", self.mails(batch.statement_ids)[0].email_from)
        with self.assertRaisesRegex(UserError, "are left to send"):
            batch.action_continue()
        with self.assertRaisesRegex(UserError, "no skipped or failed statements"):
            batch.action_retry()

    def test_trying_again_sends_nobody_who_was_stopped(self):
        """Somebody looks at the statements once more before seven mails go out; meanwhile the
        address of the eighth is found."""
        customers = self.many_customers()
        customers[0].email = False
        batch = self.sent_from(customers)
        batch.statement_ids[0]._send_in_batch()
        batch.action_stop()
        self.assertRecordValues(batch, [{"to_send_count": 7, "skipped_count": 1}])
        customers[0].email = "found@example.com"
        with self.assertRaisesRegex(UserError, "is stopped with 7 statements to send"):
            batch.action_retry()
        self.run_cron()
        self.assertRecordValues(batch, [{"state": "stopped", "sent_count": 0}])
        self.assertFalse(self.mails(batch.statement_ids))
        batch.action_continue()
        self.run_cron()
        self.assertRecordValues(batch, [{"state": "done", "sent_count": 7, "skipped_count": 1}])
        batch.action_retry()
        self.assertRecordValues(batch, [{"state": "done", "sent_count": 8, "skipped_count": 0}])

    def test_a_sender_who_left_is_said(self):
        batch = self.sent_from(self.many_customers())
        self.clerk.active = False
        with self.assertLogs("odoo.addons", "WARNING"):
            self.run_cron()
        self.assertEqual(batch.sudo().failed_count, 8)
        self.assertIn("no longer an active user", batch.sudo().problem_ids[0].message)

    def test_one_who_may_not_any_more_sends_nothing(self):
        batch = self.sent_from(self.many_customers())
        self.clerk.group_ids = self.env.ref("base.group_user")
        with self.assertLogs("odoo.addons", "WARNING"):
            self.run_cron()
        self.assertEqual(batch.sudo().failed_count, 8)
        self.assertFalse(self.mails(batch.sudo().statement_ids))

    # === Printed ===

    def test_print_marks_what_got_no_mail(self):
        customers = self.many_customers(3)
        customers[0].email = False
        batch = self.sent_from(customers)
        report = batch.action_print()
        printed = batch.statement_ids.filtered(lambda own: own.state == "printed")
        self.assertEqual(printed.partner_id, customers[0])
        self.assertEqual(report["context"]["active_ids"], printed.ids)
        self.assertRecordValues(batch, [{"sent_count": 2, "printed_count": 1, "skipped_count": 0}])
        with self.assertRaisesRegex(UserError, "are sent or printed"):
            batch.action_print()

    def test_a_batch_is_printed_in_handfuls_and_sent_afterwards(self):
        customers = self.many_customers(4)
        module = account_customer_statement_batch.__name__
        with patch(f"{module}.PRINTED_AT_ONCE", 3):
            report = self.dialog(customers).action_print()
            statements = self.model.browse(report["context"]["active_ids"])
            self.assertEqual(statements.partner_id, customers[:3])
            batch = statements.batch_id.with_user(self.clerk)
            self.assertEqual((batch.state, batch.to_send_count), ("draft", 1))
            report = batch.action_print()
            self.assertEqual(
                self.model.browse(report["context"]["active_ids"]).partner_id, customers[3]
            )
        batch.action_send()
        self.assertRecordValues(batch, [{"state": "done", "sent_count": 4}])

    def test_what_is_being_sent_is_not_printed_as_well(self):
        batch = self.sent_from(self.many_customers())
        with self.assertRaisesRegex(UserError, "is being sent"):
            batch.action_print()

    def test_activity_of_a_batch(self):
        customers = self.many_customers(2)
        batch = self.sent_from(
            customers, kind="activity", date="2023-06-30", date_from="2023-06-01"
        )
        self.assertRecordValues(
            batch.statement_ids,
            [
                {
                    "partner_id": customer.id,
                    "kind": "activity",
                    "date": day("2023-06-30"),
                    "date_from": day("2023-06-01"),
                }
                for customer in customers
            ],
        )
