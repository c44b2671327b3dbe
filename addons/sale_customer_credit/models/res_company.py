from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    customer_credit_sale_final = fields.Boolean(
        string="Customer Credits for Negative Orders",
        help="If an invoice of an order is negative, for example after a deducted down payment or "
        "returned goods, create a customer credit instead of a credit note.",
    )
