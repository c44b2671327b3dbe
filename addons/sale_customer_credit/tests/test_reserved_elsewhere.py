"""What is reserved, outside the order: proposed for its own invoice, shown on every other one, and
told to who reserved it when somebody takes it all the same."""

from datetime import date

from odoo.fields import Command
from odoo.tests import Form

from .common import SaleCreditCommon


class ReservedCommon(SaleCreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant = cls.new_user(
            "accountant",
            "account.group_account_invoice",
            "account_customer_credit.group_customer_credit_refunder",
        )

    def apply_dialog(self, documents, user=None):
        action = documents.with_user(user or self.accountant).action_apply_credit()
        return (
            self.env[action["res_model"]]
            .with_user(user or self.accountant)
            .browse(action["res_id"])
        )

    def refund_dialog(self, credit):
        action = credit.with_user(self.accountant).action_refund_credit()
        return self.env[action["res_model"]].with_user(self.accountant).browse(action["res_id"])

    def held(self, order, *credits):
        """The order's invoice, confirmed while these credits were on hold; now they are not."""
        held = self.env["account.move"].union(*credits)
        held.credit_on_hold = True
        invoice = self.invoice(order)
        held.credit_on_hold = False
        self.fresh()
        return invoice

    def notifications(self, order, user=None):
        """The texts of the order's messages that notified the user."""
        partner = (user or self.seller).partner_id
        return [
            message.body
            for message in order.message_ids
            if partner in message.notified_partner_ids
        ]


class TestOwnInvoice(ReservedCommon):
    def test_apply_credit_proposes_what_the_order_reserved(self):
        """250.00 are reserved and were on hold; released, Apply Credit on the invoice has them."""
        credit = self.document(-250.0)
        order = self.order()
        self.reserve(order)
        invoice = self.held(order, credit)
        for document in (invoice, order):
            body = document.message_ids.filtered(lambda m: "could not be applied" in m.body).body
            self.assertIn("250.00", body)
            self.assertIn("on hold", body)
        dialog = self.apply_dialog(invoice)
        self.assertRecordValues(
            dialog.credit_line_ids,
            [{"amount": 250.0, "reserved": 250.0, "reserved_for": order.name}],
        )
        dialog.action_apply()
        self.assertEqual(invoice.amount_residual, 750.0)
        self.assertReserved(order, 0.0)
        self.assertEqual(order.credit_reservation_ids.state, "used")
        self.assertEqual(self.notifications(order), [])
        self.assertTiesOut()

    def test_it_comes_before_older_credits(self):
        """As when the invoice is confirmed: first what is reserved, then the oldest."""
        older = self.document(-700.0, invoice_date="2023-05-01")
        reserved = self.document(-500.0)
        order = self.order()
        self.reserve(order, {reserved: 400.0})
        invoice = self.held(order, reserved, older)
        dialog = self.apply_dialog(invoice)
        self.assertEqual(
            {line.move_id: line.amount for line in dialog.credit_line_ids},
            {older: 600.0, reserved: 400.0},
        )
        self.assertTrue(dialog.is_balanced)
        dialog.action_propose_due()
        self.assertEqual(sum(dialog.credit_line_ids.mapped("amount")), 1000.0)
        self.assertEqual(
            dialog.credit_line_ids.filtered(lambda line: line.move_id == reserved).amount, 400.0
        )

    def test_not_more_than_the_order_s_part(self):
        """On an invoice of two orders, each order's reservation is for its own lines; what a third
        order keeps is left alone."""
        credit = self.document(-250.0)
        first, second, third = self.order(0.6), self.order(3.0), self.order()
        self.reserve(first, {credit: 60.0})
        self.reserve(second, {credit: 90.0})
        self.reserve(third, {credit: 70.0})
        credit.credit_on_hold = True
        invoice = (first + second)._create_invoices()
        invoice.action_post()
        credit.credit_on_hold = False
        self.fresh()
        line = self.apply_dialog(invoice).credit_line_ids
        # 30.00 that nobody reserved are proposed as well
        self.assertEqual((line.amount, line.reserved), (180.0, 220.0))
        self.assertIn(third.name, line.reserved_for)

    def test_still_on_hold_it_is_not_proposed(self):
        credit = self.document(-250.0)
        order = self.order()
        self.reserve(order)
        credit.credit_on_hold = True
        invoice = self.invoice(order)
        self.assertEqual(self.apply_dialog(invoice).credit_line_ids.amount, 0.0)

    def test_after_an_unapply(self):
        credit = self.document(-250.0)
        order = self.order()
        self.reserve(order)
        invoice = self.invoice(order)
        credit.receivable_application_ids.application_id._unapply(date(2023, 7, 15), "Mistake")
        self.fresh()
        self.assertEqual(self.apply_dialog(invoice).credit_line_ids.amount, 250.0)

    def test_nothing_is_said_where_nothing_was_missed(self):
        self.document(-250.0)
        order = self.order()
        self.reserve(order)
        invoice = self.invoice(order)
        for document in (invoice, order):
            self.assertFalse(document.message_ids.filtered(lambda m: "could not" in m.body))


class TestOtherInvoices(ReservedCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.credit = cls.document(-250.0)

    def setUp(self):
        super().setUp()
        self.first, self.second = self.order(), self.order()
        self.reserve(self.first, {self.credit: 150.0})
        self.reserve(self.second, {self.credit: 60.0})
        self.other = self.document(400.0)
        self.fresh()

    def assertNamesBoth(self, text):
        for part in ("150.00", self.first.name, "60.00", self.second.name):
            self.assertIn(part, text)

    # ------------------------------------------------------------------
    # Shown
    # ------------------------------------------------------------------

    def test_in_core_s_list_of_outstanding_items(self):
        self.document(-40.0)
        widget = self.other.with_user(self.accountant).invoice_outstanding_credits_debits_widget
        rows = {row["amount"]: row.get("reserved") for row in widget["content"]}
        self.assertNamesBoth(rows[250.0])
        self.assertFalse(rows[40.0])

    def test_in_apply(self):
        line = self.apply_dialog(self.other).credit_line_ids
        self.assertEqual((line.reserved, line.amount), (210.0, 40.0))
        self.assertEqual(line.reserved_for, f"{self.first.name}, {self.second.name}")

    def test_in_pay(self):
        action = self.other.with_user(self.accountant).action_register_payment()
        form = Form(
            self.env["account.payment.register"]
            .with_user(self.accountant)
            .with_context(**action["context"])
        )
        with form.credit_line_ids.edit(0) as line:
            self.assertEqual(line.reserved, 210.0)
            self.assertEqual(line.reserved_for, f"{self.first.name}, {self.second.name}")

    def test_when_the_credit_itself_is_paid_out(self):
        action = self.credit.with_user(self.accountant).action_register_payment()
        wizard = (
            self.env["account.payment.register"]
            .with_user(self.accountant)
            .with_context(**action["context"])
            .create({})
        )
        self.assertNamesBoth(wizard.reserved_note)
        self.assertIn(self.credit.name, wizard.reserved_note)

    def test_in_refund(self):
        """Shown, and left out of the proposal, as in Apply."""
        line = self.refund_dialog(self.credit).line_ids
        self.assertEqual((line.reserved, line.amount), (210.0, 40.0))
        self.assertEqual(line.reserved_for, f"{self.first.name}, {self.second.name}")

    def test_a_refund_does_not_name_what_is_all_reserved(self):
        """Of the customer's credits, the memo on the bank statement has those that go back."""
        self.reserve(self.order(), {self.credit: 40.0})
        free = self.document(-70.0)
        action = self.customer.with_user(self.accountant).action_refund_credit()
        dialog = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(
            {line.move_id: line.amount for line in dialog.line_ids},
            {self.credit: 0.0, free: 70.0},
        )
        self.assertEqual(dialog.memo, free.name)

    def test_on_the_credit(self):
        credit = self.credit.with_user(self.accountant)
        self.assertEqual(credit.credit_reserved, 210.0)
        self.assertNamesBoth(credit.credit_reserved_for)
        self.assertFalse(self.other.credit_reserved_for)

    def test_on_a_payment_and_an_entry(self):
        """Every kind of credit that can be reserved says so where it is opened."""
        payment, entry = self.payment(50.0), self.entry(-30.0)
        order = self.order()
        self.reserve(order, {payment.move_id: 20.0, entry: 10.0})
        form = Form(payment.with_user(self.accountant))
        self.assertIn(f"20.00 for {order.name}", form.credit_reserved_for)
        form = Form(entry.with_user(self.accountant))
        self.assertIn(f"10.00 for {order.name}", form.credit_reserved_for)

    def test_many_credits_in_a_fixed_number_of_queries(self):
        credits = self.credit
        for _number in range(9):
            credit = self.document(-250.0)
            self.reserve(self.order(), {credit: 100.0})
            credits += credit
        credits = credits.with_user(self.accountant)
        names = ["credit_reserved", "credit_reserved_for"]
        self.fresh()
        one = self.count_queries(lambda: credits[0].read(names))
        many = self.count_queries(lambda: credits.read(names))
        self.assertLessEqual(many, one + 2)

    # ------------------------------------------------------------------
    # Taken all the same
    # ------------------------------------------------------------------

    def assertTold(self, order, amount, document):
        [body] = self.notifications(order)
        for part in (amount, self.credit.name, document):
            self.assertIn(part, body)

    def test_applying_it_notifies(self):
        """120.00 of 250.00: 40.00 nobody had reserved, 60.00 and 20.00 somebody had."""
        dialog = self.apply_dialog(self.other)
        dialog.credit_line_ids.amount = dialog.invoice_line_ids.amount = 120.0
        dialog.action_apply()
        self.assertReserved(self.first, 130.0)
        self.assertReserved(self.second, 0.0)
        self.assertTold(self.first, "20.00", self.other.name)
        self.assertTold(self.second, "60.00", self.other.name)

    def test_adding_it_in_core_s_list_notifies(self):
        self.other.with_user(self.accountant).js_assign_outstanding_line(
            self.receivable_items(self.credit).id
        )
        self.assertTold(self.first, "150.00", self.other.name)
        self.assertTold(self.second, "60.00", self.other.name)

    def test_refunding_it_notifies(self):
        dialog = self.refund_dialog(self.credit)
        dialog.line_ids.amount = 250.0
        payment = self.env["account.payment"].browse(dialog.action_refund()["res_id"])
        self.assertTold(self.first, "150.00", payment.move_id.name)

    def test_paying_with_it_notifies(self):
        action = self.other.with_user(self.accountant).action_register_payment()
        form = Form(
            self.env["account.payment.register"]
            .with_user(self.accountant)
            .with_context(**action["context"])
        )
        with form.credit_line_ids.edit(0) as line:
            line.use = True
        form.save().action_create_payments()
        self.assertEqual(self.other.amount_residual, 0.0)
        self.assertTold(self.second, "60.00", self.other.name)

    def test_taking_what_is_free_notifies_nobody(self):
        self.apply_dialog(self.other).action_apply()
        self.assertEqual(self.other.amount_residual, 360.0)
        self.assertEqual(self.notifications(self.first) + self.notifications(self.second), [])

    def test_resetting_the_credit_to_draft_notifies(self):
        self.credit.with_user(self.accountant).button_draft()
        [body] = self.notifications(self.first)
        self.assertIn("reset to draft", body)

    def test_the_invoice_of_one_order_takes_the_other_s(self):
        """An accountant applies all of the credit to the first order's invoice of 200.00: 150.00
        are that order's own, 50.00 are more than nobody's 40.00, so 10.00 are the second's."""
        self.first.order_line.product_uom_qty = 2.0
        self.credit.credit_on_hold = True
        invoice = self.invoice(self.first)
        self.credit.credit_on_hold = False
        self.fresh()
        items = self.receivable_items(self.credit, invoice)
        items.with_user(self.accountant)._apply_receivables(dict.fromkeys(items, 200.0))
        self.assertReserved(self.first, 0.0)
        self.assertReserved(self.second, 50.0)
        self.assertEqual(self.notifications(self.first), [])
        self.assertTold(self.second, "10.00", invoice.name)

    def test_the_user_who_reserved_is_notified_not_the_salesperson(self):
        """A colleague reserved for the order; one who left the company is not notified."""
        third = self.order(user=self.colleague)
        self.reserve(third, {self.credit: 30.0}, user=self.colleague)
        third.user_id = self.seller
        dialog = self.apply_dialog(self.other)
        dialog.credit_line_ids.amount = dialog.invoice_line_ids.amount = 20.0
        dialog.action_apply()
        self.assertEqual(len(self.notifications(third, self.colleague)), 1)
        self.colleague.active = False
        dialog = self.apply_dialog(self.other)
        dialog.credit_line_ids.amount = dialog.invoice_line_ids.amount = 5.0
        dialog.action_apply()
        self.assertEqual(len(self.notifications(third, self.colleague)), 1)
        self.assertEqual(len(self.notifications(third)), 1)

    def test_ids_from_a_client_disclose_nothing(self):
        """Only who may read the credit learns whose it is, and for which order it is reserved."""
        values = {"partner_id": self.customer.id, "company_id": self.env.company.id}
        dialogs = self.env["account.receivable.apply"].with_user(self.seller)
        with self.assertRaisesRegex(Exception, "not allowed"):
            dialogs.create(
                {
                    **values,
                    "account_id": self.receivable_items(self.credit).account_id.id,
                    "credit_line_ids": [
                        Command.create(
                            {"item_id": self.receivable_items(self.credit).id, "side": "credit"}
                        )
                    ],
                }
            )
