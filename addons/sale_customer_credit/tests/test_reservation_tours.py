"""Reservations, clicked by the salesperson and by the accountant."""

from odoo.addons.account_customer_credit.tests.common_controls import ClickedControls

from .test_reserved_elsewhere import ReservedCommon


class TestReservationTours(ReservedCommon, ClickedControls):
    controls_of = ("sale_customer_credit",)

    def play(self, address, tour, user):
        user.password = "tour-password"
        self.start_tour(address, f"sale_customer_credit_{tour}", login=user.login)
        self.env.invalidate_all()

    def test_reserve_and_give_to_another_customer(self):
        """Asked before it frees: no keeps the reservation, yes frees it."""
        self.document(-250.0)
        self.env["res.partner"].create({"name": "Another Library"})
        order = self.order(confirm=False)
        self.play(f"/odoo/sales/{order.id}", "reserve", self.seller)
        self.assertReserved(order, 0.0)
        self.assertEqual(order.credit_reservation_ids.user_id, self.seller)
        self.assertEqual(order.partner_id.name, "Another Library")

    def test_lower_and_release(self):
        self.document(-900.0)
        order = self.order()
        self.reserve(order)
        self.play(f"/odoo/sales/{order.id}", "lower_and_release", self.seller)
        self.assertReserved(order, 0.0)
        self.assertEqual(order.amount_total, 300.0)

    def test_reserved_elsewhere(self):
        credit = self.document(-250.0)
        order = self.order()
        self.reserve(order, {credit: 200.0})
        other = self.document(400.0)
        self.play(f"/odoo/customer-invoices/{other.id}", "reserved_elsewhere", self.accountant)
        self.assertEqual((credit.credit_refunded, other.amount_residual), (250.0, 400.0))
        self.assertReserved(order, 0.0)
        self.assertEqual(len(self.notifications(order)), 1)
        self.assertTiesOut()

    def test_own_invoice_after_a_hold(self):
        credit = self.document(-250.0)
        order = self.order()
        self.reserve(order)
        invoice = self.held(order, credit)
        self.play(f"/odoo/customer-invoices/{invoice.id}", "own_invoice", self.accountant)
        self.assertEqual(invoice.amount_residual, 750.0)
        self.assertReserved(order, 0.0)
        self.assertTiesOut()
