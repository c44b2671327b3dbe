from odoo import api, models


class AccountReceivableApplication(models.Model):
    _inherit = "account.receivable.application"

    @api.model
    def _record_applications(self, partials, event):
        result = super()._record_applications(partials, event)
        # sudo: what an order reserved is used by whoever settles its invoice, with or without
        # rights in Sales.
        reservations = self.env["sale.order.credit.reservation"].sudo()
        rows = self.sudo().search(
            [("partial_id", "in", partials.ids), ("kind", "=", "application")]
        )
        reservations._record_uses(rows)
        return result

    @api.model
    def _forget_cached_rows(self):
        result = super()._forget_cached_rows()
        self.env["sale.order.credit.reservation"]._forget_amounts()
        return result
