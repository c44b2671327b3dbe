"""Orders paid online: their invoices use that payment before the customer's credits."""

from odoo import models

#: The value of the context key. No context from a client can hold this object.
PAID_ONLINE = object()


class AccountMove(models.Model):
    _inherit = "account.move"

    def _auto_apply_credits_after_online_payment(self):
        # Sales has settled these with the payments of their orders by now: what is left of them.
        paid_online = self.filtered(lambda move: move._get_online_payments())
        paid_online.with_context(customer_credit_paid_online=PAID_ONLINE)._auto_apply_credits()

    def _filter_waiting_for_online_payment(self):
        if self.env.context.get("customer_credit_paid_online") is PAID_ONLINE:
            return self.browse()
        return self.filtered(lambda move: move._waits_for_online_payment())

    def _takes_outstanding_item(self, item):
        # Sales calls this to apply the payments of the order when the invoice is posted.
        customer = self._get_carrying_customer()
        if item.commercial_partner_id == customer or (
            item.payment_id not in self._get_online_payments()
        ):
            return super()._takes_outstanding_item(item)
        self._message_log(body=self._get_not_used_message(item, customer))
        return False

    def _get_not_used_message(self, item, customer):
        return self.env._(
            "The online payment %(payment)s belongs to %(owner)s, but this invoice is for "
            "%(customer)s, so the payment was not applied. Change the customer to %(owner)s, or "
            "refund the payment.",
            payment=item.move_name,
            owner=item.commercial_partner_id.display_name,
            customer=customer.display_name,
        )

    def _get_online_payments(self):
        # sudo: who posts the invoice may have no right to see how it was paid.
        return self.sudo().transaction_ids.payment_id

    def _waits_for_online_payment(self):
        """Whether Sales is about to apply a payment of this invoice's order, right after the
        invoice is posted.
        """
        self.ensure_one()
        return any(
            line.account_type == "asset_receivable" and not line.reconciled
            for line in self._get_online_payments()
            .filtered(lambda payment: payment.state == "in_process")
            .move_id.line_ids
        )
