from odoo import models


class PosOrder(models.Model):
    _inherit = "pos.order"

    def _get_invoice_post_context(self):
        # The payments of an order are booked after its invoice, and belong to it.
        return {**super()._get_invoice_post_context(), "customer_credit_auto_apply_later": True}

    def _reconcile_invoice_payments(self, invoice, payment_moves):
        result = super()._reconcile_invoice_payments(invoice, payment_moves)
        # sudo: as Odoo posts the invoice; a cashier has no right in accounting.
        invoice.sudo().with_company(invoice.company_id)._auto_apply_credits()
        return result

    def _prepare_invoice_vals(self):
        vals = super()._prepare_invoice_vals()
        # Core turns the quantities of an order with a negative total like those of a refund, but
        # makes a credit note only for a refund: the invoice would charge what was given back.
        if vals["move_type"] == "out_invoice" and all(order._gives_back() for order in self):
            vals["move_type"] = "out_refund"
        return vals

    def _gives_back(self):
        self.ensure_one()
        return self.currency_id.compare_amounts(self.amount_total, 0.0) < 0
