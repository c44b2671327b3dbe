"""The reserved amount of open items, in each dialog that lists them."""

from odoo import api, fields, models


class AccountReceivableDialogLine(models.AbstractModel):
    _inherit = "account.receivable.dialog.line"

    reserved = fields.Monetary(
        compute="_compute_reserved",
        help="Amount reserved by quotations and orders, proposed only for their own invoices. If "
        "you use it elsewhere, they lose it, and the users who reserved it are notified.",
    )
    reserved_for = fields.Char(compute="_compute_reserved")

    @api.depends("item_id.amount_residual_currency")
    def _compute_reserved(self):
        # sudo: a line names an item that the user may read, and so what is reserved of it.
        reservations = self.env["sale.order.credit.reservation"].sudo()
        parts = reservations._get_reserved_parts(self.item_id._origin)
        for line in self:
            orders = parts.get(line.item_id._origin.id, {})
            line.reserved = sum(orders.values())
            line.reserved_for = ", ".join(order.name for order in orders) or False
