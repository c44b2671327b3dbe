from odoo import fields, models


class MailActivity(models.Model):
    _inherit = "mail.activity"

    cancelled_order_id = fields.Many2one(
        comodel_name="sale.order",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
        help="The cancelled order for which the customer is to be credited.",
    )
