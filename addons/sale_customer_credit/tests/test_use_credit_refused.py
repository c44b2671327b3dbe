"""What cannot be reserved, and who cannot."""

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user

from .common import SaleCreditCommon


class TestUseCreditRefused(SaleCreditCommon):
    def assertRefused(self, order, amounts, message):
        """Neither by the dialog's method nor by the order's; nothing is written."""
        before = self.env["sale.order.credit.reservation"].search([])
        with self.assertRaisesRegex(UserError, message):
            order.with_user(self.seller)._reserve_credits(amounts)
        self.assertEqual(self.env["sale.order.credit.reservation"].search([]), before)

    def open_credit(self, document):
        self.fresh()
        return self.env["sale.open.credit"].browse(self.receivable_items(document).ids)

    def test_amounts(self):
        credit = self.open_credit(self.document(-250.0))
        order = self.order()
        for amount, message in (
            (0.0, "greater than zero"),
            (-10.0, "greater than zero"),
            (float("nan"), "greater than zero"),
            (float("inf"), "greater than zero"),
            (10.005, "too many decimals"),
            (250.01, "250.01 is more than the .*250.00 of"),
        ):
            with self.subTest(amount=amount):
                self.assertRefused(order, {credit: amount}, message)
        self.assertRefused(order, {}, "enter an amount")

    def test_a_negative_amount_in_the_dialog(self):
        self.document(-250.0)
        wizard = self.dialog(self.order())
        wizard.line_ids.amount = -10.0
        with self.assertRaisesRegex(UserError, "greater than zero"):
            wizard.action_reserve()

    def test_more_than_the_order(self):
        credit = self.open_credit(self.document(-2500.0))
        order = self.order()
        self.assertRefused(order, {credit: 1000.01}, "more than the .*1,000.00 of")
        self.invoice(order, quantity=4.0)
        self.assertRefused(order, {credit: 600.01}, "more than the .*600.00 of")
        order._reserve_credits({credit: 500.0})
        self.assertRefused(order, {credit: 100.01}, "more than the .*100.00 of")

    def test_orders_that_cannot(self):
        credit = self.open_credit(self.document(-250.0))
        order = self.order()
        order._action_cancel()
        self.assertRefused(order, {credit: 10.0}, "is cancelled")
        with self.assertRaisesRegex(UserError, "has no open credits"):
            self.order(partner_id=self.stranger.id).with_user(self.seller).action_use_credit()

    def test_credits_that_cannot(self):
        order = self.order()
        strangers = self.document(-250.0, partner_id=self.stranger.id)
        self.assertRefused(order, {self.open_credit(strangers): 10.0}, "no credit of Montboro")
        invoice = self.document(250.0)
        self.assertRefused(order, {self.open_credit(invoice): 10.0}, "used up or taken back")
        credit = self.document(-250.0)
        row = self.open_credit(credit)
        self.apply(credit, invoice)
        self.assertRefused(order, {row: 10.0}, "used up or taken back")

    def test_two_currencies(self):
        """An order in euro uses credits in euro only."""
        euro = self.setup_other_currency("EUR")
        in_dollar = self.document(-250.0)
        in_euro = self.document(-80.0, currency_id=euro.id)
        pricelist = self.env["product.pricelist"].create(
            {"name": "Euro desks", "currency_id": euro.id}
        )
        order = self.order(pricelist_id=pricelist.id)
        self.assertEqual(order.currency_id, euro)
        wizard = self.dialog(order)
        self.assertEqual(wizard.line_ids.credit_id.name, in_euro.name)
        self.assertRefused(order, {self.open_credit(in_dollar): 10.0}, "company and currency")
        wizard.action_reserve()
        invoice = self.invoice(order)
        self.assertEqual((invoice.amount_residual, in_euro.credit_remaining), (920.0, 0.0))
        self.assertEqual(in_dollar.credit_remaining, 250.0)
        self.assertTiesOut()

    def test_two_companies(self):
        """A credit that our other company owes is neither shown on the order nor reservable."""
        other = self.two_companies()
        ours = self.document(-70.0)
        self.seller.company_ids += other
        order = self.order()
        theirs = self.env["account.move"].search(
            [("company_id", "=", other.id), ("partner_id", "=", self.customer.id)]
        ).filtered("is_customer_credit")
        companies = [self.env.company.id, other.id]
        order = order.with_user(self.seller).with_context(allowed_company_ids=companies)
        self.assertEqual(order.open_credit_ids.mapped("name"), [ours.name])
        self.assertEqual((order.customer_ar_balance, order.customer_open_credits), (-70.0, 70.0))
        credit = order.env["sale.open.credit"].browse(self.receivable_items(theirs).ids)
        self.assertEqual(credit.remaining, 250.0)
        self.assertRefused(order, {credit: 10.0}, "company and currency")
        # who does not work there sees nothing of it
        elsewhere = credit.with_user(self.colleague).with_context(
            allowed_company_ids=self.env.company.ids
        )
        self.assertFalse(elsewhere.search([("id", "in", credit.ids)]))
        with self.assertRaises(AccessError):
            elsewhere.read(["remaining"])
        with self.assertRaises(AccessError):
            self.customer.with_user(self.colleague).with_context(
                allowed_company_ids=other.ids
            ).read(["sale_ar_balance"])

    # ------------------------------------------------------------------
    # Who
    # ------------------------------------------------------------------

    def test_the_salesperson_sees_and_changes_nothing_else(self):
        """Balance, totals and the list of open credits, on the order and on the customer; not the
        documents of others, and not the figures of accounting."""
        payment = self.payment(50.0).move_id
        self.document(-250.0, invoice_user_id=self.colleague.id)
        order = self.order().with_user(self.seller)
        self.fresh()
        self.assertEqual(
            order.read(["customer_ar_balance", "customer_open_credits"])[0],
            {"id": order.id, "customer_ar_balance": -300.0, "customer_open_credits": 300.0},
        )
        self.assertEqual(order.open_credit_ids.mapped("remaining"), [250.0, 50.0])
        customer = self.customer.with_user(self.seller)
        self.assertEqual(customer.sale_ar_balance, -300.0)
        self.assertEqual(customer.sale_ar_open_credits, 300.0)
        self.assertEqual(customer.sale_open_credit_ids.mapped("remaining"), [250.0, 50.0])
        with self.assertRaises(AccessError):
            customer.read(["ar_balance"])
        with self.assertRaises(AccessError):
            payment.with_user(self.seller).read(["name"])
        reservation = self.reserve(order, {payment: 50.0}).with_user(self.seller)
        self.assertEqual(reservation.read(["credit_name"])[0]["credit_name"], payment.name)
        for change in (
            lambda: reservation.write({"amount": 500.0}),
            lambda: reservation.unlink(),
            lambda: reservation.copy(),
            lambda: order.open_credit_ids.write({"name": "x"}),
        ):
            with self.assertRaises(AccessError):
                change()

    def test_another_salesperson(self):
        """Own documents only: the colleague sees that something is reserved, not for what."""
        self.document(-250.0)
        order = self.order()
        reservation = self.reserve(order, {self.customer.ar_document_ids: 200.0})
        colleague = reservation.with_user(self.colleague)
        self.assertFalse(colleague.search([("id", "=", reservation.id)]))
        with self.assertRaises(AccessError):
            colleague.action_release()
        with self.assertRaises(AccessError):
            order.with_user(self.colleague).action_use_credit()
        own = self.order(user=self.colleague)
        self.assertEqual(self.dialog(own, self.colleague).line_ids.amount, 50.0)
        wizard = self.dialog(order)
        with self.assertRaises(AccessError):
            wizard.with_user(self.colleague).action_reserve()

    def test_billing_without_rights_in_sales(self):
        """Sees what is reserved, cannot reserve; the invoice that it posts takes the credit."""
        self.document(-250.0)
        order = self.order()
        self.reserve(order)
        as_biller = order.with_user(self.biller)
        self.assertEqual(as_biller.credit_reserved, 250.0)
        self.assertEqual(as_biller.credit_reservation_ids.mapped("amount_open"), [250.0])
        with self.assertRaisesRegex(AccessError, "reserved for an order by Sales"):
            as_biller.action_use_credit()
        with self.assertRaisesRegex(AccessError, "reserved for an order by Sales"):
            as_biller.credit_reservation_ids.action_release()
        with self.assertRaises(AccessError):
            self.customer.with_user(self.biller).read(["sale_ar_balance"])
        invoice = self.invoice(order, post=False)
        invoice.with_user(self.biller).action_post()
        self.assertEqual(self.fresh(invoice).amount_residual, 750.0)
        self.assertTiesOut()

    def test_portal(self):
        self.document(-250.0)
        order = self.order()
        reservation = self.reserve(order)
        portal = new_test_user(
            self.env,
            login="sale_credit_portal",
            groups="base.group_portal",
            partner_id=self.contact.id,
        )
        order.message_subscribe(self.contact.ids)
        as_portal = order.with_user(portal)
        self.assertEqual(as_portal.read(["name"])[0]["name"], order.name)
        for name in (
            "customer_ar_balance",
            "customer_open_credits",
            "open_credit_ids",
            "credit_reservation_ids",
            "credit_reserved",
            "credit_note",
        ):
            with self.subTest(field=name), self.assertRaises(AccessError):
                as_portal.read([name])
        with self.assertRaises(AccessError):
            reservation.with_user(portal).read(["amount"])
        with self.assertRaises(AccessError):
            self.env["sale.open.credit"].with_user(portal).search([])
        with self.assertRaises(AccessError):
            as_portal.action_use_credit()

    def test_what_a_client_may_name(self):
        """A dialog made by RPC for a credit of somebody else, or in somebody else's name."""
        strangers = self.document(-250.0, partner_id=self.stranger.id)
        own = self.document(-50.0)
        order = self.order()
        wizard = self.env["sale.order.use.credit"].with_user(self.seller).create(
            {
                "order_id": order.id,
                "line_ids": [
                    Command.create({"credit_id": self.open_credit(document).id, "amount": 30.0})
                    for document in (own, strangers)
                ],
            }
        )
        with self.assertRaisesRegex(UserError, "no credit of Montboro"):
            wizard.action_reserve()
        self.assertFalse(order.credit_reservation_ids)
        # the same credit twice counts twice
        wizard.line_ids[1].credit_id = wizard.line_ids[0].credit_id
        with self.assertRaisesRegex(UserError, "60.00 is more than the .*50.00 of"):
            wizard.action_reserve()

    def test_who_reserved_is_not_deleted(self):
        """The reservation refers to the user: a sentence says so, not the database."""
        self.document(-50.0)
        order = self.order(user=self.colleague)
        self.reserve(order, user=self.colleague)
        order.user_id = False
        with self.assertRaisesRegex(UserError, "Reserv.* Archive it instead"):
            self.colleague.unlink()
