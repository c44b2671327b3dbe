"""Money that is kept as a credit is kept once, and goes back with its payment."""

from datetime import date

from odoo.exceptions import UserError

from ..models.use.account_move_overpayment_reason import REASON
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
        with self.assertRaisesRegex(UserError, f"cancelled together with {payment.name}"):
            credit.button_draft()
        with self.assertRaisesRegex(UserError, f"cancelled together with {payment.name}"):
            credit.state = "draft"
        posted = payment.move_id.overpayment_credit_ids.filtered(lambda m: m.state == "posted")
        self.assertEqual(posted.mapped("credit_remaining"), [20.0])
        with self.assertRaisesRegex(UserError, "was created from"):
            posted.state = "cancel"

    def test_nothing_to_keep(self):
        invoice = self.document(100.0)
        register = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        values = {"payment_difference_handling": "credit"}
        for amount in (100.0, 60.0):
            with self.assertRaisesRegex(UserError, "not paying more than is due"):
                register.create({"amount": amount, **values})._create_payments()
        with self.assertRaisesRegex(UserError, "money left"):
            invoice.action_keep_as_credit()
        self.env.company.customer_credit_enabled = False
        wizard = register.create({"amount": 120.0, **values})
        with self.assertRaisesRegex(UserError, "does not use customer credits"):
            wizard._create_payments()
        self.env.company.customer_credit_enabled = True
        for account in (self.revenue, self.liability_of_another_company()):
            with self.assertRaisesRegex(UserError, "Choose a current liability"):
                self.env.company.customer_credit_overpayment_account_id = account
        unknown = self.bank_line(80.0, "2023-07-01", partner=self.env["res.partner"])
        unknown.move_id.line_ids.partner_id = False
        with self.assertRaisesRegex(UserError, "has no customer"):
            unknown.move_id.action_keep_as_credit()

    def test_kept_without_its_reason(self):
        """An administrator deleted the reason "Overpayment", which no credit had, and asks for one
        on every credit: what a customer paid too much is kept all the same, from the payment
        dialog and from the payment."""
        self.env.ref(REASON).unlink()
        self.env.company.customer_credit_reason_required = True
        _payment, credit = self.overpay(self.document(100.0), 120.0)
        payment = self.payment(80.0)
        payment.action_keep_as_credit()
        kept = payment.move_id.overpayment_credit_ids.filtered("is_customer_credit")
        self.assertEqual((credit + kept).mapped("credit_remaining"), [20.0, 80.0])
        self.assertFalse((credit + kept).credit_reason_id)
        with self.assertRaisesRegex(UserError, "has no credit reason"):
            self.document(-10.0)
        self.assertTiesOut()

    def test_kept_without_the_reason_of_another_company(self):
        """The reason was given to another company of ours: here the credit has none."""
        reason = self.env.ref(REASON)
        reason.company_id = self.setup_other_company(name="Our Other Company")["company"]
        _payment, credit = self.overpay(self.document(100.0), 120.0)
        self.assertFalse(credit.credit_reason_id)
        reason.company_id = self.env.company
        _payment, credit = self.overpay(self.document(100.0), 120.0)
        self.assertEqual(credit.credit_reason_id, reason)
