"""The line adjustments that the dialog's input comes to."""

import math

from odoo import models

from ..models.adjustment.account_move_adjustment_amounts import LineAdjustment
from ..models.adjustment.line_amounts import EXCLUDED, LineAmounts, spread, within


class AccountInvoiceAdjust(models.TransientModel):
    _inherit = "account.invoice.adjust"

    def _get_line_adjustments(self):
        """The line adjustments that the dialog's input comes to, with their amounts.

        :return: a list of ``LineAdjustment``, without invalid input: :meth:`_check_input` refuses
            that
        """
        self.ensure_one()
        left = self._get_left()
        if self.mode == "amount":
            return self._spread_amount(left)
        line_adjustments = []
        for line in self.line_ids:
            line_left = left.get(line.invoice_line_id)
            if line_left and not line._get_problem(line_left):
                line_adjustments += line._get_line_adjustments(line_left)
        self.invoice_id._compute_adjustment_amounts(line_adjustments)
        return [
            *line_adjustments,
            *self.invoice_id._get_rounding_adjustments(left, line_adjustments),
        ]

    def _spread_amount(self, left):
        """Spread the dialog's amount over the lines and their taxes, exactly.

        :return: a list of ``LineAdjustment``
        """
        everything = self._get_lines_to_lower(left)
        total = sum(line_left.amounts.total() for line_left in everything)
        compare = self.currency_id.compare_amounts
        if not math.isfinite(self.amount) or compare(self.amount, 0.0) <= 0:
            return []
        if compare(self.amount, total) > 0:
            return []
        parts = {
            key[:2]: sum(line_left.amounts[(*key[:2], "_currency")] for line_left in everything)
            for line_left in everything
            for key in line_left.amounts
            if key[0] != "base_amount"
        }
        shares = self._split_by_tax(parts, total)
        taken = [LineAmounts() for _line_left in everything]
        for key, share in shares.items():
            weights = [line_left.amounts[(*key, "_currency")] for line_left in everything]
            for amounts, part in zip(taken, spread(share, weights, self.currency_id), strict=True):
                amounts[(*key, "_currency")] = part
        return [
            self._get_price_adjustment(line_left, amounts)
            for line_left, amounts in zip(everything, taken, strict=True)
            if not self.currency_id.is_zero(amounts.total())
        ]

    def _get_lines_to_lower(self, left):
        """What is left of the lines in the dialog; if these are all lines, of the invoice's cash
        rounding too.

        :return: a list of ``LineLeft``
        """
        listed = self.line_ids.invoice_line_id
        something = [line_left for line_left in left.values() if not line_left.is_nothing]
        goods = [part for part in something if part.line.display_type == "product"]
        lowered = [part for part in goods if part.line in listed]
        return something if len(lowered) == len(goods) else lowered

    def _split_by_tax(self, parts, total):
        """Split the amount over the taxes, each its part to the nearest cent, and the price, which
        gets the rest.

        :param dict parts: what is left, ``{(name, tax id): amount}``
        :param float total: the sum of the parts
        """
        currency = self.currency_id
        shares = {key: currency.round(self.amount * part / total) for key, part in parts.items()}
        shares[EXCLUDED] += currency.round(self.amount - sum(shares.values()))
        if within(shares[EXCLUDED], parts[EXCLUDED]) != shares[EXCLUDED]:
            # The rounding differences of many taxes are more than what is left of the price.
            return dict(
                zip(parts, spread(self.amount, list(parts.values()), currency), strict=True)
            )
        return shares

    def _get_price_adjustment(self, line_left, amounts):
        """The ``LineAdjustment`` that lowers the price by these amounts.

        :param amounts: ``LineAmounts`` in the document's currency; the company's follows at the
            invoice's rate, or is all that is left
        """
        line_adjustment = LineAdjustment(line_left, 1.0, 0.0, is_price_correction=True)
        takes_all = self.currency_id.is_zero(line_left.amounts.total() - amounts.total())
        if takes_all:
            amounts = line_left.amounts
        else:
            rate = self.invoice_id.invoice_currency_rate or 1.0
            part = amounts.excluded() / (line_left.amounts.excluded() or 1.0)
            for tax in line_left.amounts.taxes():
                base = line_left.amounts[("base_amount", tax, "_currency")]
                amounts[("base_amount", tax, "_currency")] = self.currency_id.round(base * part)
            for key in list(amounts):
                amounts[(*key[:2], "")] = self.company_currency_id.round(amounts[key] / rate)
        line_adjustment.set_amounts(amounts)
        line_adjustment.price_unit = line_left.line._get_correcting_price(line_adjustment.amounts)
        line_adjustment.name = line_left.line._get_correction_name()
        return line_adjustment
