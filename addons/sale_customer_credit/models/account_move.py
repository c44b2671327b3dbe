"""Invoices use the credits that their orders reserved."""

from odoo import models

from .sale_order_cancellation import ACTIVITY


class AccountMove(models.Model):
    _inherit = "account.move"

    # ------------------------------------------------------------------
    # Posting: reservations of the order first, then auto-apply
    # ------------------------------------------------------------------

    def _post(self, soft=True):
        posted = super()._post(soft)
        posted._end_cancellation_activities()
        posted._auto_apply_credits_after_online_payment()
        return posted

    def _auto_apply_credits(self):
        moves = self - self._filter_waiting_for_online_payment()
        if not self.env.context.get("customer_credit_auto_apply_later"):
            moves._apply_reserved_credits()
        return super(AccountMove, moves)._auto_apply_credits()

    def _apply_reserved_credits(self):
        """Settle these invoices with what their orders reserved, the oldest credit first.

        An invoice uses at most each order's share of it; the rest stays reserved for the next one.
        Credits on hold, or locked by another transaction, are left out: the invoice is posted in
        any case.
        """
        documents = self.filtered(
            lambda move: move.state == "posted" and move.is_sale_document()
        )
        # sudo: the user who posts the invoice may have no rights in Sales.
        orders = documents.sudo().invoice_line_ids.sale_line_ids.order_id
        if not orders.credit_reservation_ids.filtered(lambda row: not row.is_released):
            return
        invoices = documents.filtered(
            lambda move: move.move_type == "out_invoice" and not move.is_customer_credit
        )
        for invoice in invoices.sorted(lambda move: (move.date, move.id)):
            # sudo: as above, who posts the invoice
            own = invoice.sudo().invoice_line_ids.sale_line_ids.order_id & orders
            if own:
                invoice._take_reserved_credits(own)
        orders._release_unneeded()

    def _take_reserved_credits(self, orders):
        """Settle this invoice with what its orders reserved, of all of them together, and say so
        on all."""
        self.ensure_one()
        items = self._get_open_receivable_items().filtered(lambda line: line.balance > 0)
        uses, missed = self._get_reserved_uses(orders, items)
        if uses:
            amounts = {}
            for reservation, amount in uses.items():
                # the user's own rights from here on
                item = self.env["account.move.line"].browse(reservation.item_id.id)
                amounts[item] = amounts.get(item, 0.0) + amount
            left = sum(uses.values())
            for item in items.sorted(lambda line: (line.date_maturity or line.date, line.id)):
                amount = self.currency_id.round(min(left, item.amount_residual_currency))
                if self.currency_id.compare_amounts(amount, 0.0) > 0:
                    amounts[item] = amount
                    left -= amount
            names = ", ".join({row.order_id.name: True for row in uses})
            self.env["account.move.line"].union(*amounts)._apply_receivables(
                amounts, reason=self.env._("Reserved for %(order)s", order=names)
            )
        self._log_reserved_credits(uses, missed)

    def _get_reserved_uses(self, orders, items):
        """What of these orders' reservations settles this invoice.

        :param items: the open ``account.move.line`` of the invoice
        :return: as ``_plan_reserved_uses``
        """
        # sudo: who posts the invoice need not see all of its orders, nor the customer's company.
        whole = self.sudo()
        reservations = orders._get_open_reservations()._sorted_to_take()
        obstacles = reservations._get_obstacles(whole, items.account_id)
        left = sum(items.mapped("amount_residual_currency"))
        return whole._plan_reserved_uses(reservations, obstacles, left)

    def _plan_reserved_uses(self, reservations, obstacles, left):
        """What of these reservations settles this invoice, and what of the others would have.

        :param reservations: in the order in which the invoice uses them
        :param dict obstacles: ``{reservation: why the invoice cannot use it}``
        :param left: how much of the invoice is to be settled, in its currency
        :return: ``{reservation: positive amount in its currency}``, and ``{reservation: (amount,
            why)}`` of what the invoice would have taken and could not
        """
        shares = {order: order._get_share_to_settle(self) for order in reservations.order_id}
        uses, missed = {}, {}

        def get_amount(reservation):
            amount = min(shares[reservation.order_id], reservation.amount_open)
            if reservation.currency_id == self.currency_id:
                amount = min(amount, left)
            return reservation.currency_id.round(max(0.0, amount if left > 0 else 0.0))

        for reservation in reservations.filtered(lambda row: row not in obstacles):
            amount = get_amount(reservation)
            if amount:
                uses[reservation] = amount
                shares[reservation.order_id] -= amount
                left -= amount
        for reservation, why in obstacles.items():
            amount = get_amount(reservation)
            if amount:
                missed[reservation] = (amount, why)
        return uses, missed

    def _log_reserved_credits(self, uses, missed):
        by_order = {}
        for reservation, amount in uses.items():
            by_order.setdefault(reservation.order_id, {})[reservation] = amount
        for order, amounts in by_order.items():
            credits = order.credit_reservation_ids._get_named_amounts(amounts)
            self._message_log(
                body=self.env._(
                    "Credits reserved for %(order)s were applied: %(credits)s.",
                    order=order.name,
                    credits=credits,
                )
            )
            order._message_log(
                body=self.env._(
                    "Reserved credits were applied to %(invoice)s: %(credits)s.",
                    invoice=self.name,
                    credits=credits,
                )
            )
        for reservation, (amount, why) in missed.items():
            body = self.env._(
                "%(amount)s of %(credit)s could not be applied to %(invoice)s: %(why)s. It "
                "remains reserved for %(order)s. Use Apply Credit on the invoice once this has "
                "changed.",
                invoice=self.name,
                amount=reservation.currency_id.format(amount),
                credit=reservation.credit_name,
                why=why,
                order=reservation.order_id.name,
            )
            self._message_log(body=body)
            reservation.order_id._message_log(body=body)

    # ------------------------------------------------------------------
    # Credits that are reset to draft
    # ------------------------------------------------------------------

    def button_draft(self):
        result = super().button_draft()
        # sudo: accounting may reset a credit that any user reserved.
        self.env["sale.order.credit.reservation"].sudo().search(
            [("item_id.move_id", "in", self.ids), ("is_released", "=", False)]
        )._release_taken_back()
        return result

    # ------------------------------------------------------------------
    # Cancelled orders
    # ------------------------------------------------------------------

    def _end_cancellation_activities(self):
        given_back = self.filtered(
            lambda move: move.is_customer_credit or move.move_type == "out_refund"
        ).reversed_entry_id
        # sudo: who credits the customer has done what somebody else may have been asked to do.
        asked = given_back.sudo().activity_search([ACTIVITY])
        asked.filtered(lambda activity: activity._is_customer_credited()).action_feedback()

    def _get_paid_and_kept(self, order=None):
        """How much of this posted invoice was settled and not given back by its adjustments and
        credit notes.

        :param order: limits the amount to what is left of this order's lines, since a payment does
            not tell which of several orders it is for
        :return float: in the currency of the invoice
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
        """The user to credit a cancelled order: the invoice's salesperson or creator, if they may
        bill, else a billing user of the company."""
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
