"""Statements by mail: who gets one, what is in it, and that nobody gets two."""

from unittest.mock import patch

import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, new_test_user

from .common_statement import CustomerStatementCommon, day

CRON = "account_customer_credit.ir_cron_customer_statement"


class TestCustomerStatementSending(CustomerStatementCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.model = cls.env["account.customer.statement"]
        cls.batches = cls.env["account.customer.statement.batch"]
        cls.clerk = new_test_user(
            cls.env,
            "statement_clerk",
            "account.group_account_invoice",
            email="clerk@company.example.com",
            company_id=cls.env.company.id,
            company_ids=[Command.set(cls.env.company.ids)],
        )

    def many_customers(self, count=8, **values):
        """Customers with a mail address, and an open item each."""
        customers = self.partners.create(
            [
                {"name": f"Customer {number}", "email": f"c{number}@example.com", **values}
                for number in range(count)
            ]
        )
        for customer in customers:
            self.document(100.0, partner_id=customer.id)
        return customers

    def dialog(self, customers=None, user=None, **values):
        """The dialog as it opens from a selection of customers, or from the menu."""
        context = {"active_model": "res.partner", "active_ids": customers.ids} if customers else {}
        model = self.env["account.customer.statement.create"].with_context(**context)
        return model.with_user(user or self.clerk).create(values)

    def sent_from(self, customers, **values):
        """What the dialog's Send makes of these customers: a statement or a batch."""
        action = self.dialog(customers, **values).action_send()
        return self.env[action["res_model"]].with_user(self.clerk).browse(action["res_id"])

    def mails(self, statements):
        return self.env["mail.mail"].search(
            [
                ("model", "=", self.model._name),
                ("res_id", "in", statements.ids),
            ]
        )

    def run_cron(self):
        with self.enter_registry_test_mode():
            self.env.ref(CRON).method_direct_trigger()
        self.env.invalidate_all()

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
        self.assertRegex(statement.message, "Montboro School District has no mail address")
        self.assertFalse(self.mails(statement))
        self.customer.email = "billing@montboro.example.com"
        statement.action_send()
        self.assertEqual((statement.state, statement.message), ("sent", False))

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
        with self.assertRaisesRegex(UserError, "was sent already"):
            statement.action_send()
        statement._send()
        self.assertEqual(len(self.mails(statement)), 1)

    def test_a_statement_that_says_nothing_is_open_can_be_sent(self):
        statement = self.sent_from(self.customer)
        self.assertEqual((statement.state, statement.amount_due), ("sent", ""))
        self.assertIn("nothing to pay", self.mails(statement).body_html)

    def test_a_failing_mail_says_why(self):
        statement = self.model.with_user(self.clerk).create({"partner_id": self.customer.id})
        with self.broken(self.customer), self.assertLogs("odoo.addons", "WARNING"):
            statement.action_send()
        self.assertRecordValues(statement, [{"state": "failed", "message": "Out of paper"}])
        self.assertFalse(self.mails(statement))

    def broken(self, customer, error=None):
        """Statements of this customer cannot be made."""
        values = type(self.model)._get_values

        def _get_values(statements):
            if customer in statements.partner_id:
                raise error or ValueError("Out of paper")
            return values(statements)

        return patch.object(type(self.model), "_get_values", _get_values)

    def test_many_are_for_their_batch(self):
        statements = self.model.create(
            [{"partner_id": customer.id} for customer in self.many_customers()]
        )
        with self.assertRaisesRegex(UserError, "too many to wait for"):
            statements.action_send()
        with self.assertRaisesRegex(UserError, "nothing to send"):
            self.model.action_send()

    # === The sender ===

    def test_nobody_sends_in_anothers_name(self):
        own = self.model.with_user(self.clerk)
        with self.assertRaisesRegex(AccessError, "in the name of who sends it"):
            own.create({"partner_id": self.customer.id, "user_id": self.env.uid})
        statement = own.create({"partner_id": self.customer.id})
        with self.assertRaisesRegex(AccessError, "in the name of who sends it"):
            statement.user_id = self.env.user

    # === Batches ===

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
            self.assertIn("no mail address", statement.message)
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
        with self.assertRaisesRegex(UserError, "was sent, or could not be"):
            batch.action_continue()
        with self.assertRaisesRegex(UserError, "nothing to try again"):
            batch.action_retry()

    def test_a_sender_who_left_is_said(self):
        batch = self.sent_from(self.many_customers())
        self.clerk.active = False
        with self.assertLogs("odoo.addons", "WARNING"):
            self.run_cron()
        self.assertEqual(batch.sudo().failed_count, 8)
        self.assertIn("does not work here any more", batch.sudo().problem_ids[0].message)

    def test_one_who_may_not_any_more_sends_nothing(self):
        batch = self.sent_from(self.many_customers())
        self.clerk.group_ids = self.env.ref("base.group_user")
        with self.assertLogs("odoo.addons", "WARNING"):
            self.run_cron()
        self.assertEqual(batch.sudo().failed_count, 8)
        self.assertFalse(self.mails(batch.sudo().statement_ids))

    # === The dialog ===

    def test_everybody_with_a_balance(self):
        customers = self.many_customers(2)
        self.document(50.0, partner_id=self.contact.id)
        self.apply(
            self.document(70.0, partner_id=self.stranger.id),
            self.document(-70.0, partner_id=self.stranger.id),
        )
        dialog = self.dialog(selection="all")
        self.assertEqual(
            dialog._get_customers() & (customers + self.customer + self.stranger),
            customers + self.customer,
        )
        self.assertEqual(dialog.customer_count, len(dialog._get_customers()))
        dialog.date = "2023-05-31"
        self.assertFalse(dialog._get_customers() & (customers + self.customer))

    def test_a_contact_and_its_company_are_one_customer(self):
        dialog = self.dialog(self.contact + self.customer)
        self.assertEqual(dialog.partner_ids, self.customer)
        self.assertEqual(dialog.customer_count, 1)
        statement = self.model.create({"partner_id": self.contact.id})
        self.assertEqual(statement.partner_id, self.customer)

    def test_an_archived_customer_still_owes(self):
        self.document(50.0, partner_id=self.stranger.id)
        self.stranger.active = False
        self.assertIn(self.stranger, self.dialog(selection="all")._get_customers())

    def test_nonsense_in_the_context_selects_nobody(self):
        model = self.env["account.customer.statement.create"].with_user(self.clerk)
        for active_ids in ("nonsense", 7, {"a": 1}, ["x", None], [2**30], [], None):
            for active_model in ("res.partner", "res.company", "no.model", 42):
                context = {"active_model": active_model, "active_ids": active_ids}
                dialog = model.with_context(**context).create({})
                self.assertRecordValues(dialog, [{"selection": "all", "partner_ids": []}])

    def test_what_the_dialog_proposes(self):
        dialog = Form(self.env["account.customer.statement.create"].with_user(self.clerk))
        self.assertEqual((dialog.selection, dialog.kind), ("all", "open_item"))
        dialog.kind = "activity"
        self.assertEqual(str(dialog.date_from), "2023-07-01")
        dialog.date = "2023-06-20"
        self.assertEqual(str(dialog.date_from), "2023-06-01")

    def test_refusals_say_the_way_out(self):
        nobody = self.dialog(selection="chosen")
        early = self.dialog(selection="all", date="1990-01-01")
        future = self.dialog(self.customer, date="2023-07-16")
        backwards = self.dialog(
            self.customer, kind="activity", date="2023-06-01", date_from="2023-06-02"
        )
        endless = self.dialog(self.customer, kind="activity")
        endless.date_from = False
        for dialog, words in (
            (nobody, "No customer is chosen"),
            (early, "has anything open as of 01/01/1990"),
            (future, "lies in the future"),
            (backwards, "after its last day"),
            (endless, "Choose the first day"),
        ):
            for button in ("action_send", "action_print"):
                with self.subTest(words), self.assertRaisesRegex(UserError, words):
                    getattr(dialog, button)()
        self.assertFalse(self.model.search([("partner_id", "=", self.customer.id)]))

    def test_bad_dates_are_refused_without_the_dialog_too(self):
        for values in ({"date": "2023-07-16"}, {"kind": "activity"}):
            with self.assertRaises(UserError):
                self.model.create({"partner_id": self.customer.id, **values})
            with self.assertRaises(UserError):
                self.batches.create(values)

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
        with self.assertRaisesRegex(UserError, "is sent or printed"):
            batch.action_print()

    def test_a_batch_is_printed_in_handfuls_and_sent_afterwards(self):
        customers = self.many_customers(4)
        module = "odoo.addons.account_customer_credit.models.account_customer_statement_batch"
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
