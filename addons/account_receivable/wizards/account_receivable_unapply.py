"""The dialog that unapplies one application."""

from odoo import fields, models

from ..models.client_message import close_with_message


class AccountReceivableUnapply(models.TransientModel):
    _name = "account.receivable.unapply"
    _description = "Unapply"
    _inherit = ["account.receivable.dialog"]

    application_id = fields.Many2one(
        comodel_name="account.receivable.application",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    company_currency_id = fields.Many2one(
        related="application_id.company_currency_id", related_sudo=False
    )
    credit_name = fields.Char(
        related="application_id.credit_name", related_sudo=False, string="Credit"
    )
    debit_name = fields.Char(
        related="application_id.debit_name", related_sudo=False, string="Invoice"
    )
    amount = fields.Monetary(
        related="application_id.amount", related_sudo=False, currency_field="company_currency_id"
    )
    applied_on = fields.Date(related="application_id.date", related_sudo=False)
    date = fields.Date(
        string="Unapply Date",
        required=True,
        default=fields.Date.context_today,
        help="Both documents are open again from this date. Reports for earlier dates do not "
        "change.",
    )
    reason = fields.Char(help="Required. Logged in the chatter of both documents.")

    def action_unapply(self):
        """Unapply the application on the dialog's date.

        :return: the action that closes the dialog and names both documents
        :raises UserError: if it is no longer in force, or for a day before it or locked
        """
        self.ensure_one()
        self.check_access("write")
        documents = self.application_id.debit_move_id + self.application_id.credit_move_id
        self.application_id._unapply(self.date, self.reason)
        return close_with_message(self.env._("Unapplied:"), documents)
