"""The dialog Apply Credits, which proposes no credits on hold."""

from odoo import fields, models


class AccountReceivableApplyLine(models.TransientModel):
    _inherit = "account.receivable.apply.line"

    is_on_hold = fields.Boolean(related="item_id.move_id.credit_on_hold", related_sudo=False)

    def _is_proposed(self):
        return super()._is_proposed() and not self.is_on_hold
