"""What a customer owes: the life of an account, and what counts in it."""

from datetime import timedelta

from freezegun import freeze_time

from .common_customer import TODAY, ReceivableAccountCommon


class TestCustomerBalance(ReceivableAccountCommon):
    # === Stories ===

    def test_a_reward_shows_as_a_negative_balance(self):
        """Montboro has paid its invoices and gets a reward of 250.00: we owe Montboro 250.00."""
        invoice = self.document(8737.50)
        payment = self.payment(8737.50)
        self.apply(invoice, payment.move_id)
        self.assertFigures(0.0, 0.0, 0.0, 0.0)

        credit = self.document(-250.0, invoice_date="2023-07-01")

        self.assertFigures(-250.0, 0.0, 250.0, 0.0)
        self.assertEqual(self.customer.ar_document_ids.ids, [credit.id, invoice.id])
        self.assertEqual(self.customer.ar_open_document_ids, credit)

    def test_the_life_of_an_account(self):
        """Each event moves the figures as the clerk expects."""
        self.assertFigures(0.0, 0.0, 0.0, 0.0)

        invoice = self.document(1000.0)
        self.assertFigures(1000.0, 1000.0, 0.0, 1000.0)

        later = self.document(400.0, invoice_date="2023-07-10")
        self.assertFigures(1400.0, 1400.0, 0.0, 1000.0)

        credit = self.document(-250.0)
        self.assertFigures(1150.0, 1400.0, 250.0, 1000.0)

        self.apply(invoice, credit)
        self.assertFigures(1150.0, 1150.0, 0.0, 750.0)

        payment = self.payment(900.0)
        self.assertFigures(250.0, 1150.0, 900.0, 750.0)

        self.apply(invoice, payment.move_id)
        self.assertFigures(250.0, 400.0, 150.0, 0.0)

        credit_note = self.document(60.0, move_type="out_refund")
        self.assertFigures(190.0, 400.0, 210.0, 0.0)

        self.apply(later, payment.move_id, credit_note)
        self.assertFigures(190.0, 190.0, 0.0, 0.0)

    def test_a_refund_closes_the_credit(self):
        """Money sent back is a debit: it meets the credit, and nothing stays open."""
        credit = self.document(-250.0)
        refund = self.payment(-250.0)
        self.assertFigures(0.0, 250.0, 250.0, 250.0)
        self.apply(credit, refund.move_id)
        self.assertFigures(0.0, 0.0, 0.0, 0.0)

    def test_unapplying_opens_the_items_again(self):
        invoice, credit = self.document(1000.0), self.document(-250.0)
        self.apply(invoice, credit)
        self.assertFigures(750.0, 750.0, 0.0, 750.0)
        self.receivable_items(credit).remove_move_reconcile()
        self.assertFigures(750.0, 1000.0, 250.0, 1000.0)

    # === What counts ===

    def test_whatever_is_open_on_a_receivable_account_counts(self):
        other_account = self.receivable.copy()
        self.entry(70.0)
        self.entry(-20.0)
        self.entry(5.0, account=other_account)
        self.assertFigures(55.0, 75.0, 20.0, 75.0)

    def test_a_receivable_account_counts_from_the_day_it_is_one(self):
        account = self.receivable.copy()
        account.account_type = "asset_current"
        self.entry(30.0, account=account)
        self.assertFigures(0.0, 0.0, 0.0, 0.0)
        account.account_type = "asset_receivable"
        self.items.search([("account_id", "=", account.id)]).date_maturity = "2023-06-10"
        self.assertFigures(30.0, 30.0, 0.0, 30.0)

    def test_payables_do_not_count(self):
        self.customer_document([self.line(500.0)], move_type="in_invoice", post=True)
        self.assertFigures(0.0, 0.0, 0.0, 0.0)

    def test_drafts_and_cancelled_documents_do_not_count(self):
        for amount in (300.0, -120.0):
            with self.subTest(amount=amount):
                draft = self.document(amount, post=False)
                cancelled = self.document(amount, post=False)
                cancelled.button_cancel()
                reopened = self.document(amount)
                reopened.button_draft()
                self.assertFigures(0.0, 0.0, 0.0, 0.0)
                draft.action_post()
                self.assertEqual(self.fresh().ar_balance, amount)
                draft.button_draft()

    def test_a_total_of_zero_is_nothing_open(self):
        document = self.customer_document([self.line(100.0), self.line(-100.0)], post=True)
        self.assertFigures(0.0, 0.0, 0.0, 0.0)
        self.assertEqual(self.customer.ar_document_ids, document)
        self.assertFalse(self.customer.ar_open_document_ids)

    def test_instalments_are_open_one_by_one(self):
        """30 % at once, the rest at the end of the next month: only the first is overdue."""
        self.document(
            1000.0, invoice_payment_term_id=self.pay_terms_b.id, invoice_date="2023-07-01"
        )
        self.assertFigures(1000.0, 1000.0, 0.0, 300.0)

    def test_overdue_starts_the_day_after_the_due_date(self):
        self.document(100.0, invoice_payment_term_id=False, invoice_date_due=TODAY)
        self.assertFigures(100.0, 100.0, 0.0, 0.0)
        with freeze_time(TODAY + timedelta(days=1)):
            self.assertFigures(100.0, 100.0, 0.0, 100.0)

    def test_credits_do_not_lower_what_is_overdue(self):
        self.document(100.0)
        self.document(-80.0)
        self.assertFigures(20.0, 100.0, 80.0, 100.0)

    def test_an_entry_without_due_date_is_due_when_booked(self):
        entry = self.entry(40.0)
        self.assertFalse(self.receivable_items(entry).date_maturity)
        self.assertFigures(40.0, 40.0, 0.0, 40.0)
        self.assertEqual(self.receivable_items(entry).days_past_due, 35)
