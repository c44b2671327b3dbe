"""The A/R aging: what was open at the end of a day, by age; its total is the ledger."""

from datetime import date

from odoo.exceptions import ValidationError
from odoo.tests import new_test_user

from .common_aging import ReceivableAgingCommon


class TestReceivableAging(ReceivableAgingCommon):
    def test_each_bucket_holds_what_is_due_in_its_days(self):
        """One invoice at both ends of every bucket; due dates count, not invoice dates."""
        for day, amount in (
            ("2023-07-15", 1.0),  # due today: not past due
            ("2023-07-14", 2.0),  # 1
            ("2023-06-15", 4.0),  # 30
            ("2023-06-14", 8.0),  # 31
            ("2023-05-16", 16.0),  # 60
            ("2023-05-15", 32.0),  # 61
            ("2023-04-16", 64.0),  # 90
            ("2023-04-15", 128.0),  # 91
            ("2023-03-17", 256.0),  # 120
            ("2023-03-16", 512.0),  # 121
        ):
            self.document(
                amount,
                invoice_date="2023-01-02",
                invoice_payment_term_id=False,
                invoice_date_due=day,
            )
        self.assertEqual(
            self.totals(),
            {
                "not_due": 1.0,
                "days_1": 6.0,
                "days_2": 24.0,
                "days_3": 96.0,
                "days_4": 384.0,
                "older": 512.0,
                "amount_residual": 1023.0,
            },
        )
        # all of them are 194 days old
        self.assertEqual(
            self.totals(aging_basis="invoice"), {"older": 1023.0, "amount_residual": 1023.0}
        )

    def test_a_credit_is_aged_with_the_invoices_and_lowers_the_total(self):
        self.document(1000.0)  # due 1 July
        self.document(-250.0, invoice_date="2023-05-01")  # due 31 May
        aged = {"days_1": 1000.0, "days_2": -250.0, "amount_residual": 750.0}
        self.assertEqual(self.totals(), aged)
        self.assertEqual(self.totals(aging_credits="aged"), aged)
        self.assertEqual(
            self.totals(aging_credits="column"),
            {"days_1": 1000.0, "open_credits": -250.0, "amount_residual": 750.0},
        )
        self.assertEqual(
            self.totals(aging_credits="total"), {"days_1": 1000.0, "amount_residual": 750.0}
        )

    def test_everything_on_the_customers_account_counts_as_what_it_is(self):
        """Invoice, credit, core's credit note, a payment, a bank line and an entry."""
        documents = [
            self.document(1000.0),
            self.document(-250.0),
            self.document(30.0, move_type="out_refund"),
            self.payment(100.0).move_id,
            self.bank_line(5.0, "2023-07-01").move_id,
            self.entry(7.0),
        ]
        self.document(9999.0, post=False)
        rows = self.aging().search([("partner_id", "=", self.customer.id)], order="id")
        self.assertEqual(
            rows.mapped("kind"),
            ["invoice", self.credit_kind[0], "credit_note", "payment", "payment", "entry"],
        )
        self.assertEqual(rows.mapped("kind"), rows.line_id.mapped("receivable_kind"))
        self.assertEqual(rows.move_id, self.env["account.move"].union(*documents))
        self.assertEqual(sum(rows.mapped("amount_residual")), 1000 - 250 - 30 - 100 - 5 + 7)
        self.assertEqual(
            self.fresh().ar_balance, self.totals()["amount_residual"], "The A/R balance."
        )

    def test_the_aging_as_of_june_printed_in_august_is_the_june_one(self):
        """Applied in July, taken back, paid: June stays June."""
        invoice, credit = self.document(1000.0), self.document(-250.0)
        items = self.receivable_items(invoice, credit)
        june = self.totals(as_of="2023-06-30")
        self.assertEqual(june, {"not_due": 750.0, "amount_residual": 750.0})
        items._apply_receivables(dict.fromkeys(items, 250.0), day=date(2023, 7, 10))
        self.assertEqual(self.totals(), {"days_1": 750.0, "amount_residual": 750.0})
        rows = self.aging(as_of="2023-07-09").search([("partner_id", "=", self.customer.id)])
        self.assertEqual(rows.mapped("amount_residual"), [1000.0, -250.0])
        rows = self.aging(as_of="2023-07-10").search([("partner_id", "=", self.customer.id)])
        self.assertEqual(rows.mapped("amount_residual"), [750.0], "The credit is used.")

        row = self.env["account.receivable.application"].search(
            [("debit_move_id", "=", invoice.id)]
        )
        row._unapply(date(2023, 7, 12), "Wrong invoice")
        for day, amounts in (
            ("2023-07-09", [1000.0, -250.0]),
            ("2023-07-10", [750.0]),
            ("2023-07-11", [750.0]),
            ("2023-07-12", [1000.0, -250.0]),
        ):
            rows = self.aging(as_of=day).search([("partner_id", "=", self.customer.id)])
            self.assertEqual(rows.mapped("amount_residual"), amounts, day)
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({"payment_date": "2023-07-14"})._create_payments()
        self.assertEqual(self.totals(as_of="2023-06-30"), june)
        self.assertEqual(self.totals(), {"days_1": -250.0, "amount_residual": -250.0})

    def test_a_document_that_left_the_ledger_settled_nothing(self):
        """Applied on 20 June, taken back on 10 July. Then the invoice is cancelled, or dated
        anew: the ledger of June has lost it, and so the credit was open in June."""
        credit = self.document(-250.0)
        for leave, as_of_today in (
            (lambda invoice: invoice.button_cancel(), -250.0),
            (lambda invoice: (invoice.write({"date": "2023-07-05"}), invoice.action_post()), 0.0),
        ):
            invoice = self.document(250.0)
            items = self.receivable_items(invoice, credit)
            items._apply_receivables(dict.fromkeys(items, 250.0), day=date(2023, 6, 20))
            row = self.env["account.receivable.application"].search(
                [("debit_move_id", "=", invoice.id)]
            )
            row._unapply(date(2023, 7, 10), "Wrong invoice")
            self.assertEqual(self.totals(as_of="2023-06-30"), {})
            invoice.button_draft()
            leave(invoice)
            for day in ("2023-06-10", "2023-06-30", "2023-07-06", "2023-07-15"):
                self.assertAgesAsLedger(day)
            self.assertEqual(self.totals(as_of="2023-06-30")["amount_residual"], -250.0)
            self.assertEqual(self.totals().get("amount_residual", 0.0), as_of_today)

    def test_each_record_keeps_the_day_it_was_read_for(self):
        """The same item read as of two days: neither shows the other's amount."""
        invoice = self.document(1000.0)
        payment = self.payment(400.0)
        items = self.receivable_items(invoice, payment.move_id)
        items._apply_receivables(dict.fromkeys(items, 400.0), day=date(2023, 7, 10))
        item = self.receivable_items(invoice).id
        june = self.aging(as_of="2023-06-30").browse(item)
        today = self.aging().browse(item)
        self.assertEqual((june.amount_residual, today.amount_residual), (1000.0, 600.0))
        self.assertEqual((june.days, today.days), (-1, 14))
        self.assertEqual((june.bucket, today.bucket), ("0_not_due", "1_days_1"))

    def test_what_is_dated_later_is_not_there_yet(self):
        self.document(1000.0)
        self.payment(300.0, date="2023-07-20")
        self.assertEqual(self.totals(), {"days_1": 1000.0, "amount_residual": 1000.0})
        self.assertEqual(self.totals(as_of="2023-05-31"), {}, "Before the first entry.")

    def test_instalments_are_aged_each_by_its_own_date(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "Half now, half in 60 days",
                "line_ids": [
                    (0, 0, {"value": "percent", "value_amount": 50, "nb_days": 0}),
                    (0, 0, {"value": "percent", "value_amount": 50, "nb_days": 60}),
                ],
            }
        )
        self.document(-250.0, invoice_payment_term_id=term.id)
        self.assertEqual(
            self.totals(), {"days_2": -125.0, "not_due": -125.0, "amount_residual": -250.0}
        )

    def test_documents_in_another_currency(self):
        """Aged in company currency, as booked; the document's own amount stands beside."""
        euro = self.setup_other_currency("EUR", rates=[("2023-01-01", 0.5), ("2023-07-01", 0.4)])
        self.document(100.0, currency_id=euro.id)
        rows = self.aging().search([("partner_id", "=", self.customer.id)])
        self.assertRecordValues(
            rows,
            [
                {
                    "currency_id": euro.id,
                    "amount_residual_currency": 100.0,
                    "amount_residual": 200.0,
                    "days_1": 200.0,
                    "report_currency_id": self.env.company.currency_id.id,
                }
            ],
        )

    def test_several_companies_in_their_currencies(self):
        """Another company's books in euros count at the rate of the as-of date."""
        euro = self.setup_other_currency("EUR", rates=[("2023-01-01", 0.5), ("2023-07-01", 0.4)])
        other = self.two_companies(currency_id=euro.id)
        self.document(100.0)
        own, both = [self.env.company.id], [self.env.company.id, other.id]
        self.assertEqual(self.totals(allowed_company_ids=own)["amount_residual"], 100.0)
        self.assertEqual(
            self.totals(allowed_company_ids=both)["amount_residual"], 100.0 + 750.0 / 0.4
        )
        self.assertEqual(
            self.totals(allowed_company_ids=both, as_of="2023-06-30")["amount_residual"],
            100.0 + 750.0 / 0.5,
        )
        self.assertEqual(
            self.in_companies(self.env.company, other).ar_balance,
            self.totals(allowed_company_ids=both)["amount_residual"],
        )

    def test_by_salesperson(self):
        """A document's own; a payment's is the customer's."""
        seller = new_test_user(self.env, "seller", groups="base.group_user")
        keeper = new_test_user(self.env, "keeper", groups="base.group_user")
        self.customer.user_id = keeper
        self.document(1000.0, invoice_user_id=seller.id)
        self.payment(400.0)
        totals = self.aging()._read_group(
            [("partner_id", "=", self.customer.id)], ["user_id"], ["amount_residual:sum"]
        )
        self.assertEqual(dict(totals), {seller: 1000.0, keeper: -400.0})

    # === Limits ===

    def test_the_companys_limits_make_the_columns(self):
        self.env.company.write(
            {
                "receivable_aging_limit_1": 7,
                "receivable_aging_limit_2": 14,
                "receivable_aging_limit_3": 21,
                "receivable_aging_limit_4": 28,
            }
        )
        self.document(1000.0)  # 14 days past due
        self.assertEqual(self.totals(), {"days_2": 1000.0, "amount_residual": 1000.0})
        described = self.aging().fields_get(["days_2", "older", "bucket"])
        self.assertEqual(described["days_2"]["string"], "8-14")
        self.assertEqual(described["older"]["string"], "Older than 28")
        self.assertIn(("1_days_1", "1-7"), described["bucket"]["selection"])

    def test_limits_that_do_not_rise_are_refused(self):
        with self.assertRaisesRegex(ValidationError, "30, 30, 90, 120 days"):
            self.env.company.receivable_aging_limit_2 = 30
        with self.assertRaisesRegex(ValidationError, "greater than zero"):
            self.env.company.receivable_aging_limit_1 = 0
