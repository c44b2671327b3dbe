from odoo import fields, models


class SaleOrderCreditUse(models.Model):
    """How much of an application (a row of the register) came from which reservation.

    It is only written together with the register. When the application is unapplied, the amount is
    reserved for the order again.
    """

    _name = "sale.order.credit.use"
    _description = "Use of a Reserved Credit"
    _order = "id"

    reservation_id = fields.Many2one(
        comodel_name="sale.order.credit.reservation",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    application_id = fields.Many2one(
        comodel_name="account.receivable.application",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="reservation_id.company_id", store=True)
    currency_id = fields.Many2one(related="reservation_id.currency_id")
    amount = fields.Monetary(required=True, readonly=True)
