"""A credit that turns into an invoice, or is taken back."""

from odoo.exceptions import UserError

from .common import CustomerCreditCommon


class TestCreditTakenBack(CustomerCreditCommon):
    def test_credit_reset_to_draft_and_made_positive(self):
        credit = self.customer_document([self.line(-250.0)], post=True)
        name = credit.name
        credit.button_draft()
        credit.invoice_line_ids.price_unit = 250.0
        self.assertFalse(credit.is_customer_credit)
        credit.action_post()
        self.assertRecordValues(
            credit,
            [{"is_customer_credit": False, "credit_remaining": 0.0, "name": name}],
        )

    def test_zero_total_stays_an_invoice(self):
        invoice = self.customer_document([self.line(-250.0), self.line(250.0)], post=True)
        self.assertFalse(invoice.is_customer_credit)
        self.assertEqual(invoice.type_name, "Invoice")

    def test_applied_credit_is_not_taken_back(self):
        credit = self.customer_document([self.line(-250.0)], post=True)
        invoice = self.customer_document([self.line(100.0)], post=True)
        self.apply(credit, invoice)
        self.assertEqual(credit.credit_remaining, 150.0)
        for undo in ("button_draft", "button_cancel"):
            with (
                self.subTest(undo),
                self.assertRaisesRegex(UserError, invoice.name),
                self.env.cr.savepoint(),
            ):
                getattr(credit, undo)()
        self.assertEqual(credit.state, "posted")
        credit.line_ids.remove_move_reconcile()
        credit.button_draft()
        self.assertEqual((credit.state, invoice.amount_residual), ("draft", 100.0))

    def test_refunded_credit_is_not_taken_back(self):
        credit = self.customer_document([self.line(-250.0)], post=True)
        payment = (
            self.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=credit.ids)
            .create({"payment_date": "2023-06-10"})
            ._create_payments()
        )
        self.assertEqual((payment.payment_type, payment.amount), ("outbound", 250.0))
        self.assertEqual(credit.credit_remaining, 0.0)
        with self.assertRaisesRegex(UserError, payment.move_id.name):
            credit.button_cancel()

    def test_an_invoice_that_a_credit_settles_is_not_taken_back(self):
        credit = self.customer_document([self.line(-250.0)], post=True)
        invoice = self.customer_document([self.line(100.0)], post=True)
        self.apply(credit, invoice)
        with self.assertRaisesRegex(UserError, credit.name), self.env.cr.savepoint():
            invoice.button_draft()
        with self.assertRaisesRegex(UserError, invoice.name), self.env.cr.savepoint():
            credit.write({"state": "draft"})
        self.assertEqual((invoice.state, credit.state), ("posted", "posted"))

    def test_draft_credit_is_not_applied(self):
        credit = self.customer_document([self.line(-250.0)])
        invoice = self.customer_document([self.line(100.0)], post=True)
        with self.assertRaisesRegex(UserError, "Confirm it first"), self.env.cr.savepoint():
            self.apply(credit, invoice)
        self.assertEqual(invoice.amount_residual, 100.0)

    def test_credit_names_an_invoice_of_its_own_customer(self):
        stranger = self.env["res.partner"].create({"name": "Somebody Else"})
        theirs = self.customer_document([self.line(100.0)], partner_id=stranger.id, post=True)
        credit = self.customer_document([self.line(-100.0)], reversed_entry_id=theirs.id)
        with self.assertRaisesRegex(UserError, theirs.name), self.env.cr.savepoint():
            credit.action_post()
        self.assertEqual(theirs.amount_residual, 100.0)

    def test_credits_of_one_invoice_in_a_batch_settle_that_invoice(self):
        first = self.customer_document([self.line(100.0)], post=True)
        second = self.customer_document([self.line(100.0)], post=True)
        credits = self.env["account.move"]
        for price, origin in ((-30.0, first), (-20.0, first), (-10.0, second)):
            credits += self.customer_document([self.line(price)], reversed_entry_id=origin.id)
        credits.action_post()
        self.assertEqual(set(credits.mapped("state")), {"posted"})
        self.assertEqual((first + second).mapped("amount_residual"), [50.0, 90.0])

    def test_other_addons_see_a_batch_once(self):
        """What an addon books around the posting (a price difference, say) it books once, though
        the credits of an invoice go alone from here on."""
        invoice = self.customer_document([self.line(100.0)], post=True)
        batch = self.customer_document([self.line(70.0)])
        for price in (-30.0, -20.0):
            batch += self.customer_document([self.line(price)], reversed_entry_id=invoice.id)
        seen = []
        outermost = type(batch)
        original = outermost._post

        def _post(moves, soft=True):
            seen.append(moves)
            return original(moves, soft)

        self.patch(outermost, "_post", _post)
        posted = batch._post(soft=False)
        self.assertEqual(seen, [batch])
        self.assertEqual(posted, batch)
        self.assertEqual(set(batch.mapped("state")), {"posted"})
        self.assertEqual(invoice.amount_residual, 50.0)

    def test_nothing_to_pay_on_the_portal(self):
        credit = self.customer_document([self.line(-250.0)], post=True)
        self.assertFalse(credit._has_to_be_paid())

    def test_open_credit_is_cancelled(self):
        credit = self.customer_document([self.line(-250.0)], post=True)
        credit.button_cancel()
        self.assertEqual((credit.state, credit.credit_remaining), ("cancel", 0.0))
