"""Two people at once, on two real connections: a credit is never reserved or used twice."""

import uuid

from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.account_customer_credit.tests.common_concurrency import ConcurrencyCommon

ROUNDS = 10
REFUSED = (
    "Somebody is|Another user is|neither used nor reserved|neither invoiced|used up|more than the"
)


@tagged("post_install", "-at_install")
class TestReservationConcurrency(ConcurrencyCommon):
    def take_away(self):
        with self.cursor() as cr:
            cr.execute("SELECT id FROM sale_order WHERE partner_id = ANY(%s)", [self.customers])
            orders = [row[0] for row in cr.fetchall()]
            for table in ("sale_order_credit_reservation", "sale_order_line"):
                cr.execute(f"DELETE FROM {table} WHERE order_id = ANY(%s)", [orders])
            cr.execute("DELETE FROM sale_order WHERE id = ANY(%s)", [orders])
        return super().take_away()

    def new_account(self):
        """A customer with a credit of 250.00, an open invoice of 1,000.00 and two orders of
        300.00."""
        with self.cursor() as cr:
            env = self.environment(cr)
            customer = env["res.partner"].create({"name": f"Concurrent {uuid.uuid4()}"})
            self.customers.append(customer.id)
            line = {"name": "Line", "tax_ids": []}
            documents = env["account.move"].create(
                [
                    {
                        "move_type": "out_invoice",
                        "partner_id": customer.id,
                        "invoice_date": "2023-06-01",
                        "invoice_line_ids": [Command.create({**line, "price_unit": amount})],
                    }
                    for amount in (1000.0, -250.0)
                ]
            )
            documents.action_post()
            product = env["product.product"].create(
                {"name": "Desk", "type": "consu", "invoice_policy": "order"}
            )
            orders = env["sale.order"].create(
                [
                    {
                        "partner_id": customer.id,
                        "order_line": [
                            Command.create(
                                {"product_id": product.id, "price_unit": 300.0, "tax_ids": []}
                            )
                        ],
                    }
                    for _order in range(2)
                ]
            )
            orders.action_confirm()
            return *documents.ids, *orders.ids

    # === What two people may do ===

    def reserve(self, env, order_id, credit_id, amount):
        item = env["account.move"].browse(credit_id)._get_open_receivable_items()
        credits = env["sale.open.credit"].browse(item.ids)
        env["sale.order"].browse(order_id)._reserve_credits(dict.fromkeys(credits, amount))

    def apply(self, env, invoice_id, credit_id, amount):
        items = env["account.move"].browse([invoice_id, credit_id])._get_open_receivable_items()
        items._apply_receivables(dict.fromkeys(items, amount))

    def post(self, env, order_id):
        env["sale.order"].browse(order_id)._create_invoices().action_post()

    def check_never_twice(self, outcomes, credit_id, order_ids, refusals):
        refused = [outcome for outcome in outcomes if outcome]
        self.assertIn(len(refused), refusals, outcomes)
        for refusal in refused:
            self.assertRegex(refusal, REFUSED)
        with self.cursor() as cr:
            env = self.environment(cr)
            credit = env["account.move"].browse(credit_id)
            reservations = env["sale.order"].browse(order_ids).credit_reservation_ids
            standing = sum(reservations.mapped("amount_open"))
            self.assertLessEqual(standing, credit.credit_remaining)
            self.assertEqual(
                credit.credit_applied + credit.credit_refunded + credit.credit_remaining, 250.0
            )
            return reservations.mapped("amount_open"), credit.credit_remaining

    # === Both at once ===

    def test_two_orders_reserve_one_credit(self):
        """200.00 each of 250.00: one gets it, the other gets a message."""
        for _round in range(ROUNDS):
            _invoice, credit, *orders = self.new_account()
            outcomes = self.race(
                *(
                    lambda env, order=order, credit=credit: self.reserve(env, order, credit, 200.0)
                    for order in orders
                )
            )
            standing, left = self.check_never_twice(outcomes, credit, orders, {1})
            self.assertEqual((standing, left), ([200.0], 250.0))

    def test_both_fit(self):
        """100.00 each of 250.00: the refused one may try again, nothing is lost."""
        _invoice, credit, *orders = self.new_account()
        outcomes = self.race(
            *(
                lambda env, order=order: self.reserve(env, order, credit, 100.0)
                for order in orders
            )
        )
        standing, _left = self.check_never_twice(outcomes, credit, orders, {0, 1})
        self.assertEqual(len(standing), 2 - len([outcome for outcome in outcomes if outcome]))

    def test_two_dialogs_of_one_order(self):
        """An order of 300.00: two people reserve 200.00 of two credits for it."""
        for _round in range(ROUNDS):
            _invoice, credit, order, _other = self.new_account()
            with self.cursor() as cr:
                second = self.environment(cr)["account.move"].browse(credit).copy(
                    {"invoice_date": "2023-06-01"}
                )
                second.action_post()
            outcomes = self.race(
                lambda env, ids=(order, credit): self.reserve(env, *ids, 200.0),
                lambda env, ids=(order, second.id): self.reserve(env, *ids, 200.0),
            )
            standing, _left = self.check_never_twice(outcomes, credit, [order], {1})
            self.assertEqual(standing, [200.0])

    def test_reserve_and_apply(self):
        """An accountant applies 250.00 elsewhere while Sales reserves 200.00."""
        for _round in range(ROUNDS):
            invoice, credit, *orders = self.new_account()
            outcomes = self.race(
                lambda env, ids=(invoice, credit): self.apply(env, *ids, 250.0),
                lambda env, ids=(orders[0], credit): self.reserve(env, *ids, 200.0),
            )
            self.check_never_twice(outcomes, credit, orders, {0, 1})

    def test_post_and_apply(self):
        """The order's invoice takes the reserved 200.00 while an accountant applies 250.00: the
        invoice is posted in any case."""
        for _round in range(ROUNDS):
            invoice, credit, *orders = self.new_account()
            with self.cursor() as cr:
                self.reserve(self.environment(cr), orders[0], credit, 200.0)
            outcomes = self.race(
                lambda env, ids=(invoice, credit): self.apply(env, *ids, 250.0),
                lambda env, order=orders[0]: self.post(env, order),
            )
            self.assertFalse(outcomes[1])
            self.check_never_twice(outcomes, credit, orders, {0, 1})
