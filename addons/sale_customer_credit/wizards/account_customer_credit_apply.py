from odoo import api, fields, models


class AccountCustomerCreditApplyLine(models.TransientModel):
    _inherit = "account.customer.credit.apply.line"

    reserved = fields.Monetary(
        compute="_compute_reserved",
        help="What quotations and orders have reserved of it. It is left out of the proposals; "
        "used here all the same, it is no longer there for them.",
    )

    @api.depends("residual", "available")
    def _compute_reserved(self):
        for line in self:
            line.reserved = line.residual - line.available
