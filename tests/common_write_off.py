"""Helpers for write-offs: a company with the settings, and a user with the right."""

from odoo.fields import Command

from .common_issue import IssueCreditCommon

RIGHT = "account_customer_credit.group_customer_credit_write_off"


class WriteOffCommon(IssueCreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.writer = cls.new_user("write_off_writer", RIGHT)
        cls.bad_debt = cls.company_data["default_account_expense"].copy({"name": "Bad debts"})
        cls.unclaimed = cls.env["account.account"].create(
            {"name": "Unclaimed property", "code": "218777", "account_type": "liability_current"}
        )
        cls.company.write(
            {
                "customer_credit_write_off_limit": 5.0,
                "customer_credit_write_off_invoice_account_id": cls.bad_debt.id,
                "customer_credit_write_off_credit_account_id": cls.unclaimed.id,
            }
        )

    def wizard(self, moves, user=None, **values):
        return (
            self.env["account.receivable.write.off"]
            .with_user(user or self.writer)
            .create(
                {
                    "move_ids": [Command.set(moves.ids)],
                    "date": "2023-07-10",
                    "reason": "Not worth collecting",
                    **values,
                }
            )
        )

    def write_off(self, moves, user=None, **values):
        """Write off these documents.

        :return: the entries, in the documents' order
        """
        action = self.wizard(moves, user, **values).action_write_off()
        entries = self.issued(action)
        return self.env["account.move"].union(
            *(entries.filtered(lambda e, m=move: e.write_off_document_id == m) for move in moves)
        )

    def left_of(self, amount, left, **values):
        """A posted document of this amount of which this rest is open."""
        document = self.document(amount, **values)
        settled = abs(amount) - left
        other = self.document(-settled if document.amount_residual_signed > 0 else settled)
        self.apply(document, other)
        self.assertEqual(abs(document.amount_residual), left)
        return document

    def assertNothingLeft(self, move):
        self.assertTrue(move.currency_id.is_zero(move.amount_residual))
        self.assertTrue(move.company_currency_id.is_zero(move.amount_residual_signed))
        for item in self.receivable_items(move):
            self.assertTrue(item.reconciled)
            self.assertEqual((item.amount_residual, item.amount_residual_currency), (0.0, 0.0))
