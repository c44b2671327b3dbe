"""Money that is kept as a credit is kept once, and goes back with its payment."""

from datetime import date

from odoo.exceptions import UserError

from .common_overpayment import OverpaymentCommon


class TestOverpaymentUndone(OverpaymentCommon):
    def test_money_is_kept_once(self):
        """The entry that made the credit does not come apart from its money: that would be open,
        and kept as a credit, a second time."""
        payment = self.payment(80.0)
        payment.action_keep_as_credit()
        credit = payment.move_id.overpayment_credit_ids.filtered("is_customer_credit")
        item = self.receivable_items(payment.move_id)
        row = payment.move_id.receivable_application_ids.application_id
        for undo in (
            item.remove_move_reconcile,
            lambda: row._unapply(date(2023, 7, 15), "Mistake"),
            lambda: payment.move_id._reverse_moves(cancel=True),
        ):
            with self.assertRaisesRegex(UserError, f"{payment.name}.*{credit.name}.*reset"):
                undo()
        self.env.invalidate_all()
        self.assertEqual((item.amount_residual, credit.credit_remaining), (0.0, 80.0))
        payment.unlink()
        self.assertEqual(credit.state, "cancel")
        self.assertTiesOut()

    def test_undoing_or_deleting_a_bank_line_takes_the_credit_with_it(self):
        for undo in ("action_undo_reconciliation", "unlink"):
            with self.subTest(undo):
                line, other = self.bank_line(80.0, "2023-07-01"), self.document(50.0)
                line.move_id.action_keep_as_credit()
                credit = line.move_id.overpayment_credit_ids.filtered("is_customer_credit")
                self.apply(other, credit)
                with self.assertRaisesRegex(UserError, f"{other.name}.*Unapply"):
                    getattr(line, undo)()
                self.receivable_items(other).remove_move_reconcile()
                getattr(line, undo)()
                self.assertEqual(credit.state, "cancel")
                self.assertEqual(self.overpayments(), 0.0)
                self.assertTiesOut()

    def test_a_cancelled_credit_stays_cancelled(self):
        payment, credit = self.overpay(self.document(100.0), 120.0)
        payment.action_draft()
        payment.action_post()
        with self.assertRaisesRegex(UserError, f"{payment.name}.*no money"):
            credit.button_draft()
        with self.assertRaisesRegex(UserError, f"{payment.name}.*no money"):
            credit.state = "draft"
        posted = payment.move_id.overpayment_credit_ids.filtered(lambda m: m.state == "posted")
        self.assertEqual(posted.mapped("credit_remaining"), [20.0])
        with self.assertRaisesRegex(UserError, "money received with"):
            posted.state = "cancel"

    def test_nothing_to_keep(self):
        invoice = self.document(100.0)
        register = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        values = {"payment_difference_handling": "credit"}
        for amount in (100.0, 60.0):
            with self.assertRaisesRegex(UserError, "no more than is due"):
                register.create({"amount": amount, **values})._create_payments()
        with self.assertRaisesRegex(UserError, "money left"):
            invoice.action_keep_as_credit()
        self.env.company.customer_credit_enabled = False
        wizard = register.create({"amount": 120.0, **values})
        with self.assertRaisesRegex(UserError, "does not use customer credits"):
            wizard._create_payments()
        self.env.company.customer_credit_enabled = True
        for account in (self.revenue, self.liability_of_another_company()):
            with self.assertRaisesRegex(UserError, "no current liability, or another company's"):
                self.env.company.customer_credit_overpayment_account_id = account
        unknown = self.bank_line(80.0, "2023-07-01", partner=self.env["res.partner"])
        unknown.move_id.line_ids.partner_id = False
        with self.assertRaisesRegex(UserError, "names no customer"):
            unknown.move_id.action_keep_as_credit()
