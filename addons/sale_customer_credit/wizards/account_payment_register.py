from odoo import api, fields, models


class AccountPaymentRegister(models.TransientModel):
    _inherit = "account.payment.register"

    reserved_note = fields.Char(
        string="Reserved",
        compute="_compute_reserved_note",
        help="Amounts that quotations and orders have reserved from these credits.",
    )

    @api.depends("line_ids")
    def _compute_reserved_note(self):
        for wizard in self:
            items = wizard.line_ids._origin
            # sudo: who may pay the credit may know what is reserved of it.
            reservations = self.env["sale.order.credit.reservation"].sudo()
            labels = reservations._get_reserved_labels(items)
            wizard.reserved_note = "; ".join(
                f"{item.move_name}: {labels[item.id]}" for item in items if item.id in labels
            )
