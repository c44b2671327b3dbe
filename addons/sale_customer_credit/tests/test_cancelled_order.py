"""Cancelling an order that was paid proposes the credit."""

from odoo.tests import Form
from odoo.tools import html2plaintext

from .common import SaleCreditCommon


class TestCancelledOrder(SaleCreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.both = cls.new_user(
            "both", "account.group_account_invoice", "sales_team.group_sale_salesman_all_leads"
        )
        cls.env.company.customer_credit_limit = 10000.0

    def pay(self, invoice, amount=None):
        wizard = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        payment = wizard.create({"amount": amount or invoice.amount_residual})
        payment.action_create_payments()

    def paid_order(self, *quantities, **values):
        """An order that was invoiced in these parts, and paid."""
        order = self.order(**values)
        for quantity in quantities or (None,):
            self.pay(self.invoice(order, quantity=quantity))
        return order

    def activities(self, order):
        return order.invoice_ids.activity_ids.filtered(
            lambda activity: activity.activity_type_id
            == self.env.ref("sale_customer_credit.mail_activity_cancelled_order")
        )

    def test_who_may_issue_invoices_comes_to_the_adjustment(self):
        """1,000.00 paid; cancelled: a credit of 1,000.00 is proposed, and open once it is posted.
        """
        order = self.paid_order()
        invoice = order.invoice_ids
        action = order.with_user(self.both).action_cancel()
        self.assertEqual(order.state, "cancel")
        self.assertEqual(action["res_model"], "account.invoice.adjust")
        wizard = self.env[action["res_model"]].with_user(self.both).browse(action["res_id"])
        self.assertEqual((wizard.invoice_id, wizard.amount_total), (invoice, 1000.0))
        self.assertEqual(
            wizard.credit_reason_id,
            self.env.ref("account_customer_credit.credit_reason_cancellation"),
        )
        self.assertIn(order.name, wizard.description)
        self.assertEqual(len(self.activities(order)), 1)
        result = wizard.action_post()
        credit = self.env["account.move"].browse(result["res_id"])
        self.assertEqual((credit.amount_total, credit.credit_remaining), (-1000.0, 1000.0))
        self.assertFalse(self.activities(order), "The credit ends the activity.")
        self.assertEqual(order.order_line.qty_invoiced, 0.0)
        self.assertTiesOut()

    def test_a_salesperson_asks_billing(self):
        order = self.paid_order()
        invoice = order.invoice_ids
        action = order.with_user(self.seller).action_cancel()
        activity = self.activities(order)
        told = f"{activity.user_id.name} was asked to credit $\xa01,000.00 of {invoice.name}."
        self.assertEqual(action["tag"], "display_notification")
        self.assertEqual(action["params"]["message"], told)
        self.assertIn(told, html2plaintext(order.message_ids[0].body))
        self.assertFalse(order.message_ids[0].notified_partner_ids)
        self.assertEqual(activity.res_id, invoice.id)
        self.assertEqual(
            activity.summary, f"Order {order.name} was cancelled: credit the customer"
        )
        self.assertIn("1,000.00", activity.note)
        self.assertTrue(activity.user_id.has_group("account.group_account_invoice"))
        # core's own credit note will do as well
        reversal = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"date": "2023-07-15", "journal_id": invoice.journal_id.id})
        )
        reversal.refund_moves()
        self.assertTrue(self.activities(order), "A draft credits nobody.")
        reversal.new_move_ids.action_post()
        self.assertFalse(self.activities(order))
        self.assertTiesOut()

    def test_the_invoice_s_responsible_is_asked_first(self):
        order = self.paid_order(user=self.both)
        order._action_cancel()
        self.assertEqual(self.activities(order).user_id, self.both)

    def test_nothing_paid_nothing_proposed(self):
        """Core's answer is returned: for a quotation, an order without an invoice, and invoices
        that are drafts, not paid, or given back already."""
        unpaid = self.order()
        self.invoice(unpaid)
        drafted = self.order()
        draft = self.invoice(drafted, post=False)
        returned = self.paid_order()
        returned.invoice_ids.action_adjust()
        wizard = self.env["account.invoice.adjust"].create({"invoice_id": returned.invoice_ids.id})
        wizard.action_post()
        for order in (self.order(confirm=False), self.order(), unpaid, drafted, returned):
            self.assertIs(order.with_user(self.both).action_cancel(), True)
            self.assertEqual(order.state, "cancel")
            self.assertFalse(self.activities(order))
        self.assertEqual(draft.state, "cancel")

    def test_partly_paid(self):
        order = self.order()
        self.pay(self.invoice(order), 400.0)
        action = order.with_user(self.both).action_cancel()
        self.assertEqual(action["res_model"], "account.invoice.adjust")
        self.assertIn("400.00", self.activities(order).note)

    def test_settled_with_a_reserved_credit(self):
        """The customer's own credit was used: it is owed again."""
        self.document(-1000.0)
        order = self.order()
        self.reserve(order)
        self.invoice(order)
        action = order.with_user(self.both).action_cancel()
        wizard = self.env[action["res_model"]].with_user(self.both).browse(action["res_id"])
        wizard.action_post()
        self.fresh()
        self.assertEqual(self.customer.ar_open_credits, 1000.0)
        self.assertTiesOut()

    def test_the_salesperson_hears_of_it(self):
        """A colleague cancels the order: the salesperson is notified of who was asked."""
        order = self.paid_order(4.0, 6.0)
        order.with_user(self.both).action_cancel()
        message = order.message_ids[0]
        self.assertEqual(message.notified_partner_ids, self.seller.partner_id)
        for invoice in order.invoice_ids:
            self.assertIn(invoice.name, message.body)

    def test_every_road_to_the_adjustment_has_the_reason(self):
        """From the list of several paid invoices, or the activity, Adjust is opened on the
        invoice: it proposes the cancellation."""
        order = self.paid_order(4.0, 6.0)
        order._action_cancel()
        for invoice in order.invoice_ids:
            action = invoice.with_user(self.both).action_adjust()
            dialog = self.env[action["res_model"]].with_user(self.both)
            form = Form(dialog.with_context(**action["context"]))
            self.assertEqual(
                form.credit_reason_id,
                self.env.ref("account_customer_credit.credit_reason_cancellation"),
            )
            self.assertEqual(form.description, f"Order {order.name} was cancelled.")
            wizard = form.save()
            wizard.action_adjust_all()
            self.assertEqual(wizard.amount_total, invoice.amount_total)
            self.assertEqual(wizard.description, f"Order {order.name} was cancelled.")
            wizard.action_post()
        self.assertFalse(self.activities(order))

    def test_of_two_orders_the_cancelled_one_is_proposed(self):
        """Once it is credited, an adjustment for another reason is about the other order."""
        first, second = self.order(2.0), self.order(3.0)
        invoice = (first + second)._create_invoices()
        invoice.action_post()
        self.pay(invoice)
        first._action_cancel()
        dialog = self.env["account.invoice.adjust"].with_user(self.both)
        wizard = dialog.create({"invoice_id": invoice.id})
        self.assertEqual(wizard.amount_total, 200.0)
        wizard.action_post()
        wizard = dialog.create({"invoice_id": invoice.id})
        self.assertFalse(wizard.credit_reason_id)
        self.assertFalse(wizard.description)
        self.assertEqual(wizard.amount_total, 300.0)

    def test_two_cancelled_orders_are_proposed_together(self):
        first, second, third = (self.order(quantity) for quantity in (2.0, 3.0, 4.0))
        invoice = (first + second + third)._create_invoices()
        invoice.action_post()
        self.pay(invoice)
        (first + second)._action_cancel()
        wizard = self.env["account.invoice.adjust"].create({"invoice_id": invoice.id})
        self.assertEqual(wizard.amount_total, 500.0)
        self.assertIn(f"{first.name} and {second.name}", wizard.description)

    def test_an_adjustment_of_a_live_order_proposes_no_reason(self):
        wizard = self.env["account.invoice.adjust"].create(
            {"invoice_id": self.paid_order().invoice_ids.id}
        )
        self.assertFalse(wizard.credit_reason_id)
        self.assertFalse(wizard.description)

    def test_several_paid_invoices(self):
        order = self.paid_order(4.0, 6.0)
        action = order.with_user(self.both).action_cancel()
        self.assertEqual(action["res_model"], "account.move")
        self.assertEqual(len(self.activities(order)), 2)

    def test_an_invoice_of_two_orders(self):
        """Only what belongs to the cancelled order is proposed."""
        first, second = self.order(2.0), self.order(3.0)
        invoice = (first + second)._create_invoices()
        invoice.action_post()
        self.pay(invoice)
        action = first.with_user(self.both).action_cancel()
        wizard = self.env[action["res_model"]].with_user(self.both).browse(action["res_id"])
        self.assertEqual(wizard.amount_total, 200.0)

    def test_many_at_once(self):
        """Core's dialog for several orders cancels them; each paid invoice gets its activity."""
        orders = self.paid_order() + self.paid_order() + self.order()
        wizard = self.env["sale.mass.cancel.orders"].with_user(self.both).create(
            {"sale_order_ids": orders.ids}
        )
        wizard.action_mass_cancel()
        self.assertEqual(set(orders.mapped("state")), {"cancel"})
        self.assertEqual([len(self.activities(order)) for order in orders], [1, 1, 0])
        # cancelled once more, nobody is asked twice
        orders._action_cancel()
        self.assertEqual([len(self.activities(order)) for order in orders], [1, 1, 0])

    def adjust(self, action):
        """Post the proposed adjustment."""
        wizard = self.env[action["res_model"]].with_user(self.both).browse(action["res_id"])
        wizard.action_post()

    def test_an_invoice_of_two_cancelled_orders(self):
        """500.00 paid for two orders, and both were cancelled: the credit of 200.00 for the first
        ends its activity; somebody is asked for the other 300.00 until they are credited, too."""
        first, second = self.order(2.0), self.order(3.0)
        invoice = (first + second)._create_invoices()
        invoice.action_post()
        self.pay(invoice)
        actions = [order.with_user(self.both).action_cancel() for order in (first, second)]
        asked = self.activities(first)
        self.assertEqual(asked.cancelled_order_id, first + second)
        for order, amount in ((first, "200.00"), (second, "300.00")):
            note = asked.filtered(lambda row, order=order: row.cancelled_order_id == order).note
            self.assertIn(amount, note)
        self.adjust(actions[0])
        self.assertEqual(self.activities(first).cancelled_order_id, second)
        self.adjust(actions[1])
        self.assertFalse(self.activities(first))
        self.assertTiesOut()

    def test_a_price_correction_is_not_what_was_asked_for(self):
        """Of 1,000.00 paid 5.00 are given back: the other 995.00 are still to be credited."""
        order = self.paid_order()
        order._action_cancel()
        invoice = order.invoice_ids.filtered(lambda move: not move.is_customer_credit)
        dialog = self.env["account.invoice.adjust"]
        wizard = dialog.create({"invoice_id": invoice.id})
        wizard.line_ids.write({"kind": "price", "new_price": 99.5})
        wizard.action_post()
        self.assertEqual(invoice._get_paid_and_kept(), 995.0)
        self.assertEqual(len(self.activities(order)), 1)
        dialog.create({"invoice_id": invoice.id}).action_post()
        self.assertEqual(invoice._get_paid_and_kept(), 0.0)
        self.assertFalse(self.activities(order))

    def test_a_live_order_is_not_credited(self):
        """Cancelled by mistake, set to quotation and confirmed again by a salesperson: nobody is
        asked any more to credit the customer. Of another order somebody still is."""
        order, other = self.paid_order(), self.paid_order()
        (order + other)._action_cancel()
        self.assertEqual(len(self.activities(order)), 1)
        order.with_user(self.seller).action_draft()
        self.assertFalse(self.activities(order))
        order.action_confirm()
        self.assertFalse(self.activities(order))
        self.assertEqual(len(self.activities(other)), 1)
        order._action_cancel()
        self.assertEqual(len(self.activities(order)), 1)
