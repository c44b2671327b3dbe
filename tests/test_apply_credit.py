"""Apply: credits settle invoices, each by a chosen amount, on a chosen day."""

from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user

from .common_customer import CustomerAccountCommon


class TestApplyCredit(CustomerAccountCommon):
    def dialog(self, action):
        """The dialog that this action opens."""
        self.assertEqual(action["res_model"], "account.receivable.apply")
        return self.env[action["res_model"]].browse(action["res_id"])

    def amounts(self, dialog):
        """What the dialog would use: ``{document: amount}``, both sides."""
        lines = dialog.credit_line_ids + dialog.invoice_line_ids
        return {line.move_id: line.amount for line in lines if line.amount}

    def test_a_credit_on_the_oldest_invoices(self):
        """A credit of 250 pays the oldest invoice, and a part of the next."""
        second = self.document(500.0, invoice_date="2023-06-10")
        first = self.document(100.0, invoice_date="2023-06-05")
        credit = self.document(-250.0)
        dialog = self.dialog(credit.action_apply_credit())
        self.assertEqual(self.amounts(dialog), {credit: 250.0, first: 100.0, second: 150.0})
        self.assertTrue(dialog.is_balanced)
        dialog.action_apply()
        self.assertFalse(credit.receivable_application_ids[0].reason)
        self.assertEqual(credit.credit_remaining, 0.0)
        self.assertEqual((first.payment_state, second.amount_residual), ("paid", 350.0))
        self.assertEqual(credit.payment_state, "paid")
        self.assertTiesOut()

    def test_by_due_date(self):
        late = self.document(
            100.0,
            invoice_date="2023-06-02",
            invoice_payment_term_id=False,
            invoice_date_due="2023-07-30",
        )
        soon = self.document(
            100.0,
            invoice_date="2023-06-03",
            invoice_payment_term_id=False,
            invoice_date_due="2023-06-20",
        )
        credit = self.document(-120.0)
        dialog = self.dialog(self.customer.action_apply_credit())
        self.assertEqual(self.amounts(dialog), {credit: 120.0, late: 100.0, soon: 20.0})
        dialog.action_propose_due()
        self.assertEqual(self.amounts(dialog), {credit: 120.0, soon: 100.0, late: 20.0})
        dialog.action_clear()
        self.assertFalse(self.amounts(dialog))

    def test_the_difference_is_shown_while_typing(self):
        invoice, credit = self.document(1000.0), self.document(-250.0)
        form = Form(self.dialog(credit.action_apply_credit()))
        with form.invoice_line_ids.edit(0) as line:
            self.assertEqual((line.residual, line.amount), (1000.0, 250.0))
            line.amount = 100.55
        self.assertEqual(form.difference, -149.45)
        self.assertFalse(form.is_balanced)
        with form.credit_line_ids.edit(0) as line:
            line.amount = 100.55
        self.assertEqual(form.difference, 0.0)
        self.assertTrue(form.is_balanced)
        form.save().action_apply()
        self.assertEqual(credit.credit_remaining, 149.45)
        self.assertEqual(invoice.amount_residual, 899.45)
        self.assertTiesOut()

    def test_several_credits_of_every_kind_on_several_invoices(self):
        """A customer credit, core's credit note and a payment that nobody applied."""
        invoices = [self.document(amount) for amount in (300.0, 200.0)]
        credit = self.document(-150.0)
        credit_note = self.document(100.0, move_type="out_refund")
        payment = self.payment(50.0).move_id
        dialog = self.dialog(self.customer.action_apply_credit())
        self.assertEqual(
            set(dialog.credit_line_ids.mapped("kind")),
            {"customer_credit", "credit_note", "payment"},
        )
        self.assertEqual(
            self.amounts(dialog),
            {credit: 150.0, credit_note: 100.0, payment: 50.0, invoices[0]: 300.0},
        )
        for line in dialog.invoice_line_ids:
            line.amount = {invoices[0]: 100.0, invoices[1]: 200.0}[line.move_id]
        dialog.action_apply()
        self.assertEqual([invoice.amount_residual for invoice in invoices], [200.0, 0.0])
        self.assertFalse((credit + credit_note + payment)._get_open_receivable_items())
        self.assertTiesOut()

    def test_from_an_invoice_its_own_amount_is_proposed(self):
        self.document(900.0, invoice_date="2023-05-01")
        invoice = self.document(100.0)
        credit = self.document(-250.0)
        dialog = self.dialog(invoice.action_apply_credit())
        self.assertEqual(self.amounts(dialog), {invoice: 100.0, credit: 100.0})

    def test_for_several_selected_invoices(self):
        self.document(900.0, invoice_date="2023-05-01")
        invoices = self.document(100.0) + self.document(80.0)
        credit = self.document(-250.0)
        dialog = self.dialog(invoices.action_apply_credit())
        self.assertEqual(
            self.amounts(dialog), {credit: 180.0, invoices[0]: 100.0, invoices[1]: 80.0}
        )
        other = self.env["res.partner"].create({"name": "Lakeside School District"})
        with self.assertRaisesRegex(UserError, "several customers.*Lakeside"):
            (invoices + self.document(5.0, partner_id=other.id)).action_apply_credit()

    def test_cores_outstanding_list_takes_an_amount(self):
        """From the invoice, one of its credits; from the credit, one of the invoices."""
        self.document(900.0, invoice_date="2023-05-01")
        invoice, credit = self.document(100.0), self.document(-250.0)
        self.document(-30.0)
        for document, other in ((invoice, credit), (credit, invoice)):
            widget = document.invoice_outstanding_credits_debits_widget
            offered = {line["move_id"]: line["id"] for line in widget["content"]}
            dialog = self.dialog(document.action_apply_outstanding_amount(offered[other.id]))
            self.assertEqual(self.amounts(dialog), {invoice: 100.0, credit: 100.0})
        (dialog.invoice_line_ids + dialog.credit_line_ids).filtered("amount").amount = 40.0
        dialog.action_apply()
        self.assertEqual((invoice.amount_residual, credit.credit_remaining), (60.0, 210.0))
        self.assertTiesOut()

    def test_the_day_of_the_application(self):
        invoice, credit = self.document(1000.0), self.document(-250.0)
        for day, words in (
            (date(2023, 7, 16), "future"),
            (date(2023, 5, 31), "06/01/2023"),
        ):
            dialog = self.dialog(credit.action_apply_credit())
            dialog.date = day
            with self.assertRaisesRegex(UserError, words):
                dialog.action_apply()
        self.env.company.sale_lock_date = date(2023, 6, 30)
        dialog.date = date(2023, 6, 30)
        with self.assertRaisesRegex(UserError, "locked period.*07/01/2023"):
            dialog.action_apply()
        self.assertEqual(credit.credit_remaining, 250.0)
        dialog.date = date(2023, 7, 1)
        dialog.reason = "Agreed"
        dialog.action_apply()
        self.assertRecordValues(
            invoice.receivable_application_ids,
            [
                {
                    "date": date(2023, 7, 1),
                    "counterpart_move_id": credit.id,
                    "amount": 250.0,
                    "use": "application",
                    "reason": "Agreed",
                }
            ],
        )

    def test_what_happened_to_a_credit(self):
        """Applied twice, refunded once, one application taken back."""
        first, second = self.document(100.0), self.document(80.0)
        credit = self.document(-250.0)
        for invoice in (first, second):
            self.dialog(invoice.action_apply_credit()).action_apply()
        refund = self.payment(-30.0)
        self.apply(credit, refund.move_id)
        side = credit.receivable_application_ids.filtered(
            lambda side: side.counterpart_move_id == first
        )
        wizard = self.env["account.receivable.unapply"].browse(side.action_unapply()["res_id"])
        wizard.reason = "It was for another school"
        wizard.action_unapply()
        self.assertRecordValues(
            credit.receivable_application_ids.sorted("id"),
            [
                {"counterpart_name": first.name, "amount": 100.0, "use": "application"},
                {"counterpart_name": second.name, "amount": 80.0, "use": "application"},
                {"counterpart_name": refund.name, "amount": 30.0, "use": "refund"},
                {"counterpart_name": first.name, "amount": -100.0, "use": "application"},
            ],
        )
        self.assertRecordValues(
            credit,
            [{"credit_applied": 80.0, "credit_refunded": 30.0, "credit_remaining": 140.0}],
        )
        self.assertEqual(second.payment_state, "paid", "The other application stays.")
        self.assertIn("It was for another school", first.message_ids[0].body)
        self.assertTiesOut()
        with self.assertRaisesRegex(UserError, "already been unapplied"):
            side.action_unapply()

    # ------------------------------------------------------------------
    # Bad input
    # ------------------------------------------------------------------

    def test_amounts_that_cannot_be(self):
        invoice, credit = self.document(1000.0), self.document(-250.0)
        items = self.receivable_items(invoice, credit)
        item = self.receivable_items(invoice)
        other = items - item
        for amount, used, words in (
            (0.0, 250.0, "greater than zero"),
            (-10.0, 250.0, "greater than zero"),
            (float("nan"), 250.0, "greater than zero"),
            (float("inf"), 250.0, "greater than zero"),
            (10.005, 10.005, "decimals"),
            (250.01, 250.01, "Only .*250.00 is open"),
            (100.0, 99.99, "must total the same"),
        ):
            with self.subTest(amount), self.assertRaisesRegex(UserError, words):
                items._apply_receivables({item: amount, other: used})
        self.assertEqual(credit.credit_remaining, 250.0)

    def test_items_that_cannot_settle_each_other(self):
        invoice, credit = self.document(1000.0), self.document(-250.0)
        other = self.env["res.partner"].create({"name": "Lakeside School District"})
        account = self.receivable.copy()
        draft = self.customer_document([self.line(100.0)])
        cases = [
            (self.document(250.0, partner_id=other.id), "Lakeside"),
            (draft, "not posted"),
            (self.entry(250.0, account=account), "within one receivable account"),
        ]
        for document, words in cases:
            items = self.receivable_items(document, credit)
            with self.subTest(words), self.assertRaisesRegex(UserError, words):
                items._apply_receivables(dict.fromkeys(items, 100.0))
        income = invoice.line_ids - self.receivable_items(invoice)
        items = self.receivable_items(credit) + income
        with self.assertRaisesRegex(UserError, "Only items on receivable accounts"):
            items._apply_receivables(dict.fromkeys(items, 100.0))

    def test_what_was_settled_meanwhile_is_not_settled_again(self):
        invoice, credit = self.document(1000.0), self.document(-250.0)
        dialog = self.dialog(credit.action_apply_credit())
        self.apply(invoice, credit)
        with self.assertRaisesRegex(UserError, "has just been used"):
            dialog.action_apply()
        with self.assertRaisesRegex(UserError, "No open balance is left"):
            credit.action_apply_credit()

    def test_nothing_on_the_other_side(self):
        credit = self.document(-250.0)
        with self.assertRaisesRegex(UserError, f"no open invoices to apply {credit.name}"):
            credit.action_apply_credit()
        with self.assertRaisesRegex(UserError, "no open credits that match"):
            self.customer.action_apply_credit()

    def test_who_may_apply(self):
        credit = self.document(-250.0)
        self.document(1000.0)
        clerk = new_test_user(self.env, "apply_clerk", "account.group_account_invoice")
        auditor = new_test_user(self.env, "apply_auditor", "account.group_account_readonly")
        with self.assertRaises(AccessError):
            credit.with_user(auditor).action_apply_credit()
        action = credit.with_user(clerk).action_apply_credit()
        dialog = self.dialog(action).with_user(clerk)
        with self.assertRaises(AccessError):
            dialog.with_user(auditor).action_apply()
        dialog.action_apply()
        self.assertEqual(credit.receivable_application_ids.user_id, clerk)

    def test_a_client_cannot_name_items_of_others(self):
        """The lines of the dialog are the client's: another customer's item is refused."""
        credit = self.document(-250.0)
        self.document(1000.0)
        other = self.env["res.partner"].create({"name": "Lakeside School District"})
        foreign = self.receivable_items(self.document(250.0, partner_id=other.id))
        dialog = self.dialog(credit.action_apply_credit())
        dialog.invoice_line_ids.item_id = foreign
        with self.assertRaisesRegex(UserError, "Lakeside"):
            dialog.action_apply()
