from odoo import models
from odoo.fields import Domain


class ResPartner(models.Model):
    _inherit = "res.partner"

    def action_apply_credit(self):
        """Open the dialog that applies this customer's open credits to its open invoices.

        :return: the action of the dialog
        :raises UserError: if the customer has no open credits or no open invoices
        """
        self.ensure_one()
        items = self.env["account.move.line"].search(
            self._get_open_receivable_domain() & Domain("account_id.reconcile", "=", True),
            order="date, id",
        )
        return self.env["account.receivable.apply"]._open_for_customer(self, items)
