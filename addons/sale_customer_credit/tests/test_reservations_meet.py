"""Reservations of several orders that meet on one invoice are taken together."""

from contextlib import contextmanager
from itertools import permutations
from random import Random

from .common import SaleCreditCommon


class TestReservationsMeet(SaleCreditCommon):
    @contextmanager
    def scene(self, **values):
        """A part of the story of which nothing is kept for the next one."""
        with self.subTest(**values), self.env.cr.savepoint() as savepoint:
            yield
            savepoint.rollback()

    def meet(self, orders):
        """The posted invoice of all these orders, made in this sequence."""
        invoice = self.env["sale.order"].union(*orders)._create_invoices()
        self.assertEqual(len(invoice), 1)
        invoice.action_post()
        self.fresh()
        return invoice

    def assertNothingStaysLocked(self, orders, *credits):
        """No order waits for more, no chatter says so, and what is left of the credits is free."""
        for order in orders:
            self.assertEqual(order.credit_reserved, 0.0)
            self.assertFalse(order.credit_note)
            bodies = "".join(order.message_ids.mapped("body"))
            self.assertNotIn("could not be applied", bodies)
        items = self.receivable_items(*credits)
        open_credits = self.env["sale.open.credit"].search([("id", "in", items.ids)])
        self.assertFalse(any(open_credits.mapped("reserved")))

    def test_one_credit_two_orders(self):
        """60.00 and 90.00 of a credit of 250.00 are reserved for orders of 60.00 and 300.00: their
        one invoice of 360.00 owes 210.00, whichever order was made, or is invoiced, first."""
        for reserved_first in (0.6, 3.0):
            for invoiced_first in (0.6, 3.0):
                with self.scene(reserved=reserved_first, invoiced=invoiced_first):
                    credit = self.document(-250.0)
                    orders = {}
                    for quantity in (reserved_first, 3.6 - reserved_first):
                        orders[round(quantity, 1)] = order = self.order(quantity)
                        self.reserve(order, {credit: 60.0 if quantity < 1 else 90.0})
                    pair = [orders.pop(invoiced_first), *orders.values()]
                    invoice = self.meet(pair)
                    self.assertEqual((invoice.amount_total, invoice.amount_residual), (360, 210))
                    self.assertEqual(credit.credit_remaining, 100.0)
                    for order in pair:
                        self.assertRecordValues(
                            order.credit_reservation_ids,
                            [
                                {
                                    "state": "used",
                                    "amount_used": order.credit_reservation_ids.amount,
                                    "amount_lost": 0.0,
                                }
                            ],
                        )
                    self.assertNothingStaysLocked(pair, credit)
                    self.assertTiesOut()

    def test_several_credits_and_orders(self):
        """Each order uses what it reserved, of each credit, in any sequence of the orders; an
        order that needs less than it reserved leaves the younger credit's part."""
        for sequence in permutations(range(3)):
            with self.scene(sequence=sequence):
                older = self.document(-300.0, invoice_date="2023-05-01")
                younger = self.document(-300.0)
                orders = [self.order(2.0), self.order(1.0), self.order(3.0)]
                self.reserve(orders[0], {younger: 150.0})
                self.reserve(orders[0], {older: 50.0})
                self.reserve(orders[1], {older: 40.0, younger: 60.0})
                self.reserve(orders[2], {younger: 90.0, older: 210.0})
                # 50.00 of the older credit and 50.00 of the younger are enough for this one now
                orders[0].order_line.product_uom_qty = 1.0
                invoice = self.meet([orders[index] for index in sequence])
                self.assertEqual((invoice.amount_total, invoice.amount_residual), (500.0, 0.0))
                for order, used in zip(orders, ([50, 50], [40, 60], [90, 210]), strict=True):
                    self.assertEqual(
                        sorted(order.credit_reservation_ids.mapped("amount_used")), used
                    )
                self.assertEqual((older.credit_remaining, younger.credit_remaining), (0, 100))
                self.assertTiesOut()

    def test_random_orders(self):
        """Whoever reserved what of which credit, and needs less by now: the invoice takes what the
        orders need of it, confirmed or applied by hand after a hold, and nothing stays locked."""
        for seed in range(8):
            with self.scene(seed=seed):
                dice = Random(seed)
                credits = [
                    self.document(-900.0, invoice_date=f"2023-0{dice.randint(4, 6)}-01")
                    for _number in range(dice.randint(1, 3))
                ]
                orders = [self.order(3.0) for _number in range(dice.randint(2, 4))]
                for order in orders:
                    for credit in dice.sample(credits, dice.randint(1, len(credits))):
                        amount = dice.randint(10, 100)
                        self.reserve(order, {credit: float(amount)})
                for order in dice.sample(orders, 1):
                    order.order_line.product_uom_qty = dice.choice((0.25, 0.5, 1.0))
                needed = {
                    order: min(
                        order.amount_total, sum(order.credit_reservation_ids.mapped("amount"))
                    )
                    for order in orders
                }
                is_held = dice.random() < 0.5
                self.env["account.move"].union(*credits).credit_on_hold = is_held
                invoice = self.meet(dice.sample(orders, len(orders)))
                if is_held:
                    self.env["account.move"].union(*credits).credit_on_hold = False
                    action = invoice.action_apply_credit()
                    dialog = self.env[action["res_model"]].browse(action["res_id"])
                    kept = dialog.credit_line_ids._get_amounts_kept()
                    self.assertEqual(sum(kept.values()), sum(needed.values()))
                    for line in dialog.credit_line_ids:
                        line.amount = kept.get(line, 0.0)
                    dialog.invoice_line_ids.amount = sum(needed.values())
                    dialog.action_apply()
                    self.fresh()
                self.assertEqual(
                    invoice.amount_residual, invoice.amount_total - sum(needed.values())
                )
                for order, amount in needed.items():
                    used = sum(order.credit_reservation_ids.mapped("amount_used"))
                    self.assertEqual((used, order.credit_reserved), (amount, 0.0))
                    self.assertFalse(order.credit_note)
                self.assertTiesOut()

    def test_in_instalments(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "Half now",
                "line_ids": [
                    (0, 0, {"value_amount": 50, "nb_days": 0}),
                    (0, 0, {"value_amount": 50, "nb_days": 30}),
                ],
            }
        )
        credit = self.document(-250.0)
        orders = [
            self.order(0.6, payment_term_id=term.id),
            self.order(3.0, payment_term_id=term.id),
        ]
        self.reserve(orders[0], {credit: 60.0})
        self.reserve(orders[1], {credit: 190.0})
        invoice = self.meet(reversed(orders))
        instalments = self.receivable_items(invoice).sorted("date_maturity")
        self.assertEqual(instalments.mapped("amount_residual"), [0.0, 110.0])
        self.assertNothingStaysLocked(orders, credit)
        self.assertTiesOut()

    def test_by_hand_after_a_hold(self):
        """What an accountant applies counts for both orders, as what the posting takes."""
        credit = self.document(-250.0)
        orders = [self.order(0.6), self.order(3.0)]
        self.reserve(orders[0], {credit: 60.0})
        self.reserve(orders[1], {credit: 90.0})
        credit.credit_on_hold = True
        invoice = self.meet(reversed(orders))
        self.assertEqual(invoice.amount_residual, 360.0)
        for order in orders:
            self.assertIn("is on hold", order.message_ids[0].body)
        credit.credit_on_hold = False
        items = self.receivable_items(credit, invoice)
        items._apply_receivables(dict.fromkeys(items, 150.0))
        self.fresh()
        self.assertEqual([order.credit_reserved for order in orders], [0.0, 0.0])
        self.assertTiesOut()

    def test_who_reserved_nothing_takes_nothing(self):
        """An order's credit pays for its own lines, also where the invoice is made of more."""
        credit = self.document(-250.0)
        first, second = self.order(0.6), self.order(3.0)
        self.reserve(first, {credit: 60.0})
        invoice = self.meet([second, first])
        self.assertEqual(invoice.amount_residual, 300.0)
        self.assertEqual(credit.credit_remaining, 190.0)
        self.assertTiesOut()
