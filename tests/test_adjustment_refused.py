"""What an adjustment refuses, and who may make one."""

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user

from .common_adjustment import AdjustmentCommon


class TestAdjustmentRefused(AdjustmentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sale = cls.invoice(
            cls.line(100.0, 5.0, tax=cls.tax_21, name="Desk"),
            cls.line(-50.0, tax=cls.tax_21, name="Voucher"),
        )

    def assertRefused(self, message, wizard, row=None, **values):
        """The dialog with this input is refused by both buttons, and nothing is made."""
        before = self.sale.reversal_move_ids
        for button in ("action_post", "action_create_draft"):
            with (
                self.subTest(button, **values),
                self.assertRaisesRegex(UserError, message),
                self.env.cr.savepoint(),
            ):
                (wizard if row is None else wizard.line_ids[row]).write(values)
                getattr(wizard, button)()
        self.assertEqual(self.sale.reversal_move_ids, before)

    def test_amounts(self):
        wizard = self.dialog(self.sale, mode="amount")
        nan, infinite = float("nan"), float("inf")
        for amount, message in (
            (0.0, "greater than zero"),
            (-10.0, "greater than zero"),
            (10.005, "more decimals than USD"),
            (544.51, "Only .*544.50"),
            (nan, "must be a number"),
            (infinite, "must be a number"),
        ):
            self.assertRefused(message, wizard, amount=amount)
        with self.assertRaisesRegex(UserError, "must be a number"):
            self.env["account.invoice.adjust"].create({"invoice_id": self.sale.id, "amount": nan})

    def test_quantities_and_prices(self):
        wizard = self.dialog(self.sale)
        self.assertRefused("Only 5 of “Desk”", wizard, 0, quantity=5.5)
        self.assertRefused("from 0 to 5 for “Desk”", wizard, 0, quantity=-1.0)
        self.assertRefused("must be a number", wizard, 0, quantity=float("nan"))
        self.assertRefused("from 0 to 100 for “Desk”", wizard, 0, kind="price", new_price=100.01)
        self.assertRefused("from 0 to 100 for “Desk”", wizard, 0, kind="price", new_price=-0.01)
        self.assertRefused("must be a number", wizard, 0, kind="price", new_price=float("inf"))
        self.assertRefused("from 0 to -50 for “Voucher”", wizard, 1, kind="price", new_price=-60.0)

    def test_nothing_entered(self):
        wizard = self.dialog(self.sale)
        self.trim(wizard, {0: 0.0}, {1: -50.0})
        self.assertRefused("nothing to adjust", wizard)
        wizard.line_ids.unlink()
        self.assertRefused("nothing to adjust", wizard)

    def test_only_what_makes_the_customer_owe_more(self):
        """The voucher alone taken back would be an invoice, not a credit."""
        wizard = self.dialog(self.sale)
        self.trim(wizard, {1: 1.0}, {})
        self.assertRefused("nothing to adjust", wizard)

    def test_nothing_left(self):
        self.adjust(self.sale)
        with self.assertRaisesRegex(UserError, "already fully credited"):
            self.sale.action_adjust()

    def test_left_changed_while_the_dialog_was_open(self):
        wizard = self.dialog(self.sale)
        self.adjust(self.sale, returns={0: 4.0})
        self.assertRefused("Only 1 of “Desk”", wizard)

    def test_lines_of_another_invoice(self):
        """A row sent by RPC, with a line of somebody else's invoice."""
        other = self.invoice(self.line(900.0, name="Machine"))
        wizard = self.dialog(self.sale)
        wizard.line_ids = [
            Command.create({"invoice_line_id": other.invoice_line_ids.id, "quantity": 1.0})
        ]
        self.assertRefused("“Machine” is not a line of", wizard)

    def test_dates_and_rates(self):
        wizard = self.dialog(self.sale)
        self.assertRefused("Choose that date or a later one", wizard, date="2023-05-31")
        self.assertRefused("rate", wizard, invoice_currency_rate=0.0)
        self.assertRefused("rate", wizard, invoice_currency_rate=-1.0)
        wizard.date = "2023-08-01"
        self.assertIn("in the future", wizard.date_message)
        with self.assertRaisesRegex(UserError, "in the future"), self.env.cr.savepoint():
            wizard.action_post()
        draft = self.env["account.move"].browse(wizard.action_create_draft()["res_id"])
        self.assertRecordValues(draft, [{"state": "draft", "auto_post": "at_date"}])

    def test_other_documents(self):
        draft = self.customer_document([self.line(100.0)])
        cancelled = self.customer_document([self.line(100.0)])
        cancelled.button_cancel()
        nothing = self.invoice(self.line(100.0), self.line(-100.0))
        for document, message in (
            (draft, "not posted yet"),
            (cancelled, "cancelled"),
            (self.document(-250.0), "is a customer credit"),
            (self.document(250.0, move_type="out_refund"), "not a customer invoice"),
            (self.document(250.0, move_type="in_invoice"), "not a customer invoice"),
            (self.document(250.0, move_type="out_receipt"), "not a customer invoice"),
            (self.entry(10.0), "not a customer invoice"),
            (nothing, "already fully credited"),
        ):
            with self.subTest(message), self.assertRaisesRegex(UserError, message):
                document.action_adjust()
        with self.assertRaisesRegex(UserError, "Choose the invoice"):
            self.env["account.invoice.adjust"].create({})

    def test_a_company_that_does_not_use_credits(self):
        self.env.company.customer_credit_enabled = False
        with self.assertRaisesRegex(UserError, "does not use customer credits"):
            self.sale.action_adjust()

    def test_another_company(self):
        other = self.two_companies()
        self.env.invalidate_all()
        with self.assertRaisesRegex(AccessError, self.env.company.name):
            self.sale.with_context(allowed_company_ids=other.ids).action_adjust()
        stranger = self.member("account.group_account_invoice")
        stranger.write({"company_ids": [Command.set(other.ids)], "company_id": other.id})
        with self.assertRaises(AccessError):
            self.sale.with_user(stranger).action_adjust()

    # === Rights ===

    def member(self, groups):
        return new_test_user(
            self.env,
            login=f"adjusting {groups}",
            groups=groups,
            company_id=self.env.company.id,
            company_ids=[Command.set(self.env.company.ids)],
        )

    def test_a_billing_user_adjusts_up_to_the_limit(self):
        """Drafts of any amount; posted up to the limit. Above it an issuer posts."""
        self.env.company.customer_credit_limit = 200.0
        clerk = self.member("account.group_account_invoice")
        wizard = self.dialog(self.sale, user=clerk)
        self.trim(wizard, {0: 1.0}, {})
        adjustment = self.env["account.move"].browse(wizard.action_post()["res_id"])
        self.assertEqual((adjustment.state, adjustment.amount_total), ("posted", -121.0))

        wizard = self.dialog(self.sale, user=clerk)
        with self.assertRaisesRegex(UserError, "limit"), self.env.cr.savepoint():
            wizard.action_post()
        draft = self.env["account.move"].browse(wizard.action_create_draft()["res_id"])
        self.assertEqual(draft.state, "draft")
        issuer = self.member("account_customer_credit.group_customer_credit_issuer")
        draft.with_user(issuer).action_post()
        self.assertEqual(draft.state, "posted")
        self.assertEqual(self.sale.amount_residual, 0.0)
        self.assertTiesOut()

    def test_what_an_adjustment_takes_back_is_part_of_what_was_approved(self):
        """The same money, but of another line, or without the goods: no longer approved."""
        self.env.company.customer_credit_limit = 0.0
        sale = self.invoice(
            self.line(100.0, tax=self.tax_21, name="Desk"),
            self.line(100.0, tax=self.tax_21, name="Chair"),
        )
        clerk = self.member("account.group_account_invoice")
        issuer = self.member("account_customer_credit.group_customer_credit_issuer")
        adjustment = self.adjust(sale, post=False, returns={0: 1.0})
        (line,) = adjustment.invoice_line_ids
        for values in (
            {"adjusted_line_id": sale.invoice_line_ids[1].id},
            {"is_price_correction": True},
        ):
            with self.subTest(**values):
                self.approve(adjustment, issuer)
                line.with_user(clerk).write(values)
                with self.assertRaisesRegex(UserError, "limit"), self.env.cr.savepoint():
                    adjustment.with_user(clerk).action_post()

    def test_a_reason_where_the_company_asks_for_one(self):
        self.env.company.customer_credit_reason_required = True
        wizard = self.dialog(self.sale)
        with self.assertRaisesRegex(UserError, "reason"), self.env.cr.savepoint():
            wizard.action_post()
        reason = self.env["account.customer.credit.reason"].search([], limit=1)
        wizard.credit_reason_id = reason
        adjustment = self.env["account.move"].browse(wizard.action_post()["res_id"])
        self.assertEqual(adjustment.credit_reason_id, reason)

    def test_who_may_not_bill_may_not_adjust(self):
        for groups in (
            "account.group_account_readonly",
            "base.group_user",
            "base.group_portal",
        ):
            user = self.member(groups)
            with self.subTest(groups), self.assertRaises(AccessError):
                self.sale.with_user(user).action_adjust()
            with self.subTest(groups), self.assertRaises(AccessError):
                self.env["account.invoice.adjust"].with_user(user).create(
                    {"invoice_id": self.sale.id}
                )
