"""The tax side of a customer credit, which books what core's credit note books.

Core chooses the repartition lines of a tax (accounts, tax tags) by document type. A customer
credit is an invoice by type but books like a credit note, so its lines are on the refund side. The
side must be known before the taxes, and so before the total.
"""

from odoo import api, fields, models

#: The value of the context key ``customer_credit_tax_side`` while totals are computed that decide
#: the side. No context that comes in by RPC can hold this object.
TAX_SIDE_UNKNOWN = object()

#: More than the number of amounts (base and taxes) of any line. Generous, because counting would
#: read the taxes of every document, and a total so close to zero is rare.
ROUNDING_STEPS_PER_LINE = 25


class AccountMove(models.Model):
    _inherit = "account.move"

    is_on_credit_side = fields.Boolean(
        compute="_compute_is_on_credit_side",
        help="Whether the taxes of this customer invoice are booked as a credit note's.",
    )

    # ------------------------------------------------------------------
    # The side
    # ------------------------------------------------------------------

    @api.depends(
        "move_type",
        "currency_id",
        "company_id",
        "invoice_payment_term_id",
        "line_ids.price_total",
        "invoice_line_ids.price_total",
    )
    def _compute_is_on_credit_side(self):
        for move in self:
            move.is_on_credit_side = move.move_type == "out_invoice" and move._is_credit_total(
                move._get_expected_total()
            )

    def _get_expected_total(self):
        """The total that this customer invoice will have once its taxes are booked.

        It decides the side of the taxes, so it must be known before any journal item: it is the
        sum of the tax-included line totals. The taxes of the whole document are computed only if
        that sum is so close to zero that rounding per document, or an early-payment discount that
        lowers the tax, may change the sign. Cash rounding is left out: it can round a small credit
        to 0.00, never beyond, and such a document stays on the side of its lines, as core's credit
        note would.

        :return float: tax-included, signed, in the currency of the document
        """
        self.ensure_one()
        lines = self._get_product_lines()
        total = sum(lines.mapped("price_total"))
        if abs(total) > self._get_expected_total_slack(lines):
            return total
        move = self.with_context(customer_credit_tax_side=TAX_SIDE_UNKNOWN)
        base_lines = [
            move._prepare_product_base_line_for_taxes_computation(line) for line in lines
        ]
        base_lines += move._prepare_epd_base_lines_for_taxes_computation_from_base_lines(lines)
        AccountTax = self.env["account.tax"]
        AccountTax._add_tax_details_in_base_lines(base_lines, self.company_id)
        AccountTax._round_base_lines_tax_details(base_lines, self.company_id)
        total = 0.0
        for base_line in base_lines:
            details = base_line["tax_details"]
            total += details["total_excluded_currency"] + details["delta_total_excluded_currency"]
            total += sum(tax_data["tax_amount_currency"] for tax_data in details["taxes_data"])
        return total

    def _get_product_lines(self):
        # An unsaved form holds its lines in invoice_line_ids only, where core's taxes read them.
        lines = self.line_ids if self.id else self.invoice_line_ids
        return lines.filtered(lambda line: line.display_type == "product")

    def _get_expected_total_slack(self, lines):
        """How much the document's total can differ from the sum of its lines: a rounding step for
        each line and tax, plus all of the tax if an early payment may lower it.

        :return float: in the currency of the document, positive
        """
        currency = self.currency_id or self.company_id.currency_id
        slack = len(lines) * ROUNDING_STEPS_PER_LINE * currency.rounding
        if self.invoice_payment_term_id.early_discount:
            slack += sum(abs(line.price_total - line.price_subtotal) for line in lines)
        return slack

    # ------------------------------------------------------------------
    # The base lines that core flags by document type
    # ------------------------------------------------------------------

    def _on_credit_side(self, base_line):
        is_known = self.env.context.get("customer_credit_tax_side") is not TAX_SIDE_UNKNOWN
        if is_known and self.is_on_credit_side:
            base_line["is_refund"] = True
        return base_line

    def _prepare_epd_base_line_for_taxes_computation(self, epd_line):
        return self._on_credit_side(super()._prepare_epd_base_line_for_taxes_computation(epd_line))

    def _prepare_epd_base_lines_for_taxes_computation_from_base_lines(self, base_lines):
        base_lines = super()._prepare_epd_base_lines_for_taxes_computation_from_base_lines(
            base_lines
        )
        return [self._on_credit_side(base_line) for base_line in base_lines]

    def _prepare_cash_rounding_base_line_for_taxes_computation(self, cash_rounding_line):
        return self._on_credit_side(
            super()._prepare_cash_rounding_base_line_for_taxes_computation(cash_rounding_line)
        )

    def _prepare_non_deductible_base_line_for_taxes_computation(self, non_deductible_line):
        return self._on_credit_side(
            super()._prepare_non_deductible_base_line_for_taxes_computation(non_deductible_line)
        )

    @api.depends("is_on_credit_side", "company_id")
    def _compute_is_storno(self):
        result = super()._compute_is_storno()
        # Core never resets the storno flag; a draft credit that becomes an invoice must lose it.
        for move in self.filtered(lambda move: move.move_type == "out_invoice"):
            move.is_storno = move.company_id.account_storno and move.is_on_credit_side
        return result
