"""Reservations: parts of open credits that an order reserves for its invoices."""

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.account_receivable.models.client_message import close_with_message


class SaleOrderCreditReservation(models.Model):
    _name = "sale.order.credit.reservation"
    _description = "Reserved Customer Credit"
    _order = "id"

    order_id = fields.Many2one(
        comodel_name="sale.order", required=True, readonly=True, index=True, ondelete="cascade"
    )
    item_id = fields.Many2one(
        comodel_name="account.move.line",
        string="Open Credit",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
        help="The credit's item on the customer's account.",
    )
    company_id = fields.Many2one(related="order_id.company_id", store=True, index=True)
    # Related fields are read as superuser: of the credit, whose document the salesperson may not
    # be allowed to open, these three are shown.
    credit_name = fields.Char(related="item_id.move_name", string="Credit")
    credit_date = fields.Date(related="item_id.date")
    currency_id = fields.Many2one(related="item_id.currency_id", store=True)
    amount = fields.Monetary(
        string="Reserved",
        required=True,
        readonly=True,
        help="Reserved amount, less the part the order did not need.",
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Reserved By",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
        ondelete="restrict",
    )
    is_released = fields.Boolean(readonly=True)
    use_ids = fields.One2many(
        comodel_name="sale.order.credit.use",
        inverse_name="reservation_id",
        readonly=True,
        groups="account.group_account_invoice,account.group_account_readonly",
    )
    amount_used = fields.Monetary(
        compute="_compute_amounts",
        string="Used",
        help="Amount applied to invoices of the order.",
    )
    amount_open = fields.Monetary(
        compute="_compute_amounts",
        string="Still Reserved",
        help="Amount the next invoice of the order can use.",
    )
    amount_lost = fields.Monetary(
        compute="_compute_amounts",
        string="Used Elsewhere",
        help="Amount used elsewhere after it was reserved.",
    )
    state = fields.Selection(
        selection=[("open", "Reserved"), ("used", "Used"), ("released", "Released")],
        compute="_compute_amounts",
    )

    _amount_positive = models.Constraint(
        "CHECK (amount > 0)", "Enter an amount greater than zero to reserve."
    )

    @api.depends("credit_name", "order_id.name")
    def _compute_display_name(self):
        for reservation in self:
            reservation.display_name = (
                f"{reservation.credit_name or '/'} → {reservation.order_id.name}"
            )

    # ------------------------------------------------------------------
    # Used and standing amounts
    # ------------------------------------------------------------------

    @api.depends("amount", "is_released", "use_ids", "item_id.amount_residual_currency")
    def _compute_amounts(self):
        used = self._get_used_amounts()
        # sudo: what stands of one reservation depends on those of other orders before it, which
        # whoever reads this one need not see.
        standing = self.sudo()._get_standing_amounts(self.sudo().item_id)
        for reservation in self:
            rest = reservation.amount - used.get(reservation.id, 0.0)
            is_used = reservation.currency_id.compare_amounts(rest, 0.0) <= 0
            is_released = reservation.is_released
            reservation.amount_used = used.get(reservation.id, 0.0)
            reservation.amount_open = standing.get(reservation.id, 0.0)
            reservation.amount_lost = (
                0.0 if is_released else reservation.currency_id.round(
                    max(0.0, rest - reservation.amount_open)
                )
            )
            reservation.state = (
                "used" if is_used else "released" if is_released else "open"
            )

    def _get_used_amounts(self):
        """The amounts of these reservations that invoices used and that were not unapplied.

        :return: ``{reservation's id: amount}`` in the credit's currency
        """
        # sudo: whoever may read a reservation may know what became of it.
        return {
            reservation.id: amount
            for reservation, amount in self.env["sale.order.credit.use"].sudo()._read_group(
                [
                    ("reservation_id", "in", self.ids),
                    # unapplying deletes the reconciliation
                    ("application_id.partial_id", "!=", False),
                ],
                ["reservation_id"],
                ["amount:sum"],
            )
        }

    @api.model
    def _get_standing_domain(self):
        """The domain of the reservations in force: not those of expired quotations, which the
        daily job releases."""
        expired = Domain("order_id.state", "in", ("draft", "sent")) & Domain(
            "order_id.validity_date", "<", fields.Date.context_today(self)
        )
        return Domain("is_released", "=", False) & ~expired

    @api.model
    def _get_standing_amounts(self, items, taken=None):
        """The standing amounts of the reservations of these credits: at most what is left of each
        credit, which the earliest reservations get.

        :param items: the credits' ``account.move.line``
        :param dict taken: ``{item: amount}`` that counts as still left of them
        :return: ``{reservation's id: amount}`` in the credit's currency
        """
        reservations = self.search(
            self._get_standing_domain() & Domain("item_id", "in", items.ids), order="id"
        )
        used = reservations._get_used_amounts()
        left = {
            item: max(0.0, -item.amount_residual_currency) + (taken or {}).get(item, 0.0)
            if item.parent_state == "posted"
            else 0.0
            for item in reservations.item_id
        }
        standing = {}
        for reservation in reservations:
            item = reservation.item_id
            rest = max(0.0, reservation.amount - used.get(reservation.id, 0.0))
            amount = reservation.currency_id.round(min(rest, left[item]))
            standing[reservation.id] = amount
            left[item] -= amount
        return standing

    @api.model
    def _get_reserved_parts(self, items):
        """The standing amounts of these credits, by order.

        :return: ``{item's id: {order: amount}}`` in the credit's currency
        """
        standing = self._get_standing_amounts(items)
        parts = {}
        for reservation in self.browse(standing):
            amount = standing[reservation.id]
            if not reservation.currency_id.is_zero(amount):
                own = parts.setdefault(reservation.item_id.id, {})
                own[reservation.order_id] = own.get(reservation.order_id, 0.0) + amount
        return parts

    @api.model
    def _get_reserved_amounts(self, items):
        """The reserved amounts of these credits.

        :return: ``{item's id: amount}`` in the credit's currency, for credits with reservations
        """
        parts = self._get_reserved_parts(items)
        return {item_id: sum(orders.values()) for item_id, orders in parts.items()}

    @api.model
    def _get_reserved_labels(self, items):
        """A text with the reserved amounts of these credits and their orders.

        :return: ``{item's id: text}``, for credits with reservations
        """
        return {
            item_id: self._get_reserved_label(orders)
            for item_id, orders in self._get_reserved_parts(items).items()
        }

    @api.model
    def _get_reserved_label(self, orders):
        """The text of one credit.

        :param dict orders: ``{order: amount}``
        """
        return ", ".join(
            self.env._(
                "%(amount)s for %(order)s",
                amount=order.currency_id.format(amount),
                order=order.name,
            )
            for order, amount in orders.items()
        )

    @api.model
    def _get_amounts_kept_for(self, invoices, items):
        """The amounts of these credits that are reserved for the orders of these invoices, up to
        their shares of the invoices.

        :return: ``{item's id: amount}`` in the credit's currency
        """
        orders = invoices.invoice_line_ids.sale_line_ids.order_id
        shares = {
            order: sum(order._get_share_to_settle(invoice) for invoice in invoices)
            for order in orders.filtered("credit_reservation_ids")
        }
        if not shares:
            return {}
        kept = {}
        standing = self._get_standing_amounts(items)
        for reservation in self.browse(standing)._sorted_to_take():
            order, item = reservation.order_id, reservation.item_id
            amount = min(standing[reservation.id], shares.get(order, 0.0))
            if not reservation.currency_id.is_zero(amount):
                kept[item.id] = kept.get(item.id, 0.0) + amount
                shares[order] -= amount
        return kept

    def _forget_amounts(self):
        """Invalidate the cached amounts, which depend on other rows that changed."""
        self.env["sale.order.credit.reservation"].invalidate_model(
            ["amount_used", "amount_open", "amount_lost", "state", "use_ids"]
        )
        self.env["sale.order"].invalidate_model(
            [
                "can_use_credit",
                "credit_available",
                "credit_available_note",
                "credit_note",
                "credit_release_note",
                "credit_reservation_ids",
                "credit_reserved",
                "open_credit_ids",
                "tax_totals",
            ]
        )
        self.env["sale.open.credit"].invalidate_model()
        self.env["account.move"].invalidate_model(
            ["credit_reserved", "credit_reserved_for", "credit_to_take_note"]
        )

    # ------------------------------------------------------------------
    # Release
    # ------------------------------------------------------------------

    def action_release(self):
        """Release what is still reserved. Used amounts stay used.

        :return: the action that confirms it
        :raises AccessError: unless the user is in Sales and may write the order
        """
        self.order_id._check_may_reserve()
        # sudo: a user who may write the order, which was checked, may release its credits
        reservations = self.sudo()
        released = {row: row.amount_open for row in reservations if row.state == "open"}
        reservations._release(self.env._("it was released"))
        credits = self._get_named_amounts(released)
        if not credits:
            return close_with_message(
                self.env._("Nothing to release: it was already used or released."),
                kind="info",
            )
        return close_with_message(
            self.env._("Released: %(credits)s. Other orders can use it now.", credits=credits)
        )

    @api.model
    def _get_named_amounts(self, amounts):
        """A text with these amounts and the credits they are of.

        :param dict amounts: ``{reservation: amount}``
        """
        return ", ".join(
            self.env._(
                "%(amount)s of %(credit)s",
                amount=row.currency_id.format(amount),
                credit=row.credit_name or "/",
            )
            for row, amount in amounts.items()
            if not row.currency_id.is_zero(amount)
        )

    def _release(self, why):
        """Release these reservations and log it on their orders.

        :param str why: the reason, as the end of a sentence
        """
        reservations = self.filtered(lambda reservation: not reservation.is_released)
        reservations._free(
            {
                # expired reservations no longer stand, but are released here
                row: row.amount_lost if row.order_id.is_expired else row.amount_open
                for row in reservations
            },
            why,
        )

    def _free(self, amounts, why):
        """Release these amounts of the reservations and log it on their orders. A reservation ends
        when nothing of it stands.

        :param dict amounts: ``{reservation: amount}``
        :param str why: the reason, as the end of a sentence
        """
        for order in self.order_id:
            credits = self._get_named_amounts(
                {row: amount for row, amount in amounts.items() if row.order_id == order}
            )
            if credits:
                order._message_log(
                    body=self.env._(
                        "No longer reserved: %(credits)s, because %(why)s.",
                        credits=credits,
                        why=why,
                    )
                )
        kept = {
            row: row.amount_open - amount
            for row, amount in amounts.items()
            if row.currency_id.compare_amounts(row.amount_open, amount) > 0
        }
        for row, amount in kept.items():
            row.amount = row.amount_used + amount
        self.browse(row.id for row in amounts if row not in kept).is_released = True
        self._forget_amounts()

    def _release_taken_back(self):
        """Release the reservations of credits that were reset to draft."""
        for reservation in self:
            reservation._notify_order(
                self.env._(
                    "%(credit)s was reset to draft, so the %(amount)s reserved from it is no "
                    "longer available.",
                    credit=reservation.credit_name or "/",
                    amount=reservation.currency_id.format(reservation.amount),
                )
            )
        self.is_released = True
        self._forget_amounts()

    @api.model
    def _get_expired(self):
        return self.search(
            Domain("is_released", "=", False)
            & Domain("order_id.state", "in", ("draft", "sent"))
            & Domain("order_id.validity_date", "<", fields.Date.context_today(self))
        )

    @api.model
    def _cron_release_expired(self):
        """Release the reservations of expired quotations."""
        # sudo: whoever the job runs as
        self.sudo()._get_expired()._release(self.env._("the quotation expired"))
