"""On which day something is settled, and everything that is booked with it."""

from datetime import date

from odoo.exceptions import UserError

from .common_customer import ReceivableAccountCommon


class TestApplicationDays(ReceivableAccountCommon):
    """It is 15 July 2023, and June was printed on 3 July."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.euro = cls.setup_other_currency(
            "EUR", rates=[("2023-01-01", 0.5), ("2023-06-10", 0.4), ("2023-07-01", 0.625)]
        )

    def days(self, *moves):
        """The days in the register of what these documents settled, exchange differences apart."""
        rows = self.env["account.receivable.application"].search(
            [("is_exchange", "=", False)], order="id"
        )
        documents = self.env["account.move"].union(*moves)
        return rows.filtered(
            lambda row: row.debit_move_id in documents or row.credit_move_id in documents
        ).mapped("date")

    def open_on(self, day):
        """What the aging as of a day shows of the customer: ``{document: open amount}``."""
        self.env.flush_all()
        self.env.invalidate_all()
        rows = self.env["account.receivable.aging"].with_context(as_of=day)
        return {
            row.move_id: row.amount_residual
            for row in rows.search([("partner_id", "=", self.customer.id)])
        }

    def printed(self, *days):
        """The aging and the tie-out of these days, as they would be printed now."""
        return [
            (
                self.open_on(day),
                [(row.documents, row.ledger, row.aging) for row in self.tie_out(day)],
            )
            for day in days
        ]

    # === Money ===

    def test_money_settles_on_the_day_it_moved(self):
        """A transfer of 20 June, matched on 15 July: on 30 June the invoice was paid."""
        invoice = self.document(100.0)
        transfer = self.bank_line(100.0, "2023-06-20")
        self.apply(invoice, transfer.move_id)
        self.assertEqual(self.days(invoice), [date(2023, 6, 20)])
        self.assertEqual(self.open_on("2023-06-19"), {invoice: 100.0})
        self.assertEqual(self.open_on("2023-06-30"), {})
        self.assertTiesOut()

    def test_a_payment_added_on_the_invoice(self):
        invoice, payment = self.document(100.0), self.payment(40.0, date="2023-06-20")
        invoice.js_assign_outstanding_line(self.receivable_items(payment.move_id).id)
        self.assertEqual(self.days(invoice), [date(2023, 6, 20)])

    def test_money_that_came_before_the_invoice(self):
        payment = self.payment(100.0, date="2023-05-20")
        invoice = self.document(100.0)
        self.apply(invoice, payment.move_id)
        self.assertEqual(self.days(invoice), [date(2023, 6, 1)])

    def test_money_of_a_closed_month_settles_on_the_first_open_day(self):
        """June is closed: its aging stays as it was printed."""
        invoice, transfer = self.document(100.0), self.bank_line(100.0, "2023-06-20")
        before = self.printed("2023-06-20", "2023-06-30")
        self.env.company.fiscalyear_lock_date = "2023-06-30"
        self.apply(invoice, transfer.move_id)
        self.assertEqual(self.days(invoice), [date(2023, 7, 1)])
        self.assertEqual(self.printed("2023-06-20", "2023-06-30"), before)

    def test_a_credit_settles_on_the_day_somebody_applies_it(self):
        invoice, credit = self.document(100.0), self.document(-40.0)
        invoice.js_assign_outstanding_line(self.receivable_items(credit).id)
        self.assertEqual(self.days(invoice), [date(2023, 7, 15)])

    def test_a_day_that_somebody_chose_holds_for_money_too(self):
        invoice, payment = self.document(100.0), self.payment(40.0)
        items = self.receivable_items(invoice, payment.move_id)
        items._apply_receivables(dict.fromkeys(items, 40.0), day=date(2023, 7, 3))
        self.assertEqual(self.days(invoice), [date(2023, 7, 3)])

    # === What is booked with it ===

    def test_an_exchange_difference_is_of_the_day_of_the_application(self):
        """Of June: an invoice in euros at 0.5, a credit at 0.4. Applied on 10 July, taken back on
        14 July: no figure of June changes, and of July only the later ones."""
        invoice = self.document(100.0, currency_id=self.euro.id)
        credit = self.document(-100.0, currency_id=self.euro.id, invoice_date="2023-06-15")
        past = ("2023-06-01", "2023-06-15", "2023-06-30", "2023-07-09")
        before = self.printed(*past)
        items = self.receivable_items(invoice, credit)
        (partial,) = items._apply_receivables(
            dict.fromkeys(items, 100.0), day=date(2023, 7, 10)
        ).filtered("exchange_move_id")
        exchange = partial.exchange_move_id
        self.assertRecordValues(exchange, [{"state": "posted", "date": date(2023, 7, 10)}])
        self.assertEqual(self.printed(*past), before)
        self.assertEqual(self.open_on("2023-07-10"), {})

        applied = self.printed("2023-07-10", "2023-07-13")
        rows = self.env["account.receivable.application"].search(
            [("partial_id", "=", partial.id)]
        )
        rows._unapply(date(2023, 7, 14), "Meant for another invoice")
        self.assertEqual(exchange.reversal_move_ids.date, date(2023, 7, 14))
        self.assertEqual(self.printed(*past), before)
        self.assertEqual(self.printed("2023-07-10", "2023-07-13"), applied)
        self.assertEqual(set(self.open_on("2023-07-14")), {invoice, credit})
        self.assertTiesOut()

    def test_an_exchange_difference_of_money_is_of_the_day_it_moved(self):
        invoice = self.document(100.0, currency_id=self.euro.id)
        payment = self.payment(100.0, currency_id=self.euro.id, date="2023-06-12")
        invoice.js_assign_outstanding_line(self.receivable_items(payment.move_id).id)
        exchange = invoice.line_ids.matched_credit_ids.exchange_move_id
        self.assertEqual(exchange.date, date(2023, 6, 12))
        self.assertEqual(self.open_on("2023-06-12"), {})

    def taxed_on_payment(self, price):
        if not hasattr(self, "tax_on_payment"):
            self.env.company.tax_exigibility = True
            account = self.company_data["default_account_tax_sale"]
            waiting = account.copy({"name": "Tax waiting", "reconcile": True})
            self.tax_on_payment = self.two_sided_tax(
                "21 % on payment",
                21.0,
                tax_exigibility="on_payment",
                cash_basis_transition_account_id=waiting.id,
            )
        return self.document(price, line={"tax": self.tax_on_payment})

    def test_taxes_due_on_payment_are_of_the_day_of_the_application(self):
        invoice, credit = self.taxed_on_payment(100.0), self.taxed_on_payment(-100.0)
        items = self.receivable_items(invoice, credit)
        items._apply_receivables(dict.fromkeys(items, 121.0), day=date(2023, 7, 10))
        for document in (invoice, credit):
            entries = document.tax_cash_basis_created_move_ids
            self.assertEqual(entries.mapped("date"), [date(2023, 7, 10)], document.name)
        rows = self.env["account.receivable.application"].search(
            [("debit_move_id", "=", invoice.id)]
        )
        rows._unapply(date(2023, 7, 14), "Meant for another invoice")
        reversals = invoice.tax_cash_basis_created_move_ids.reversal_move_ids
        self.assertEqual(set(reversals.mapped("date")), {date(2023, 7, 14)})

    def test_a_tax_lock_after_the_day_is_cores_to_solve(self):
        """The tax return of July's first half is filed: core finds the day for the taxes."""
        invoice, credit = self.taxed_on_payment(100.0), self.taxed_on_payment(-100.0)
        self.env.company.tax_lock_date = "2023-07-12"
        items = self.receivable_items(invoice, credit)
        items._apply_receivables(dict.fromkeys(items, 121.0), day=date(2023, 7, 10))
        self.assertEqual(self.days(invoice), [date(2023, 7, 10)])
        for document in (invoice, credit):
            (entry,) = document.tax_cash_basis_created_move_ids
            self.assertGreater(entry.date, date(2023, 7, 12))

    def test_a_day_in_a_closed_month_is_refused(self):
        invoice, credit = self.document(100.0), self.document(-40.0)
        self.env.company.fiscalyear_lock_date = "2023-06-30"
        items = self.receivable_items(invoice, credit)
        with self.assertRaisesRegex(UserError, "lock|closed"):
            items._apply_receivables(dict.fromkeys(items, 40.0), day=date(2023, 6, 20))
