"""The money of a kept overpayment, which only its credit may use."""

from odoo import models
from odoo.exceptions import UserError


class AccountPartialReconcile(models.Model):
    _inherit = "account.partial.reconcile"

    def unlink(self):
        self._check_kept_money_stays()
        return super().unlink()

    def _check_kept_money_stays(self):
        """Refuse to unreconcile money from the entry that made it a credit: it would be open
        twice.

        :raises UserError: unless the credit is taken back
        """
        for transfer in self.debit_move_id.move_id.filtered("overpayment_move_id"):
            money = transfer.overpayment_move_id
            if (
                transfer.state == "posted"
                and money in self.credit_move_id.move_id
                and not transfer._is_taking_back()
            ):
                # sudo: the user only sees the numbers of the credits
                credits = money.sudo().overpayment_credit_ids.filtered(
                    lambda move: move.is_customer_credit and move.state == "posted"
                )
                raise UserError(
                    self.env._(
                        "%(payment)s was kept as a credit: %(credits)s. To use the money in "
                        "another way, reset %(payment)s to draft or undo the reconciliation of "
                        "the bank statement line. This cancels the credit.",
                        payment=money.display_name,
                        credits=", ".join(credits.mapped("display_name")),
                    )
                )


class AccountBankStatementLine(models.Model):
    _inherit = "account.bank.statement.line"

    # A line of a bank statement is undone or deleted without resetting its entry first.

    def action_undo_reconciliation(self):
        self.move_id._take_back_overpayment_credits()
        return super().action_undo_reconciliation()

    def unlink(self):
        self.move_id._take_back_overpayment_credits()
        return super().unlink()
