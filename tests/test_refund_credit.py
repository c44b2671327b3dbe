"""Refund: the money of open credits goes back to the customer, once."""

from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, new_test_user

from .common_customer import CustomerAccountCommon


class TestRefundCredit(CustomerAccountCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bank = cls.env["res.partner.bank"].create(
            {
                "acc_number": "US 12345678 0001",
                "partner_id": cls.customer.id,
                "allow_out_payment": True,
            }
        )
        company = {
            "company_id": cls.env.company.id,
            "company_ids": [Command.set(cls.env.company.ids)],
        }
        cls.clerk = new_test_user(
            cls.env, "refund_clerk", "account.group_account_invoice", **company
        )
        cls.refunder = new_test_user(
            cls.env,
            "refund_refunder",
            "account_customer_credit.group_customer_credit_refunder",
            **company,
        )

    def dialog(self, action):
        self.assertEqual(action["res_model"], "account.customer.credit.refund")
        return self.env[action["res_model"]].browse(action["res_id"])

    def refund(self, dialog):
        action = dialog.action_refund()
        self.assertEqual(action["res_model"], "account.payment")
        return self.env["account.payment"].browse(action["res_id"])

    def test_a_whole_credit_goes_back(self):
        """250.00 to the customer's bank account, and nothing is left of the credit."""
        credit = self.document(-250.0)
        dialog = self.dialog(credit.with_user(self.refunder).action_refund_credit())
        payment = self.refund(dialog.with_user(self.refunder))
        self.assertRecordValues(
            payment,
            [
                {
                    "payment_type": "outbound",
                    "partner_type": "customer",
                    "partner_id": self.customer.id,
                    "amount": 250.0,
                    "partner_bank_id": self.bank.id,
                    "memo": credit.name,
                    "date": date(2023, 7, 15),
                }
            ],
        )
        self.assertRecordValues(
            credit,
            [{"credit_remaining": 0.0, "credit_refunded": 250.0, "credit_applied": 0.0}],
        )
        self.assertEqual(credit.receivable_application_ids.use, "refund")
        self.assertEqual(self.fresh().ar_balance, 0.0)
        self.assertTiesOut()

    def test_parts_of_several_credits_in_one_payment(self):
        """A credit, core's credit note and an unapplied payment: 80, 100 and 5 of them."""
        credit = self.document(-250.0)
        credit_note = self.document(100.0, move_type="out_refund")
        received = self.payment(50.0).move_id
        dialog = self.dialog(self.customer.action_refund_credit())
        self.assertEqual(dialog.amount, 400.0)
        form = Form(dialog)
        for index, line in enumerate(dialog.line_ids):
            with form.line_ids.edit(index) as edited:
                edited.amount = {credit: 80.0, credit_note: 100.0, received: 5.0}[line.move_id]
        self.assertEqual(form.amount, 185.0)
        payment = self.refund(form.save())
        self.assertEqual(payment.amount, 185.0)
        self.assertEqual(credit.credit_remaining, 170.0)
        self.assertEqual(credit_note.amount_residual, 0.0)
        self.assertEqual(self.receivable_items(received).amount_residual, -45.0)
        self.assertTiesOut()

    def test_credits_on_hold_are_not_proposed(self):
        held, credit = self.document(-250.0), self.document(-80.0)
        held.credit_on_hold = True
        dialog = self.dialog(self.customer.action_refund_credit())
        self.assertEqual(dialog.line_ids.move_id, credit)
        credit.credit_on_hold = True
        with self.assertRaisesRegex(UserError, "on hold"):
            self.customer.action_refund_credit()

    def test_in_a_foreign_currency(self):
        euro = self.setup_other_currency("EUR", rates=[("2023-01-01", 0.5), ("2023-07-01", 0.4)])
        credit = self.document(-100.0, currency_id=euro.id)
        payment = self.refund(self.dialog(credit.action_refund_credit()))
        self.assertEqual((payment.amount, payment.currency_id), (100.0, euro))
        self.assertEqual(credit.credit_remaining, 0.0)
        self.assertEqual(credit.credit_refunded, 100.0)
        self.assertTiesOut()

    def test_the_same_credit_is_not_refunded_twice(self):
        """Two dialogs for one credit, as two clerks would have them open."""
        credit = self.document(-250.0)
        first, second = (self.dialog(credit.action_refund_credit()) for _clerk in range(2))
        self.refund(first)
        for dialog in (second, first):
            with self.assertRaisesRegex(UserError, "has just been used"):
                dialog.action_refund()
        payments = self.env["account.payment"].search([("partner_id", "=", self.customer.id)])
        self.assertEqual(len(payments), 1)
        with self.assertRaisesRegex(UserError, "nothing to refund"):
            credit.action_refund_credit()

    def test_a_journal_without_an_account_for_payments_on_their_way(self):
        """The refund books an entry all the same: the credit is used at once."""
        credit = self.document(-250.0)
        dialog = self.dialog(credit.action_refund_credit())
        dialog.payment_method_line_id.payment_account_id = False
        payment = self.refund(dialog)
        self.assertTrue(payment.move_id)
        self.assertEqual(credit.credit_remaining, 0.0)
        self.assertTiesOut()

    def test_by_cheque_it_is_printed(self):
        """With cheques installed: the refund asks for the number on the first pre-printed one."""
        journal = self.company_data["default_journal_bank"]
        method = journal.outbound_payment_method_line_ids.filtered(
            lambda line: line.code == "check_printing"
        )
        if not method:
            self.skipTest("Cheque printing is not installed in this database.")
        credit = self.document(-250.0)
        dialog = self.dialog(credit.action_refund_credit())
        dialog.journal_id = journal
        dialog.payment_method_line_id = method
        action = dialog.action_refund()
        self.assertEqual(action["res_model"], "print.prenumbered.checks")
        payment = self.env["account.payment"].browse(action["context"]["payment_ids"])
        self.assertRecordValues(
            payment, [{"amount": 250.0, "payment_type": "outbound", "is_sent": False}]
        )
        self.assertEqual(credit.credit_remaining, 0.0)
        self.assertTiesOut()

    def test_an_unverified_bank_account_is_refused_as_core_refuses_it(self):
        credit = self.document(-250.0)
        dialog = self.dialog(credit.action_refund_credit())
        self.bank.allow_out_payment = False
        payments = type(self.env["account.payment"])
        self.patch(payments, "_get_method_codes_needing_bank_account", lambda model: ["manual"])
        with self.assertRaisesRegex(UserError, "must be manually validated"):
            dialog.action_refund()

    def test_three_rights(self):
        """A billing user may not refund, by whatever way; a refunder may not issue."""
        credit = self.document(-250.0)
        with self.assertRaises(AccessError):
            credit.with_user(self.clerk).action_refund_credit()
        dialog = self.dialog(credit.action_refund_credit())
        with self.assertRaises(AccessError):
            dialog.with_user(self.clerk).action_refund()
        # core's payment dialog, and core's list of outstanding items
        register = (
            self.env["account.payment.register"]
            .with_user(self.clerk)
            .with_context(active_model="account.move", active_ids=credit.ids)
            .create({})
        )
        with self.assertRaisesRegex(UserError, "may not refund"):
            register._create_payments()
        payment = self.payment(-250.0)
        with self.assertRaisesRegex(UserError, "may not refund"):
            credit.with_user(self.clerk).js_assign_outstanding_line(
                self.receivable_items(payment.move_id).id
            )
        draft = self.customer_document([self.line(-10.0)])
        with self.assertRaisesRegex(UserError, "above the limit"):
            draft.with_user(self.refunder).action_post()
        # to apply it is everybody's
        invoice = self.document(100.0)
        self.receivable_items(credit, invoice).with_user(self.clerk).reconcile()
        self.assertEqual(invoice.amount_residual, 0.0)

    def test_who_issued_it_may_not_refund_it(self):
        self.env.company.customer_credit_refund_by_other = True
        credit = self.document(-250.0)
        self.assertEqual(credit.credit_issuer_id, self.env.user)
        with self.assertRaisesRegex(UserError, "wants somebody else"):
            credit.action_refund_credit()
        dialog = self.dialog(credit.with_user(self.refunder).action_refund_credit())
        with self.assertRaises(AccessError):
            dialog.with_user(self.clerk).action_refund()
        self.refund(dialog.with_user(self.refunder))
        self.assertEqual(credit.credit_remaining, 0.0)

    def test_a_client_cannot_say_who_issued_it(self):
        credit = self.document(-250.0)
        for values in ({"credit_issuer_id": self.clerk.id}, {"credit_issuer_id": False}):
            with self.assertRaisesRegex(AccessError, "set automatically"):
                credit.with_user(self.refunder).write(values)
        with self.assertRaisesRegex(AccessError, "set automatically"):
            self.customer_document([self.line(-1.0)], overpayment_move_id=credit.id)
        moves = self.env["account.move"].with_user(self.clerk)
        for name in ("overpayment_move_id", "write_off_document_id"):
            with self.assertRaisesRegex(AccessError, "set automatically"):
                moves.with_context(**{f"default_{name}": credit.id}).create({})

    def test_credits_that_do_not_go_together(self):
        other = self.env["res.partner"].create({"name": "Lakeside School District"})
        euro = self.setup_other_currency("EUR")
        credit = self.document(-250.0)
        for document, words in (
            (self.document(-10.0, partner_id=other.id), "several customers"),
            (self.document(-10.0, currency_id=euro.id), "several currencies"),
        ):
            with self.subTest(words), self.assertRaisesRegex(UserError, words):
                (credit + document).action_refund_credit()

    def test_bad_input(self):
        credit = self.document(-250.0)
        dialog = self.dialog(credit.action_refund_credit())

        def amount(value):
            return {"line_ids": [Command.update(dialog.line_ids.id, {"amount": value})]}

        for values, words in (
            (amount(0.0), "Nothing is to"),
            (amount(-5.0), "greater than zero"),
            (amount(251.0), "Only .*250.00 is open"),
            ({"date": "2023-05-31"}, "choose that date or later"),
            ({"date": "2023-07-16"}, "future"),
            ({"journal_id": False}, "Choose the bank"),
        ):
            before = dialog.read(list(values), load=None)[0]
            with (
                self.subTest(words),
                self.assertRaisesRegex(UserError, words),
                self.env.cr.savepoint(),
            ):
                dialog.write(values)
                dialog.action_refund()
            self.env.invalidate_all()
            self.assertEqual(dialog.read(list(values), load=None)[0], before)
        self.customer.active = False
        with self.assertRaisesRegex(UserError, "archived"):
            dialog.action_refund()
        self.customer.active = True
        dialog.line_ids.item_id = self.receivable_items(self.document(500.0))
        with self.assertRaisesRegex(UserError, "no open credit of"):
            dialog.action_refund()
        self.assertEqual(credit.credit_remaining, 250.0)

    def test_the_payments_button_says_what_it_refunds(self):
        """The button of the refund counts customer credits, credit notes, or both as documents."""
        credit = self.document(-250.0)
        credit_note = self.document(100.0, move_type="out_refund")
        for documents, kind in (
            (credit, "customer_credit"),
            (credit_note, "credit_note"),
            (self.document(-30.0) + self.document(20.0, move_type="out_refund"), "invoice"),
        ):
            with self.subTest(kind):
                dialog = self.dialog(documents.action_refund_credit())
                payment = self.refund(dialog)
                self.assertEqual(payment.reconciled_invoice_ids, documents)
                self.assertEqual(payment.reconciled_invoices_type, kind)
