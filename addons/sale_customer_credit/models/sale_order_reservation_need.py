"""How much of its reservations an order can still use, and the release of the rest."""

from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _get_invoices_to_settle(self):
        """The invoices of this order that can use its reservations: drafts, and posted ones that
        are not settled.

        :return: ``{invoice: positive amount in the order's currency}``
        """
        self.ensure_one()
        invoices = self.invoice_ids.filtered(
            lambda move: (
                move.move_type == "out_invoice"
                and not move.is_customer_credit
                and (move.state == "draft" or move.state == "posted" and move.amount_residual)
            )
        )
        amounts = {}
        for invoice in invoices:
            amount = self._get_share_to_settle(invoice)
            if invoice.state == "posted" and invoice.currency_id == self.currency_id:
                amount = min(amount, invoice.amount_residual)
            if self.currency_id.compare_amounts(amount, 0.0) > 0:
                amounts[invoice] = amount
        return amounts

    def _get_usable_credit(self):
        """How much credit this order can still use: what its posted invoices owe, and what is to
        be invoiced.

        :return: ``(amount in the order's currency, whether it is invoiced and all is posted)``
        """
        self.ensure_one()
        # sudo: all invoices of the order count, whatever of them the user sees. The origin: while
        # the form is edited only the total is another one.
        order = self._origin.sudo()
        to_settle = order._get_invoices_to_settle()
        drafts = {move: amount for move, amount in to_settle.items() if move.state == "draft"}
        owed = sum(to_settle.values()) - sum(drafts.values())
        if order.invoice_status in ("invoiced", "upselling"):
            is_done = not drafts and "posted" in order.invoice_ids.mapped("state")
            return owed + sum(drafts.values()), is_done
        return owed + max(0.0, self.amount_total - order.amount_invoiced), False

    def _get_need_notes(self):
        """The notice that more is reserved than this order can use, and what becomes of it.

        :return: an iterable of sentences
        """
        self.ensure_one()
        reserved = self.credit_reserved
        usable, is_done = self._get_usable_credit()
        if self.currency_id.compare_amounts(reserved, usable) <= 0:
            return
        if is_done and self.currency_id.is_zero(usable):
            yield self.env._(
                "The order is fully invoiced and paid. Release the rest."
            )
            return
        yield self.env._(
            "%(reserved)s is reserved, but only %(usable)s of the order remains to cover.",
            reserved=self.currency_id.format(reserved),
            usable=self.currency_id.format(usable),
        )
        if not is_done:
            yield self.env._(
                "The rest is released when the last invoice of the order is confirmed."
            )

    def _release_unneeded(self):
        """Release what these fully invoiced orders cannot use any more, of the youngest credit
        first, since invoices use the oldest first."""
        # sudo: who confirms the last invoice, or lowers the order, frees it, whoever reserved it.
        for order in self.sudo():
            reservations = order.credit_reservation_ids.filtered(
                lambda reservation: reservation.state == "open"
            )
            if not reservations:
                continue
            usable, is_done = order._get_usable_credit()
            if not is_done:
                continue
            left = order.credit_reserved - usable
            amounts = {}
            for reservation in reversed(reservations._sorted_to_take()):
                amount = order.currency_id.round(min(left, reservation.amount_open))
                if order.currency_id.compare_amounts(amount, 0.0) > 0:
                    amounts[reservation] = amount
                    left -= amount
            reservations._free(
                amounts, self.env._("the order is fully invoiced")
            )


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def write(self, vals):
        result = super().write(vals)
        if {"product_uom_qty", "price_unit", "discount", "tax_ids", "qty_delivered"} & set(vals):
            self.order_id._release_unneeded()
        return result
