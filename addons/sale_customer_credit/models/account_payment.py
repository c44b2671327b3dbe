from odoo import fields, models

from .account_move_reserved import READERS


class AccountPayment(models.Model):
    _inherit = "account.payment"

    # A payment that is not applied yet is a credit like any other: who may read it knows.
    credit_reserved_for = fields.Char(
        related="move_id.credit_reserved_for", related_sudo=False, groups=READERS
    )
