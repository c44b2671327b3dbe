"""Actions on the open credits of a customer."""

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain


class ResPartner(models.Model):
    _inherit = "res.partner"

    def action_refund_credit(self):
        """Open the dialog that refunds this customer's open credits.

        :return: the action of the dialog
        :raises UserError: if the customer has none, or all are on hold
        """
        self.ensure_one()
        groups = self._get_credits_to_refund()
        if not groups:
            raise UserError(
                self.env._(
                    "%(customer)s has no open credits to refund, or all of them are on hold.",
                    customer=self.commercial_partner_id.display_name,
                )
            )
        dialog = self.env["account.customer.credit.refund"]
        return dialog._open_for_items(groups[0], is_for_customer=True)

    def _get_credits_to_refund(self):
        """The open credits of this customer that are not on hold, in the active companies.

        :return: list of ``account.move.line`` recordsets, each for one payment: of one company,
            currency and account. The current company's come first, of these the ones in its
            currency, then the one with the oldest credit.
        """
        items = self.env["account.move.line"].search(
            self._get_ar_figure_domain("ar_open_credits")
            & Domain("move_id.credit_on_hold", "!=", True),
            order="date, id",
        )
        groups = items.grouped(lambda line: (line.company_id, line.currency_id, line.account_id))
        current = self.env.company
        return [
            groups[company, currency, account]
            for company, currency, account in sorted(
                groups, key=lambda key: (key[0] != current, key[1] != key[0].currency_id)
            )
        ]
