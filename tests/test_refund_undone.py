"""A refund is undone where the money left: at its payment or bank statement line."""

from datetime import date

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import new_test_user

from .common_customer import CustomerAccountCommon


class TestRefundUndone(CustomerAccountCommon):
    def test_at_its_payment(self):
        """Unapplied, the credit and the payment would both be open: the clerk without the right
        to refund is told to go to the payment, and so is everybody. Cancelled, it opens the
        credit."""
        credit = self.document(-250.0)
        action = credit.action_refund_credit()
        action = self.env[action["res_model"]].browse(action["res_id"]).action_refund()
        payment = self.env["account.payment"].browse(action["res_id"])
        clerk = new_test_user(
            self.env,
            "undone_clerk",
            "account.group_account_invoice",
            company_id=self.env.company.id,
            company_ids=[Command.set(self.env.company.ids)],
        )
        row = credit.receivable_application_ids
        self.assertEqual(row.use, "refund")
        for user in (clerk, self.env.user):
            with self.assertRaisesRegex(UserError, f"{payment.name} refunded {credit.name}"):
                row.with_user(user).action_unapply()
            with self.assertRaisesRegex(UserError, f"{payment.name} to draft and cancel"):
                row.application_id.with_user(user)._unapply(date(2023, 7, 15), "Mistake")
        self.assertEqual(credit.credit_remaining, 0.0)
        payment.action_draft()
        payment.action_cancel()
        self.assertEqual(credit.credit_remaining, 250.0)
        with self.assertRaisesRegex(UserError, "already been unapplied"):
            row.application_id._unapply(date(2023, 7, 15), "Mistake")
        self.assertTiesOut()

    def test_at_its_bank_statement_line(self):
        credit, line = self.document(-250.0), self.bank_line(-250.0, "2023-07-01")
        self.apply(credit, line.move_id)
        row = credit.receivable_application_ids
        with self.assertRaisesRegex(UserError, "bank statement line, undo its reconciliation"):
            row.action_unapply()
        self.assertEqual(credit.credit_remaining, 0.0)
        line.action_undo_reconciliation()
        self.assertEqual(credit.credit_remaining, 250.0)

    def test_money_that_came_in_is_unapplied_as_ever(self):
        invoice, payment = self.document(100.0), self.payment(100.0)
        self.apply(invoice, payment.move_id)
        invoice.receivable_application_ids.application_id._unapply(date(2023, 7, 15), "Mistake")
        self.assertEqual(invoice.amount_residual, 100.0)
