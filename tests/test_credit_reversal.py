"""Reversing a customer credit: an invoice takes it back, as core's invoice takes back its credit
note."""

from odoo.exceptions import UserError
from odoo.fields import Command

from .common_adjustment import AdjustmentCommon


class TestCreditReversal(AdjustmentCommon):
    def reverse(self, moves, modify=False, **values):
        """The dialog, and one of its two buttons."""
        wizard = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=moves.ids)
            .create({"journal_id": moves[0].journal_id.id, "date": "2023-07-01", **values})
        )
        wizard.modify_moves() if modify else wizard.refund_moves()
        return wizard.new_move_ids

    def check_as_core(self, lines, **values):
        """A credit and core's credit note, each reversed: the two invoices book the same."""
        credit = self.customer_document(lines, post=True, **values)
        credit_note = self.customer_document(
            self.mirrored(lines), move_type="out_refund", post=True, **values
        )
        self.assertBooksAsCreditNote(credit, credit_note)
        invoice, expected = self.reverse(credit), self.reverse(credit_note)
        self.assertEqual(expected.move_type, "out_invoice")
        self.assertEqual(invoice.move_type, "out_invoice")
        self.assertEqual(invoice.amount_total, -credit.amount_total)
        self.assertEqual(self.journal_items(invoice), self.journal_items(expected))
        (invoice + expected).action_post()
        self.assertEqual(self.journal_items(invoice), self.journal_items(expected))
        self.assertEqual(credit.credit_remaining, 0.0)
        self.assertEqual(invoice.amount_residual, 0.0)
        self.assertEqual(
            (credit.payment_state, invoice.payment_state),
            (credit_note.payment_state, expected.payment_state),
        )
        self.assertTiesOut()
        return credit, invoice

    def test_a_reward(self):
        credit, invoice = self.check_as_core([self.line(-250.0, tax=self.tax_21)])
        self.assertEqual(credit.reversal_move_ids, invoice)
        self.assertFalse(invoice.is_customer_credit)
        self.assertEqual(
            set(invoice.line_ids.tax_repartition_line_id.mapped("document_type")), {"invoice"}
        )
        row = credit.receivable_application_ids
        self.assertEqual((row.amount, row.counterpart_move_id), (302.5, invoice))
        self.assertEqual(str(row.date), "2023-07-01")

    def test_the_button(self):
        credit = self.document(-100.0)
        self.assertEqual(credit.action_reverse()["name"], "Reverse Customer Credit")
        self.assertEqual(self.document(100.0).action_reverse()["name"], "Credit Note")

    def test_the_dialog_knows_what_it_reverses(self):
        credit, invoice = self.document(-100.0), self.document(100.0)
        for moves, expected in ((credit, True), (invoice, False), (credit + invoice, False)):
            wizard = self.env["account.move.reversal"].with_context(
                active_model="account.move", active_ids=moves.ids
            )
            values = {"journal_id": credit.journal_id.id}
            self.assertEqual(wizard.create(values).reverses_credits, expected)
        reversal = self.reverse(credit, reason="Promised by mistake")
        self.assertEqual(reversal.ref, f"Reversal of: {credit.name}, Promised by mistake")

    def test_returns_freight_discounts_and_headings(self):
        self.check_as_core(
            [
                Command.create({"display_type": "line_section", "name": "Returned"}),
                self.line(12.34, quantity=-3, tax=self.tax_6, discount=10.0),
                self.line(-100.0, quantity=2, tax=self.tax_21),
                self.line(7.5, tax=self.tax_21),
                Command.create({"display_type": "line_note", "name": "Thank you"}),
            ]
        )

    def test_foreign_currency(self):
        currency = self.setup_other_currency("EUR", rates=[("2023-01-01", 0.7)])
        self.check_as_core([self.line(-99.99, tax=self.tax_21)], currency_id=currency.id)

    def test_terms_and_rounding(self):
        rounding = self.cash_rounding()
        lines = [self.line(-100.02, tax=self.tax_21, account_id=self.revenue.id)]
        self.check_as_core(lines, invoice_cash_rounding_id=rounding.id)
        for computation in ("included", "excluded", "mixed"):
            with self.subTest(computation):
                term = self.early_payment_term(computation)
                self.check_as_core(lines, invoice_payment_term_id=term.id)

    def test_the_customer_pays_to_the_company(self):
        ours, _theirs = self.env["res.partner.bank"].create(
            [
                {"acc_number": "OURS 1", "partner_id": self.env.company.partner_id.id},
                {"acc_number": "THEIRS 1", "partner_id": self.customer.id},
            ]
        )
        credit = self.customer_document([self.line(-250.0)], post=True)
        self.assertEqual(self.reverse(credit).partner_bank_id, ours)

    def test_a_batch_of_everything(self):
        """Credits, an invoice and core's credit note of two customers, reversed in one go."""
        moves = self.env["account.move"]
        for partner in (self.customer, self.stranger):
            for price in (-40.0, 100.0, -7.0):
                moves += self.customer_document(
                    [self.line(price)], post=True, partner_id=partner.id
                )
        moves += self.customer_document([self.line(9.0)], move_type="out_refund", post=True)
        reversals = self.reverse(moves)
        reversals.action_post()
        for move, reversal in zip(moves, reversals, strict=True):
            self.assertEqual(reversal.reversed_entry_id, move)
            self.assertEqual(reversal.partner_id, move.partner_id)
            self.assertEqual(move.amount_residual, 0.0)
            self.assertEqual(reversal.amount_residual, 0.0)
        self.assertTiesOut()
        self.assertTiesOut(self.stranger)

    # ------------------------------------------------------------------
    # Reverse and Create Invoice
    # ------------------------------------------------------------------

    def test_reverse_and_correct(self):
        """The credit is taken back at once; a draft of the same credit waits to be corrected."""
        credit = self.customer_document([self.line(-250.0, tax=self.tax_21)], post=True)
        draft = self.reverse(credit, modify=True)
        self.assertEqual(credit.credit_remaining, 0.0)
        self.assertEqual(credit.payment_state, "paid", "as core's credit note is")
        self.assertTrue(draft.is_customer_credit)
        self.assertEqual(draft.state, "draft")
        self.assertEqual(draft.amount_total, credit.amount_total)
        self.assertFalse(draft.reversed_entry_id)
        self.assertTiesOut()

    def test_an_applied_credit(self):
        """Reversed and corrected, its invoice is open again; core's credit note does the same."""
        for kind in ("out_invoice", "out_refund"):
            with self.subTest(kind):
                sign = -1 if kind == "out_invoice" else 1
                invoice = self.customer_document([self.line(250.0)], post=True)
                credit = self.customer_document(
                    [self.line(sign * 100.0)], move_type=kind, post=True
                )
                self.apply(invoice, credit)
                self.assertEqual(invoice.amount_residual, 150.0)
                self.reverse(credit, modify=True)
                self.assertEqual(invoice.amount_residual, 250.0)
                self.assertEqual(credit.amount_residual, 0.0)
                self.assertTiesOut()

    def test_an_applied_credit_reversed_plainly(self):
        """What the credit settled stays settled; the invoice is due again."""
        invoice = self.customer_document([self.line(250.0)], post=True)
        credit = self.customer_document([self.line(-100.0)], post=True)
        self.apply(invoice, credit)
        reversal = self.reverse(credit)
        reversal.action_post()
        self.assertEqual(invoice.amount_residual, 150.0)
        self.assertEqual(reversal.amount_residual, 100.0)
        self.assertEqual(self.fresh().ar_balance, 250.0)
        self.assertTiesOut()

    # ------------------------------------------------------------------
    # Adjustments
    # ------------------------------------------------------------------

    def test_what_was_adjusted_can_be_adjusted_again(self):
        invoice = self.invoice(
            self.line(33.33, quantity=3, tax=self.tax_21), self.line(0.07, tax=self.tax_6)
        )
        adjustment = self.adjust(invoice)
        with self.assertRaises(UserError):
            self.adjust(invoice)
        reversal = self.reverse(adjustment)
        with self.assertRaises(UserError):
            self.adjust(invoice)  # a draft takes nothing back
        reversal.action_post()
        self.assertEqual(reversal.amount_total, invoice.amount_total)
        self.assertFalse(reversal.invoice_line_ids.adjusted_line_id)
        again = self.adjust(invoice)
        self.assertEqual(again.amount_total, -invoice.amount_total)
        self.assertTiesOut()

    def test_exact_cents_are_turned(self):
        invoice = self.invoice(
            self.line(33.33, quantity=3, tax=self.tax_21), self.line(0.07, tax=self.tax_6)
        )
        for adjustment in (self.adjust(invoice, amount=10.01), self.adjust(invoice)):
            reversal = self.reverse(adjustment)
            self.assertEqual(reversal.amount_untaxed, -adjustment.amount_untaxed)
            self.assertEqual(reversal.amount_tax, -adjustment.amount_tax)

    # ------------------------------------------------------------------
    # Duplicates, debit notes
    # ------------------------------------------------------------------

    def test_a_duplicate_is_a_credit_of_its_own(self):
        invoice = self.invoice(self.line(100.0, tax=self.tax_21))
        for credit in (self.adjust(invoice, amount=10.0), self.document(-25.0)):
            copy = credit.copy()
            self.assertTrue(copy.is_customer_credit)
            self.assertFalse(copy.reversed_entry_id)
            self.assertFalse(copy.invoice_line_ids.adjusted_line_id)
            self.assertFalse(copy.credit_issuer_id)
            copy.action_post()
            self.assertEqual(copy.credit_remaining, -credit.amount_total)
        self.assertTiesOut()

    def debit(self, move, **values):
        wizard = (
            self.env["account.debit.note"]
            .with_context(active_model="account.move", active_ids=move.ids)
            .create({"date": "2023-07-01", **values})
        )
        wizard.create_debit()
        return self.env["account.move"].search([("debit_origin_id", "=", move.id)])

    def test_no_debit_note_of_a_credit(self):
        credit = self.document(-100.0)
        with self.assertRaisesRegex(UserError, "Reverse the credit"):
            self.debit(credit, copy_lines=True)
        invoice = self.document(100.0)
        self.assertEqual(self.debit(invoice, copy_lines=True).amount_total, 100.0)

    def test_no_debit_note_below_zero(self):
        note = self.debit(self.document(100.0))
        note.invoice_line_ids = [self.line(-10.0)]
        with self.assertRaisesRegex(UserError, "cannot be negative"):
            note.action_post()
