"""Auto-apply: a posted invoice takes the customer's open credits, where that is wanted."""

from datetime import date

from .common_customer import CustomerAccountCommon


class TestAutoApply(CustomerAccountCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.customer_credit_auto_apply = "oldest"

    def test_never_unless_somebody_wants_it(self):
        self.assertEqual(
            self.env["res.company"].create({"name": "Fresh"}).customer_credit_auto_apply, "never"
        )
        self.env.company.customer_credit_auto_apply = "never"
        credit, invoice = self.document(-250.0), self.document(1000.0)
        self.assertEqual((credit.credit_remaining, invoice.amount_residual), (250.0, 1000.0))

    def test_the_oldest_credit_first(self):
        """Credits of 100 (June) and 250 (May): an invoice of 300 takes 250 and 50."""
        younger = self.document(-100.0)
        older = self.document(-250.0, invoice_date="2023-05-01")
        invoice = self.document(300.0)
        self.assertEqual((older.credit_remaining, younger.credit_remaining), (0.0, 50.0))
        self.assertEqual(invoice.payment_state, "paid")
        self.assertRecordValues(
            older.receivable_application_ids,
            [{"reason": "Applied automatically", "date": date(2023, 7, 15), "amount": 250.0}],
        )
        message = invoice.message_ids.filtered(lambda m: "automatically" in m.body).body
        for words in ("250.00", older.name, "50.00", younger.name):
            self.assertIn(words, message)
        self.assertTiesOut()

    def test_it_can_be_unapplied(self):
        credit = self.document(-250.0)
        invoice = self.document(100.0)
        credit.receivable_application_ids.application_id._unapply(date(2023, 7, 15), "Not for it")
        self.assertEqual((credit.credit_remaining, invoice.amount_residual), (250.0, 100.0))
        self.assertTiesOut()

    def test_every_kind_of_credit(self):
        credit_note = self.document(100.0, move_type="out_refund")
        payment = self.payment(50.0).move_id
        invoice = self.document(120.0)
        self.assertEqual(invoice.amount_residual, 0.0)
        self.assertEqual(credit_note.amount_residual, 0.0)
        self.assertEqual(self.receivable_items(payment).amount_residual, -30.0)
        self.assertTiesOut()

    def test_several_invoices_posted_together_share_a_credit(self):
        credit = self.document(-250.0)
        invoices = self.document(200.0, post=False) + self.document(200.0, post=False)
        invoices.action_post()
        self.assertEqual(invoices.mapped("amount_residual"), [0.0, 150.0])
        self.assertEqual(credit.credit_remaining, 0.0)
        self.assertTiesOut()

    def test_many_small_credits_cost_the_queries_of_a_few(self):
        counts = []
        for number in (1, 3, 30):
            customer = self.env["res.partner"].create({"name": f"{number} credits"})
            for _number in range(number):
                self.document(-10.0, partner_id=customer.id)
            customer.customer_credit_auto_apply = "never"
            invoice = self.document(1000.0, partner_id=customer.id)
            item = self.receivable_items(invoice)
            self.assertEqual(sum(item._get_auto_apply_amounts().values()), 10.0 * number)
            counts.append(self.count_queries(item._get_auto_apply_amounts))
        _first, few, many = counts  # the first fills what the registry caches
        self.assertEqual(few, many)

    def test_a_credit_on_hold_waits(self):
        credit = self.document(-250.0)
        credit.credit_on_hold = True
        invoice = self.document(100.0)
        self.assertEqual((credit.credit_remaining, invoice.amount_residual), (250.0, 100.0))

    def test_the_customer_decides(self):
        self.customer.customer_credit_auto_apply = "never"
        credit = self.document(-250.0)
        self.assertEqual(self.document(100.0).amount_residual, 100.0)
        self.customer.customer_credit_auto_apply = "oldest"
        self.env.company.customer_credit_auto_apply = "never"
        # a contact's invoice is its company's
        self.document(80.0, partner_id=self.contact.id)
        self.assertEqual(credit.credit_remaining, 170.0)
        self.assertTiesOut()

    def test_not_between_currencies_companies_or_accounts(self):
        euro = self.setup_other_currency("EUR")
        self.document(-250.0, currency_id=euro.id)
        self.entry(-70.0, account=self.receivable.copy())
        self.two_companies()
        self.assertEqual(self.document(100.0).amount_residual, 100.0)

    def test_instalments(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "Half now",
                "line_ids": [
                    (0, 0, {"value_amount": 50, "nb_days": 0}),
                    (0, 0, {"value_amount": 50, "nb_days": 30}),
                ],
            }
        )
        credit = self.document(-60.0)
        invoice = self.document(100.0, invoice_payment_term_id=term.id)
        self.assertEqual((credit.credit_remaining, invoice.amount_residual), (0.0, 40.0))
        instalments = self.receivable_items(invoice).sorted("date_maturity")
        self.assertEqual(instalments.mapped("amount_residual"), [0.0, 40.0])
        self.assertTiesOut()
