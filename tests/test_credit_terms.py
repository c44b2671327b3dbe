"""Terms, roundings and currencies, where amounts move by cents. The oracle is core."""

from odoo.fields import Command

from .common import CustomerCreditCommon


class TestCreditTerms(CustomerCreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tax_21 = cls.two_sided_tax("21 %", 21.0)

    def test_early_payment_terms(self):
        for computation in ("included", "excluded", "mixed"):
            with self.subTest(computation):
                term = self.early_payment_term(computation)
                credit, _note = self.check_books_as_credit_note(
                    [self.line(-100.0, tax=self.tax_21), self.line(-10.0)],
                    invoice_payment_term_id=term.id,
                )
                self.assertFalse(
                    credit._is_eligible_for_early_payment_discount(credit.currency_id, False)
                )

    def test_mixed_early_payment_in_a_foreign_currency(self):
        term = self.early_payment_term("mixed")
        currency = self.setup_other_currency("EUR", rates=[("2023-01-01", 0.5)])
        credit, _note = self.check_books_as_credit_note(
            [self.line(-100.0, tax=self.tax_21)],
            invoice_payment_term_id=term.id,
            currency_id=currency.id,
        )
        self.assertTrue(credit.line_ids.filtered(lambda line: line.display_type == "epd"))

    def test_instalments_of_fixed_amounts(self):
        """50.00 at once, the rest later; also where the credit is smaller than the 50.00."""
        term = self.fixed_amount_term()
        euro = self.setup_other_currency("EUR", rates=[("2023-01-01", 0.5)])
        rounding = self.cash_rounding("add_invoice_line")
        for price, values in (
            (-100.0, {}),
            (-30.0, {}),
            (-100.01, {"invoice_cash_rounding_id": rounding.id}),
            (-100.0, {"currency_id": euro.id}),
        ):
            with self.subTest(price=price, **values):
                credit, _note = self.check_books_as_credit_note(
                    [self.line(price, tax=self.tax_21)], invoice_payment_term_id=term.id, **values
                )
                first = credit.line_ids.filtered("date_maturity").sorted("date_maturity")[0]
                self.assertEqual(first.amount_currency, -50.0)

    def test_early_payment_discount_decides_the_sign(self):
        """The discount lowers the tax by 0.38: what the lines call -0.10 is an invoice of 0.28."""
        term = self.early_payment_term("mixed")
        invoice = self.customer_document(
            [self.line(108.80), self.line(-90.0, tax=self.tax_21)],
            invoice_payment_term_id=term.id,
        )
        self.assertEqual(invoice.amount_total, 0.28)
        self.assertFalse(invoice.is_customer_credit)
        self.assertFalse(invoice.is_on_credit_side)
        self.assertEqual(
            set(invoice.line_ids.tax_repartition_line_id.mapped("document_type")), {"invoice"}
        )

    def test_rounding_per_document_decides_the_sign(self):
        """Lines that each round to nothing or a cent; the document as a whole is below zero."""
        self.env.company.tax_calculation_rounding_method = "round_globally"
        lines = [self.line(-0.02, tax=self.tax_21) for _n in range(9)] + [self.line(0.21)]
        credit, _note = self.check_books_as_credit_note(lines)
        self.assertEqual(credit.amount_total, -0.01)

    def test_cash_rounding(self):
        for strategy in ("add_invoice_line", "biggest_tax"):
            for price in (-100.01, -99.98):
                with self.subTest(strategy=strategy, price=price):
                    rounding = self.cash_rounding(strategy)
                    self.check_books_as_credit_note(
                        [self.line(price, tax=self.tax_21)], invoice_cash_rounding_id=rounding.id
                    )

    def test_cash_rounding_takes_a_small_credit_to_zero(self):
        """The rule: 0.00 is an invoice, so it is no credit; its lines stay booked on the side they
        are on, and nothing of it can be applied."""
        rounding = self.cash_rounding("add_invoice_line")
        lines = [self.line(-0.02)]
        nothing = self.customer_document(lines, invoice_cash_rounding_id=rounding.id)
        credit_note = self.customer_document(
            self.mirrored(lines), move_type="out_refund", invoice_cash_rounding_id=rounding.id
        )
        self.assertEqual(nothing.amount_total, 0.0)
        self.assertFalse(nothing.is_customer_credit)
        (nothing + credit_note).action_post()
        self.assertBooksAsCreditNote(nothing, credit_note)
        self.assertEqual(nothing.credit_remaining, 0.0)

    def test_instalments_in_a_foreign_currency(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "30 % now, 70 % in 60 days",
                "line_ids": [
                    Command.create({"value": "percent", "value_amount": 30, "nb_days": 0}),
                    Command.create({"value": "percent", "value_amount": 70, "nb_days": 60}),
                ],
            }
        )
        currency = self.setup_other_currency("EUR", rates=[("2023-01-01", 0.7301)])
        credit, _note = self.check_books_as_credit_note(
            [self.line(-100.33, tax=self.tax_21)],
            invoice_payment_term_id=term.id,
            currency_id=currency.id,
        )
        self.assertEqual(len(credit.line_ids.filtered("date_maturity")), 2)
