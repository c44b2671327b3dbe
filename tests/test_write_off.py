"""Small balances: a few cents that nobody will pay, a few dollars that nobody will use."""

from odoo.exceptions import UserError
from odoo.fields import Command

from .common_write_off import WriteOffCommon


class TestWriteOff(WriteOffCommon):
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
                        "ref": f"{document.name}: Not worth collecting",
                        "write_off_document_id": document.id,
                    }
                ],
            )
            self.assertFalse(entry.line_ids.tax_ids + entry.line_ids.tax_line_id)
            self.assertIn("Not worth collecting", document.message_ids[0].body)

    def test_the_register_says_when_and_why(self):
        credit = self.left_of(-250.0, 3.0)
        entry = self.write_off(credit)
        row = self.env["account.receivable.application"].search(
            [("debit_move_id", "=", entry.id), ("credit_move_id", "=", credit.id)]
        )
        self.assertRecordValues(
            row, [{"amount": 3.0, "reason": "Not worth collecting"}]
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

    def test_a_credit_that_entries_settle_is_reversed_as_cores_credit_note(self):
        """Nobody got anything for it. With money among them it is paid."""
        credit = self.document(-4.0)
        note = self.customer_document([self.line(4.0)], move_type="out_refund", post=True)
        for document in (credit, note):
            self.write_off(document, self.env.user)
        self.assertEqual((credit + note).mapped("payment_state"), ["reversed", "reversed"])
        credit = self.document(-4.0)
        self.apply(self.document(3.0, invoice_payment_term_id=False), credit)
        self.write_off(credit, self.env.user)
        self.assertEqual(credit.payment_state, "paid")

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

    def test_it_has_a_use_of_its_own_and_is_reversed_not_unapplied(self):
        credit = self.document(-3.0)
        entry = self.write_off(credit)
        row = credit.receivable_application_ids
        self.assertEqual((row.use, row.counterpart_move_id), ("write_off", entry))
        with self.assertRaisesRegex(UserError, f"{entry.name}.*Reverse"):
            row.action_unapply()
        self.assertEqual(credit.credit_remaining, 0.0)

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
        small, large = (self.document(amount, currency_id=currency.id) for amount in (2.5, 2.51))
        with self.assertRaisesRegex(UserError, "exceeds the write-off limit"):
            self.write_off(large)
        self.write_off(small)
        self.assertNothingLeft(small)
