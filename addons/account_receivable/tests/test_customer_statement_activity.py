"""The activity statement: from one balance to another, by everything that happened between."""

import random
from datetime import date, timedelta

from .common_statement import CustomerStatementCommon, day

JULY = {"date_from": day("2023-07-01")}
JUNE_TO_JULY = {"date_from": day("2023-06-01")}


class TestCustomerStatementActivity(CustomerStatementCommon):
    # === Stories ===

    def test_a_month_in_the_life_of_a_customer(self):
        """June leaves 1,000.00 due; in July a credit is given and applied, and some is paid."""
        invoice = self.document(1000.0)
        credit = self.document(-250.0, invoice_date="2023-07-03")
        items = self.receivable_items(invoice, credit)
        items._apply_receivables(dict.fromkeys(items, 250.0), day=date(2023, 7, 5))
        payment = self.payment(300.0, date="2023-07-10")
        items = self.receivable_items(invoice, payment.move_id)
        items._apply_receivables(dict.fromkeys(items, 300.0), day=date(2023, 7, 10))
        section = self.assertAddsUp(**JULY)["USD"]
        self.assertEqual(section["opening"], 1000.0)
        self.assertLines(
            section,
            ("2023-07-03", self.credit_kind[2], None, -250.0, 750.0),
            ("2023-07-05", "Application", 250.0, 0.0, 750.0),
            ("2023-07-10", "Payment", None, -300.0, 450.0),
            ("2023-07-10", "Application", 300.0, 0.0, 450.0),
        )
        self.assertEqual(section["closing"], 450.0)
        self.assertEqual(
            [line["name"] for line in section["lines"]],
            [
                credit.name,
                f"{credit.name} → {invoice.name}",
                payment.move_id.name,
                f"{payment.move_id.name} → {invoice.name}",
            ],
        )
        self.assertItems(section, (invoice.name, "Invoice", 1000.0, 450.0))

    def test_taken_back_is_a_line_of_its_own(self):
        invoice, credit = self.document(1000.0), self.document(-250.0)
        items = self.receivable_items(invoice, credit)
        items._apply_receivables(dict.fromkeys(items, 250.0), day=date(2023, 7, 5))
        row = self.env["account.receivable.application"].search(
            [("debit_move_id", "=", invoice.id)]
        )
        row._unapply(date(2023, 7, 8), "An internal reason")
        section = self.assertAddsUp(**JULY)["USD"]
        self.assertLines(
            section,
            ("2023-07-05", "Application", 250.0, 0.0, 750.0),
            ("2023-07-08", "Application Reversed", -250.0, 0.0, 750.0),
        )
        self.assertNotIn("An internal reason", str(section))
        # The customer is told neither: nothing changed.
        self.assertEqual([line["is_told"] for line in section["lines"]], [False, False])
        (line,) = self.section(**JULY, as_of=day("2023-07-06"))["lines"]
        self.assertTrue(line["is_told"])

    def test_an_entry_is_named_as_an_adjustment(self):
        invoice, entry = self.document(1000.0), self.entry(-250.0)
        self.apply(invoice, entry)
        lines = self.assertAddsUp(**JUNE_TO_JULY)["USD"]["lines"]
        self.assertEqual(
            [line["number"] for line in lines],
            [invoice.name, None, f"Adjustment → {invoice.name}"],
        )

    def test_settled_items_are_listed_as_history(self):
        """Nothing is open, but something happened."""
        self.apply(self.document(100.0), self.document(-100.0))
        section = self.assertAddsUp(**JUNE_TO_JULY)["USD"]
        self.assertEqual(len(section["lines"]), 3)
        self.assertEqual(section["items"], [])

    def test_a_quiet_period_carries_the_balance_over(self):
        self.document(100.0)
        section = self.assertAddsUp(**JULY)["USD"]
        self.assertEqual((section["opening"], section["lines"]), (100.0, []))
        self.assertEqual(section["closing"], 100.0)

    def test_nothing_outside_the_period_is_listed(self):
        self.document(100.0)
        self.document(70.0, invoice_date="2023-07-12")
        section = self.assertAddsUp(date_from=day("2023-06-05"), as_of=day("2023-07-10"))["USD"]
        self.assertEqual((section["opening"], section["lines"]), (100.0, []))
        self.assertEqual(self.sections(date_from=day("2020-01-01"), as_of=day("2020-12-31")), {})

    def test_one_day(self):
        invoice = self.document(100.0)
        section = self.assertAddsUp(date_from=day("2023-06-01"), as_of=day("2023-06-01"))["USD"]
        self.assertLines(section, ("2023-06-01", "Invoice", None, 100.0, 100.0))
        self.assertEqual(section["lines"][0]["due_date"], invoice.invoice_date_due)

    def test_money_sent_back_is_a_refund(self):
        credit = self.document(-250.0)
        refund = self.payment(-250.0, date="2023-07-02")
        self.apply(credit, refund.move_id)
        section = self.assertAddsUp(**JULY)["USD"]
        self.assertEqual(section["opening"], -250.0)
        self.assertLines(
            section,
            ("2023-07-02", "Refund", None, 250.0, 0.0),
            ("2023-07-02", "Application", 250.0, 0.0, 0.0),
        )

    def test_a_payment_that_the_bank_took_back_is_no_refund(self):
        """The debit of 2 July bounced on 5 July, which is no refund. The payment of 6 July for the
        customer's credit is one."""
        debit = self.bank_line(100.0, "2023-07-02")
        bounced = self.bank_line(-100.0, "2023-07-05")
        self.apply(bounced.move_id, debit.move_id)
        refund = self.bank_line(-30.0, "2023-07-06")
        self.apply(refund.move_id, self.document(-30.0))
        labels = [line["label"] for line in self.assertAddsUp(**JULY)["USD"]["lines"]]
        self.assertEqual(
            labels, ["Payment", "Payment Returned", "Application", "Refund", "Application"]
        )

    # === Documents that were changed later ===

    def unapply(self, move):
        rows = self.env["account.receivable.application"].search(
            [("debit_move_id", "=", move.id), ("partial_id", "!=", False)]
        )
        rows._unapply(date(2023, 7, 15), "Taken back")

    def test_a_payment_that_left_the_ledger_paid_nothing(self):
        """Applied on 5 July, taken back on 15 July, and reset to draft: the ledger of July has no
        payment, and so the invoice was not paid. Confirmed again, it was in part."""
        invoice, payment = self.document(1000.0), self.payment(300.0)
        items = self.receivable_items(invoice, payment.move_id)
        items._apply_receivables(dict.fromkeys(items, 300.0), day=date(2023, 7, 5))
        self.unapply(invoice)
        payment.action_draft()
        between = {"date_from": day("2023-07-01"), "as_of": day("2023-07-10")}
        for choices in (JULY, between):
            section = self.assertAddsUp(**choices)["USD"]
            self.assertEqual(section["closing"], 1000.0)
            self.assertLines(section)
        payment.action_post()
        section = self.assertAddsUp(**JULY)["USD"]
        self.assertEqual(section["closing"], 700.0)
        self.assertLines(
            section,
            ("2023-07-05", "Application", 300.0, 0.0, 700.0),
            ("2023-07-15", "Application Reversed", -300.0, 0.0, 700.0),
        )
        (item,) = self.assertAddsUp(**between)["USD"]["items"]
        self.assertEqual(item["residual"], 700.0)

    def test_a_document_posted_again_with_a_later_date(self):
        invoice, credit = self.document(1000.0), self.document(-250.0)
        items = self.receivable_items(invoice, credit)
        items._apply_receivables(dict.fromkeys(items, 250.0), day=date(2023, 7, 5))
        self.unapply(invoice)
        credit.button_draft()
        credit.write({"invoice_date": "2023-07-10", "date": "2023-07-10"})
        credit.action_post()
        # From the 7th on, the application is older than the credit that it is of.
        for first in ("2023-06-01", "2023-07-01", "2023-07-07", "2023-07-12"):
            for last in ("2023-07-01", "2023-07-07", "2023-07-12", "2023-07-15"):
                if first <= last:
                    self.assertAddsUp(date_from=day(first), as_of=day(last))

    # === Currencies ===

    def euro(self, *rates):
        return self.setup_other_currency("EUR", rates=list(rates))

    def test_an_invoice_in_euros_paid_in_dollars(self):
        """100 euros cost 200 dollars; a payment of 200 dollars settles them."""
        euro = self.euro(("2023-01-01", 0.5))
        self.document(100.0, currency_id=euro.id)
        invoice = self.items.search([("currency_id", "=", euro.id)], limit=1).move_id
        payment = self.payment(200.0)
        self.apply(invoice, payment.move_id)
        sections = self.assertAddsUp(**JUNE_TO_JULY)
        self.assertLines(
            sections["EUR"],
            ("2023-06-01", "Invoice", None, 100.0, 100.0),
            ("2023-06-20", "Application (Other Currency)", 100.0, -100.0, 0.0),
        )
        self.assertLines(
            sections["USD"],
            ("2023-06-20", "Payment", None, -200.0, -200.0),
            ("2023-06-20", "Application (Other Currency)", 200.0, 200.0, 0.0),
        )
        self.assertAddsUp(**JULY)

    def test_paid_in_part_in_another_currency_at_another_rate(self):
        euro = self.euro(("2023-01-01", 0.5), ("2023-06-15", 0.4), ("2023-07-01", 0.3))
        invoice = self.document(100.0, currency_id=euro.id)
        payment = self.payment(120.0)
        self.apply(invoice, payment.move_id)
        for first in ("2023-05-01", "2023-06-10", "2023-07-01"):
            self.assertAddsUp(date_from=day(first))
        credit = self.document(-80.0)
        self.apply(invoice, credit)
        self.assertAddsUp(**JUNE_TO_JULY)

    def test_exchange_differences_are_our_own(self):
        """In euros the customer paid what was due; the loss on the rate is not shown."""
        euro = self.euro(("2023-06-01", 0.5), ("2023-06-20", 0.4))
        invoice = self.document(100.0, currency_id=euro.id)
        payment = self.payment(100.0, currency_id=euro.id)
        self.apply(invoice, payment.move_id)
        sections = self.assertAddsUp(**JUNE_TO_JULY)
        self.assertEqual(list(sections), ["EUR"])
        self.assertLines(
            sections["EUR"],
            ("2023-06-01", "Invoice", None, 100.0, 100.0),
            ("2023-06-20", "Payment", None, -100.0, 0.0),
            ("2023-06-20", "Application", 100.0, 0.0, 0.0),
        )

    # === Other accounts ===

    def test_settled_by_somebody_elses_payment(self):
        """Each statement shows the effect, but not the name of the other's document."""
        invoice = self.document(100.0)
        payment = self.payment(100.0, partner=self.stranger, date="2023-07-15")
        self.apply(invoice, payment.move_id)
        own = self.assertAddsUp(**JULY)["USD"]
        self.assertLines(own, ("2023-07-15", "Application", 100.0, -100.0, 0.0))
        self.assertEqual(own["lines"][0]["name"], f"… → {invoice.name}")
        other = self.assertAddsUp(self.stranger, **JULY)["USD"]
        self.assertLines(
            other,
            ("2023-07-15", "Payment", None, -100.0, -100.0),
            ("2023-07-15", "Application", 100.0, 100.0, 0.0),
        )
        self.assertEqual(other["lines"][1]["name"], f"{payment.move_id.name} → …")

    def test_several_customers_at_once_are_kept_apart(self):
        self.document(1000.0)
        self.document(77.0, partner_id=self.stranger.id)
        statements = self.statements(self.customer + self.stranger, **JUNE_TO_JULY)
        due = {
            customer: [section["amount_due"] for section in statement["sections"]]
            for customer, statement in statements.items()
        }
        self.assertEqual(due, {self.customer.id: [1000.0], self.stranger.id: [77.0]})

    # === Whatever happened ===

    def test_random_histories_add_up(self):
        """Documents and payments in three currencies, applied, taken back and reset at random."""
        currencies = [
            self.dollar,
            self.euro(("2023-01-01", 0.5), ("2023-06-10", 0.37), ("2023-07-01", 0.61)),
            self.setup_other_currency("CHF", rates=[("2023-01-01", 0.9), ("2023-06-20", 0.83)]),
        ]
        for seed in range(4):
            with self.subTest(seed=seed):
                self._live(random.Random(seed), currencies)

    def _live(self, chance, currencies):
        partner = self.partners.create({"name": "Random Customer"})
        moves = []
        for _step in range(14):
            what = chance.random()
            on = date(2023, 6, 1) + timedelta(days=chance.randrange(40))
            currency = chance.choice(currencies)
            amount = chance.choice((1, -1)) * round(chance.uniform(1, 500), 2)
            if what < 0.4 or len(moves) < 3:
                document = self.document(
                    amount, partner_id=partner.id, invoice_date=on, currency_id=currency.id
                )
                moves.append(document)
            elif what < 0.6:
                payment = self.payment(amount, partner=partner, date=on, currency_id=currency.id)
                moves.append(payment.move_id)
            elif what < 0.85:
                pair = chance.sample(moves, 2)
                items = self.receivable_items(*pair).filtered(
                    lambda line: not line.reconciled and line.parent_state == "posted"
                )
                if len(items) == 2 and len({line.balance > 0 for line in items}) == 2:
                    items.reconcile()
            elif what < 0.95:
                rows = self.env["account.receivable.application"].search(
                    [("partner_id", "=", partner.id), ("partial_id", "!=", False)]
                )
                rows = rows.filtered(lambda row: not row.is_exchange)
                if rows:
                    rows[0]._unapply(date(2023, 7, 15), "At random")
            else:
                move = chance.choice([move for move in moves if not move.origin_payment_id])
                if move.state == "posted":
                    move.button_draft()
        for first, last in ((1, 45), (1, 20), (10, 30), (25, 45), (44, 45)):
            start = date(2023, 5, 31)
            self.assertAddsUp(
                partner,
                date_from=start + timedelta(days=first),
                as_of=start + timedelta(days=last),
            )
