"""Partial adjustments until nothing is left: together they equal the invoice, to the cent."""

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from .common_adjustment import AdjustmentCommon

PRICES = st.integers(min_value=1, max_value=30000).map(lambda cents: cents / 100)
LINES = st.tuples(
    PRICES,
    st.sampled_from([1.0, 3.0, 7.0, 2.5]),
    st.sampled_from([0.0, 0.0, 10.0, 33.33]),
    st.integers(0, 6),
)
#: Which line, what is done with it, and how much of what is left of it; BUT_A_COIN leaves the
#: smallest amount that the currency has.
BUT_A_COIN = 0.0
STEPS = st.tuples(
    st.integers(0, 2),
    st.sampled_from(["return", "price", "amount"]),
    st.sampled_from([0.1, 0.333, 0.5, 0.9, 1.0, BUT_A_COIN]),
)
TWO_SMALL_LINES = [(0.5, 10.0, 0.0, 1), (0.37, 7.0, 0.0, 1)]


class TestAdjustmentExact(AdjustmentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        affecting = cls.two_sided_tax("base 6 %", 6.0, include_base_amount=True)
        included = cls.two_sided_tax("incl.", 10.0, price_include_override="tax_included")
        fixed = cls.two_sided_tax("fixed", 0.7, amount_type="fixed")
        withheld = cls.two_sided_tax("withheld", -15.0)
        none = cls.env["account.tax"]
        cls.taxes = [none, cls.tax_21, affecting + cls.tax_21, included]
        cls.taxes += [fixed, cls.tax_21 + withheld, cls.tax_6]
        cls.currencies = [
            cls.env.company.currency_id,
            cls.setup_other_currency(
                "EUR", rates=[("2023-01-01", 0.7301), ("2023-07-01", 0.8111)]
            ),
            cls.setup_other_currency("JPY", rounding=1.0, rates=[("2023-01-01", 139.37)]),
            cls.setup_other_currency("KWD", rounding=0.001, rates=[("2023-01-01", 0.3071)]),
        ]
        cls.roundings = [cls.env["account.cash.rounding"]]
        for strategy in ("add_invoice_line", "biggest_tax"):
            for method in ("UP", "DOWN", "HALF-UP"):
                rounding = cls.cash_rounding(strategy)
                rounding.rounding_method = method
                cls.roundings.append(rounding)
        cls.terms = [cls.env["account.payment.term"], cls.early_payment_term("mixed")]

    def step(self, invoice, step):
        """One adjustment of a part of what is left; None where the part is nothing."""
        index, kind, part = step
        left = invoice._get_left_to_adjust().values()
        if invoice.currency_id.is_zero(sum(part.amounts.total() for part in left)):
            return None
        wizard = self.dialog(invoice)
        coin = invoice.currency_id.rounding
        if kind == "amount":
            amount = invoice.currency_id.round(
                wizard.amount_left * part if part else wizard.amount_left - coin
            )
            wizard.write({"mode": "amount", "amount": amount})
        else:
            row = wizard.line_ids[index % len(wizard.line_ids)]
            (wizard.line_ids - row).unlink()
            row.kind = kind if row.left_quantity else "price"
            if row.kind == "return":
                row.quantity = round(row.left_quantity * (part or 0.5), 2)
            else:
                price = row.current_price * (1 - part) if part else coin
                row.new_price = min(price, row.current_price)
        if invoice.currency_id.compare_amounts(wizard.amount_total, 0.0) <= 0:
            return None
        return self.as_shown(wizard)

    @settings(
        max_examples=60,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(
        st.lists(LINES, min_size=1, max_size=3),
        st.lists(STEPS, max_size=5),
        st.integers(0, 3),
        st.booleans(),
        st.sampled_from([0, 0, 0, 1, 2, 3, 4, 5, 6]),
        st.sampled_from([0, 0, 1]),
        st.booleans(),
    )
    # the tax of a tenth is rounded up nine times
    @example([(0.5, 10.0, 0.0, 1)], [(0, "return", 0.1)] * 5, 0, False, 0, 0, False)
    @example(TWO_SMALL_LINES, [(0, "amount", 0.333)] * 5, 1, True, 0, 0, False)
    # a rest of one cent is a rest
    @example([(50.0, 1.0, 0.0, 0)], [(0, "price", BUT_A_COIN)], 0, False, 0, 0, False)
    @example([(50.0, 1.0, 0.0, 1)], [(0, "amount", BUT_A_COIN)], 0, False, 0, 0, False)
    @example([(0.01, 3.0, 0.0, 0)], [(0, "return", 0.333)], 0, False, 0, 0, False)
    # the rounding of the total goes with the last
    @example([(13.01, 1.0, 0.0, 1), (7.77, 3.0, 0.0, 1)], [(0, "return", 1.0)], 0, 0, 4, 0, False)
    # the customer paid early, and took the discount
    @example([(100.0, 10.0, 0.0, 1)], [], 0, False, 0, 1, True)
    @example([(100.0, 10.0, 0.0, 1)], [(0, "return", 0.5)], 0, False, 0, 1, True)
    def test_partial_adjustments_sum_to_the_invoice(
        self, drawn, steps, currency, per_document, rounding, term, paid_early
    ):
        # Odoo cannot save every document with such terms in another currency, its credit note
        # neither: the discount's lines are rounded one by one, and do not balance.
        term = term and not currency
        with self.env.cr.savepoint() as savepoint:
            self.check_partial_adjustments(
                drawn,
                steps,
                currency,
                per_document,
                paid_early=paid_early and bool(term),
                invoice_cash_rounding_id=self.roundings[rounding].id,
                invoice_payment_term_id=self.terms[term].id,
            )
            savepoint.rollback()
        self.env.invalidate_all(flush=False)

    def check_partial_adjustments(
        self, drawn, steps, currency, per_document, paid_early=False, **values
    ):
        self.env.company.tax_calculation_rounding_method = (
            "round_globally" if per_document else "round_per_line"
        )
        invoice = self.invoice(
            *(
                self.line(price, quantity, discount=discount, tax=self.taxes[tax])
                for price, quantity, discount, tax in drawn
            ),
            currency_id=self.currencies[currency].id,
            **values,
        )
        total = invoice.currency_id.compare_amounts(invoice.amount_total, 0.0)
        if total <= 0:
            return
        discount = 0.0
        if paid_early:
            self.pay_early(invoice)
            discount = invoice._get_early_discount_taken()
        documents = self.env["account.move"]
        for step in [*steps, (0, "all", 1.0)]:
            if step[1] == "all":
                left = invoice._get_left_to_adjust().values()
                if sum(part.amounts.total() for part in left) > 0.001:
                    documents += self.adjust(invoice)
            else:
                documents += self.step(invoice, step) or documents.browse()
            # no line ever gives more than it charged, and no tax changes its direction
            for part in invoice._get_left_to_adjust().values():
                self.assertEqual(part.amounts, part.amounts.within(part.original))
        if paid_early:
            self.assertPaidBackExactly(invoice, documents, discount)
            return
        self.assertTakenBackExactly(invoice, documents)
        self.assertEqual(invoice.amount_residual, 0.0)
        self.assertEqual(invoice.payment_state, "reversed")
        self.assertTrue(all(document.credit_remaining == 0.0 for document in documents))

    def assertPaidBackExactly(self, invoice, documents, discount):
        """The documents together are what the customer paid, with all of each tax."""
        everything = invoice + documents
        self.assertEqual(
            invoice.currency_id.compare_amounts(
                sum(everything.mapped("amount_untaxed")), discount
            ),
            0,
        )
        for tax, lines in everything.line_ids.grouped("tax_line_id").items():
            if tax:
                self.assertEqual(round(sum(lines.mapped("amount_currency")), 4), 0.0, tax.name)
                self.assertEqual(round(sum(lines.mapped("balance")), 4), 0.0, tax.name)

    def test_partial_adjustments_with_an_early_payment_term_that_lowers_the_tax(self):
        """2 % off if paid early, and the tax is lowered in any case: the last adjustment evens
        out the rounding of the others."""
        term = self.early_payment_term("mixed")
        for steps in ([0.333, 0.333], [0.1] * 5):
            with self.subTest(steps):
                self.check_partial_adjustments(
                    [(33.37, 7.0, 0.0, 1), (0.83, 3.0, 0.0, 6)],
                    [(0, "return", part) for part in steps],
                    0,
                    False,
                    invoice_payment_term_id=term.id,
                )

    def test_partial_adjustments_of_an_invoice_rounded_to_the_smallest_coin(self):
        for strategy in ("add_invoice_line", "biggest_tax"):
            with self.subTest(strategy):
                rounding = self.cash_rounding(strategy)
                self.check_partial_adjustments(
                    [(33.37, 7.0, 0.0, 1), (0.83, 3.0, 0.0, 6)],
                    [(0, "return", 0.333), (1, "price", 0.5), (0, "amount", 0.5)],
                    0,
                    False,
                    invoice_cash_rounding_id=rounding.id,
                )

    def test_taxes_typed_over_on_the_invoice(self):
        """The clerk corrected a cent of tax on the invoice; the adjustments take it back, too."""
        invoice = self.customer_document(
            [self.line(33.33, 3.0, tax=self.tax_21), self.line(1.0, tax=self.tax_21)]
        )
        totals = invoice.tax_totals
        totals["subtotals"][0]["tax_groups"][0]["tax_amount_currency"] += 0.02
        invoice.tax_totals = totals
        invoice.action_post()
        self.assertEqual(invoice.amount_tax, 21.23)
        documents = self.adjust(invoice, returns={0: 1.0}) + self.adjust(invoice)
        self.assertTakenBackExactly(invoice, documents)

    def test_an_edited_draft_still_takes_the_remaining_cents(self):
        """The draft of the rest, trimmed and put back by hand, is computed anew by Odoo; posting
        gives it what is left again."""
        invoice = self.invoice(
            self.line(0.5, 10.0, tax=self.tax_21), currency_id=self.currencies[1].id
        )
        documents = self.env["account.move"]
        for _part in range(9):
            documents += self.adjust(invoice, returns={0: 1.0})
        draft = self.adjust(invoice, post=False)
        exact = draft.amount_tax
        draft.invoice_line_ids.quantity = -0.5
        draft.invoice_line_ids.quantity = -1.0
        draft.invoice_line_ids.extra_tax_data = False
        draft.action_post()
        self.assertEqual(draft.amount_tax, exact)
        self.assertTakenBackExactly(invoice, documents + draft)

    def test_another_rate_is_the_users_choice(self):
        """At another rate than the invoice's the documents even out in their currency; the
        difference in the company's is an exchange difference, booked by Odoo."""
        invoice = self.invoice(
            self.line(100.0, 3.0, tax=self.tax_21), currency_id=self.currencies[1].id
        )
        first = self.adjust(invoice, returns={0: 1.0}, invoice_currency_rate=0.9)
        rest = self.adjust(invoice)
        self.assertEqual(sum((invoice + first + rest).mapped("amount_total")), 0.0)
        self.assertEqual(first.amount_total_signed, -round(121.0 / 0.9, 2))
        self.assertEqual(invoice.amount_residual, 0.0)
        self.assertTrue(invoice.line_ids.matched_credit_ids.exchange_move_id)
        self.assertEqual(invoice.payment_state, "reversed")

    def test_one_amount_with_an_early_payment_term_that_lowers_the_tax(self):
        """The dialog's total is what is booked, to the cent."""
        invoice = self.invoice(
            self.line(33.37, 7.0, tax=self.tax_21),
            self.line(0.83, 3.0, tax=self.tax_6),
            invoice_payment_term_id=self.early_payment_term("mixed").id,
        )
        self.assertEqual(self.dialog(invoice).amount_left, invoice.amount_total)
        documents = self.env["account.move"]
        for amount in (50.0, 0.05, 77.77):
            documents += self.adjust(invoice, amount=amount)
            self.assertEqual(documents[-1:].amount_total, -amount)
        documents += self.adjust(invoice)
        self.assertTakenBackExactly(invoice, documents)
