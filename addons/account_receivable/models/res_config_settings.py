from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    receivable_aging_limit_1 = fields.Integer(
        related="company_id.receivable_aging_limit_1", readonly=False
    )
    receivable_aging_limit_2 = fields.Integer(
        related="company_id.receivable_aging_limit_2", readonly=False
    )
    receivable_aging_limit_3 = fields.Integer(
        related="company_id.receivable_aging_limit_3", readonly=False
    )
    receivable_aging_limit_4 = fields.Integer(
        related="company_id.receivable_aging_limit_4", readonly=False
    )
    receivable_tie_out_check = fields.Boolean(
        related="company_id.receivable_tie_out_check", readonly=False
    )
    receivable_tie_out_user_id = fields.Many2one(
        related="company_id.receivable_tie_out_user_id", readonly=False
    )
