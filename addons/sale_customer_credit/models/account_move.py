"""The invoice of an order takes what the order reserved."""

from odoo import models

from .sale_order_cancellation import ACTIVITY


class AccountMove(models.Model):
    _inherit = "account.move"

    # ------------------------------------------------------------------
    # Posting: reservations of the order first, then what auto-apply finds
    # ------------------------------------------------------------------

    def _auto_apply_credits(self):
        if not self.env.context.get("customer_credit_auto_apply_later"):
            self._apply_reserved_credits()
        return super()._auto_apply_credits()

    def _apply_reserved_credits(self):
        """Settle these invoices with what their orders reserved, the oldest credit first.

        An invoice takes at most its order's part of it; the rest stays reserved for the next one.
        A credit on hold, or that somebody else is using at this moment, is left alone: the invoice
        is posted in any case.
        """
        invoices = self.filtered(
            lambda move: move.state == "posted"
            and move.move_type == "out_invoice"
            and not move.is_customer_credit
        )
        # sudo: who posts the invoice may have no rights in Sales.
        orders = invoices.sudo().invoice_line_ids.sale_line_ids.order_id
        if not orders:
            return
        reservations = orders.credit_reservation_ids.filtered(
            lambda reservation: not reservation.is_released
        )
        if not reservations:
            return
        for invoice in invoices.sorted(lambda move: (move.date, move.id)):
            # sudo: as above, who posts the invoice
            own = invoice.sudo().invoice_line_ids.sale_line_ids.order_id & orders
            for order in own:
                invoice._apply_reserved_credits_of(order)

    def _apply_reserved_credits_of(self, order):
        """Settle this invoice with what one of its orders reserved, and say so on both."""
        self.ensure_one()
        items = self._get_open_receivable_items().filtered(lambda line: line.balance > 0)
        taken = self._get_reserved_amounts_to_take(order, items)
        if taken:
            left = sum(taken.values())
            amounts = dict(taken)
            for item in items.sorted(lambda line: (line.date_maturity or line.date, line.id)):
                amount = self.currency_id.round(min(left, item.amount_residual_currency))
                if self.currency_id.compare_amounts(amount, 0.0) > 0:
                    amounts[item] = amount
                    left -= amount
            self.env["account.move.line"].union(*amounts)._apply_receivables(
                amounts, reason=self.env._("Reserved for %(order)s", order=order.name)
            )
        self._log_reserved_credits(order, taken)

    def _get_reserved_amounts_to_take(self, order, items):
        """What of the order's reservations settles this invoice.

        :param items: the open ``account.move.line`` of the invoice
        :return: ``{credit's item: positive amount in the order's currency}``
        """
        # sudo: who posts the invoice need not see all of its order, nor the customer's company.
        whole = self.sudo()
        left = min(
            order._get_share_to_settle(whole),
            sum(items.mapped("amount_residual_currency")),
        )
        taken = {}
        if self.currency_id != order.currency_id:
            return taken
        reservations = order.credit_reservation_ids.filtered(
            lambda reservation: reservation.state == "open"
            and not reservation.item_id.move_id.credit_on_hold
            and reservation.item_id.account_id in items.account_id
            and reservation.item_id.commercial_partner_id == whole.commercial_partner_id
        ).sorted(lambda reservation: (reservation.credit_date, reservation.id))
        free = reservations.item_id.move_id.try_lock_for_update(allow_referencing=True)
        free = free.line_ids.filtered(lambda line: line in reservations.item_id)
        free = free.try_lock_for_update(allow_referencing=True)
        for reservation in reservations.filtered(lambda row: row.item_id in free):
            amount = self.currency_id.round(min(left, reservation.amount_open))
            if self.currency_id.compare_amounts(amount, 0.0) > 0:
                # the user's own rights from here on
                item = self.env["account.move.line"].browse(reservation.item_id.id)
                taken[item] = taken.get(item, 0.0) + amount
                left -= amount
        return taken

    def _log_reserved_credits(self, order, taken):
        if taken:
            credits = ", ".join(
                f"{self.currency_id.format(amount)} {item.move_name}"
                for item, amount in taken.items()
            )
            self._message_log(
                body=self.env._(
                    "Credits that %(order)s reserved were applied: %(credits)s.",
                    order=order.name,
                    credits=credits,
                )
            )
            order._message_log(
                body=self.env._(
                    "%(invoice)s took what was reserved: %(credits)s.",
                    invoice=self.name,
                    credits=credits,
                )
            )
        order.invalidate_recordset(["credit_reserved"])
        unsettled = sum(self._get_open_receivable_items().mapped("amount_residual_currency"))
        # sudo: as in _get_reserved_amounts_to_take, who posts the invoice
        share = order._get_share_to_settle(self.sudo())
        rest = min(order.credit_reserved, unsettled, share)
        if self.currency_id.compare_amounts(rest, 0.0) > 0:
            order._message_log(
                body=self.env._(
                    "%(invoice)s could not take %(amount)s that stays reserved: the credit is on "
                    "hold, on another receivable account, or in use at that moment. Accounting "
                    "can apply it by hand.",
                    invoice=self.name,
                    amount=self.currency_id.format(rest),
                )
            )

    # ------------------------------------------------------------------
    # A credit that is taken back
    # ------------------------------------------------------------------

    def button_draft(self):
        result = super().button_draft()
        # sudo: accounting takes a credit back whoever reserved it.
        self.env["sale.order.credit.reservation"].sudo().search(
            [("item_id.move_id", "in", self.ids), ("is_released", "=", False)]
        )._release_taken_back()
        return result

    # ------------------------------------------------------------------
    # Cancelled orders
    # ------------------------------------------------------------------

    def _post(self, soft=True):
        posted = super()._post(soft)
        given_back = posted.filtered(
            lambda move: move.is_customer_credit or move.move_type == "out_refund"
        ).reversed_entry_id
        # sudo: who credits the customer has done what somebody else may have been asked to do.
        asked = given_back.sudo().activity_search([ACTIVITY])
        asked.filtered(lambda activity: activity._is_customer_credited()).action_feedback()
        return posted

    def _get_paid_and_kept(self, order=None):
        """What of this posted invoice was settled, and was not given back by its adjustments and
        credit notes, in its currency.

        :param order: only what is left of this order's lines, at most: which of several orders
            was paid, nobody can tell
        """
        self.ensure_one()
        given_back = self._get_taking_back().filtered(lambda move: move.state == "posted")
        kept = self.amount_total - self.amount_residual - sum(
            abs(move.amount_total) for move in given_back
        )
        if not order:
            return kept
        left = self._get_left_to_adjust(given_back)
        return min(
            kept,
            sum(
                line_left.amounts.total()
                for line, line_left in left.items()
                if order in line.sale_line_ids.order_id
            ),
        )

    def _get_billing_user(self):
        """Who credits a cancelled order: the invoice's salesperson or maker, where billing is
        theirs, or else a billing user of the company."""
        self.ensure_one()
        group = self.env.ref("account.group_account_invoice")
        billing = self.env["res.users"].search(
            [
                ("all_group_ids", "in", group.ids),
                ("company_ids", "in", self.company_id.ids),
                ("share", "=", False),
            ]
        )
        return ((self.invoice_user_id + self.create_uid) & billing or billing)[:1]
