from odoo import api, models

#: The value of the context key. No context from a client can hold this object, so no client can
#: have a quantity stored that leaves credits out.
WITHOUT_CORRECTIONS = object()


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _get_price_corrections(self):
        """The lines of adjustments that only lower a price of these order lines."""
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
        """The quantity that core wrongly counts for a price correction.

        A lowered price, or one that a reversal charges again, is no quantity. But if the order's
        own line is negative (a reward), the credit invoiced it, and the reversal takes that back.

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
            # For the name of a down payment's invoice: a credit that lowered it does not count.
            lines = lines.filtered(lambda line: not line.move_id.is_customer_credit)
        return lines

    def _get_invoiced_quantity(self, invoice_line):
        """The signed quantity that core counts for this line of an invoice or credit note."""
        self.ensure_one()
        quantity = invoice_line.product_uom_id._compute_quantity(
            invoice_line.quantity, self.product_uom_id
        )
        return quantity * -invoice_line.move_id.direction_sign

    def _get_downpayment_line_price_unit(self, invoices):
        price_unit = super()._get_downpayment_line_price_unit(invoices)
        # Core detects a credited down payment by the type of the document; on a customer credit
        # its quantity is negative instead.
        returned = self.invoice_lines.filtered(
            lambda line: (
                line.move_id.is_customer_credit
                and line.move_id.state == "posted"
                and line.move_id not in invoices
                and line.quantity < 0
            )
        )
        return price_unit - sum(line.price_unit * (1 - line.quantity) for line in returned)
