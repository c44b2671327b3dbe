from odoo import api, models

#: The value of the context key; no context from outside can hold it.
WITHOUT_CORRECTIONS = object()


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _get_price_corrections(self):
        """The lines of adjustments that lower a price of these order lines: no goods come back."""
        self.ensure_one()
        return self._get_invoice_lines().filtered("is_price_correction")

    def _prepare_qty_invoiced(self):
        quantities = super()._prepare_qty_invoiced()
        for line in self:
            for correction in line._get_price_corrections():
                if correction.move_id.state != "cancel":
                    quantities[line] -= line._get_miscounted_quantity(correction)
        return quantities

    @api.depends("invoice_lines.is_price_correction")
    def _compute_qty_invoiced_posted(self):
        result = super()._compute_qty_invoiced_posted()
        for line in self:
            corrections = line._get_price_corrections().filtered(
                lambda correction: correction.move_id.state == "posted"
            )
            if corrections:
                line.qty_invoiced_posted -= sum(map(line._get_miscounted_quantity, corrections))
        return result

    def _get_miscounted_quantity(self, correction):
        """What core counts for a line without goods, and should not.

        A price that was lowered, or that is charged again by a reversal, is no quantity. But where
        the order's own line is below zero (a reward) the credit invoiced it, and the reversal
        takes that back.

        :return float: signed, in this line's unit of measure
        """
        self.ensure_one()
        counted = self._get_invoiced_quantity(correction)
        takes_back = (
            self.price_unit < 0
            and not correction.move_id.is_customer_credit
            and correction.move_id.reversed_entry_id.is_customer_credit
        )
        return 2 * counted if takes_back else counted

    def _get_downpayment_description(self):
        lines = self.with_context(customer_credit_without_corrections=WITHOUT_CORRECTIONS)
        return super(SaleOrderLine, lines)._get_downpayment_description()

    def _get_invoice_lines(self):
        lines = super()._get_invoice_lines()
        if self.env.context.get("customer_credit_without_corrections") is WITHOUT_CORRECTIONS:
            # What names the one invoice of a down payment: a credit that lowered it is not it.
            lines = lines.filtered(lambda line: not line.move_id.is_customer_credit)
        return lines

    def _get_invoiced_quantity(self, invoice_line):
        """What core counts for this line of a customer invoice or credit note, signed."""
        self.ensure_one()
        quantity = invoice_line.product_uom_id._compute_quantity(
            invoice_line.quantity, self.product_uom_id
        )
        return quantity * -invoice_line.move_id.direction_sign

    def _get_downpayment_line_price_unit(self, invoices):
        price_unit = super()._get_downpayment_line_price_unit(invoices)
        # Core tells a down payment that was given back by the type of the document; on a customer
        # credit it is the quantity that is negative.
        returned = self.invoice_lines.filtered(
            lambda line: (
                line.move_id.is_customer_credit
                and line.move_id.state == "posted"
                and line.move_id not in invoices
                and line.quantity < 0
            )
        )
        return price_unit - sum(line.price_unit * (1 - line.quantity) for line in returned)
