"""Use credit: an order keeps a credit, and its invoice takes it."""

from odoo.exceptions import UserError
from odoo.tests import Form

from .common import SaleCreditCommon


class TestUseCredit(SaleCreditCommon):
    def test_the_story(self):
        """Montboro has a credit of 250.00 and orders desks for 1,000.00. The salesperson reserves
        the credit; the invoice takes it when it is posted; 750.00 are left to pay."""
        credit = self.document(-250.0)
        order = self.order(confirm=False)
        wizard = self.dialog(order)
        self.assertRecordValues(
            wizard.line_ids, [{"remaining": 250.0, "reserved": 0.0, "amount": 250.0}]
        )
        self.assertEqual(wizard.line_ids.credit_id.name, credit.name)
        self.assertEqual((wizard.room, wizard.amount_reserved), (1000.0, 250.0))
        wizard.action_reserve()
        reservation = order.credit_reservation_ids
        self.assertRecordValues(
            reservation,
            [{"amount": 250.0, "state": "open", "user_id": self.seller.id, "amount_used": 0.0}],
        )
        self.assertIn(credit.name, order.message_ids[0].body)
        self.assertTiesOut()
        order.action_confirm()
        invoice = self.invoice(order)
        self.assertEqual((invoice.amount_residual, credit.credit_remaining), (750.0, 0.0))
        self.assertRecordValues(
            reservation, [{"state": "used", "amount_used": 250.0, "amount_open": 0.0}]
        )
        self.assertEqual(
            credit.receivable_application_ids.reason, f"Reserved for {order.name}"
        )
        messages = invoice.message_ids.filtered(lambda m: order.name in m.body)
        self.assertTrue(any("250.00" in message.body for message in messages))
        self.assertTrue(order.message_ids.filtered(lambda m: invoice.name in m.body))
        self.assertTiesOut()

    def test_the_oldest_credit_first_up_to_the_total(self):
        younger = self.document(-900.0)
        older = self.document(-250.0, invoice_date="2023-05-01")
        order = self.order()
        wizard = self.dialog(order)
        self.assertEqual(self.dialog_line(wizard, older).amount, 250.0)
        self.assertEqual(self.dialog_line(wizard, younger).amount, 750.0)
        wizard.action_reserve()
        self.assertEqual(self.invoice(order).payment_state, "paid")
        self.assertEqual((older.credit_remaining, younger.credit_remaining), (0.0, 150.0))
        self.assertTiesOut()

    def test_every_kind_of_credit(self):
        credit_note = self.document(100.0, move_type="out_refund")
        payment = self.payment(50.0).move_id
        entry = self.entry(-30.0)
        order = self.order()
        wizard = self.dialog(order)
        kinds = {
            self.dialog_line(wizard, document).kind: self.dialog_line(wizard, document).amount
            for document in (credit_note, payment, entry)
        }
        self.assertEqual(kinds, {"credit_note": 100.0, "payment": 50.0, "entry": 30.0})
        wizard.action_reserve()
        self.assertEqual(self.invoice(order).amount_residual, 820.0)
        self.assertTiesOut()

    def test_the_salesperson_enters_another_amount(self):
        credit = self.document(-250.0)
        order = self.order()
        form = Form(self.dialog(order))
        with form.line_ids.edit(0) as line:
            line.amount = 80.0
        self.assertEqual(form.amount_reserved, 80.0)
        form.save().action_reserve()
        self.assertReserved(order, 80.0)
        # the rest can be reserved later, by the same order or by another
        self.reserve(order, {credit: 20.0})
        self.assertReserved(order, 80.0, 20.0)
        self.assertEqual(self.dialog(self.order()).line_ids.amount, 150.0)
        self.assertEqual(self.invoice(order).amount_residual, 900.0)
        self.assertEqual(credit.credit_remaining, 150.0)
        self.assertTiesOut()

    def test_two_orders_share_a_credit(self):
        """What one order reserved, the other cannot have: not in the dialog, not past it."""
        credit = self.document(-250.0)
        first, second = self.order(), self.order()
        self.reserve(first, {credit: 200.0})
        wizard = self.dialog(second)
        self.assertRecordValues(
            wizard.line_ids, [{"remaining": 250.0, "reserved": 200.0, "amount": 50.0}]
        )
        wizard.line_ids.amount = 50.01
        with self.assertRaisesRegex(UserError, "Only .*50.00 of .* is available"):
            wizard.action_reserve()
        wizard.line_ids.amount = 50.0
        wizard.action_reserve()
        # whose invoice comes first does not matter
        self.assertEqual(self.invoice(second).amount_residual, 950.0)
        self.assertEqual(self.invoice(first).amount_residual, 800.0)
        self.assertEqual(credit.credit_remaining, 0.0)
        self.assertTiesOut()

    def test_partial_invoices(self):
        """An order of 1,000.00 with 250.00 reserved, invoiced 200.00, then 800.00."""
        credit = self.document(-250.0)
        order = self.order()
        self.reserve(order)
        invoice = self.invoice(order, quantity=2.0)
        self.assertEqual((invoice.amount_residual, credit.credit_remaining), (0.0, 50.0))
        self.assertReserved(order, 50.0)
        self.assertEqual(self.invoice(order).amount_residual, 750.0)
        self.assertReserved(order, 0.0)
        self.assertEqual(order.credit_reservation_ids.amount_used, 250.0)
        self.assertTiesOut()

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
        self.document(-600.0)
        order = self.order(payment_term_id=term.id)
        self.reserve(order)
        instalments = self.receivable_items(self.invoice(order)).sorted("date_maturity")
        self.assertEqual(instalments.mapped("amount_residual"), [0.0, 400.0])
        self.assertReserved(order, 0.0)
        self.assertTiesOut()

    def test_an_invoice_of_two_orders(self):
        """Each order's credit pays for its own lines only."""
        credit = self.document(-2000.0)
        first, second = self.order(1.0), self.order(3.0)
        self.reserve(first, {credit: 100.0})
        self.reserve(second, {credit: 30.0})
        first.order_line.product_uom_qty = 0.5
        invoice = (first + second)._create_invoices()
        self.assertEqual(len(invoice), 1)
        invoice.action_post()
        self.assertEqual(invoice.amount_residual, 270.0)
        self.assertEqual(first.credit_reservation_ids.amount_used, 50.0)
        self.assertEqual(second.credit_reservation_ids.amount_used, 30.0)
        # the other 50.00 of the first, which nothing can take any more, are free
        self.assertReserved(first, 0.0)
        self.assertTiesOut()

    def test_auto_apply_takes_what_nobody_reserved(self):
        """The order's reservation comes first, also before older credits; another order's is left
        alone."""
        self.env.company.customer_credit_auto_apply = "oldest"
        older = self.document(-100.0, invoice_date="2023-05-01")
        reserved = self.document(-250.0)
        order, other = self.order(3.0), self.order()
        self.reserve(order, {reserved: 200.0})
        self.reserve(other, {older: 60.0})
        invoice = self.invoice(order)
        self.assertEqual(
            invoice.receivable_application_ids.mapped("amount"), [200.0, 40.0, 50.0]
        )
        self.assertEqual((older.credit_remaining, reserved.credit_remaining), (60.0, 0.0))
        self.assertReserved(order, 0.0)
        self.assertReserved(other, 60.0)
        self.assertTiesOut()
