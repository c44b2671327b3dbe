"""Payment of credits, which is money that we owe: its direction, account and offsets."""

from odoo import models

#: The value of the context key that makes a credit outbound. No context from a client can hold it.
OUTBOUND = object()


class AccountMove(models.Model):
    _inherit = "account.move"

    def is_inbound(self, include_receipts=True):
        # Only with the context key: core mostly derives signs from the type, but in some places
        # "inbound" is the direction of the money.
        asked = self.env.context.get("customer_credit_direction") is OUTBOUND
        if asked and self.is_customer_credit:
            return False
        return super().is_inbound(include_receipts=include_receipts)

    def _as_outbound(self):
        return self.with_context(customer_credit_direction=OUTBOUND)

    def _filter_outbound_credits(self):
        # An empty form is no credit, and reading its total would compute other fields too early.
        return self.filtered(lambda move: move.invoice_line_ids and move.is_customer_credit)

    def _fit_bank_account_to_sign(self):
        """Let core choose the bank account again if the direction of the money changed.

        This is no dependency of the field, which would drop the account that a user chose for an
        invoice whenever its total is computed.
        """
        if not self:
            return
        self.invalidate_recordset(["bank_partner_id"], flush=False)
        others = self.filtered(
            lambda move: move.partner_bank_id.partner_id != move.bank_partner_id
        )
        self.env.add_to_compute(self._fields["partner_bank_id"], others)

    def _compute_bank_partner_id(self):
        credits = self._filter_outbound_credits()
        super(AccountMove, credits._as_outbound())._compute_bank_partner_id()
        return super(AccountMove, self - credits)._compute_bank_partner_id()

    def _compute_partner_bank_id(self):
        credits = self._filter_outbound_credits()
        super(AccountMove, credits._as_outbound())._compute_partner_bank_id()
        return super(AccountMove, self - credits)._compute_partner_bank_id()

    def _compute_payment_reference(self):
        # The customer is not asked to pay, so there is nothing to quote.
        credits = self.filtered("is_customer_credit")
        return super(AccountMove, self - credits)._compute_payment_reference()

    def _compute_payments_widget_to_reconcile_info(self):
        credits = self.filtered("is_customer_credit")
        others = self - credits
        result = super(AccountMove, others)._compute_payments_widget_to_reconcile_info()
        super(AccountMove, credits._as_outbound())._compute_payments_widget_to_reconcile_info()
        for move in credits:
            widget = move.invoice_outstanding_credits_debits_widget
            if widget:
                move.invoice_outstanding_credits_debits_widget = {
                    **widget,
                    "title": self.env._("Open invoices"),
                }
        return result
