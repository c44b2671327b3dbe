"""Who may post a customer credit."""

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user

from .common import CustomerCreditCommon


class TestCreditRights(CustomerCreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company

        def user(login, groups, company=cls.company):
            return new_test_user(
                cls.env,
                login=login,
                groups=groups,
                company_id=company.id,
                company_ids=[Command.set(company.ids)],
            )

        cls.issuer = user(
            "issuer",
            "account_customer_credit.group_customer_credit_issuer,base.group_partner_manager",
        )
        cls.administrator = user("administrator", "account.group_account_manager")
        cls.clerk = user("clerk", "account.group_account_invoice,base.group_partner_manager")
        cls.auditor = user("auditor", "account.group_account_readonly")
        cls.salesperson = user("salesperson", "base.group_user")
        cls.other_company = cls.setup_other_company(name="Elsewhere")["company"]
        cls.stranger = user("stranger", "account.group_account_manager", cls.other_company)

    def credit(self, price=-250.0, **values):
        return self.customer_document([self.line(price)], **values)

    def test_five_users_and_a_credit(self):
        """Issuer and administrator post it; a clerk, an auditor and a salesperson do not."""
        for user, error in (
            (self.issuer, None),
            (self.administrator, None),
            (self.clerk, UserError),
            (self.auditor, AccessError),
            (self.salesperson, AccessError),
            (self.stranger, AccessError),
        ):
            with self.subTest(user=user.login):
                credit = self.credit()
                if error:
                    with self.assertRaises(error), self.env.cr.savepoint():
                        credit.with_user(user).action_post()
                    self.assertEqual(credit.state, "draft")
                else:
                    credit.with_user(user).action_post()
                    self.assertEqual(credit.state, "posted")

    def test_refusal_names_the_credit_the_limit_and_who_may(self):
        credit = self.credit()
        with self.assertRaisesRegex(UserError, "Approvers") as refusal:
            credit.with_user(self.clerk).action_post()
        for words in ("Draft Customer Credit", "250.00", "0.00", self.issuer.name):
            self.assertIn(words, str(refusal.exception))

    def test_clerk_posts_up_to_the_limit(self):
        self.company.customer_credit_limit = 250.0
        credit = self.credit()
        credit.with_user(self.clerk).action_post()
        self.assertEqual(credit.state, "posted")
        with self.assertRaises(UserError):
            self.credit(-250.01).with_user(self.clerk).action_post()

    def test_limit_is_compared_in_company_currency(self):
        self.company.customer_credit_limit = 100.0
        currency = self.setup_other_currency("EUR", rates=[("2023-01-01", 0.5)])
        credit = self.credit(-50.0, currency_id=currency.id)
        credit.with_user(self.clerk).action_post()
        with self.assertRaises(UserError):
            self.credit(-50.01, currency_id=currency.id).with_user(self.clerk).action_post()

    def test_typed_rate_does_not_make_a_credit_small(self):
        self.company.customer_credit_limit = 100.0
        currency = self.setup_other_currency("EUR", rates=[("2023-01-01", 0.5)])
        credit = self.credit(-500.0, currency_id=currency.id)
        credit.with_user(self.clerk).invoice_currency_rate = 500.0
        self.assertEqual(credit.amount_total_signed, -1.0)
        with self.assertRaises(UserError):
            credit.with_user(self.clerk).action_post()

    def test_one_credit_above_the_limit_stops_a_batch(self):
        self.company.customer_credit_limit = 250.0
        small, large = self.credit(-10.0), self.credit(-900.0)
        invoice = self.customer_document([self.line(100.0)])
        with self.assertRaisesRegex(UserError, "900.00"), self.env.cr.savepoint():
            (small + large + invoice).with_user(self.clerk).action_post()
        self.assertEqual(set((small + large + invoice).mapped("state")), {"draft"})

    def test_clerk_asks_an_issuer_who_approves(self):
        credit = self.credit()
        as_clerk = credit.with_user(self.clerk)
        self.assertTrue(as_clerk.needs_credit_approval)
        as_clerk.action_request_credit_approval()
        as_clerk.action_request_credit_approval()
        activity = credit._get_credit_approval_activities()
        self.assertEqual(len(activity), 1)
        self.assertIn(activity.user_id, credit._get_credit_issuers())
        self.assertNotEqual(activity.user_id, self.clerk)

        with self.assertRaises(AccessError):
            as_clerk.action_approve_credit()
        self.approve(credit, self.issuer)
        self.assertFalse(credit._get_credit_approval_activities())
        self.assertEqual(credit.credit_approver_id, self.issuer)
        as_clerk.invalidate_recordset()
        self.assertFalse(as_clerk.needs_credit_approval)
        as_clerk.action_post()
        self.assertEqual(credit.state, "posted")
        self.assertEqual(credit.credit_approver_id, self.issuer)

    def test_posting_fills_in_the_date_of_an_approved_credit(self):
        credit = self.credit(invoice_date=False)
        self.approve(credit, self.issuer)
        credit.with_user(self.clerk).action_post()
        self.assertTrue(credit.invoice_date)
        self.assertEqual(credit.credit_approver_id, self.issuer)

    def test_editing_voids_the_approval(self):
        credit = self.credit()
        self.approve(credit, self.issuer)
        credit.with_user(self.clerk).write({"title": "Spring promotion", "tracking_status": False})
        self.assertTrue(credit.credit_approver_id, "a title is not what was approved")
        credit.with_user(self.clerk).write(
            {
                "invoice_line_ids": [
                    Command.update(credit.invoice_line_ids.id, {"price_unit": -900.0})
                ]
            }
        )
        self.assertFalse(credit.credit_approver_id)
        with self.assertRaises(UserError):
            credit.with_user(self.clerk).action_post()

    def test_editing_a_line_behind_the_form_voids_the_approval(self):
        credit = self.credit()
        self.approve(credit, self.issuer)
        credit.invoice_line_ids.with_user(self.clerk).price_unit = -900.0
        with self.assertRaises(UserError):
            credit.with_user(self.clerk).action_post()

    def test_a_new_rate_or_account_voids_the_approval(self):
        currency = self.setup_other_currency("EUR", rates=[("2023-01-01", 0.5)])
        credit = self.credit(currency_id=currency.id)
        self.approve(credit, self.issuer)
        credit.with_user(self.clerk).invoice_currency_rate = 0.0001
        with self.assertRaises(UserError):
            credit.with_user(self.clerk).action_post()

    def test_rate_of_a_day_long_gone_does_not_make_a_credit_small(self):
        self.company.customer_credit_limit = 100.0
        currency = self.setup_other_currency(
            "EUR", rates=[("1999-01-01", 100.0), ("2023-01-01", 0.5)]
        )
        credit = self.credit(-500.0, currency_id=currency.id, invoice_date="2000-01-01")
        self.assertEqual(credit.amount_total_signed, -5.0)
        with self.assertRaises(UserError):
            credit.with_user(self.clerk).action_post()

    def test_nobody_posts_by_writing_the_state_or_naming_a_context_key(self):
        credit = self.credit()
        for context in ({}, {"customer_credit_hidden_totals": {}}):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                credit.with_user(self.clerk).with_context(**context).write({"state": "posted"})
        self.assertEqual(credit.state, "draft")

    def test_who_may_approve_sees_the_button_until_somebody_did(self):
        credit = self.credit()
        self.assertTrue(credit.with_user(self.issuer).awaits_credit_approval)
        self.assertFalse(credit.with_user(self.clerk).awaits_credit_approval)
        self.approve(credit, self.issuer)
        self.assertFalse(credit.with_user(self.issuer).awaits_credit_approval)

    def test_nobody_approves_by_writing_the_field(self):
        credit = self.credit()
        for vals in ({"credit_approver_id": self.issuer.id}, {"credit_approval_digest": "x"}):
            with self.assertRaises(AccessError):
                credit.with_user(self.clerk).write(vals)
        with self.assertRaises(UserError):
            credit.with_user(self.clerk).action_post()

    def test_limit_binds_credit_notes_where_the_company_says_so(self):
        note = self.customer_document([self.line(250.0)], move_type="out_refund")
        note.with_user(self.clerk).action_post()
        self.assertEqual(note.state, "posted")

        self.company.customer_credit_limit_refunds = True
        note = self.customer_document([self.line(250.0)], move_type="out_refund")
        with self.assertRaises(UserError):
            note.with_user(self.clerk).action_post()
        self.approve(note, self.issuer)
        note.with_user(self.clerk).action_post()
        self.assertEqual(note.state, "posted")

    def test_scheduling_asks_for_the_right(self):
        with freeze_time("2023-05-01"):
            credit = self.credit()
            with self.assertRaises(UserError), self.env.cr.savepoint():
                credit.with_user(self.clerk).auto_post = "at_date"
            with self.assertRaises(UserError), self.env.cr.savepoint():
                credit.with_user(self.clerk)._post(soft=True)

    def test_clock_posts_what_an_issuer_scheduled(self):
        """The issuer schedules, then leaves; the clock asks nobody. A clerk may still retitle."""
        with freeze_time("2023-05-01"):
            credit = self.credit()
            credit.with_user(self.issuer)._post(soft=True)
            self.assertEqual((credit.state, credit.auto_post), ("draft", "at_date"))
            credit.with_user(self.clerk).title = "Spring promotion"
            self.issuer.group_ids = self.env.ref("base.group_user")
        with freeze_time("2023-06-01"):
            credit.with_user(self.env.ref("base.user_root"))._post()
        self.assertEqual(credit.state, "posted")

    def test_clock_refuses_what_somebody_changed_since(self):
        with freeze_time("2023-05-01"):
            credit = self.credit()
            credit.with_user(self.issuer)._post(soft=True)
            with self.assertRaises(UserError), self.env.cr.savepoint():
                credit.with_user(self.clerk).write(
                    {
                        "invoice_line_ids": [
                            Command.update(credit.invoice_line_ids.id, {"price_unit": -900.0})
                        ]
                    }
                )
            credit.invoice_line_ids.with_user(self.clerk).price_unit = -901.0
        with (
            freeze_time("2023-06-01"),
            self.assertRaisesRegex(UserError, "edited after it was scheduled"),
        ):
            credit.with_user(self.env.ref("base.user_root"))._post()

    def test_recurring_credit_goes_on_by_itself(self):
        with freeze_time("2023-06-01"):
            credit = self.credit(auto_post="monthly", auto_post_until="2023-12-31")
            self.approve(credit, self.issuer)
            credit.with_user(self.clerk).action_post()
        series = self.env["account.move"].search([("auto_post_origin_id", "=", credit.id)])
        following = series - credit
        self.assertEqual(following.invoice_date.isoformat(), "2023-07-01")
        self.assertTrue(following.is_customer_credit)
        with freeze_time("2023-07-01"):
            following.with_user(self.env.ref("base.user_root"))._post()
        self.assertEqual(following.state, "posted")

    def test_company_without_issuers_says_so(self):
        credit = self.credit()
        group = self.env.ref("account_customer_credit.group_customer_credit_issuer")
        group.all_user_ids.group_ids -= group + self.env.ref("account.group_account_manager")
        self.assertFalse(credit._get_credit_issuers())
        with self.assertRaisesRegex(UserError, "Ask an administrator"):
            credit.with_user(self.clerk).action_request_credit_approval()
