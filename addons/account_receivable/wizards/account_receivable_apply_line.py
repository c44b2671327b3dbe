"""An open item in the dialog that applies credits: what is open, and how much of it is used."""

from odoo import api, fields, models
from odoo.exceptions import UserError


class AccountReceivableApplyLine(models.TransientModel):
    _name = "account.receivable.apply.line"
    _description = "Item to Apply"
    _inherit = ["account.receivable.dialog.line"]
    _order = "id"

    wizard_id = fields.Many2one(
        comodel_name="account.receivable.apply", required=True, ondelete="cascade"
    )
    side = fields.Selection(
        selection=[("debit", "Invoice"), ("credit", "Credit")], required=True, readonly=True
    )
    date_due = fields.Date(related="item_id.date_maturity", string="Due Date", related_sudo=False)
    company_currency_id = fields.Many2one(
        related="item_id.company_currency_id", related_sudo=False
    )
    available = fields.Monetary(
        compute="_compute_available",
        help="Balance that is not reserved: the most that is proposed.",
    )
    amount = fields.Monetary(help="Amount to apply, up to the balance.")
    amount_company_currency = fields.Monetary(
        compute="_compute_amount_company_currency", currency_field="company_currency_id"
    )

    @api.depends("residual", "side")
    def _compute_available(self):
        credits = self.filtered(lambda line: line.side == "credit").item_id
        available = credits._get_available_credit_amounts()
        for line in self:
            line.available = min(line.residual, available.get(line.item_id, line.residual))

    @api.depends("amount", "residual", "item_id.amount_residual")
    def _compute_amount_company_currency(self):
        for line in self:
            share = line.amount / line.residual if line.residual else 0.0
            line.amount_company_currency = abs(line.item_id.amount_residual) * share

    def _is_proposed(self):
        """Whether the dialog proposes this item by default."""
        self.ensure_one()
        return True

    def _check_side(self):
        """Check the item, since a client can send any.

        :raises UserError: if the item is settled, not on the line's side, or another customer's
        """
        self.ensure_one()
        item = self.item_id
        item.check_access("read")
        is_debit = item.amount_residual_currency > 0
        if item.reconciled or is_debit != (self.side == "debit"):
            raise UserError(
                self.env._(
                    "%(document)s has just been used. Reopen this window.",
                    document=item.move_id.display_name,
                )
            )
