"""An open item of a customer, as a row of a dialog."""

from odoo import api, fields, models


class AccountReceivableDialogLine(models.AbstractModel):
    _name = "account.receivable.dialog.line"
    _description = "Open Item in a Dialog"

    # Whoever calls by RPC can name any item: what is shown of it is what the user may read.
    item_id = fields.Many2one(
        comodel_name="account.move.line", required=True, readonly=True, ondelete="cascade"
    )
    move_id = fields.Many2one(related="item_id.move_id", string="Document", related_sudo=False)
    kind = fields.Selection(related="item_id.receivable_kind", related_sudo=False)
    date = fields.Date(related="item_id.date", related_sudo=False)
    currency_id = fields.Many2one(related="item_id.currency_id", related_sudo=False)
    residual = fields.Monetary(
        compute="_compute_residual", string="Open", help="What is open of the item, positive."
    )

    @api.constrains("item_id")
    def _check_item_access(self):
        """:raises AccessError: for an item that the user may not read, not even its name"""
        self.item_id.sudo(False).check_access("read")  # a constraint is checked by sudo

    @api.depends("item_id.amount_residual_currency")
    def _compute_residual(self):
        for line in self:
            line.residual = abs(line.item_id.amount_residual_currency)
