"""The dialog that reserves the customer's credits for an order."""

from odoo import api, fields, models

from odoo.addons.account_receivable.models.client_message import close_with_message


class SaleOrderUseCredit(models.TransientModel):
    _name = "sale.order.use.credit"
    _description = "Use Credit for an Order"
    _inherit = ["account.receivable.dialog"]

    order_id = fields.Many2one(
        comodel_name="sale.order", required=True, readonly=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(related="order_id.currency_id", related_sudo=False)
    customer_id = fields.Many2one(comodel_name="res.partner", compute="_compute_customer_id")
    amount_total = fields.Monetary(
        related="order_id.amount_total", related_sudo=False, string="Order Total"
    )
    room = fields.Monetary(
        compute="_compute_room",
        string="To Cover",
        help="Part of the order total that is neither invoiced nor covered by reserved credits.",
    )
    line_ids = fields.One2many(
        comodel_name="sale.order.use.credit.line",
        inverse_name="wizard_id",
        string="Open Credits",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )
    amount_reserved = fields.Monetary(compute="_compute_amount_reserved", string="To Reserve")

    @api.depends("order_id")
    def _compute_customer_id(self):
        for wizard in self:
            wizard.customer_id = wizard.order_id._get_credit_customer().sudo(False)

    @api.depends("order_id")
    def _compute_room(self):
        for wizard in self:
            wizard.room = wizard.order_id._get_credit_room()

    @api.depends("order_id")
    def _compute_line_ids(self):
        """Propose the oldest credits first, up to the amount to cover."""
        for wizard in self:
            left = wizard.room
            commands = [fields.Command.clear()]
            for credit in wizard.order_id.open_credit_ids.sorted(lambda row: (row.date, row.id)):
                if credit.currency_id != wizard.currency_id or credit.remaining <= 0:
                    continue
                amount = wizard.currency_id.round(min(left, credit.available))
                left -= amount
                commands.append(
                    fields.Command.create({"credit_id": credit.id, "amount": amount})
                )
            wizard.line_ids = commands

    @api.depends("line_ids.amount")
    def _compute_amount_reserved(self):
        for wizard in self:
            wizard.amount_reserved = sum(wizard.line_ids.mapped("amount"))

    def action_reserve(self):
        """Reserve the amounts.

        :return: the action that confirms it and closes the dialog
        :raises UserError: for no amount, or more than what is left of a credit or the order
        """
        self.ensure_one()
        self.check_access("write")
        amounts = {}
        for line in self.line_ids:
            if line.amount:
                # a client may have sent a credit twice
                amounts[line.credit_id] = amounts.get(line.credit_id, 0.0) + line.amount
        order = self.order_id
        reserved = order._reserve_credits(amounts)
        return close_with_message(
            self.env._(
                "Reserved for %(order)s: %(credits)s. It is applied when the invoice is "
                "confirmed.",
                order=order.name,
                credits=reserved._get_named_amounts({row: row.amount for row in reserved}),
            )
        )


class SaleOrderUseCreditLine(models.TransientModel):
    _name = "sale.order.use.credit.line"
    _description = "Credit to Use for an Order"
    _inherit = ["account.receivable.dialog"]
    _order = "id"

    wizard_id = fields.Many2one(
        comodel_name="sale.order.use.credit", required=True, ondelete="cascade"
    )
    # Not the journal item, which a salesperson may not read.
    credit_id = fields.Many2one(
        comodel_name="sale.open.credit", required=True, readonly=True, ondelete="cascade"
    )
    date = fields.Date(related="credit_id.date", related_sudo=False)
    kind = fields.Selection(related="credit_id.kind", related_sudo=False)
    currency_id = fields.Many2one(related="credit_id.currency_id", related_sudo=False)
    remaining = fields.Monetary(related="credit_id.remaining", related_sudo=False)
    reserved = fields.Monetary(related="credit_id.reserved", related_sudo=False)
    is_on_hold = fields.Boolean(related="credit_id.is_on_hold", related_sudo=False)
    amount = fields.Monetary(string="Use", help="Amount to reserve for this order.")
