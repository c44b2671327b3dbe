"""No payment link for a credit, however the dialog was opened."""

from odoo import api, models
from odoo.exceptions import ValidationError


class PaymentLinkWizard(models.TransientModel):
    _inherit = "payment.link.wizard"

    @api.constrains("res_model", "res_id")
    def _check_no_customer_credit(self):
        links = self.filtered(lambda link: link.res_model == "account.move")
        moves = self.env["account.move"].browse(links.mapped("res_id")).exists()
        for credit in moves.filtered("is_customer_credit"):
            raise ValidationError(credit._get_nothing_to_pay())
