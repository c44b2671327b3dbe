"""Payment and credit together: one confirmation books both."""

from datetime import date

from odoo.exceptions import UserError
from odoo.tests import Form

from .common_customer import CustomerAccountCommon


class TestPaymentWithCredits(CustomerAccountCommon):
    def register(self, *moves, **values):
        """Register Payment on these documents, as the form opens it."""
        return Form(
            self.env["account.payment.register"].with_context(
                active_model="account.move",
                active_ids=[move.id for move in moves],
                **values,
            )
        )

    def tick(self, form, *credits):
        for index in range(len(form.credit_line_ids)):
            with form.credit_line_ids.edit(index) as line:
                line.use = line.move_id in credits

    def test_a_ticked_credit_lowers_the_amount_to_pay(self):
        """1,000 owed, a credit of 250: 750 comes in, and both are settled."""
        invoice, credit = self.document(1000.0), self.document(-250.0)
        form = self.register(invoice)
        self.assertEqual(form.amount, 1000.0)
        self.tick(form, credit)
        self.assertEqual(form.amount, 750.0)
        form.payment_date = "2023-07-03"
        payment = form.save()._create_payments()
        self.assertRecordValues(payment, [{"amount": 750.0, "payment_type": "inbound"}])
        self.assertEqual((invoice.amount_residual, credit.credit_remaining), (0.0, 0.0))
        self.assertEqual(
            set(invoice.receivable_application_ids.mapped("date")), {date(2023, 7, 3)}
        )
        self.assertRecordValues(
            credit.receivable_application_ids,
            [{"counterpart_move_id": invoice.id, "amount": 250.0, "use": "application"}],
        )
        self.assertTiesOut()

    def test_unticking_takes_it_back(self):
        invoice, credit = self.document(1000.0), self.document(-250.0)
        form = self.register(invoice)
        self.tick(form, credit)
        self.tick(form)
        self.assertEqual(form.amount, 1000.0)
        form.save()._create_payments()
        self.assertEqual(credit.credit_remaining, 250.0)
        self.assertTiesOut()

    def test_credits_of_every_kind_and_several_invoices(self):
        invoices = [self.document(300.0), self.document(200.0)]
        credit = self.document(-150.0, partner_id=self.contact.id)
        credit_note = self.document(100.0, move_type="out_refund")
        unapplied = self.payment(50.0).move_id
        other = self.document(-30.0)
        self.env["res.partner.bank"].create(
            {"acc_number": "US 12345678 0002", "partner_id": self.customer.id}
        )
        form = self.register(*invoices)
        self.assertEqual(len(form.credit_line_ids), 4)
        self.tick(form, credit, credit_note, unapplied)
        self.assertEqual(form.amount, 200.0)
        payment = form.save()._create_payments()
        self.assertEqual(len(payment), 1)
        self.assertEqual([invoice.amount_residual for invoice in invoices], [0.0, 0.0])
        self.assertEqual((credit.credit_remaining, other.credit_remaining), (0.0, 30.0))
        self.assertEqual(credit_note.amount_residual, 0.0)
        self.assertTiesOut()

    def test_less_money_than_is_due(self):
        """The user types 400 instead of 750: the rest of the invoice stays open."""
        invoice, credit = self.document(1000.0), self.document(-250.0)
        form = self.register(invoice)
        self.tick(form, credit)
        form.amount = 400.0
        payment = form.save()._create_payments()
        self.assertEqual(payment.amount, 400.0)
        self.assertEqual((invoice.amount_residual, credit.credit_remaining), (350.0, 0.0))
        self.assertTiesOut()

    def test_in_a_foreign_currency(self):
        euro = self.setup_other_currency(
            "EUR", rates=[("2023-01-01", 0.5), ("2023-06-10", 0.4), ("2023-07-01", 0.625)]
        )
        invoice = self.document(100.0, currency_id=euro.id)
        credit = self.document(-30.0, currency_id=euro.id, invoice_date="2023-06-15")
        self.document(-70.0)  # in company currency: not offered
        form = self.register(invoice)
        self.assertEqual(len(form.credit_line_ids), 1)
        self.tick(form, credit)
        self.assertEqual(form.amount, 70.0)
        form.save()._create_payments()
        self.assertEqual((invoice.amount_residual, credit.credit_remaining), (0.0, 0.0))
        self.assertTiesOut()

    def test_no_credits_no_list(self):
        self.assertFalse(len(self.register(self.document(10.0)).credit_line_ids))
        bill = self.customer_document(
            [self.line(100.0)], move_type="in_invoice", post=True, date="2023-06-01"
        )
        self.document(-250.0)
        self.assertFalse(len(self.register(bill).credit_line_ids))

    def test_credits_that_cover_the_invoice(self):
        invoice, credit = self.document(200.0), self.document(-250.0)
        form = self.register(invoice)
        self.tick(form, credit)
        with self.assertRaisesRegex(UserError, "no payment is needed.*Apply Credit"):
            form.save()._create_payments()

    def test_a_credit_used_meanwhile(self):
        invoice, credit = self.document(1000.0), self.document(-250.0)
        form = self.register(invoice)
        self.tick(form, credit)
        wizard = form.save()
        self.apply(credit, self.document(250.0))
        with self.assertRaisesRegex(UserError, "can no longer be applied"):
            wizard._create_payments()

    def test_a_client_cannot_tick_what_is_not_offered(self):
        invoice, credit = self.document(1000.0), self.document(-250.0)
        other = self.env["res.partner"].create({"name": "Lakeside School District"})
        foreign = self.receivable_items(self.document(-90.0, partner_id=other.id))
        form = self.register(invoice)
        self.tick(form, credit)
        wizard = form.save()
        wizard.credit_line_ids.item_id = foreign
        with self.assertRaisesRegex(UserError, "can no longer be applied"):
            wizard._create_payments()

    def test_cores_dialog_refunds_a_credit_once(self):
        """Core's Register Payment on a credit: two dialogs, one refund."""
        credit = self.document(-250.0)
        dialogs = [self.register(credit).save() for _clerk in range(2)]
        payment = dialogs[0]._create_payments()
        self.assertRecordValues(payment, [{"amount": 250.0, "payment_type": "outbound"}])
        self.assertTrue(payment.move_id)
        with self.assertRaisesRegex(UserError, "has just been used"):
            dialogs[1]._create_payments()
        self.assertTiesOut()

    def test_the_memo_names_the_documents(self):
        """Two credits go back in one payment, a third is netted with an invoice: the memo names
        them all, as it does for core's credit notes, and is no number of a batch."""

        def memo(*moves):
            return self.register(*moves).communication

        for kind, sign in (("out_invoice", -1.0), ("out_refund", 1.0)):
            with self.subTest(kind):
                documents = [self.document(sign * price, move_type=kind) for price in (40.0, 50.0)]
                names = ", ".join(sorted(move.name for move in documents))
                self.assertEqual(memo(*documents), names)
                invoice = self.document(300.0)
                expected = ", ".join(
                    sorted([documents[0].name, invoice.payment_reference or invoice.name])
                )
                self.assertEqual(memo(invoice, documents[0]), expected)
                self.assertEqual(memo(documents[0]), documents[0].name)
        invoices = self.document(100.0), self.document(200.0)
        self.assertNotIn(invoices[0].name, memo(*invoices), "Core's, without a credit.")
