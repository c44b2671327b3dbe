from odoo import fields, models

from .account_move_reserved import READERS


class AccountPayment(models.Model):
    _inherit = "account.payment"

    # An unapplied payment can be reserved like a credit.
    credit_reserved_for = fields.Char(
        related="move_id.credit_reserved_for", related_sudo=False, groups=READERS
    )
