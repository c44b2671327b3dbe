"""Small balances: a few cents that nobody will pay, a few dollars that nobody will use."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command

from .common_issue import IssueCreditCommon

RIGHT = "account_customer_credit.group_customer_credit_write_off"


class TestWriteOff(IssueCreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.writer = cls.new_user("write_off_writer", RIGHT)
        cls.bad_debt = cls.company_data["default_account_expense"].copy({"name": "Bad debts"})
        cls.unclaimed = cls.env["account.account"].create(
            {"name": "Unclaimed property", "code": "218777", "account_type": "liability_current"}
        )
        cls.company.write(
            {
                "customer_credit_write_off_limit": 5.0,
                "customer_credit_write_off_invoice_account_id": cls.bad_debt.id,
                "customer_credit_write_off_credit_account_id": cls.unclaimed.id,
            }
        )

    def wizard(self, moves, user=None, **values):
        return (
            self.env["account.receivable.write.off"]
            .with_user(user or self.writer)
            .create(
                {
                    "move_ids": [Command.set(moves.ids)],
                    "date": "2023-07-10",
                    "reason": "Costs more to collect than it is",
                    **values,
                }
            )
        )

    def write_off(self, moves, user=None, **values):
        """:return: the entries, in the documents' order"""
        action = self.wizard(moves, user, **values).action_write_off()
        entries = self.issued(action)
        return self.env["account.move"].union(
            *(entries.filtered(lambda e, m=move: e.write_off_document_id == m) for move in moves)
        )

    def left_of(self, amount, left, **values):
        """A posted document of this amount of which just this is left."""
        document = self.document(amount, **values)
        settled = abs(amount) - left
        other = self.document(-settled if document.amount_residual_signed > 0 else settled)
        self.apply(document, other)
        self.assertEqual(abs(document.amount_residual), left)
        return document

    def assertNothingLeft(self, move):
        self.assertTrue(move.currency_id.is_zero(move.amount_residual))
        self.assertTrue(move.company_currency_id.is_zero(move.amount_residual_signed))
        for item in self.receivable_items(move):
            self.assertTrue(item.reconciled)
            self.assertEqual((item.amount_residual, item.amount_residual_currency), (0.0, 0.0))

    # === The story ===

    def test_july_is_cleaned_up(self):
        """Forty cents of an invoice nobody will pay, three dollars of a credit and two of a
        credit note nobody will use: one batch, one entry each, and the customer is even."""
        invoice = self.left_of(1000.0, 0.4)
        credit = self.left_of(-250.0, 3.0)
        note = self.left_of(80.0, 2.0, move_type="out_refund")
        self.assertFigures(-4.6, 0.4, 5.0, 0.4)

        documents = invoice + credit + note
        wizard = self.wizard(documents)
        self.assertEqual((wizard.amount_invoices, wizard.amount_credits), (0.4, 5.0))
        entries = self.write_off(documents)
        for move in documents:
            self.assertNothingLeft(move)
        self.assertFigures(0.0, 0.0, 0.0, 0.0)
        self.assertTiesOut(self.customer)

        # The expense takes what was not paid, the liability what was not used.
        self.assertEqual(
            [
                [(line.account_id, line.balance) for line in entry.line_ids.sorted("id")]
                for entry in entries
            ],
            [
                [(self.receivable, -0.4), (self.bad_debt, 0.4)],
                [(self.receivable, 3.0), (self.unclaimed, -3.0)],
                [(self.receivable, 2.0), (self.unclaimed, -2.0)],
            ],
        )
        for entry, document in zip(entries, documents, strict=True):
            self.assertRecordValues(
                entry,
                [
                    {
                        "state": "posted",
                        "move_type": "entry",
                        "journal_id": self.company_data["default_journal_misc"].id,
                        "date": self.env["account.move"]._fields["date"].to_date("2023-07-10"),
                        "ref": f"{document.name}: Costs more to collect than it is",
                        "write_off_document_id": document.id,
                    }
                ],
            )
            self.assertFalse(entry.line_ids.tax_ids + entry.line_ids.tax_line_id)
            self.assertIn("Costs more to collect", document.message_ids[0].body)

    def test_the_register_says_when_and_why(self):
        credit = self.left_of(-250.0, 3.0)
        entry = self.write_off(credit)
        row = self.env["account.receivable.application"].search(
            [("debit_move_id", "=", entry.id), ("credit_move_id", "=", credit.id)]
        )
        self.assertRecordValues(
            row, [{"amount": 3.0, "reason": "Costs more to collect than it is"}]
        )
        self.assertEqual(row.date.isoformat(), "2023-07-10")
        self.assertEqual(row.user_id, self.writer)

    def test_a_write_off_is_reversed_alone(self):
        """The customer pays the forty cents after all: its entry is reversed, the others stand."""
        first, second = self.left_of(1000.0, 0.4), self.left_of(500.0, 0.2)
        entry, other = self.write_off(first + second)
        with self.assertRaisesRegex(UserError, "Reverse the entry"):
            entry.button_draft()
        entry._reverse_moves(cancel=True)
        self.assertEqual(first.amount_residual, 0.4)
        self.assertNothingLeft(second)
        self.assertFigures(0.4, 0.4, 0.0, 0.4)
        self.assertTiesOut(self.customer)
        self.assertEqual(other.state, "posted")
        self.assertNothingLeft(self.write_off(first).write_off_document_id)

    def test_instalments(self):
        """Each instalment that is open is settled, none before the other."""
        term = self.env["account.payment.term"].create(
            {
                "name": "Three parts",
                "line_ids": [
                    Command.create({"value": "percent", "value_amount": part, "nb_days": days})
                    for part, days in ((33.33, 10), (33.33, 20), (33.34, 30))
                ],
            }
        )
        invoice = self.document(4.99, invoice_payment_term_id=term.id)
        entry = self.write_off(invoice)
        self.assertNothingLeft(invoice)
        self.assertEqual(len(self.receivable_items(entry)), 3)
        self.assertEqual(sum(entry.line_ids.mapped("debit")), 4.99)
        self.assertTiesOut(self.customer)

    # === Currencies ===

    def test_foreign_currency_leaves_nothing_in_either(self):
        """Booked at 0.5, worth more today: the write-off takes the booked amount, and there is no
        exchange difference, as core books none for items at one rate."""
        currency = self.setup_other_currency(
            "EUR", rates=[("2023-01-01", 0.5), ("2023-07-01", 0.8)]
        )
        for amount in (1.13, -1.13):
            with self.subTest(amount=amount):
                document = self.document(amount, currency_id=currency.id)
                before = self.env["account.move"].search_count([])
                entry = self.write_off(document)
                self.assertNothingLeft(document)
                self.assertEqual(self.env["account.move"].search_count([]), before + 1)
                (item,) = self.receivable_items(entry)
                self.assertEqual((item.amount_currency, item.balance), (-amount, -2 * amount))
        self.assertFigures(0.0, 0.0, 0.0, 0.0)

    def test_what_rounding_left_in_a_foreign_currency(self):
        """Part of the invoice was paid at another rate, core booked its exchange difference; the
        rest goes in full."""
        currency = self.setup_other_currency(
            "EUR", rates=[("2023-01-01", 0.7), ("2023-06-15", 0.9)]
        )
        invoice = self.document(100.0, currency_id=currency.id)
        payment = self.payment(98.77, currency_id=currency.id)
        self.receivable_items(invoice, payment.move_id).reconcile()
        self.assertEqual(invoice.amount_residual, 1.23)
        self.write_off(invoice)
        self.assertNothingLeft(invoice)
        self.assertTiesOut(self.customer)

    def test_limit_counts_in_company_currency_booked_and_of_the_day(self):
        currency = self.setup_other_currency(
            "EUR", rates=[("2023-01-01", 2.0), ("2023-07-01", 0.5)]
        )
        small, large = (
            self.document(amount, currency_id=currency.id) for amount in (2.5, 2.51)
        )
        with self.assertRaisesRegex(UserError, "above the write-off limit"):
            self.write_off(large)
        self.write_off(small)
        self.assertNothingLeft(small)

    # === Refusals ===

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

    def test_the_button_shows_for_what_is_small(self):
        small, large = self.document(5.0), self.document(5.01)
        draft = self.customer_document([self.line(1.0)])
        self.assertEqual(
            (small + large + draft).with_user(self.writer).mapped("is_small_balance"),
            [True, False, False],
        )
