"""The buttons of a payment that is not fully applied: they call those of its entry."""

from odoo import api, fields, models
from odoo.fields import Domain


class AccountPayment(models.Model):
    _inherit = "account.payment"

    can_be_kept_as_credit = fields.Boolean(related="move_id.can_be_kept_as_credit")
    overpayment_credit_count = fields.Integer(compute="_compute_overpayment_credit_count")
    reconciled_invoices_type = fields.Selection(
        selection_add=[("customer_credit", "Customer Credit")]
    )

    def _compute_stat_buttons_from_reconciliation(self):
        result = super()._compute_stat_buttons_from_reconciliation()
        for payment in self:
            documents = payment.reconciled_invoice_ids
            if documents and all(documents.mapped("is_customer_credit")):
                payment.reconciled_invoices_type = "customer_credit"
        return result

    @api.depends("move_id.overpayment_credit_ids")
    def _compute_overpayment_credit_count(self):
        counts = dict(
            self.env["account.move"]._read_group(
                self._get_overpayment_credits_domain(), ["overpayment_move_id"], ["__count"]
            )
        )
        for payment in self:
            payment.overpayment_credit_count = counts.get(payment.move_id, 0)

    def _get_overpayment_credits_domain(self):
        return Domain("overpayment_move_id", "in", self.move_id.ids) & Domain(
            "is_customer_credit", "=", True
        )

    def action_open_overpayment_credits(self):
        """Open the customer credits of this payment's overpayment."""
        credits = self.env["account.move"].search(self._get_overpayment_credits_domain())
        return credits._get_records_action(name=self.env._("Customer Credits"))

    def action_keep_as_credit(self):
        """Turn what is open of this payment into a customer credit.

        :return: the action that opens the credit
        :raises UserError: if nothing of the payment is left
        """
        return self.move_id.action_keep_as_credit()
