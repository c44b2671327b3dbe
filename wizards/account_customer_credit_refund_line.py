from odoo import fields, models
from odoo.exceptions import UserError


class AccountCustomerCreditRefundLine(models.TransientModel):
    _name = "account.customer.credit.refund.line"
    _description = "Credit to Refund"
    _inherit = ["account.receivable.dialog.line"]

    wizard_id = fields.Many2one(
        comodel_name="account.customer.credit.refund", required=True, ondelete="cascade"
    )
    amount = fields.Monetary(string="Refund", help="Up to the remaining amount.")

    def _check_item(self):
        """Check the item, since a client can send any.

        :raises UserError: for an item that is no credit of the dialog's customer
        """
        self.ensure_one()
        wizard, item = self.wizard_id, self.item_id
        if (
            item.amount_residual_currency >= 0
            or item.commercial_partner_id != wizard.partner_id
            or item.account_id != wizard.account_id
            or item.currency_id != wizard.currency_id
            or item.company_id != wizard.company_id
        ):
            raise UserError(
                self.env._(
                    "%(document)s is not an open credit of %(customer)s in %(currency)s. Close "
                    "this window and open it again.",
                    document=item.move_id.display_name,
                    customer=wizard.partner_id.display_name,
                    currency=wizard.currency_id.name,
                )
            )
