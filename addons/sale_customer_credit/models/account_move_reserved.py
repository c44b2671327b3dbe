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
    credit_to_take_note = fields.Text(
        string="Reserved Credits to Apply",
        compute="_compute_credit_to_take_note",
        groups=READERS,
        help="Credits that the orders of this draft reserved, which it uses when it is confirmed.",
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

    @api.depends("state", "amount_total", "is_customer_credit")
    def _compute_credit_to_take_note(self):
        self.credit_to_take_note = False
        drafts = self.filtered(
            lambda move: move.state == "draft"
            and move.move_type == "out_invoice"
            and not move.is_customer_credit
        )
        for move in drafts:
            # sudo: who may read the invoice may know what it uses. The origin: what is saved.
            notes = move._origin.sudo()._get_credit_to_take_notes()
            move.credit_to_take_note = "\n".join(notes) or False

    def _get_credit_to_take_notes(self):
        """What this draft takes of the credits that its orders reserved.

        :return: an iterable of sentences
        """
        orders = self.invoice_line_ids.sale_line_ids.order_id
        reservations = orders._get_open_reservations()._sorted_to_take()
        if not reservations:
            return
        items = self.line_ids.filtered(lambda line: line.account_type == "asset_receivable")
        obstacles = reservations._get_lasting_obstacles(self, items.account_id)
        uses, missed = self._plan_reserved_uses(reservations, obstacles, self.amount_total)
        if uses:
            yield self.env._(
                "Confirming this invoice applies: %(credits)s.",
                credits=", ".join(
                    self.env._(
                        "%(amount)s of %(credit)s, reserved for %(order)s",
                        amount=row.currency_id.format(amount),
                        credit=row.credit_name,
                        order=row.order_id.name,
                    )
                    for row, amount in uses.items()
                ),
            )
        for row, (amount, why) in missed.items():
            yield self.env._(
                "%(amount)s of %(credit)s, reserved for %(order)s, cannot be applied: %(why)s.",
                amount=row.currency_id.format(amount),
                credit=row.credit_name,
                order=row.order_id.name,
                why=why,
            )

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
