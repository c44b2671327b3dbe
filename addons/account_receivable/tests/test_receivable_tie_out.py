"""The tie-out: documents, ledger, A/R balance and aging are one number, or it says why not."""

from datetime import date

from .common_customer import ReceivableAccountCommon

TODAY = "2023-07-15"
JUNE = "2023-06-30"


class TestReceivableTieOut(ReceivableAccountCommon):
    """It is 15 July 2023."""

    def assertTiedOut(self, amount, day=TODAY, partner=None):
        """Four figures, one number, in one row."""
        rows = self.tie_out(day, partner)
        self.assertRecordValues(
            rows,
            [
                {
                    "documents": amount,
                    "ledger": amount,
                    "ar_balance": amount,
                    "aging": amount,
                    "documents_difference": 0.0,
                    "ar_balance_difference": 0.0,
                    "aging_difference": 0.0,
                    "is_different": False,
                }
            ],
        )
        self.assertFalse(self.findings(day, partner))

    def assertFound(self, day, expected, partner=None):
        """These causes are found, each at its entry with its effects on the three figures; and
        they are the whole difference."""
        findings = self.findings(day, partner)
        self.assertEqual(
            [
                (row.cause, row.move_id, row.documents, row.ar_balance, row.aging)
                for row in findings.sorted("id")
            ],
            sorted(expected, key=lambda row: row[1].id),
        )
        self.assertExplained(day, partner)
        for finding in findings:
            self.assertTrue(finding.advice)
            action = finding.action_open_entry()
            self.assertIn(
                (action["res_model"], action["res_id"]),
                [
                    ("account.move", finding.move_id.id),
                    ("account.payment", finding.move_id.origin_payment_id.id),
                ],
            )
        return findings

    # === What ties out ===

    def test_everything_that_a_customer_has_ties_out(self):
        """Invoice, credit, credit note, payment and bank line; applied, in part, taken back."""
        invoice, credit = self.document(1000.0), self.document(-250.0)
        self.document(30.0, move_type="out_refund")
        self.payment(100.0)
        self.bank_line(5.0, "2023-07-01")
        self.document(9999.0, post=False)
        items = self.receivable_items(invoice, credit)
        items._apply_receivables(dict.fromkeys(items, 200.0), day=date(2023, 7, 10))
        self.env["account.receivable.application"].search(
            [("credit_move_id", "=", credit.id)]
        )._unapply(date(2023, 7, 12), "Wrong invoice")
        items._apply_receivables(dict.fromkeys(items, 50.0), day=date(2023, 7, 13))
        self.assertTiedOut(615.0)
        self.assertTiedOut(620.0, JUNE)
        self.assertTiedOut(720.0, "2023-06-10")
        self.assertFalse(self.tie_out("2023-05-31"), "Before the first entry.")

    def test_a_payment_with_a_write_off_is_worth_both(self):
        invoice = self.document(100.0)
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create(
            {
                "amount": 95.0,
                "payment_date": "2023-07-01",
                "payment_difference_handling": "reconcile",
                "writeoff_account_id": self.company_data["default_account_expense"].id,
            }
        )._create_payments()
        self.document(7.0)
        self.assertTiedOut(7.0)

    def test_each_currency_ties_out_and_settlements_across_are_found(self):
        """An invoice of EUR 100 (200.00) paid with USD 240: the euros stay in the ledger as the
        invoice's, the dollars as the payment's; an exchange difference of 10.00 is booked."""
        euro = self.setup_other_currency(
            "EUR", rates=[("2023-01-01", 0.5), ("2023-06-10", 0.4), ("2023-07-01", 0.5)]
        )
        invoice = self.document(100.0, currency_id=euro.id)
        payment = self.payment(250.0, date="2023-06-20")
        self.document(-40.0, currency_id=euro.id)
        self.apply(invoice, payment.move_id)
        rows = self.tie_out(TODAY)
        self.assertFalse(any(rows.mapped("is_different")))
        self.assertTrue(any(rows.mapped("across")))
        self.assertEqual(sum(rows.mapped("across")), 0.0)
        for row in rows:
            self.assertEqual(
                row.currency_id.compare_amounts(
                    row.documents_currency, row.ledger_currency + row.across_currency
                ),
                0,
                row.currency_id.name,
            )
        self.assertEqual(sum(rows.mapped("documents")), self.fresh().ar_balance)
        self.assertFalse(self.findings(TODAY))
        for day in ("2023-06-10", "2023-06-20", JUNE, "2023-07-14"):
            self.assertExplained(day)
            self.assertFalse(self.findings(day).filtered("is_error"))

    def test_a_branch_and_another_company_are_rows_of_their_own(self):
        other = self.two_companies()
        self.document(100.0)
        rows = (
            self.env["account.receivable.tie.out"]
            .with_context(allowed_company_ids=[self.env.company.id, other.id])
            .search([("partner_id", "=", self.customer.id)], order="company_id")
        )
        self.assertEqual(
            {row.company_id: row.documents for row in rows},
            {self.env.company: 100.0, other: 750.0},
        )
        self.assertFalse(any(rows.mapped("is_different")))
        self.assertTiedOut(100.0)

    # === A cause each ===

    def test_no_customer(self):
        """A payment without a customer is in no customer's A/R balance."""
        payment = self.env["account.payment"].create(
            {
                "amount": 80.0,
                "payment_type": "inbound",
                "partner_type": "customer",
                "date": "2023-06-20",
            }
        )
        payment.action_post()
        self.assertFound(TODAY, [("no_partner", payment.move_id, 0.0, 80.0, 0.0)], partner=False)

    def test_a_receivable_account_that_is_not_reconcilable(self):
        """Odoo refuses it, but databases of older versions have it: nothing is ever open."""
        account = self.receivable.copy({"name": "Old Receivables"})
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE account_account SET reconcile = FALSE WHERE id = %s", [account.id]
        )
        self.env.invalidate_all()
        invoice = self.document(300.0, post=False)
        invoice.line_ids.filtered(
            lambda line: line.display_type == "payment_term"
        ).account_id = account
        invoice.action_post()
        self.assertFound(TODAY, [("not_reconcilable", invoice, 0.0, -300.0, -300.0)])

    def test_an_open_amount_that_does_not_match_its_applications(self):
        """Somebody corrected the residual by SQL."""
        invoice = self.document(1000.0)
        line = self.receivable_items(invoice)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE account_move_line SET amount_residual = 900 WHERE id = %s", [line.id]
        )
        self.env.invalidate_all()
        self.assertFound(TODAY, [("residual", invoice, 0.0, -100.0, -100.0)])

    def test_matched_with_an_unposted_entry(self):
        """Core leaves a payment that is reset to draft matched with its invoice."""
        invoice = self.document(1000.0)
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({"amount": 400.0, "payment_date": "2023-06-20"})._create_payments()
        payment = invoice.matched_payment_ids
        self.assertTiedOut(600.0)
        payment.action_draft()
        self.assertFound(TODAY, [("unposted", invoice, 0.0, -400.0, -400.0)])
        # It was not there yet; but the A/R balance of today, taken back to that day, is short.
        self.assertFound("2023-06-10", [("unposted", invoice, 0.0, -400.0, 0.0)])
        payment.action_post()
        self.assertTiedOut(600.0)

    def test_a_payment_dated_after_the_date(self):
        """A cheque of next week lowers the A/R balance of today, and no ledger of today."""
        self.document(1000.0)
        payment = self.payment(300.0, date="2023-07-20")
        self.assertFound(TODAY, [("dated_after", payment.move_id, 0.0, -300.0, 0.0)])
        (row,) = self.tie_out(TODAY)
        self.assertEqual(
            (row.documents, row.ledger, row.ar_balance, row.aging), (1000.0, 1000.0, 700.0, 1000.0)
        )

    def test_a_payment_dated_anew_after_it_was_applied(self):
        """Applied in June; reset to draft, dated July and confirmed again, still matched."""
        invoice = self.document(1000.0)
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({"amount": 400.0, "payment_date": "2023-06-20"})._create_payments()
        payment = invoice.matched_payment_ids
        payment.action_draft()
        payment.date = "2023-07-10"
        payment.action_post()
        self.assertFound(JUNE, [("dated_after", invoice, 0.0, 0.0, -400.0)])
        self.assertTiedOut(600.0)

    def test_the_wrong_account_on_a_document(self):
        """Somebody gave the account of an invoice another type afterwards."""
        account = self.receivable.copy({"name": "Was Receivable"})
        invoice = self.document(500.0, post=False)
        invoice.line_ids.filtered(
            lambda line: line.display_type == "payment_term"
        ).account_id = account
        invoice.action_post()
        self.assertTiedOut(500.0)
        account.account_type = "asset_current"
        self.assertFound(TODAY, [("wrong_account", invoice, 500.0, 0.0, 0.0)])

    def test_matched_with_another_customers_item(self):
        """Core settles one customer's invoice with another one's payment when asked to."""
        invoice = self.document(1000.0)
        payment = self.payment(1000.0, partner=self.stranger)
        self.apply(invoice, payment.move_id)
        self.assertFound(TODAY, [("another_customer", invoice, -1000.0, -1000.0, -1000.0)])
        self.assertFound(
            TODAY,
            [("another_customer", payment.move_id, 1000.0, 1000.0, 1000.0)],
            partner=self.stranger,
        )

    def test_a_manual_entry(self):
        """It is in the ledger, the A/R balance and the aging, and no document stands for it."""
        self.document(1000.0)
        entry = self.entry(70.0)
        findings = self.assertFound(TODAY, [("manual", entry, -70.0, 0.0, 0.0)])
        self.assertTrue(findings.is_error)
        # what was applied of it is settled
        payment = self.payment(30.0)
        items = self.receivable_items(entry, payment.move_id)
        items._apply_receivables(dict.fromkeys(items, 30.0))
        self.assertFound(TODAY, [("manual", entry, -40.0, 0.0, 0.0)])

    def test_a_revaluation_is_a_finding_but_no_error(self):
        """At the end of the month the euros are worth more; the entry is reversed next day."""
        euro = self.setup_other_currency("EUR", rates=[("2023-01-01", 0.5)])
        self.document(100.0, currency_id=euro.id)
        entry = self.entry(15.0, currency_id=euro.id, amount_currency=0.0)
        findings = self.assertFound(TODAY, [("revaluation", entry, -15.0, 0.0, 0.0)])
        self.assertFalse(findings.is_error)

    def test_a_non_trade_receivable_is_a_finding_but_no_error(self):
        """A loan to a customer is no sale."""
        self.document(1000.0)
        account = self.receivable.copy({"name": "Loans", "non_trade": True})
        entry = self.entry(5000.0, account=account)
        findings = self.assertFound(TODAY, [("non_trade", entry, -5000.0, 0.0, 0.0)])
        self.assertFalse(findings.is_error)

    def test_several_causes_at_once_are_the_whole_difference(self):
        self.document(1000.0)
        self.entry(70.0)
        self.payment(300.0, date="2023-07-20")
        invoice = self.document(400.0)
        self.apply(invoice, self.payment(400.0, partner=self.stranger).move_id)
        for day in (TODAY, JUNE):
            self.assertExplained(day)
            self.assertExplained(day, self.stranger)
