"""Write-offs are refused before anything is written; the message names the document."""

from odoo.exceptions import AccessError, UserError, ValidationError

from .common_write_off import RIGHT, WriteOffCommon


class TestWriteOffRefused(WriteOffCommon):
    def assertRefused(self, words, moves, error=UserError, **values):
        before = self.env["account.move"].search_count([])
        with self.assertRaisesRegex(error, words), self.env.cr.savepoint():
            self.wizard(moves, **values).action_write_off()
        self.assertEqual(self.env["account.move"].search_count([]), before)

    def test_above_the_limit_the_document_is_named_and_none_goes(self):
        small, exact, large = (self.document(amount) for amount in (0.4, 5.0, 5.01))
        self.assertRefused(large.name, small + exact + large)
        self.write_off(small + exact)
        self.assertNothingLeft(small + exact[:0])
        self.assertNothingLeft(exact)
        self.assertEqual(large.amount_residual, 5.01)

    def test_documents_that_are_none_of_it(self):
        small = self.document(1.0)
        settled = self.document(2.0)
        self.apply(settled, self.document(-2.0))
        self.assertRefused("settled already", small + settled)
        self.assertRefused("not posted", small + self.customer_document([self.line(1.0)]))
        self.assertRefused("no invoice, credit or receipt", small + self.entry(3.0))
        bill = self.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": self.customer.id,
                "invoice_date": "2023-06-01",
                "invoice_line_ids": [self.line(1.0)],
            }
        )
        bill.action_post()
        self.assertRefused("no invoice, credit or receipt", bill)
        held = self.document(-1.0)
        held.write({"credit_on_hold": True, "credit_hold_note": "Dispute"})
        self.assertRefused("on hold", held)
        self.assertRefused("Choose the documents", self.env["account.move"])
        self.assertEqual(small.amount_residual, 1.0)

    def test_dates(self):
        small = self.document(1.0)
        self.assertRefused("later than", small, date="2023-05-31")
        self.assertRefused("today or earlier", small, date="2023-07-16")
        self.assertRefused("today or earlier", small, date=False)
        self.company.fiscalyear_lock_date = "2023-06-30"
        self.assertRefused("locked", small, date="2023-06-30")
        self.write_off(small, date="2023-07-01")
        self.assertNothingLeft(small)

    def test_a_reason_is_needed(self):
        for reason in (False, "  "):
            self.assertRefused("Say why", self.document(1.0), reason=reason)

    def test_what_the_company_must_have_set(self):
        invoice, credit = self.document(1.0), self.document(-2.0)
        self.company.customer_credit_write_off_credit_account_id = False
        self.assertRefused("Account for Credits Written Off", invoice + credit)
        self.bad_debt.active = False
        self.assertRefused("Account for Invoices Written Off", invoice)
        self.bad_debt.active = True
        self.company.customer_credit_write_off_limit = 0.0
        self.assertRefused("writes off no balances", invoice)
        with self.assertRaisesRegex(ValidationError, "negative"):
            self.company.customer_credit_write_off_limit = -1.0

    def test_no_miscellaneous_journal(self):
        self.env["account.journal"].search(
            [("type", "=", "general"), ("company_id", "=", self.company.id)]
        ).active = False
        self.assertRefused("no miscellaneous journal", self.document(1.0))

    def test_other_companies(self):
        small = self.document(1.0)
        data = self.setup_other_company(name="Write-Off Elsewhere")
        self.env.user.company_ids += data["company"]
        theirs = self.customer_document(
            [self.line(1.0, account_id=data["default_account_revenue"].id)],
            journal_id=data["default_journal_sale"].id,
            post=True,
        )
        with self.assertRaises(UserError):
            self.wizard(small + theirs, self.env.user).action_write_off()
        with self.assertRaises(UserError):
            self.wizard(theirs, self.env.user).with_context(
                allowed_company_ids=self.company.ids
            ).action_write_off()
        with self.assertRaises(AccessError):
            self.wizard(theirs).action_write_off()

    def test_accounts_and_journal_that_no_company_can_have(self):
        data = self.company_data
        theirs = self.setup_other_company(name="Write-Off Elsewhere")
        journal = "customer_credit_write_off_journal_id"
        for name, record in (
            ("customer_credit_write_off_invoice_account_id", theirs["default_account_expense"]),
            ("customer_credit_write_off_credit_account_id", theirs["default_account_expense"]),
            ("customer_credit_write_off_invoice_account_id", self.receivable),
            ("customer_credit_write_off_credit_account_id", data["default_account_payable"]),
            (journal, theirs["default_journal_misc"]),
            (journal, data["default_journal_sale"]),
        ):
            with (
                self.subTest(name=name, record=record.display_name),
                self.assertRaisesRegex(ValidationError, "cannot write off"),
            ):
                self.company[name] = record

    def test_who_may(self):
        small = self.document(1.0)
        self.assertTrue(small.with_user(self.writer).is_small_balance)
        for user in (self.clerk, self.issuer, self.auditor, self.salesperson, self.portal):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                self.wizard(small, user)
        for user in (self.clerk, self.issuer):
            self.assertFalse(small.with_user(user).is_small_balance)
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                self.wizard(small).with_user(user).action_write_off()
        administrator = self.new_user("write_off_admin", "account.group_account_manager")
        self.assertTrue(administrator.has_group(RIGHT))
        self.write_off(small, administrator)
        self.assertFalse(small.with_user(self.writer).is_small_balance)

    def test_a_client_cannot_say_what_writes_off_what(self):
        """Else a write-off could be unapplied, or reset, and its document would be open again."""
        entry = self.write_off(self.document(1.0))
        with self.assertRaisesRegex(AccessError, "set automatically"):
            entry.with_user(self.clerk).write_off_document_id = False

    def test_the_button_shows_for_what_is_small(self):
        small, large = self.document(5.0), self.document(5.01)
        draft = self.customer_document([self.line(1.0)])
        self.assertEqual(
            (small + large + draft).with_user(self.writer).mapped("is_small_balance"),
            [True, False, False],
        )
