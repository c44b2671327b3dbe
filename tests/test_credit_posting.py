"""Core's refusal is passed by customer credits, and by nothing else."""

from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command

from odoo.addons.account.models.account_move import AccountMove as CoreMove
from odoo.addons.account.models.account_payment_term import AccountPaymentTerm as CoreTerm

from .common import CustomerCreditCommon


class TestCreditPosting(CustomerCreditCommon):
    def assertRefused(self, move, words):
        with self.assertRaisesRegex(UserError, words), self.env.cr.savepoint():
            move.action_post()
        self.assertEqual(move.state, "draft")

    # ------------------------------------------------------------------
    # The story and its ways in
    # ------------------------------------------------------------------

    def test_credit_posts_and_keeps_its_total(self):
        credit = self.customer_document([self.line(-250.0)], post=True)
        self.assertRecordValues(
            credit,
            [
                {
                    "state": "posted",
                    "is_customer_credit": True,
                    "amount_total": -250.0,
                    "amount_residual": -250.0,
                    "amount_total_signed": -250.0,
                    "amount_residual_signed": -250.0,
                    "credit_remaining": 250.0,
                    "payment_state": "not_paid",
                    "name": "INV/2023/00001",
                }
            ],
        )
        self.env.invalidate_all()
        self.assertEqual(credit.amount_total, -250.0)

    def test_numbered_with_the_invoices(self):
        first = self.customer_document([self.line(10.0)], post=True)
        credit = self.customer_document([self.line(-10.0)], post=True)
        last = self.customer_document([self.line(10.0)], post=True)
        self.assertEqual(
            (first + credit + last).mapped("name"),
            ["INV/2023/00001", "INV/2023/00002", "INV/2023/00003"],
        )

    def test_batch_of_credits_and_invoices(self):
        moves = self.env["account.move"]
        for price in (-1.0, 2.0, -3.0, 4.0, 0.0):
            moves += self.customer_document([self.line(price)])
        self.env["validate.account.move"].with_context(
            active_model="account.move", active_ids=moves.ids
        ).create({}).validate_move()
        self.assertEqual(set(moves.mapped("state")), {"posted"})
        self.assertEqual(moves.mapped("amount_total"), [-1.0, 2.0, -3.0, 4.0, 0.0])
        self.assertEqual(moves.mapped("is_customer_credit"), [True, False, True, False, False])

    def test_missing_date_in_a_foreign_currency(self):
        """Core fills the date in the midst of its checks, and the rate and amounts follow."""
        currency = self.setup_other_currency(
            "EUR", rates=[("2023-01-01", 0.5), ("2023-06-01", 0.25)]
        )
        with freeze_time("2023-05-31"):
            credits, notes = self.env["account.move"], self.env["account.move"]
            for price in (-100.0, -50.0):
                values = {"invoice_date": False, "currency_id": currency.id}
                credits += self.customer_document([self.line(price)], **values)
                notes += self.customer_document(
                    [self.line(-price)], move_type="out_refund", **values
                )
        with freeze_time("2023-06-02"):
            credits.action_post()
            notes.action_post()
        self.env.invalidate_all()
        self.assertEqual(credits.mapped("amount_total"), [-100.0, -50.0])
        self.assertEqual(set(credits.mapped("invoice_date")), set(notes.mapped("invoice_date")))
        for credit, note in zip(credits, notes, strict=True):
            self.assertBooksAsCreditNote(credit, note)

    def test_spreadsheet_import(self):
        """Two credits and an invoice come in by the standard import; then they are confirmed."""
        tax = self.env["account.tax"].create({"name": "Imported 15 %", "amount": 15.0})
        # A spreadsheet names its customers; the demo data have one of the usual name.
        self.customer.name = "Lakeside School District"
        columns = [
            "move_type",
            "partner_id",
            "invoice_date",
            "invoice_line_ids/name",
            "invoice_line_ids/quantity",
            "invoice_line_ids/price_unit",
            "invoice_line_ids/tax_ids",
        ]
        rows = [
            ["Customer Invoice", self.customer.name, "2023-06-01", "Reward", "1", "-250", ""],
            ["Customer Invoice", self.customer.name, "2023-06-02", "Return", "-2", "10", tax.name],
            ["", "", "", "Restocking", "1", "5", tax.name],
            ["Customer Invoice", self.customer.name, "2023-06-03", "Books", "1", "30", ""],
        ]
        result = self.env["account.move"].load(columns, rows)
        self.assertFalse(result["messages"])
        moves = self.env["account.move"].browse(result["ids"])
        moves.action_post()
        self.assertEqual(moves.mapped("is_customer_credit"), [True, True, False])
        self.assertEqual(moves.mapped("amount_total"), [-250.0, -17.25, 30.0])
        note = self.customer_document(
            [self.line(10.0, quantity=2, tax=tax, name="Return"), self.line(-5.0, tax=tax)],
            move_type="out_refund",
            invoice_date="2023-06-02",
            post=True,
        )
        self.assertBooksAsCreditNote(moves[1], note)

    def test_future_credit_posted_softly_waits_for_its_day(self):
        with freeze_time("2023-05-01"):
            credit = self.customer_document([self.line(-250.0)])
            credit._post(soft=True)
            self.assertEqual((credit.state, credit.auto_post), ("draft", "at_date"))
            self.assertEqual(credit.amount_total, -250.0)
        with freeze_time("2023-06-01"):
            credit._post(soft=True)
        self.assertEqual(credit.state, "posted")

    def test_scheduled_credits_are_posted_by_the_clock(self):
        with freeze_time("2023-06-01"):
            scheduled = self.customer_document([self.line(-250.0)], auto_post="at_date")
            recurring = self.customer_document(
                [self.line(-10.0)], auto_post="monthly", auto_post_until="2023-08-31"
            )
            (scheduled + recurring).flush_recordset()
            with self.enter_registry_test_mode():
                self.env.ref("account.ir_cron_auto_post_draft_entry").method_direct_trigger()
        self.assertEqual((scheduled + recurring).mapped("state"), ["posted", "posted"])
        following = self.env["account.move"].search(
            [("auto_post_origin_id", "=", recurring.id), ("state", "=", "draft")]
        )
        self.assertEqual(following.invoice_date.isoformat(), "2023-07-01")
        self.assertEqual(following.amount_total, -10.0)

    # ------------------------------------------------------------------
    # What stays refused
    # ------------------------------------------------------------------

    def test_bills_and_receipts_and_credit_notes_stay_refused(self):
        for move_type in ("in_invoice", "out_receipt", "in_receipt", "out_refund", "in_refund"):
            with self.subTest(move_type):
                move = self.customer_document([self.line(-250.0)], move_type=move_type)
                self.assertFalse(move.is_customer_credit)
                self.assertRefused(move, "negative total amount")

    def test_bill_in_a_batch_with_credits_stays_refused(self):
        credit = self.customer_document([self.line(-250.0)])
        bill = self.customer_document([self.line(-250.0)], move_type="in_invoice")
        with self.assertRaisesRegex(UserError, "negative total amount"), self.env.cr.savepoint():
            (credit + bill).action_post()
        self.assertEqual(credit.state, "draft")
        self.assertEqual(credit.amount_total, -250.0)

    def test_setting_switched_off(self):
        """Posted credits live on; a draft is refused in words that name it and the way out."""
        posted = self.customer_document([self.line(-250.0)], post=True)
        draft = self.customer_document([self.line(-100.0)])
        self.env.company.customer_credit_enabled = False
        self.assertRefused(draft, "Draft Customer Credit.*credit note.*switch on Customer Credits")
        self.assertTrue(posted.is_customer_credit)
        self.assertEqual(posted.credit_remaining, 250.0)
        invoice = self.customer_document([self.line(250.0)], post=True)
        self.apply(posted, invoice)
        self.assertEqual(posted.credit_remaining, 0.0)

    def test_core_still_checks_a_credit(self):
        """Customer, accounts, journal, currency, bank account, empty documents."""
        credit = self.customer_document([self.line(-250.0)])
        credit.partner_id = False
        self.assertRefused(credit, "Customer' field is required")

        credit = self.customer_document([self.line(-250.0)])
        account = self.company_data["default_account_revenue"].copy()
        credit.invoice_line_ids.account_id = account
        account.active = False
        self.assertRefused(credit, "archived")

        currency = self.setup_other_currency("EUR")
        credit = self.customer_document([self.line(-250.0)], currency_id=currency.id)
        currency.active = False
        self.assertRefused(credit, "inactive currency")

        bank = self.env["res.partner.bank"].create(
            {"acc_number": "123", "partner_id": self.customer.id}
        )
        credit = self.customer_document([self.line(-250.0)], partner_bank_id=bank.id)
        bank.active = False
        self.assertRefused(credit, "recipient bank account")

        credit = self.customer_document([self.line(-250.0)], post=True)
        with self.assertRaisesRegex(UserError, "must be in draft"):
            credit.action_post()

    def test_a_failed_check_leaves_the_total_as_it_was(self):
        credit = self.customer_document([self.line(-250.0)], partner_id=False)
        with self.assertRaises(UserError):
            credit.action_post()
        self.assertEqual(credit.amount_total, -250.0)
        self.env.invalidate_all()
        self.assertEqual(credit.amount_total, -250.0)

    def test_lock_date_moves_the_accounting_date(self):
        self.env.company.fiscalyear_lock_date = "2023-06-30"
        note = self.customer_document([self.line(250.0)], move_type="out_refund", post=True)
        credit = self.customer_document([self.line(-250.0)], post=True)
        self.assertEqual(credit.date, note.date)
        self.assertGreater(credit.date.isoformat(), "2023-06-30")

    def test_quick_encoding(self):
        self.env.company.quick_edit_mode = "out_invoices"
        credit = self.customer_document([self.line(-250.0)], quick_edit_total_amount=-240.0)
        self.assertRefused(credit, "total .*250.00, but the expected total is .*240.00")
        credit.quick_edit_total_amount = -250.0
        credit.action_post()
        self.assertEqual(credit.state, "posted")
        self.assertEqual(credit.quick_edit_total_amount, -250.0)

    def test_reason_required(self):
        self.env.company.customer_credit_reason_required = True
        credit = self.customer_document([self.line(-250.0)])
        self.assertRefused(credit, "no credit reason")
        credit.credit_reason_id = self.env.ref("account_customer_credit.credit_reason_reward")
        credit.action_post()
        invoice = self.customer_document([self.line(250.0)], post=True)
        self.assertEqual(invoice.state, "posted")

    def test_archived_reason_stays_on_its_credits(self):
        reason = self.env["account.customer.credit.reason"].create({"name": "Summer sale"})
        credit = self.customer_document([self.line(-250.0)], credit_reason_id=reason.id, post=True)
        reason.active = False
        self.assertEqual(credit.credit_reason_id.name, "Summer sale")
        self.assertNotIn(reason, self.env["account.customer.credit.reason"].search([]))
        with self.assertRaisesRegex(UserError, "Summer sale.*Archive it instead"):
            reason.unlink()

    def test_negative_limit_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "negative"):
            self.env.company.customer_credit_limit = -1.0

    def test_tax_amounts_typed_over_until_the_total_turns(self):
        tax = self.env["account.tax"].create({"name": "21 %", "amount": 21.0})
        invoice = self.customer_document([self.line(10.0, tax=tax), self.line(-9.0)])
        self.assertEqual(invoice.amount_total, 3.1)
        tax_line = invoice.line_ids.filtered("tax_line_id")
        invoice.write(
            {"line_ids": [Command.update(tax_line.id, {"amount_currency": 5.0, "balance": 5.0})]}
        )
        self.assertEqual(invoice.amount_total, -4.0)
        self.assertRefused(invoice, "edited tax amounts")

        credit = self.customer_document([self.line(-10.0, tax=tax), self.line(9.0)])
        tax_line = credit.line_ids.filtered("tax_line_id")
        credit.write(
            {"line_ids": [Command.update(tax_line.id, {"amount_currency": -5.0, "balance": -5.0})]}
        )
        self.assertEqual(credit.amount_total, 4.0)
        self.assertRefused(credit, "lines of .* are negative")

    # ------------------------------------------------------------------
    # Beside other addons
    # ------------------------------------------------------------------

    def test_an_addon_writes_between_our_step_and_cores_checks(self):
        """It looks at the documents, changes them, and has core's constraints run, all in the
        context that core posts in. What it sees and what is computed is the real total."""
        seen = []
        post = CoreMove._post

        def with_an_addon_between(moves, soft=True):
            other = moves.with_context(skip_is_manually_modified=True)
            for move in other.filtered(lambda move: move.is_invoice(include_receipts=True)):
                move.narration = "Checked by another addon"
                move.invoice_line_ids.write({"account_id": self.revenue.id, "name": "Reward"})
                seen.append(move.amount_total)
                move.invoice_line_ids.write({"price_unit": 2 * move.invoice_line_ids.price_unit})
                seen.append(move.amount_total)
                move.invoice_line_ids._check_constrains_account_id_journal_id()
            self.env.flush_all()
            return post(moves, soft)

        self.revenue = self.company_data["default_account_revenue"].copy()
        credits = self.customer_document([self.line(-125.0)])
        credits += self.customer_document([self.line(-5.0)], invoice_date=False)
        with patch.object(CoreMove, "_post", with_an_addon_between):
            for credit in credits:
                # the last guard: the addon changed what was confirmed
                self.assertRefused(credit, "You confirmed")
        self.assertEqual(seen, [-125.0, -250.0, -5.0, -10.0])

    def test_an_addon_that_changes_no_amount_goes_through(self):
        post = CoreMove._post

        def with_an_addon_between(moves, soft=True):
            other = moves.with_context(skip_is_manually_modified=True)
            for move in other.filtered(lambda move: move.is_invoice(include_receipts=True)):
                move.invoice_line_ids.write({"account_id": self.revenue.id, "name": "Reward"})
            self.env.flush_all()
            return post(moves, soft)

        self.revenue = self.company_data["default_account_revenue"].copy()
        credits = self.customer_document([self.line(-250.0)])
        credits += self.customer_document([self.line(-5.0)], invoice_date=False)
        with patch.object(CoreMove, "_post", with_an_addon_between):
            (credits + self.customer_document([self.line(7.0)])).action_post()
        self.env.invalidate_all()
        self.assertRecordValues(
            credits,
            [
                {"state": "posted", "amount_total": -250.0, "credit_remaining": 250.0},
                {"state": "posted", "amount_total": -5.0, "credit_remaining": 5.0},
            ],
        )

    def test_an_addons_payment_terms_divide_a_credit_as_an_invoice(self):
        """-250.00 in +50.00 at once and -300.00 later: the customer would owe 50.00."""
        terms = self.env.registry["account.payment.term"]
        with patch.object(terms, "_compute_terms", CoreTerm._compute_terms):
            credit = self.customer_document(
                [self.line(-250.0)], invoice_payment_term_id=self.fixed_amount_term().id
            )
            items = self.receivable_items(credit).sorted("amount_currency")
            self.assertEqual(items.mapped("amount_currency"), [-300.0, 50.0])
            self.assertRefused(credit, r"50\.00 at once, .* owe .*50\.00 of.*other payment terms")
            credit.invoice_payment_term_id = False
            credit.action_post()
        self.assertEqual(credit.credit_remaining, 250.0)

    def test_an_addons_payment_terms_put_what_is_owed_last(self):
        """-250.00 in -300.00 at once and +50.00 later, where the invoice has 150.00 and 100.00."""
        terms = self.env.registry["account.payment.term"]
        compute = terms._compute_terms

        def as_an_addon_does(term, *args, **kwargs):
            result = compute(term, *args, **kwargs)
            total = kwargs["untaxed_amount"]
            first = -300.0 if total < 0 else 150.0
            for line, amount in zip(result["line_ids"], (first, total - first), strict=True):
                line["company_amount"] = line["foreign_amount"] = amount
            return result

        with patch.object(terms, "_compute_terms", as_an_addon_does):
            credit = self.customer_document(
                [self.line(-250.0)], invoice_payment_term_id=self.fixed_amount_term().id
            )
            self.assertRefused(credit, r"owe .*50\.00 of.*other payment terms")

    # ------------------------------------------------------------------
    # Cost
    # ------------------------------------------------------------------

    def test_posting_100_credits_costs_what_100_credit_notes_cost(self):
        def post_100(move_type, price):
            moves = self.env["account.move"]
            for _n in range(100):
                moves += self.customer_document([self.line(price)], move_type=move_type)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            moves.action_post()
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        # Each series opens with its first number, and the first batch reads what stays cached.
        post_100("out_refund", 1.0)
        post_100("out_invoice", -1.0)
        notes = post_100("out_refund", 1.0)
        credits = post_100("out_invoice", -1.0)
        self.assertLessEqual(credits, notes)
