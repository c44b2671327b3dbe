"""Cancelled orders release their credits, and billing is asked to credit what was paid."""

import contextlib

from markupsafe import escape

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.account_receivable.models.client_message import close_with_message

ACTIVITY = "sale_customer_credit.mail_activity_cancelled_order"


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def action_cancel(self):
        result = super().action_cancel()
        if len(self) != 1:
            return result
        if self.env.user.has_group("account.group_account_invoice"):
            return self._get_cancellation_credit_action() or result
        asked = self._get_cancellation_requests()
        return close_with_message(" ".join(asked), kind="info") if asked else result

    def _action_cancel(self):
        orders = self.filtered(lambda order: order.state != "cancel")
        result = super()._action_cancel()
        # sudo: who may cancel the order frees its credits, whatever documents they are.
        orders.sudo().credit_reservation_ids._release(self.env._("the order was cancelled"))
        orders._schedule_cancellation_credits()
        return result

    def _withdraw_cancellation_credits(self):
        """Remove the activities to credit these orders, which are no longer cancelled."""
        # sudo: who takes the cancellation back need not see whom it asked.
        self.env["mail.activity"].sudo().search(
            [
                ("cancelled_order_id", "in", self.ids),
                ("activity_type_id", "=", self.env.ref(ACTIVITY).id),
            ]
        ).unlink()

    def _get_invoices_to_credit(self):
        """The posted invoices of this order that were paid at least in part, and whose lines of
        the order were not credited yet."""
        self.ensure_one()
        # sudo: the salesperson who cancels need not see the invoices of colleagues.
        invoices = self.sudo().invoice_ids.filtered(
            lambda move: move.state == "posted"
            and move.move_type == "out_invoice"
            and not move.is_customer_credit
        )
        return invoices.filtered(
            lambda move: move.currency_id.compare_amounts(move._get_paid_and_kept(self), 0.0) > 0
        )

    def _schedule_cancellation_credits(self):
        """Schedule activities for billing to credit what was paid. They are done when adjustments
        or credit notes have credited all of it."""
        for order in self:
            invoices = order._get_invoices_to_credit()
            for invoice in invoices:
                # sudo (of the invoice): the salesperson asks, and need not read it.
                invoice.activity_schedule(
                    ACTIVITY,
                    summary=self.env._(
                        "Order %(order)s was cancelled: credit the customer", order=order.name
                    ),
                    note=escape(order._get_cancellation_note(invoice)),
                    user_id=invoice._get_billing_user().id,
                    cancelled_order_id=order.id,
                )
            if invoices:
                # who cancels reads it at once
                salesperson = order.user_id - self.env.user
                order.message_post(
                    body=" ".join(order._get_cancellation_requests()),
                    partner_ids=salesperson.partner_id.ids,
                )

    def _get_cancellation_requests(self):
        """Who is asked to credit what of this order.

        :return: a list of sentences
        """
        self.ensure_one()
        # sudo: who cancels the order learns whom that asks, and need not see the invoices.
        asked = self.env["mail.activity"].sudo().search(
            [
                ("cancelled_order_id", "=", self.id),
                ("activity_type_id", "=", self.env.ref(ACTIVITY).id),
            ]
        )
        requests = []
        for activity in asked:
            # sudo: who cancels the order learns the invoice's number and amount, nothing else.
            invoice = self.env["account.move"].sudo().browse(activity.res_id)
            requests.append(
                self.env._(
                    "%(user)s was asked to credit %(amount)s of %(invoice)s.",
                    user=activity.user_id.name,
                    amount=invoice.currency_id.format(invoice._get_paid_and_kept(self)),
                    invoice=invoice.name,
                )
            )
        return requests

    def _get_cancellation_note(self, invoice):
        """The note of the activity, as plain text, since it holds names that users typed."""
        return self.env._(
            "%(user)s cancelled order %(order)s, but %(amount)s of %(invoice)s is already paid. "
            "Use Adjust to credit %(customer)s, then apply or refund the credit.",
            user=self.env.user.name,
            order=self.name,
            amount=invoice.currency_id.format(invoice._get_paid_and_kept(self)),
            invoice=invoice.name,
            customer=invoice._get_carrying_customer().display_name,
        )

    def _get_cancellation_credit_action(self):
        """The action to credit a cancelled order: the filled-in adjustment of the paid invoice, or
        a list of several paid invoices.

        :return: an action, or None where nothing was paid
        """
        self.ensure_one()
        invoices = self._get_invoices_to_credit().sudo(self.env.su)
        if not invoices:
            return None
        if len(invoices) == 1:
            # An invoice that cannot be adjusted, such as in a locked period, must not stop the
            # cancellation: it is opened instead.
            with contextlib.suppress(UserError):
                return self._open_adjustment(invoices)
        return invoices._get_records_action(
            name=self.env._("Paid Invoices of Cancelled %(order)s", order=self.name)
        )

    def _open_adjustment(self, invoice):
        action = invoice.action_adjust()
        wizard = self.env[action["res_model"]].create({"invoice_id": invoice.id})
        # The dialog proposes all cancelled orders of the invoice: this one is meant.
        wizard.write(
            {
                "description": wizard._get_cancellation_description(self),
                # sudo: who may adjust the invoice need not see the other orders
                "line_ids": [
                    Command.unlink(line.id)
                    for line in wizard.line_ids
                    if line.invoice_line_id.sudo().sale_line_ids.order_id - self.sudo()
                ],
            }
        )
        return {**action, "res_id": wizard.id}
