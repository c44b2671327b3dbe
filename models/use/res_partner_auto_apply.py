from odoo import fields, models

from odoo.addons.account_receivable.models.open_items.res_partner import ACCOUNTING_GROUPS


class ResPartner(models.Model):
    _inherit = "res.partner"

    customer_credit_auto_apply = fields.Selection(
        selection=[("never", "Never"), ("oldest", "Oldest credit first")],
        string="Apply Credits Automatically",
        company_dependent=True,
        groups=ACCOUNTING_GROUPS,
        help="Whether open credits are applied when an invoice of this customer is posted. Leave "
        "empty to use the company setting.",
    )
