from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    customer_credit_sale_final = fields.Boolean(
        string="Orders Below Zero Make Customer Credits",
        help="Invoicing an order makes a credit note where more is given back than charged: a "
        "down payment that is deducted, goods that came back. Switched on, it makes a customer "
        "credit.",
    )
