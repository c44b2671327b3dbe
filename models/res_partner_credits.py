"""What can be done with the open credits of a customer."""

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain


class ResPartner(models.Model):
    _inherit = "res.partner"

    def action_apply_credit(self):
        """Open the dialog in which this customer's open credits settle its open invoices.

        :raises UserError: when there is nothing on one of the two sides
        """
        self.ensure_one()
        items = self.env["account.move.line"].search(
            self._get_open_receivable_domain() & Domain("account_id.reconcile", "=", True)
        )
        items = items.filtered(lambda line: line.company_id.root_id == self.env.company.root_id)
        return self.env["account.customer.credit.apply"]._open_for_customer(self, items)

    def action_refund_credit(self):
        """Open the dialog that sends the money of this customer's open credits back.

        :raises UserError: when the customer has none, or none that is not on hold
        """
        self.ensure_one()
        items = self.env["account.move.line"].search(
            self._get_ar_figure_domain("ar_open_credits")
            & Domain("company_id", "=", self.env.company.id)
            & Domain("move_id.credit_on_hold", "!=", True),
            order="date, id",
        )
        if not items:
            raise UserError(
                self.env._(
                    "%(customer)s has no open credits to refund, or all of them are on hold.",
                    customer=self.commercial_partner_id.display_name,
                )
            )
        first = items[:1]
        # One payment is in one currency and on one account; the oldest credit says which.
        items = items.filtered(
            lambda line: (
                line.currency_id == first.currency_id
                and line.account_id == first.account_id
            )
        )
        return self.env["account.customer.credit.refund"]._open_for_items(items)
