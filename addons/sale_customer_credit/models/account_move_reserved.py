"""Amounts of documents that are reserved for orders, as accounting sees them."""

from odoo import api, fields, models

READERS = "account.group_account_invoice,account.group_account_readonly"


class AccountMove(models.Model):
    _inherit = "account.move"

    credit_reserved = fields.Monetary(
        string="Reserved",
        compute="_compute_credit_reserved",
        groups=READERS,
        help="Amount of this credit reserved by quotations and orders, in its currency.",
    )
    credit_reserved_for = fields.Char(
        string="Reserved For",
        compute="_compute_credit_reserved",
        groups=READERS,
        help="Quotations and orders that reserve this credit, with the amounts.",
    )

    @api.depends("state", "line_ids.amount_residual_currency")
    def _compute_credit_reserved(self):
        # sudo: who may read the credit may know what is reserved of it, and for which order.
        reservations = self.env["sale.order.credit.reservation"].sudo()
        items = self._get_open_receivable_items()
        parts = reservations._get_reserved_parts(items)
        for move, own in items.grouped("move_id").items():
            orders = {}
            for item in own:
                for order, amount in parts.get(item.id, {}).items():
                    orders[order] = orders.get(order, 0.0) + amount
            move.credit_reserved = sum(orders.values())
            move.credit_reserved_for = reservations._get_reserved_label(orders) or False
        for move in self - items.move_id:
            move.credit_reserved = 0.0
            move.credit_reserved_for = False

    def _compute_payments_widget_to_reconcile_info(self):
        result = super()._compute_payments_widget_to_reconcile_info()
        widgets = {
            move: move.invoice_outstanding_credits_debits_widget
            for move in self
            if move.invoice_outstanding_credits_debits_widget
        }
        items = self.env["account.move.line"].browse(
            row["id"] for widget in widgets.values() for row in widget["content"]
        )
        if not items:
            return result
        # sudo: as above, who may read the credit
        reservations = self.env["sale.order.credit.reservation"].sudo()
        labels = reservations._get_reserved_labels(items)
        for move, widget in widgets.items():
            move.invoice_outstanding_credits_debits_widget = {
                **widget,
                "content": [
                    {**row, "reserved": labels.get(row["id"], False)} for row in widget["content"]
                ],
            }
        return result
