"""Register Payment: an overpayment is kept as a credit."""

from odoo import fields, models
from odoo.exceptions import UserError


class AccountPaymentRegister(models.TransientModel):
    _inherit = "account.payment.register"

    payment_difference_handling = fields.Selection(
        selection_add=[("credit", "Keep as customer credit")],
        ondelete={"credit": "set null"},
    )

    def _compute_show_payment_difference(self):
        result = super()._compute_show_payment_difference()
        for wizard in self:
            # Core asks what to do with a difference only if the journal has an outstanding
            # account; an overpayment is booked on one in any case.
            if wizard._is_overpaid() and not wizard.early_payment_discount_mode:
                wizard.show_payment_difference = True
        return result

    def _is_overpaid(self):
        """Whether the incoming payment is more than what the customer's documents ask for."""
        return (
            self.can_edit_wizard
            and self.payment_type == "inbound"
            and self.partner_type == "customer"
            and (not self.can_group_payments or self.group_payment)
            and not self.is_register_payment_on_draft
            and self.currency_id
            and self.currency_id.compare_amounts(self.payment_difference, 0.0) < 0
        )

    def _prepare_overpayment(self):
        """Let core's own write-off book what is to be kept, on the overpayment account.

        :return: that account; none where nothing is kept
        :raises UserError: as :meth:`_check_overpayment`
        """
        if self.payment_difference_handling != "credit":
            return self.env["account.account"]
        self._check_overpayment()
        account = self.company_id._get_customer_credit_overpayment_account()
        self.write(
            {
                "writeoff_account_id": account.id,
                "writeoff_label": self.env._("Overpayment"),
                "payment_difference_handling": "reconcile",
            }
        )
        return account

    def _check_overpayment(self):
        """Check that an overpayment can be kept as a credit.

        :raises UserError: if nothing is overpaid, or the company has no customer credits
        """
        if not self._is_overpaid():
            raise UserError(
                self.env._(
                    "%(customer)s is not paying more than is due, so there is no overpayment to "
                    "keep. Keep the difference open, or mark as fully paid.",
                    customer=self.partner_id.display_name or "/",
                )
            )
        if not self.company_id.customer_credit_enabled:
            raise UserError(
                self.env._(
                    "%(company)s does not use customer credits. Keep the difference open, or "
                    "switch on Customer Credits in the Invoicing settings.",
                    company=self.company_id.display_name,
                )
            )
