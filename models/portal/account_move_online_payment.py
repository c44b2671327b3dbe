"""Online payment: a credit cannot be paid, whatever address is called."""

from odoo import api, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import SQL


class AccountMove(models.Model):
    _inherit = "account.move"

    def _has_to_be_paid(self):
        # The portal's button Pay Now is not for money that we owe.
        return not self.is_customer_credit and super()._has_to_be_paid()

    def _get_nothing_to_pay(self):
        """The message for a user who wants to pay this credit."""
        self.ensure_one()
        credit = self._get_move_display_name()  # for a draft, which has no number
        # sudo: the user who wants to pay may not read the hold, which decides about the message.
        if not self.credit_remaining or self.sudo().credit_on_hold:
            return self.env._("%(credit)s is a credit; no payment is due.", credit=credit)
        return self.env._(
            "%(credit)s is a credit; no payment is due. It can be applied to any open or future "
            "invoice.",
            credit=credit,
        )

    def _check_online_payment(self, amount):
        """Check an amount that is about to be paid for these documents of one currency.

        A page or a link that was opened before a credit was applied asks for too much.

        :param float amount: in the currency of the documents
        :raises ValidationError: for a credit, and for more than what is left of posted invoices
        """
        for credit in self.filtered("is_customer_credit"):
            raise ValidationError(credit._get_nothing_to_pay())
        if not isinstance(amount, (int, float)) or any(move.state != "posted" for move in self):
            return
        left, currency = sum(self.mapped("amount_residual")), self.currency_id
        if currency.compare_amounts(amount, left) > 0:
            raise ValidationError(
                self.env._(
                    "Only %(left)s of %(invoices)s is due. Reload the page and pay the amount "
                    "shown.",
                    amount=currency.format(amount),
                    left=currency.format(left),
                    invoices=", ".join(self.mapped("name")),
                )
            )

    def _get_online_payment_error(self):
        if self.is_customer_credit:
            return self._get_nothing_to_pay()
        return super()._get_online_payment_error()

    def _get_default_payment_link_values(self):
        if self.is_customer_credit:
            raise UserError(self._get_nothing_to_pay())
        return super()._get_default_payment_link_values()

    def _get_invoice_next_payment_values(self, custom_amount=None):
        left = self.amount_residual
        if custom_amount and self.currency_id.compare_amounts(custom_amount, left) > 0:
            # A link that was made before a credit was applied asks for more than what is left.
            custom_amount = None
        values = super()._get_invoice_next_payment_values(custom_amount=custom_amount)
        if not self.is_customer_credit:
            return values
        # No instalment, discount or amount to pay, whatever amount the address has.
        return {
            **{name: value for name, value in values.items() if not name.startswith("epd_")},
            **dict.fromkeys(("next_amount_to_pay", "amount_paid", "amount_due"), 0.0),
            "payment_state": False,
            "installment_state": None,
            "next_due_date": False,
            "not_reconciled_installments": [],
        }

    # ------------------------------------------------------------------
    # Credit available
    # ------------------------------------------------------------------

    @api.model
    def _get_open_credits_domain(self):
        """The domain of the customer credits and core's credit notes with something left that are
        not on hold. The portal lists unapplied payments separately."""
        return (
            Domain("state", "=", "posted")
            & (
                Domain("credit_remaining", ">", 0)
                | (Domain("move_type", "=", "out_refund") & Domain("amount_residual", ">", 0))
            )
            # A customer may not read or search the field of the hold.
            & Domain.custom(
                to_sql=lambda model, alias, query: SQL(
                    "%s IS NOT TRUE",
                    SQL.identifier(
                        alias, "credit_on_hold", to_flush=model._fields["credit_on_hold"]
                    ),
                )
            )
        )
