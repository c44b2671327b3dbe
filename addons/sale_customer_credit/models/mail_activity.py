from odoo import fields, models


class MailActivity(models.Model):
    _inherit = "mail.activity"

    cancelled_order_id = fields.Many2one(
        comodel_name="sale.order",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
        help="The cancelled order to credit the customer for.",
    )

    def _is_customer_credited(self):
        """Whether all that was paid for the cancelled order on this invoice was credited."""
        self.ensure_one()
        invoice = self.env["account.move"].browse(self.res_id)
        kept = invoice._get_paid_and_kept(self.cancelled_order_id)
        return invoice.currency_id.compare_amounts(kept, 0.0) <= 0
