"""The use of reserved credits: by the order's own invoices, or by others."""

from odoo import api, models


class SaleOrderCreditReservation(models.Model):
    _inherit = "sale.order.credit.reservation"

    def _sorted_to_take(self):
        """These reservations in the order in which invoices use them: the oldest credit first, of
        one credit the first reservation. Plans, proposals and records all use this order."""
        return self.sorted(lambda row: (row.credit_date, row.item_id.id, row.id))

    @api.model
    def _record_uses(self, rows):
        """Record which of these applications used reserved credits, and notify the users whose
        reservations they reduced.

        A credit that settles an invoice of the order that reserved it uses the reservation,
        whether posting applied it or an accountant.

        :param rows: new rows of ``account.receivable.application``
        """
        reservations = self.search(
            [("item_id", "in", rows.credit_line_id.ids), ("is_released", "=", False)]
        )
        if not reservations:
            return
        taken = {}
        for row in rows:
            item = row.credit_line_id
            taken[item] = taken.get(item, 0.0) + row.credit_amount_currency
        before = self._get_standing_amounts(rows.credit_line_id, taken)
        uses = self.env["sale.order.credit.use"].create(reservations._prepare_uses(rows))
        self._forget_amounts()
        for use in uses:
            if use.reservation_id.id in before:
                before[use.reservation_id.id] -= use.amount
        self._notify_lost_reservations(before, rows)

    def _prepare_uses(self, rows):
        """How much of these reservations these applications use: as much as each order can use of
        the credit on the invoice.

        :return: list of values of ``sale.order.credit.use``
        """
        used = self._get_used_amounts()
        rests = {row.id: row.amount - used.get(row.id, 0.0) for row in self}
        left = {row: row.credit_amount_currency for row in rows}
        by_credit = rows.grouped("credit_line_id")
        shares = {}
        uses = []
        for reservation in self._sorted_to_take():
            order = reservation.order_id
            for row in by_credit[reservation.item_id]:
                invoice = row.debit_move_id
                if order not in invoice.invoice_line_ids.sale_line_ids.order_id:
                    continue
                if (order, invoice) not in shares:
                    shares[order, invoice] = order._get_share_to_settle(invoice)
                amount = reservation.currency_id.round(
                    min(left[row], rests[reservation.id], shares[order, invoice])
                )
                if reservation.currency_id.compare_amounts(amount, 0.0) <= 0:
                    continue
                uses.append(
                    {
                        "reservation_id": reservation.id,
                        "application_id": row.id,
                        "amount": amount,
                    }
                )
                rests[reservation.id] -= amount
                shares[order, invoice] -= amount
                left[row] -= amount
        return uses

    @api.model
    def _notify_lost_reservations(self, before, rows):
        """Notify the users who reserved what these applications used for others than the order.

        :param before: ``{reservation's id: amount}`` that would stand without that
        """
        after = self._get_standing_amounts(rows.credit_line_id)
        for reservation in self.browse(before):
            currency = reservation.currency_id
            left = after[reservation.id]
            lost = currency.round(before[reservation.id] - left)
            if currency.compare_amounts(lost, 0.0) <= 0:
                continue
            documents = {
                row.debit_name or "/" for row in rows if row.credit_line_id == reservation.item_id
            }
            reservation._notify_order(
                self.env._(
                    "%(lost)s of %(credit)s, reserved for this order, was used for %(documents)s. "
                    "%(left)s remains for this order.",
                    lost=currency.format(lost),
                    credit=reservation.credit_name,
                    documents=", ".join(sorted(documents)),
                    left=currency.format(left),
                )
            )

    def _notify_order(self, body):
        """Post a message on the order and notify the user who reserved the credit, or the order's
        salesperson if that user is archived."""
        self.ensure_one()
        user = self.user_id if self.user_id.active else self.order_id.user_id
        self.order_id.message_post(body=body, partner_ids=user.partner_id.ids)

    def _get_lasting_obstacles(self, invoice, accounts):
        """Why this invoice cannot use these reservations, whatever other users are doing.

        :param accounts: the receivable accounts of the invoice's open items
        :return: ``{reservation: the end of a sentence}`` for those that it cannot use
        """
        obstacles = {}
        for reservation in self:
            item = reservation.item_id
            if item.move_id.credit_on_hold:
                obstacles[reservation] = self.env._("it is on hold")
            elif reservation.currency_id != invoice.currency_id:
                obstacles[reservation] = self.env._("the invoice is in another currency")
            elif item.commercial_partner_id != invoice._get_carrying_customer():
                obstacles[reservation] = self.env._("the invoice is for another customer")
            elif item.account_id not in accounts:
                obstacles[reservation] = self.env._("it is on another receivable account")
        return obstacles

    def _get_obstacles(self, invoice, accounts):
        """As above, and what another user is using.

        The credits that it can use are locked until the end of the transaction.
        """
        obstacles = self._get_lasting_obstacles(invoice, accounts)
        items = self.filtered(lambda reservation: reservation not in obstacles).item_id
        moves = items.move_id.try_lock_for_update(allow_referencing=True)
        free = items.filtered(lambda item: item.move_id in moves)
        free = free.try_lock_for_update(allow_referencing=True)
        for reservation in self:
            if reservation not in obstacles and reservation.item_id not in free:
                obstacles[reservation] = self.env._("another user was using it")
        return obstacles
