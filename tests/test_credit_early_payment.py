"""No early payment discount is offered or taken for what a credit settles."""

from odoo.tests import Form

from .common_customer import CustomerAccountCommon


class TestCreditEarlyPayment(CustomerAccountCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tax_21 = cls.two_sided_tax("21 %", 21.0)

    def discounted(self, computation="included"):
        """An invoice of 1,000.00, 2 % off until 18 July; today is 15 July."""
        return self.customer_document(
            [self.line(1000.0)],
            post=True,
            invoice_date="2023-07-11",
            invoice_payment_term_id=self.early_payment_term(computation).id,
        )

    def discount_items(self, *moves):
        """Items of the entries that settled these documents beyond bank and receivable."""
        partials = self.env["account.partial.reconcile"].search(
            [
                "|",
                ("debit_move_id.move_id", "in", [move.id for move in moves]),
                ("credit_move_id.move_id", "in", [move.id for move in moves]),
            ]
        )
        entries = (partials.debit_move_id + partials.credit_move_id).move_id
        entries -= self.env["account.move"].union(*moves)
        return entries.line_ids.filtered(
            lambda line: line.account_id.internal_group in ("income", "expense")
        )

    def register(self, *moves):
        return Form(
            self.env["account.payment.register"].with_context(
                active_model="account.move", active_ids=[move.id for move in moves]
            )
        )

    def test_the_invoice_alone_has_its_discount(self):
        """What core offers who pays early: these tests can fail."""
        invoice = self.discounted()
        form = self.register(invoice)
        self.assertEqual(form.amount, 980.0)
        form.save()._create_payments()
        self.assertEqual(invoice.amount_residual, 0.0)
        self.assertEqual(sum(self.discount_items(invoice).mapped("balance")), 20.0)

    def test_applied_within_the_time_of_the_discount(self):
        for computation in ("included", "excluded", "mixed"):
            with self.subTest(computation):
                invoice, credit = self.discounted(computation), self.document(-1000.0)
                self.apply(invoice, credit)
                self.assertEqual((invoice.amount_residual, credit.credit_remaining), (0.0, 0.0))
                self.assertFalse(self.discount_items(invoice, credit))
                self.assertTiesOut()

    def test_a_part_applied_and_the_rest_paid(self):
        """250 of a credit and 750 of money: as with core's credit note, no discount is taken."""
        found = []
        for move_type, price in (("out_invoice", -250.0), ("out_refund", 250.0)):
            invoice = self.discounted()
            credit = self.document(price, move_type=move_type)
            self.apply(invoice, credit)
            form = self.register(invoice)
            found.append(form.amount)
            form.save()._create_payments()
            self.assertEqual(invoice.amount_residual, 0.0)
            found.append(sum(self.discount_items(invoice, credit).mapped("balance")))
        self.assertEqual(found, [750.0, 0.0] * 2)

    def test_a_credit_ticked_beside_the_money(self):
        invoice, credit = self.discounted(), self.document(-250.0)
        form = self.register(invoice)
        with form.credit_line_ids.edit(0) as line:
            line.use = True
        self.assertEqual(form.amount, 750.0)
        self.assertFalse(form.early_payment_discount_mode)
        form.save()._create_payments()
        self.assertEqual((invoice.amount_residual, credit.credit_remaining), (0.0, 0.0))
        self.assertFalse(self.discount_items(invoice, credit))
        self.assertTiesOut()

    def test_a_credit_chosen_with_the_invoice(self):
        """Both in the list, then Pay."""
        invoice, credit = self.discounted(), self.document(-250.0)
        form = self.register(invoice, credit)
        form.group_payment = True
        self.assertEqual(form.amount, 750.0)
        form.save()._create_payments()
        self.assertEqual((invoice.amount_residual, credit.credit_remaining), (0.0, 0.0))
        self.assertFalse(self.discount_items(invoice, credit))

    def test_unticked_the_discount_is_back(self):
        invoice, _credit = self.discounted(), self.document(-250.0)
        form = self.register(invoice)
        for use, amount in ((True, 750.0), (False, 980.0)):
            with form.credit_line_ids.edit(0) as line:
                line.use = use
            self.assertEqual(form.amount, amount)

    def test_a_credit_with_a_discounted_term_is_refunded_whole(self):
        """Money that goes out is no early payment."""
        credit = self.customer_document(
            [self.line(-1000.0)],
            post=True,
            invoice_date="2023-07-11",
            invoice_payment_term_id=self.early_payment_term("included").id,
        )
        form = self.register(credit)
        self.assertEqual(form.amount, 1000.0)
        payment = form.save()._create_payments()
        self.assertEqual((payment.payment_type, payment.amount), ("outbound", 1000.0))
        self.assertEqual(credit.credit_remaining, 0.0)
        self.assertFalse(self.discount_items(credit))
        self.assertNotIn("epd_discount_msg", credit._get_invoice_next_payment_values())
