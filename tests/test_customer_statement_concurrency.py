"""Two who send the same statements at the same moment: every customer gets one mail."""

import uuid

from odoo import SUPERUSER_ID
from odoo.tests import tagged

from .common_concurrency import ConcurrencyCommon

MODEL = "account.customer.statement"
ROUNDS = 5


@tagged("post_install", "-at_install")
class TestCustomerStatementConcurrency(ConcurrencyCommon):
    def new_batch(self, count):
        """A batch that is being sent to new customers; nobody has got anything yet."""
        with self.cursor() as cr:
            env = self.environment(cr)
            customers = env["res.partner"].create(
                [
                    {"name": f"Concurrent {uuid.uuid4()}", "email": f"{number}@example.com"}
                    for number in range(count)
                ]
            )
            self.customers += customers.ids
            batch = env["account.customer.statement.batch"].sudo().create({"state": "sending"})
            statements = env[MODEL].sudo().create(
                [{"partner_id": customer.id, "batch_id": batch.id} for customer in customers]
            )
            return statements.ids

    def take_away(self):
        with self.cursor() as cr:
            cr.execute(
                "SELECT id FROM account_customer_statement WHERE partner_id = ANY(%s)",
                [self.customers],
            )
            ids = [row[0] for row in cr.fetchall()]
            for table, model in (
                ("mail_message", "model"),
                ("mail_followers", "res_model"),
                ("ir_attachment", "res_model"),
            ):
                cr.execute(
                    f"DELETE FROM {table} WHERE {model} = %s AND res_id = ANY(%s)", [MODEL, ids]
                )
            cr.execute(
                "DELETE FROM account_customer_statement_batch WHERE id IN "
                "(SELECT batch_id FROM account_customer_statement WHERE id = ANY(%s))",
                [ids],
            )
        return super().take_away()

    def check_one_mail_each(self, ids):
        with self.cursor() as cr:
            env = self.environment(cr)
            statements = env[MODEL].browse(ids)
            self.assertEqual(set(statements.mapped("state")), {"sent"})
            for statement in statements:
                mails = statement.message_ids.filtered("partner_ids")
                self.assertEqual(mails.partner_ids, statement.partner_id)
                self.assertEqual(len(mails), 1, statement.display_name)

    def test_two_clerks_send_the_same_statement(self):
        for _round in range(ROUNDS):
            ids = self.new_batch(1)

            def send(env, ids=ids):
                env[MODEL].browse(ids).action_send()

            outcomes = self.race(send, send)
            refusals = [outcome for outcome in outcomes if outcome]
            self.assertLessEqual(len(refusals), 1)
            for refusal in refusals:
                self.assertIn("has already been sent", refusal)
            self.check_one_mail_each(ids)

    def test_a_clerk_sends_what_a_batch_is_sending(self):
        for _round in range(ROUNDS):
            ids = self.new_batch(6)

            def run_batch(env):
                env[MODEL].with_user(SUPERUSER_ID)._cron_send()

            def send(env, ids=ids):
                env[MODEL].browse(ids[:3]).action_send()

            self.race(run_batch, send)
            self.race(run_batch)
            self.check_one_mail_each(ids)
