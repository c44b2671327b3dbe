"""The scheduled check writes an activity when receivables stop tying out, and only then."""

import psycopg2.errors
from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user

from .common_customer import ReceivableAccountCommon


class TestTieOutCheck(ReceivableAccountCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.manager = new_test_user(
            cls.env,
            "tie-out manager",
            groups="base.group_user,account.group_account_manager",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )
        cls.company.receivable_tie_out_user_id = cls.manager

    def check(self):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.company._check_receivable_tie_out()

    def test_nobody_is_notified_while_everything_ties_out(self):
        self.document(1000.0)
        self.payment(100.0)
        self.assertFalse(self.check())

    def test_a_finding_is_reported_once_and_again_when_it_comes_back(self):
        self.document(1000.0)
        entry = self.entry(70.0)
        activity = self.check()
        self.assertRecordValues(
            activity,
            [{"res_model": "account.move", "res_id": entry.id, "user_id": self.manager.id}],
        )
        self.assertIn("no longer reconcile", activity.summary)
        self.assertIn(entry.name, activity.note)
        self.assertIn("Manual entry", activity.note)
        self.assertFalse(self.check(), "It is known.")
        other = self.entry(5.0)
        activity = self.check()
        self.assertEqual(activity.res_id, other.id)
        self.assertNotIn(entry.name, activity.note, "Only what is new.")

        entry.button_draft()
        self.assertFalse(self.check())
        entry.action_post()
        self.assertEqual(self.check().res_id, entry.id, "It came back.")

    def test_a_finding_that_is_no_error_is_not_reported(self):
        account = self.receivable.copy({"name": "Loans", "non_trade": True})
        self.entry(5000.0, account=account)
        self.assertFalse(self.check())

    def test_many_findings_are_one_activity(self):
        for _number in range(12):
            self.entry(1.0)
        activity = self.check()
        self.assertEqual(len(activity), 1)
        self.assertIn("and 2 more", activity.note)

    def test_today_is_today_somewhere(self):
        """The scheduler has no time zone. An invoice that a clerk in Auckland dated today is no
        finding, though that day has not begun yet on the server."""
        with freeze_time("2023-07-15 12:30:00"):
            clerk = self.env["account.move"].with_context(tz="Pacific/Auckland")
            today = fields.Date.context_today(clerk)
            self.assertEqual(str(today), "2023-07-16")
            invoice = self.document(100.0, invoice_date=today)
            self.assertEqual(invoice.date, today)
            self.assertFalse(self.check())
        with freeze_time("2023-07-15 23:59:00"):
            self.assertFalse(self.check())

    def test_an_entry_dated_ahead_everywhere_is_reported(self):
        with freeze_time("2023-07-15 09:30:00"):
            invoice = self.document(100.0, invoice_date="2023-07-16")
            self.assertEqual(self.check().res_id, invoice.id)

    def test_it_runs_by_the_clock_for_each_company_that_wants_it(self):
        other = self.setup_other_company(name="Unchecked")["company"]
        other.receivable_tie_out_check = False
        entry = self.entry(70.0)
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref(
                "account_receivable.cron_check_receivable_tie_out"
            ).method_direct_trigger()
        self.assertEqual(entry.activity_ids.user_id, self.manager)
        self.assertIsNone(other.receivable_tie_out_known or None)

    def break_check(self, error):
        """Our first company's figures cannot be read."""
        broken = self.setup_other_company(name="Broken")["company"]
        broken.sequence = -1
        companies = type(self.env["res.company"])
        find = companies._find_receivable_differences

        def fail(company):
            if company == broken:
                company.partner_id.name = "Half Done"
                raise error
            return find(company)

        self.patch(companies, "_find_receivable_differences", fail)

    def test_what_goes_wrong_in_one_company_does_not_stop_the_others(self):
        """The first company's figures cannot be read: the error is logged and rolled back. The
        administrator of the next company is still notified of the entry there."""
        entry = self.entry(70.0)
        self.break_check(ZeroDivisionError("at random"))
        broken = self.env["res.company"].search([("name", "=", "Broken")])
        cron = self.env.ref("account_receivable.cron_check_receivable_tie_out")
        self.env.flush_all()
        with (
            self.enter_registry_test_mode(),
            self.assertLogs("odoo.addons.account_receivable", "ERROR") as logs,
        ):
            cron.method_direct_trigger()
        self.assertIn("The tie-out of Broken could not be checked", logs.output[0])
        self.assertIn("at random", logs.output[0])
        self.env.invalidate_all()
        self.assertEqual(entry.activity_ids.user_id, self.manager)
        self.assertEqual(broken.partner_id.name, "Broken")

    def test_transactions_that_met_are_tried_again(self):
        """A conflict of transactions: the whole job fails, and the scheduler runs it again."""
        self.break_check(psycopg2.errors.SerializationFailure())
        with self.assertRaises(psycopg2.errors.SerializationFailure), self.env.cr.savepoint():
            self.env["res.company"]._cron_check_receivable_tie_out()

    def test_an_administrator_is_notified_when_nobody_was_chosen(self):
        self.company.receivable_tie_out_user_id = False
        self.entry(70.0)
        user = self.check().user_id
        self.assertTrue(user.has_group("account.group_account_manager"))
        self.assertIn(self.company, user.company_ids)

    def test_who_may_read_the_tie_out(self):
        self.entry(70.0)
        self.env.flush_all()
        models = ("account.receivable.tie.out", "account.receivable.tie.out.finding")
        domain = [("partner_id", "=", self.customer.id)]
        for groups in ("account.group_account_invoice", "account.group_account_readonly"):
            user = new_test_user(self.env, groups, groups=f"base.group_user,{groups}")
            for model in models:
                self.assertEqual(len(self.env[model].with_user(user).search(domain)), 1, groups)
        other = self.setup_other_company(name="Elsewhere")["company"]
        stranger = new_test_user(
            self.env,
            "stranger",
            groups="base.group_user,account.group_account_manager",
            company_id=other.id,
            company_ids=[Command.set(other.ids)],
        )
        outsiders = [
            new_test_user(self.env, groups, groups=groups)
            for groups in ("base.group_user", "base.group_portal")
        ]
        for model in models:
            self.assertFalse(self.env[model].with_user(stranger).search(domain))
            for user in outsiders:
                with self.assertRaises(AccessError):
                    self.env[model].with_user(user).search(domain)
