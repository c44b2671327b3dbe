"""The full reversal of an invoice books what core's credit note books."""

from odoo.fields import Command

from .common_adjustment import AdjustmentCommon


class TestAdjustmentMirror(AdjustmentCommon):
    def check_full(self, *lines, **values):
        """Adjust all of an invoice, and take an equal one back with core's Credit Note."""
        invoice, twin = self.invoice(*lines, **values), self.invoice(*lines, **values)
        adjustment = self.adjust(invoice)
        credit_note = self.core_reversal(twin, adjustment.invoice_date)
        self.assertBooksAsCreditNote(adjustment, credit_note)
        self.assertTakenBackExactly(invoice, adjustment)
        self.assertEqual(invoice.amount_residual, 0.0)
        self.assertEqual(invoice.payment_state, "reversed")
        self.assertEqual(adjustment.credit_remaining, 0.0)
        return adjustment

    def test_all_of_an_invoice(self):
        adjustment = self.check_full(
            self.line(100.0, 3.0, tax=self.tax_21, name="Desk"),
            self.line(33.33, discount=12.5, tax=self.tax_21 + self.tax_6, name="Lamp"),
            self.line(10.0, name="Delivery"),
        )
        self.assertEqual(adjustment.invoice_line_ids.mapped("quantity"), [-3.0, -1.0, -1.0])
        self.assertEqual(adjustment.invoice_line_ids.mapped("price_unit"), [100.0, 33.33, 10.0])

    def test_all_of_an_invoice_with_rounding(self):
        for strategy in ("add_invoice_line", "biggest_tax"):
            for method in ("round_per_line", "round_globally"):
                with self.subTest(strategy=strategy, method=method):
                    self.env.company.tax_calculation_rounding_method = method
                    rounding = self.cash_rounding(strategy)
                    self.check_full(
                        self.line(10.03, 3.0, tax=self.tax_21),
                        self.line(0.37, 7.0, tax=self.tax_21),
                        invoice_cash_rounding_id=rounding.id,
                    )

    def test_all_of_an_invoice_in_instalments_in_another_currency(self):
        """30 % now, 70 % later, in a currency whose rate has moved: the invoice's own rate is
        proposed, so nothing is left in either currency."""
        term = self.env["account.payment.term"].create(
            {
                "name": "30 % now, 70 % in 60 days",
                "line_ids": [
                    Command.create({"value": "percent", "value_amount": 30, "nb_days": 0}),
                    Command.create({"value": "percent", "value_amount": 70, "nb_days": 60}),
                ],
            }
        )
        currency = self.setup_other_currency(
            "EUR", rates=[("2023-01-01", 0.7301), ("2023-07-01", 0.9)]
        )
        values = {"invoice_payment_term_id": term.id, "currency_id": currency.id}
        lines = [
            self.line(100.33, 3.0, tax=self.tax_21),
            self.line(7.77, name="Without tax"),
        ]
        invoice, twin = self.invoice(*lines, **values), self.invoice(*lines, **values)
        adjustment = self.adjust(invoice)
        self.assertEqual(adjustment.invoice_currency_rate, invoice.invoice_currency_rate)
        self.assertTakenBackExactly(invoice, adjustment)
        self.assertEqual(invoice.payment_state, "reversed")
        self.assertFalse(invoice.line_ids.matched_credit_ids.exchange_move_id)

        # Core's credit note takes the rate of its day: the invoice's, on the invoice's day.
        third = self.invoice(*lines, **values)
        same_day = self.adjust(third, date=third.invoice_date)
        credit_note = self.core_reversal(twin, twin.invoice_date)
        self.assertBooksAsCreditNote(same_day, credit_note)

    def test_all_of_an_invoice_with_early_payment_terms(self):
        for computation in ("included", "excluded", "mixed"):
            with self.subTest(computation):
                term = self.early_payment_term(computation)
                self.check_full(
                    self.line(100.0, tax=self.tax_21),
                    self.line(33.33, tax=self.tax_6),
                    invoice_payment_term_id=term.id,
                )

    def test_all_of_an_invoice_with_analytics_and_accounts(self):
        plan = self.env["account.analytic.plan"].create({"name": "Departments"})
        account = self.env["account.analytic.account"].create(
            {"name": "Schools", "plan_id": plan.id}
        )
        other_revenue = self.revenue.copy({"name": "Other revenue"})
        adjustment = self.check_full(
            self.line(
                100.0,
                tax=self.tax_21,
                analytic_distribution={str(account.id): 100.0},
                account_id=other_revenue.id,
            ),
            self.line(50.0, tax=self.tax_21),
        )
        self.assertEqual(sum(account.line_ids.mapped("amount")), 0.0)
        self.assertIn(other_revenue, adjustment.invoice_line_ids.account_id)
