from odoo import api, models

from odoo.addons.account_receivable.models.guards.deletion import check_not_named


class ResUsers(models.Model):
    _inherit = "res.users"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_who_reserved_credits(self):
        check_not_named(self, "sale_customer_credit")
