"""Use Credit: an order reserves a part of the customer's credits for its invoices."""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from odoo.addons.account_receivable.models.guards.locking import refused_while_locked

from .sale_open_credit import CREDIT_READERS


class SaleOrder(models.Model):
    _inherit = "sale.order"

    credit_reservation_ids = fields.One2many(
        comodel_name="sale.order.credit.reservation",
        inverse_name="order_id",
        string="Reserved Credits",
        readonly=True,
        copy=False,
        groups=CREDIT_READERS,
    )
    credit_reserved = fields.Monetary(
        compute="_compute_credit_reserved",
        groups=CREDIT_READERS,
        help="Customer credits reserved for the next invoices of this order.",
    )
    credit_note = fields.Text(
        string="About the Reserved Credits",
        compute="_compute_credit_note",
        groups=CREDIT_READERS,
    )

    credit_release_note = fields.Text(
        string="Credits to Release",
        compute="_compute_credit_release_note",
        groups=CREDIT_READERS,
        help="Credits released when the order is saved.",
    )

    @api.depends("credit_reservation_ids")
    def _compute_credit_reserved(self):
        for order in self:
            order.credit_reserved = sum(order._get_open_reservations().mapped("amount_open"))

    @api.depends("credit_reservation_ids", "amount_total", "invoice_status")
    def _compute_credit_note(self):
        for order in self:
            reservations = order._get_open_reservations()
            notes = order._get_credit_notes(reservations) if reservations else ()
            order.credit_note = "\n".join(notes) or False

    def _get_open_reservations(self):
        # sudo: also the credits whose documents the user cannot open are told by number. The
        # origin: a form that is edited changes nothing of them.
        return self._origin.sudo().credit_reservation_ids.filtered(
            lambda reservation: reservation.state == "open"
        )

    def _get_credit_notes(self, reservations):
        """The notices about these reservations.

        :return: an iterable of sentences
        """
        self.ensure_one()
        if self.is_expired:
            yield self.env._(
                "The quotation has expired, so its reserved credits were released. Reserve them "
                "again once it is valid."
            )
            return
        for reservation in reservations:
            currency = reservation.currency_id
            if not currency.is_zero(reservation.amount_lost):
                yield self.env._(
                    "%(lost)s of the %(amount)s reserved from %(credit)s was used elsewhere. "
                    "%(left)s remains for this order.",
                    lost=currency.format(reservation.amount_lost),
                    amount=currency.format(reservation.amount),
                    credit=reservation.credit_name,
                    left=currency.format(reservation.amount_open),
                )
            if reservation.item_id.move_id.credit_on_hold:
                yield self.env._(
                    "%(credit)s is on hold and will not be applied until accounting releases it.",
                    credit=reservation.credit_name,
                )
        yield from self._get_need_notes()

    # ------------------------------------------------------------------
    # Reserve
    # ------------------------------------------------------------------

    def action_use_credit(self):
        """Open the dialog that reserves the customer's credits for this order.

        :return: the action of the dialog
        :raises AccessError: unless the user may reserve credits for the order
        :raises UserError: if there is nothing to reserve
        """
        self.ensure_one()
        self._check_may_reserve()
        wizard = self.env["sale.order.use.credit"].create({"order_id": self.id})
        if not wizard.line_ids:
            raise UserError(
                self.env._(
                    "%(customer)s has no open credits in %(currency)s for %(order)s.",
                    customer=self._get_credit_customer().display_name,
                    currency=self.currency_id.name,
                    order=self.name,
                )
            )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Use Credit for %(order)s", order=self.name),
            "res_model": wizard._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "target": "new",
        }

    def _check_may_reserve(self):
        """Check that the user may reserve credits.

        :raises AccessError: unless the user is in Sales and may write these orders
        """
        self.check_access("write")
        if not self.env.su and not self.env.user.has_group("sales_team.group_sale_salesman"):
            raise AccessError(
                self.env._(
                    "Only Sales can reserve credits for an order. Ask the salesperson, or apply "
                    "the credit to the invoice."
                )
            )

    def _get_credit_room(self):
        """The part of the order's total that is neither invoiced nor covered by reserved credits.

        :return: an amount in the order's currency, never negative
        """
        self.ensure_one()
        # sudo: all invoices and reservations of the order count, whatever of them the user sees.
        order = self.sudo()
        room = order.amount_total - order.amount_invoiced - order.credit_reserved
        return max(0.0, self.currency_id.round(room))

    def _reserve_credits(self, amounts):
        """Reserve these amounts for the invoices of this order.

        :param dict amounts: ``{sale.open.credit: amount}``, positive, in the order's currency
        :return: the new reservations
        :raises UserError: before anything is written: for no amount, more than what is left of a
            credit or of the order, a credit on hold or of another customer
        :raises psycopg2.errors.SerializationFailure: if another transaction used a credit
            meanwhile; Odoo retries the request, which then finds less
        """
        self.ensure_one()
        self._check_may_reserve()
        credits = self.env["sale.open.credit"].union(*amounts)
        self._check_order_to_reserve(credits)
        # sudo: Sales may reserve credits whose documents it cannot read.
        items = self.env["account.move.line"].sudo().browse(credits.ids)
        self._lock_for_reservation(items)
        # sudo: only this method, which checked the user's rights, writes reservations
        reservations = self.env["sale.order.credit.reservation"].sudo()
        expired = reservations._get_expired().filtered(lambda row: row.item_id in items)
        expired._release(self.env._("the quotation expired"))
        available = items._get_available_credit_amounts()
        typed = {items.browse(credit.id): amount for credit, amount in amounts.items()}
        for item, amount in typed.items():
            self._check_credit_to_reserve(item, amount, available[item])
        self._check_total_to_reserve(sum(typed.values()))
        reserved = reservations.create(
            [
                {
                    "order_id": self.id,
                    "item_id": item.id,
                    "amount": amount,
                    "user_id": self.env.user.id,
                }
                for item, amount in typed.items()
            ]
        )
        reserved._forget_amounts()
        self._message_log(
            body=self.env._(
                "Reserved for this order: %(credits)s.",
                credits=reserved._get_named_amounts({row: row.amount for row in reserved}),
            )
        )
        return reserved.sudo(self.env.su)

    def _lock_for_reservation(self, items):
        """Lock the order and these credits until the end of the transaction. Another transaction
        that read them before must read again."""
        with refused_while_locked(
            lambda: self.env._(
                "Another user is changing %(order)s. Wait a moment and try again.",
                order=self.name,
            )
        ):
            self.lock_for_update(allow_referencing=True)
        items._lock_for_application()
        for records in (self, items):
            if records:
                # A lock alone would let the next one go on with what it read before: a
                # reservation changes nothing of the credit.
                self.env.cr.execute(
                    SQL(
                        "UPDATE %s SET id = id WHERE id IN %s",
                        SQL.identifier(records._table),
                        tuple(sorted(records.ids)),
                    )
                )

    # ------------------------------------------------------------------
    # Uses and releases
    # ------------------------------------------------------------------

    def _get_share_to_settle(self, invoice):
        """How much of an invoice (maybe of several orders) this order's reservations may settle.

        :return: an amount in the order's currency, less what they settled already
        """
        self.ensure_one()
        uses = self.env["sale.order.credit.use"]._read_group(
            [
                ("reservation_id.order_id", "=", self.id),
                ("application_id.debit_move_id", "=", invoice.id),
                ("application_id.partial_id", "!=", False),
            ],
            [],
            ["amount:sum"],
        )
        return max(0.0, invoice._get_sale_order_invoiced_amount(self) - (uses[0][0] or 0.0))

    def action_release_credits(self):
        """Release what is reserved for these orders.

        :return: the action that confirms it
        :raises AccessError: unless the user is in Sales and may write the orders
        """
        return self.credit_reservation_ids.action_release()

    def _release_foreign_credits(self):
        """Release the reservations of orders with another customer, company or currency now."""
        for order in self:
            order._get_foreign_reservations()._release(
                self.env._("the order's customer, company or currency changed")
            )

    def _get_foreign_reservations(self):
        """The reservations that no longer fit this order, as saved or as edited."""
        self.ensure_one()
        own = (self._get_credit_customer()._origin, self.company_id._origin, self.currency_id)
        # sudo: who may change the order frees its credits, whatever documents they are.
        return self._origin.sudo().credit_reservation_ids.filtered(
            lambda reservation: (
                not reservation.is_released
                and (
                    reservation.item_id.commercial_partner_id,
                    reservation.item_id.company_id,
                    reservation.currency_id,
                )
                != own
            )
        )

    @api.depends("partner_invoice_id", "company_id", "currency_id", "credit_reservation_ids")
    def _compute_credit_release_note(self):
        self.credit_release_note = False
        for order in self.filtered(lambda order: order._origin):  # a new one reserves nothing
            freed = order._get_foreign_reservations() - order._origin._get_foreign_reservations()
            freed = freed.filtered("amount_open")
            order.credit_release_note = bool(freed) and self.env._(
                "Saving this change releases the credits reserved for this order: %(credits)s. "
                "They cannot be used for another customer, company or currency.",
                credits=freed._get_named_amounts({row: row.amount_open for row in freed}),
            )
