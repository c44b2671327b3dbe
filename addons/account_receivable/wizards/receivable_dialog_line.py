"""An open item of a customer, as a row of a dialog."""

from odoo import api, fields, models


class AccountReceivableDialogLine(models.AbstractModel):
    _name = "account.receivable.dialog.line"
    _description = "Open Item in a Dialog"
    _inherit = ["account.receivable.dialog"]

    item_id = fields.Many2one(
        comodel_name="account.move.line", required=True, readonly=True, ondelete="cascade"
    )
    move_id = fields.Many2one(related="item_id.move_id", string="Document", related_sudo=False)
    kind = fields.Selection(related="item_id.receivable_kind", string="Type", related_sudo=False)
    date = fields.Date(related="item_id.date", related_sudo=False)
    currency_id = fields.Many2one(related="item_id.currency_id", related_sudo=False)
    residual = fields.Monetary(
        compute="_compute_residual",
        string="Balance",
        help="Amount still open, as a positive number.",
    )

    @api.depends("item_id.amount_residual_currency")
    def _compute_residual(self):
        for line in self:
            line.residual = abs(line.item_id.amount_residual_currency)
