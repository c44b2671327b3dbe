"""Orders whose invoice is below zero: core's credit note, or a customer credit."""

from odoo import models

#: The value of the context key that keeps credits. No context from a client can hold this object.
KEEP = object()


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _create_account_invoices(self, invoice_vals_list, final):
        moves = super()._create_account_invoices(invoice_vals_list, final)
        # Core switches the type of those of these records that are below zero.
        return moves.with_context(customer_credit_sale_final=KEEP)

    def _create_invoices(self, grouped=False, final=False, date=None):
        moves = super()._create_invoices(grouped=grouped, final=final, date=date)
        return moves.with_context(customer_credit_sale_final=False)


class AccountMove(models.Model):
    _inherit = "account.move"

    def action_switch_move_type(self):
        kept = self.browse()
        if self.env.context.get("customer_credit_sale_final") is KEEP:
            kept = self.filtered(
                lambda move: (
                    move.is_customer_credit
                    and move.company_id.customer_credit_sale_final
                    and move.company_id.customer_credit_enabled
                )
            )
        return super(AccountMove, self - kept).action_switch_move_type()
