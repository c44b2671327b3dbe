"""The checks of a reservation, before anything is written."""

from odoo import models
from odoo.exceptions import UserError


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _check_order_to_reserve(self, credits):
        """Check the order and the credits.

        :raises UserError: if the order cannot use credits, or one of them is not open to it
        """
        self.ensure_one()
        if self.state == "cancel":
            raise UserError(
                self.env._(
                    "%(order)s is cancelled. Set it to quotation before you reserve credits for "
                    "it.",
                    order=self.name,
                )
            )
        if self.is_expired:
            raise UserError(
                self.env._(
                    "%(order)s has expired. Change its expiration date before you reserve credits "
                    "for it.",
                    order=self.name,
                )
            )
        if not credits:
            raise UserError(
                self.env._(
                    "Enter an amount to reserve for %(order)s.",
                    order=self.name,
                )
            )
        # a search, not a look at each: the user may name any, and sees what the rules allow
        if len(credits.search([("id", "in", credits.ids)])) != len(credits):
            raise UserError(
                self.env._(
                    "A credit selected for %(order)s has just been used or cancelled. Close this "
                    "window and open it again.",
                    order=self.name,
                )
            )

    def _check_credit_to_reserve(self, item, amount, available):
        """Check the amount to reserve of one credit.

        :raises UserError: naming the credit and what is possible
        """
        problem = None
        names = {
            "credit": item.move_name or "/",
            "order": self.name,
            "customer": self._get_credit_customer().display_name,
        }
        if item.parent_state != "posted" or item.amount_residual_currency >= 0:
            problem = self.env._(
                "%(credit)s has just been used or cancelled. Close this window and open it again.",
                **names,
            )
        elif (
            item.commercial_partner_id != self._get_credit_customer()
            or item.account_type != "asset_receivable"
            or item.company_id != self.company_id
            or item.currency_id != self.currency_id
        ):
            problem = self.env._(
                "%(credit)s cannot be used for %(order)s. Choose a credit of %(customer)s in the "
                "company and currency of the order.",
                **names,
            )
        elif item.move_id.credit_on_hold:
            problem = self.env._(
                "%(credit)s is on hold and cannot be reserved. Ask accounting to release it.",
                **names,
            )
        if problem:
            raise UserError(problem)
        item._check_typed_amount(amount)
        if item.currency_id.compare_amounts(amount, available) > 0:
            raise UserError(
                self.env._(
                    "Only %(available)s of %(credit)s is available; part of it may have just been "
                    "reserved. Enter that amount or less.",
                    available=item.currency_id.format(available),
                    **names,
                )
            )

    def _check_total_to_reserve(self, amount):
        """Check the total to reserve.

        :raises UserError: if it is more than the order can use
        """
        room = self._get_credit_room()
        if self.currency_id.compare_amounts(amount, room) > 0:
            raise UserError(
                self.env._(
                    "Only %(room)s of %(order)s remains to cover. Enter that amount or less.",
                    room=self.currency_id.format(room),
                    order=self.name,
                )
            )
