"""Adjust: for cancelled orders, their lines and the reason are proposed."""

from odoo import api, fields, models
from odoo.tools import format_list


class AccountInvoiceAdjust(models.TransientModel):
    _inherit = "account.invoice.adjust"

    credit_reason_id = fields.Many2one(
        compute="_compute_cancellation", store=True, readonly=False
    )
    description = fields.Text(compute="_compute_cancellation", store=True, readonly=False)

    @api.depends("invoice_id")
    def _compute_cancellation(self):
        reason = self.env.ref(
            "account_customer_credit.credit_reason_cancellation", raise_if_not_found=False
        )
        for wizard in self:
            orders = wizard._get_cancelled_orders(wizard._get_lines_to_propose())
            wizard.credit_reason_id = bool(orders) and reason
            wizard.description = bool(orders) and wizard._get_cancellation_description(orders)

    def _get_lines_to_propose(self):
        lines = super()._get_lines_to_propose()
        orders = self._get_cancelled_orders(lines)
        if not orders:
            return lines
        # sudo: who may adjust the invoice need not see the other orders.
        return {
            line: line_left
            for line, line_left in lines.items()
            if not line.sudo().sale_line_ids.order_id - orders
        }

    def _get_cancelled_orders(self, lines):
        """The cancelled orders that these lines of the invoice belong to."""
        # sudo: who may adjust the invoice need not see its orders.
        lines = self.env["account.move.line"].union(*lines).sudo()
        return lines.sale_line_ids.order_id.filtered(lambda order: order.state == "cancel")

    def _get_cancellation_description(self, orders):
        language = self.invoice_id.partner_id.lang or self.env.lang
        wizard = self.with_context(lang=language)
        if len(orders) == 1:
            return wizard.env._("Order %(order)s was cancelled.", order=orders.name)
        names = format_list(wizard.env, orders.mapped("name"))
        return wizard.env._("Orders %(orders)s were cancelled.", orders=names)
