"""An invoice line in the dialog Adjust."""

from odoo import api, fields, models

from ..models.adjustment.account_move_adjustment_amounts import LineAdjustment


class AccountInvoiceAdjustLine(models.TransientModel):
    _name = "account.invoice.adjust.line"
    _description = "Line of an Adjustment"
    _inherit = ["account.receivable.dialog"]

    wizard_id = fields.Many2one("account.invoice.adjust", required=True, ondelete="cascade")
    invoice_line_id = fields.Many2one("account.move.line", required=True, ondelete="cascade")
    currency_id = fields.Many2one(related="invoice_line_id.currency_id", related_sudo=False)
    product_id = fields.Many2one(related="invoice_line_id.product_id", related_sudo=False)
    name = fields.Char(related="invoice_line_id.name", related_sudo=False, string="Description")
    invoiced_quantity = fields.Float(
        related="invoice_line_id.quantity", related_sudo=False, string="Invoiced"
    )
    invoiced_price = fields.Float(
        related="invoice_line_id.price_unit", related_sudo=False, string="Price"
    )
    discount = fields.Float(
        related="invoice_line_id.discount", related_sudo=False, string="Disc.%"
    )
    invoiced_subtotal = fields.Monetary(
        related="invoice_line_id.price_subtotal", related_sudo=False, string="Invoiced Amount"
    )
    adjusted_subtotal = fields.Monetary(
        string="Already Adjusted",
        compute="_compute_left",
        help="Already credited, without tax, by adjustments (including drafts), credit notes and "
        "early payment discounts.",
    )
    left_quantity = fields.Float(compute="_compute_left", digits="Product Unit")
    current_price = fields.Float(
        compute="_compute_left",
        min_display_digits="Product Price",
        help="Unit price after earlier price corrections.",
    )
    kind = fields.Selection(
        selection=[("return", "Return"), ("price", "New price")],
        string="Adjustment",
        required=True,
        default="return",
        help="Return: goods are returned or a service is cancelled. New price: the customer keeps "
        "the item and pays less for it.",
    )
    quantity = fields.Float(string="Quantity to Return", digits="Product Unit")
    new_price = fields.Float(
        min_display_digits="Product Price",
        compute="_compute_new_price",
        store=True,
        readonly=False,
        help="New unit price for the quantity that was not returned.",
    )
    amount = fields.Monetary(string="Credit", compute="_compute_amount", help="Without tax.")
    problem = fields.Char(compute="_compute_problem")

    _line_once = models.Constraint(
        "UNIQUE(wizard_id, invoice_line_id)", "Each invoice line can be listed only once."
    )

    @api.model_create_multi
    def create(self, vals_list):
        for values in vals_list:
            self.env["account.invoice.adjust"]._check_numbers_of(self, values)
        return super().create(vals_list)

    def write(self, vals):
        self.env["account.invoice.adjust"]._check_numbers_of(self, vals)
        return super().write(vals)

    @api.depends("invoice_line_id", "wizard_id.invoice_id")
    def _compute_left(self):
        for wizard, lines in self.grouped("wizard_id").items():
            left = wizard._get_left() if wizard.invoice_id else {}
            for line in lines:
                line_left = left.get(line.invoice_line_id)
                line.left_quantity = line_left.quantity if line_left else 0.0
                line.current_price = line_left.price_unit if line_left else 0.0
                line.adjusted_subtotal = (
                    line_left.original.excluded() - line_left.amounts.excluded()
                    if line_left
                    else 0.0
                )

    @api.depends("kind")
    def _compute_new_price(self):
        # The price as it is, to be lowered.
        for line in self:
            line.new_price = line.current_price

    @api.depends(
        "kind",
        "quantity",
        "new_price",
        "wizard_id.mode",
        "wizard_id.amount",
        "wizard_id.line_ids",
    )
    def _compute_amount(self):
        for wizard, lines in self.grouped("wizard_id").items():
            taken = {}
            if wizard.invoice_id:
                taken = {
                    line_adjustment.left.line: -line_adjustment.amounts.excluded()
                    for line_adjustment in wizard._get_line_adjustments()
                }
            for line in lines:
                line.amount = taken.get(line.invoice_line_id, 0.0)

    @api.depends("kind", "quantity", "new_price")
    def _compute_problem(self):
        for wizard, lines in self.grouped("wizard_id").items():
            left = wizard._get_left()
            for line in lines:
                line_left = left.get(line.invoice_line_id)
                line.problem = bool(line_left) and line._get_problem(line_left)

    # ------------------------------------------------------------------
    # The line adjustment
    # ------------------------------------------------------------------

    def _get_line_adjustments(self, line_left):
        """The line adjustment that this row comes to.

        :param line_left: the ``LineLeft`` of the invoice line
        :return: a list of one ``LineAdjustment``, empty if the row changes nothing
        """
        self.ensure_one()
        if self.kind == "return":
            if not self._has_quantity(self.quantity):
                return []
            takes_all = not self._has_quantity(line_left.quantity - self.quantity)
            quantity = line_left.quantity if takes_all else self.quantity
            return [
                LineAdjustment(line_left, -quantity, line_left.price_unit, takes_all=takes_all)
            ]
        line = self.invoice_line_id
        lowered = line_left.price_unit - self.new_price
        if abs(lowered) < 1e-9:
            return []
        line_adjustment = LineAdjustment(
            line_left,
            1.0,
            -lowered * (line_left.quantity or 1.0),
            is_price_correction=True,
            takes_all=abs(self.new_price) < 1e-9,
            name=line._get_correction_name(line_left.price_unit, self.new_price),
        )
        if line_adjustment.takes_all:
            line_adjustment.set_amounts(line_left.amounts)
            line_adjustment.price_unit = line._get_correcting_price(line_adjustment.amounts)
        return [line_adjustment]

    def _has_quantity(self, quantity):
        uom = self.invoice_line_id.product_uom_id
        return not uom.is_zero(quantity) if uom else abs(quantity) > 1e-6

    def _get_problem(self, line_left):
        """Why this row is refused: a sentence, or False."""
        self.ensure_one()
        values = {
            "line": self.name or self.product_id.display_name,
            "invoice": line_left.line.move_id.display_name,
        }
        if self.kind == "return":
            sign = -1 if line_left.line.quantity < 0 else 1
            if self.quantity * sign < 0:
                return self.env._(
                    "Enter a quantity from 0 to %(left)s for “%(line)s”.",
                    left=f"{line_left.quantity:g}",
                    **values,
                )
            over = abs(self.quantity) - abs(line_left.quantity)
            if over > 0 and self._has_quantity(over):
                return self.env._(
                    "Only %(left)s of “%(line)s” can still be returned.",
                    left=f"{line_left.quantity:g}",
                    quantity=f"{self.quantity:g}",
                    **values,
                )
            return False
        price = line_left.price_unit
        sign = -1 if price < 0 else 1
        if not 0 <= self.new_price * sign <= price * sign + 1e-9:
            return self.env._(
                "Enter a price from 0 to %(price)s for “%(line)s”. To charge more, create another "
                "invoice.",
                price=f"{price:g}",
                new_price=f"{self.new_price:g}",
                **values,
            )
        return False
