from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    customer_credit_enabled = fields.Boolean(
        string="Customer Credits",
        default=True,
        help="A customer invoice with a negative total can be posted: it is a customer credit.",
    )
