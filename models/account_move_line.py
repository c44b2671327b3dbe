from odoo import api, models
from odoo.exceptions import UserError

from .account_move_taxes import SIDE_UNKNOWN


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    @api.depends("move_id.is_on_credit_side")
    def _compute_is_refund(self):
        result = super()._compute_is_refund()
        # The cash basis reads this flag too, long after the credit was posted.
        self.filtered("move_id.is_on_credit_side").is_refund = True
        return result

    def _compute_totals(self):
        # The side of the taxes is decided by these totals; they cannot ask for it.
        return super(
            AccountMoveLine, self.with_context(customer_credit_side=SIDE_UNKNOWN)
        )._compute_totals()

    @api.depends("move_id.is_storno")
    def _compute_is_storno(self):
        result = super()._compute_is_storno()
        # Core keeps storno from every invoice by type; it has to be a credit note's here.
        self.filtered(
            lambda line: line.move_id.is_on_credit_side and line.move_id.is_storno
        ).is_storno = True
        return result

    def reconcile(self):
        # Drafts never count: an invoice reduced by a credit that is not posted is not reduced.
        for move in self.move_id:
            if move.is_customer_credit and move.state != "posted":
                raise UserError(
                    self.env._(
                        "%(credit)s is not posted, so nothing of it can be applied yet. Confirm "
                        "it first.",
                        credit=move.display_name,
                    )
                )
        return super().reconcile()
