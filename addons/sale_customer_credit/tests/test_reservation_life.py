"""What becomes of a reservation: released, used elsewhere, taken back, on hold, expired."""

from datetime import date

from odoo.exceptions import UserError

from .common import SaleCreditCommon


class TestReservationLife(SaleCreditCommon):
    def test_release(self):
        credit = self.document(-250.0)
        order = self.order()
        reservation = self.reserve(order)
        reservation.with_user(self.seller).action_release()
        self.assertEqual(reservation.state, "released")
        self.assertReserved(order, 0.0)
        self.assertIn("No longer reserved", order.message_ids[0].body)
        self.assertEqual(self.dialog(self.order()).line_ids.amount, 250.0)
        self.assertEqual(self.invoice(order).amount_residual, 1000.0)
        self.assertEqual(credit.credit_remaining, 250.0)
        self.assertTiesOut()

    def test_what_was_used_stays_used(self):
        """100.00 of 250.00 is used by the first invoice: only 150.00 can be released."""
        credit = self.document(-250.0)
        order = self.order()
        reservation = self.reserve(order)
        self.invoice(order, quantity=1.0)
        order.with_user(self.seller).action_release_credits()
        self.assertRecordValues(
            reservation,
            [{"state": "released", "amount_used": 100.0, "amount_open": 0.0, "amount_lost": 0.0}],
        )
        self.assertIn("150.00", order.message_ids[0].body)
        self.assertEqual(self.dialog_line(self.dialog(self.order()), credit).amount, 150.0)
        self.assertTiesOut()

    def test_cancelling_the_order_frees_it(self):
        self.document(-250.0)
        order, quotation = self.order(), self.order(confirm=False)
        self.reserve(order, {self.customer.ar_document_ids: 200.0})
        self.reserve(quotation)
        order.with_user(self.seller).action_cancel()
        quotation._action_cancel()
        for cancelled in order + quotation:
            self.assertEqual(cancelled.credit_reservation_ids.state, "released")
        self.assertEqual(self.dialog(self.order()).line_ids.amount, 250.0)
        # and it does not come back with the order
        order.action_draft()
        self.assertReserved(order, 0.0)

    def test_a_quotation_that_expires_frees_it(self):
        """Reserved until the last day of its validity; the day after, others can have it."""
        credit = self.document(-250.0)
        quotation = self.order(confirm=False, validity_date=date(2023, 7, 15))
        self.reserve(quotation)
        self.assertReserved(quotation, 250.0)
        quotation.validity_date = date(2023, 7, 14)
        self.assertReserved(quotation, 0.0)
        self.assertIn("expired", quotation.credit_note)
        with self.assertRaisesRegex(UserError, "has expired"):
            self.dialog(quotation).action_reserve()
        order = self.order()
        self.reserve(order)
        self.assertReserved(order, 250.0)
        self.assertTrue(quotation.credit_reservation_ids.is_released)
        self.assertIn("the quotation expired", quotation.message_ids[0].body)
        self.assertEqual(self.invoice(order).amount_residual, 750.0)
        self.assertEqual(credit.credit_remaining, 0.0)

    def test_the_daily_job(self):
        self.document(-250.0)
        expired = self.order(confirm=False, validity_date=date(2023, 7, 15))
        valid = self.order(confirm=False)
        self.reserve(expired, {self.customer.ar_document_ids: 100.0})
        self.reserve(valid)
        expired.validity_date = date(2023, 7, 1)
        job = self.env.ref("sale_customer_credit.cron_release_expired_reservations")
        job.ir_actions_server_id.run()
        self.assertTrue(expired.credit_reservation_ids.is_released)
        self.assertFalse(valid.credit_reservation_ids.is_released)

    def test_used_elsewhere(self):
        """Two orders reserve 150.00 and 100.00 of a credit of 250.00; an accountant applies 120.00
        to another invoice. The dialog tells what is reserved; the later order loses first."""
        credit = self.document(-250.0)
        first, second = self.order(), self.order()
        self.reserve(first, {credit: 150.0})
        self.reserve(second, {credit: 100.0})
        invoice = self.document(400.0)
        action = invoice.action_apply_credit()
        dialog = self.env[action["res_model"]].browse(action["res_id"])
        self.assertRecordValues(
            dialog.credit_line_ids, [{"residual": 250.0, "reserved": 250.0, "amount": 0.0}]
        )
        dialog.credit_line_ids.amount = 120.0
        dialog.invoice_line_ids.amount = 120.0
        dialog.action_apply()
        self.assertReserved(first, 130.0)
        self.assertReserved(second, 0.0)
        self.assertEqual(first.credit_reservation_ids.amount_lost, 20.0)
        self.assertIn("20.00", first.credit_note)
        self.assertIn("was used elsewhere", second.credit_note)
        self.assertEqual(self.invoice(second).amount_residual, 1000.0)
        self.assertEqual(self.invoice(first).amount_residual, 870.0)
        self.assertTiesOut()

    def test_the_apply_dialog_proposes_what_is_not_reserved(self):
        credit = self.document(-250.0)
        self.reserve(self.order(), {credit: 200.0})
        action = self.document(400.0).action_apply_credit()
        dialog = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(dialog.credit_line_ids.amount, 50.0)
        self.assertEqual(dialog.credit_line_ids.reserved, 200.0)

    def test_applied_by_hand_to_the_order_s_own_invoice(self):
        """That is what it was reserved for: it is used, not lost."""
        credit = self.document(-250.0)
        order = self.order()
        invoice = self.invoice(order, quantity=4.0)
        self.reserve(order)
        self.apply(credit, invoice)
        self.assertRecordValues(
            self.fresh(order.credit_reservation_ids),
            [{"state": "used", "amount_used": 250.0, "amount_lost": 0.0}],
        )
        self.assertFalse(order.credit_note)

    def test_unapplied_it_is_reserved_again(self):
        credit = self.document(-250.0)
        order = self.order()
        reservation = self.reserve(order)
        invoice = self.invoice(order)
        credit.receivable_application_ids.application_id._unapply(date(2023, 7, 15), "Mistake")
        self.assertReserved(order, 250.0)
        self.assertRecordValues(reservation, [{"state": "open", "amount_used": 0.0}])
        invoice.button_draft()
        invoice.action_post()
        self.assertEqual(invoice.amount_residual, 750.0)
        self.assertReserved(order, 0.0)
        self.assertTiesOut()

    def test_credit_reset_to_draft(self):
        credit = self.document(-250.0)
        order = self.order()
        self.reserve(order)
        credit.button_draft()
        self.assertReserved(order, 0.0)
        self.assertEqual(order.credit_reservation_ids.state, "released")
        self.assertIn("reset to draft", order.message_ids[0].body)
        credit.action_post()
        self.assertReserved(order, 0.0)
        self.assertEqual(self.invoice(order).amount_residual, 1000.0)
        self.assertTiesOut()

    def test_credit_on_hold(self):
        """Shown, not reservable; reserved before, it waits."""
        held, other = self.document(-250.0), self.document(-70.0)
        held.credit_on_hold = True
        order = self.order()
        wizard = self.dialog(order)
        line = self.dialog_line(wizard, held)
        self.assertTrue(line.is_on_hold)
        self.assertEqual((line.amount, wizard.amount_reserved), (0.0, 70.0))
        line.amount = 10.0
        with self.assertRaisesRegex(UserError, "is on hold and cannot be reserved"):
            wizard.action_reserve()
        held.credit_on_hold = False
        self.reserve(order)
        held.credit_on_hold = True
        self.assertIn("on hold", self.fresh(order).credit_note)
        invoice = self.invoice(order)
        self.assertEqual((invoice.amount_residual, other.credit_remaining), (930.0, 0.0))
        self.assertReserved(order, 250.0, 0.0)
        self.assertTrue(order.message_ids.filtered(lambda m: "could not be applied" in m.body))
        self.assertTiesOut()

    def test_another_customer(self):
        """An order that is invoiced to somebody else frees what it reserved; a contact of the same
        company keeps it."""
        self.document(-250.0)
        order = self.order(confirm=False)
        self.reserve(order)
        order.partner_invoice_id = self.contact
        self.assertReserved(order, 250.0)
        order.partner_invoice_id = self.stranger
        self.assertReserved(order, 0.0)
        self.assertIn("customer, company or currency changed", order.message_ids[0].body)

    def test_a_copy_reserves_nothing(self):
        self.document(-250.0)
        order = self.order()
        self.reserve(order)
        self.assertFalse(order.copy().credit_reservation_ids)

    def test_down_payment(self):
        """A down payment invoice is an invoice of the order."""
        self.document(-250.0)
        order = self.order()
        self.reserve(order)
        down_payment = self.down_payment(order, 200.0)
        self.assertEqual(down_payment.amount_residual, 0.0)
        self.assertReserved(order, 50.0)
        final = self.invoice(order)
        self.assertEqual((final.amount_total, final.amount_residual), (800.0, 750.0))
        self.assertReserved(order, 0.0)
        self.assertTiesOut()

    def test_more_than_the_order_needs(self):
        """Reserved for 1,000.00, invoiced 300.00 and closed: what is left over is free."""
        self.document(-900.0)
        order = self.order()
        self.reserve(order)
        order.order_line.product_uom_qty = 3.0
        self.assertEqual(self.invoice(order).amount_residual, 0.0)
        self.assertReserved(order, 0.0)
        self.assertIn("600.00", order.message_ids[0].body)
