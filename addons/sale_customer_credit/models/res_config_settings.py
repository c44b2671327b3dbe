from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    customer_credit_sale_final = fields.Boolean(
        related="company_id.customer_credit_sale_final", readonly=False
    )
