"""The amounts of an adjustment: computed by the tax engine, never more than what is left. The last
adjustment takes the remaining cents."""

from collections import defaultdict
from dataclasses import dataclass

from odoo import api, models

from .account_move_adjustment_left import LineLeft
from .line_amounts import EXCLUDED, SUFFIXES, LineAmounts


@dataclass
class LineAdjustment:
    """What an adjustment takes back of one invoice line; quantity, price and amounts are those of
    the adjustment's line: quantity times price is negative for what was sold."""

    left: LineLeft
    quantity: float
    price_unit: float
    is_price_correction: bool = False
    takes_all: bool = False
    amounts: LineAmounts = None
    name: str = ""

    def set_amounts(self, amounts):
        """Set the amounts, each cut to what is left of the line.

        :param amounts: ``LineAmounts`` in the direction of the invoice (positive: taken back)
        """
        left = self.left.amounts
        amounts = amounts.within(left)
        rest = LineAmounts(left)
        rest.add(amounts, -1)
        for name, tax, suffix in left:
            # No later adjustment could take a rest in the company's currency alone.
            if not suffix and self.left.line.currency_id.is_zero(rest[name, tax, "_currency"]):
                amounts[name, tax, suffix] = left[name, tax, suffix]
        self.amounts = amounts.mapped(lambda _key, amount: -amount)


class AccountMove(models.Model):
    _inherit = "account.move"

    def _compute_adjustment_amounts(self, line_adjustments):
        """Compute the missing amounts of line adjustments of this invoice.

        One that takes all that is left takes the remaining cents of each tax. The tax engine
        computes the others, as one document; each is cut to what is left.
        """
        self.ensure_one()
        AccountTax = self.env["account.tax"]
        for line_adjustment in line_adjustments:
            if line_adjustment.amounts is None and line_adjustment.takes_all:
                line_adjustment.set_amounts(line_adjustment.left.amounts)
        base_lines = [
            self._prepare_adjustment_base_line(line_adjustment)
            for line_adjustment in line_adjustments
        ]
        AccountTax._add_tax_details_in_base_lines(base_lines, self.company_id)
        AccountTax._round_base_lines_tax_details(base_lines, self.company_id)
        for line_adjustment, base_line in zip(line_adjustments, base_lines, strict=True):
            if line_adjustment.amounts is None:
                currencies = self._get_amount_currencies()
                amounts = self._get_engine_amounts(base_line)
                if line_adjustment.left.paid_part != 1.0:
                    amounts = line_adjustment.left.as_paid(amounts, currencies)
                for (name, tax, suffix), left in line_adjustment.left.amounts.items():
                    if name == "early_tax":
                        tax_key = ("tax_amount", tax, suffix)
                        part = amounts[tax_key] / (line_adjustment.left.amounts[tax_key] or 1.0)
                        amounts[(name, tax, suffix)] = currencies[suffix].round(left * part)
                line_adjustment.set_amounts(amounts)

    @api.model
    def _get_engine_amounts(self, base_line):
        """The ``LineAmounts`` that the tax engine computed, in the invoice's direction."""
        details = base_line["tax_details"]
        amounts = LineAmounts()
        for suffix in SUFFIXES:
            amounts[(*EXCLUDED, suffix)] = -(
                details[f"total_excluded{suffix}"] + details[f"delta_total_excluded{suffix}"]
            )
            for tax_data in details["taxes_data"]:
                if not tax_data["is_reverse_charge"]:
                    for name in ("base_amount", "tax_amount"):
                        key = (name, tax_data["tax"].id, suffix)
                        amounts[key] -= tax_data[f"{name}{suffix}"]
        return amounts

    def _prepare_adjustment_base_line(self, line_adjustment):
        line = line_adjustment.left.line
        values = {
            "price_unit": line_adjustment.price_unit / (line_adjustment.left.paid_part or 1.0),
            "quantity": line_adjustment.quantity,
            "rate": self.invoice_currency_rate,
            "is_refund": True,
            "extra_tax_data": {},
        }
        if line_adjustment.amounts is not None:
            values["price_unit"] = line_adjustment.price_unit
            values["extra_tax_data"] = self._prepare_adjustment_tax_data(line_adjustment)
        elif line_adjustment.is_price_correction:
            # A tax per unit does not depend on the price, and no unit comes back.
            values["filter_tax_function"] = lambda tax: tax.amount_type != "fixed"
        return self.env["account.tax"]._prepare_base_line_for_taxes_computation(line, **values)

    def _prepare_adjustment_tax_data(self, line_adjustment):
        return line_adjustment.left.line._prepare_exact_tax_data(
            line_adjustment.amounts,
            line_adjustment.quantity,
            line_adjustment.price_unit,
            self.invoice_currency_rate,
        )

    # ------------------------------------------------------------------
    # Rounding differences of the whole document
    # ------------------------------------------------------------------

    def _fit_early_taxes(self, line_adjustments):
        """Set the taxes of this draft to the sums of its line adjustments.

        Payment terms that lower the tax are computed for the document as a whole, so the rounding
        may differ from what the dialog showed.

        :param line_adjustments: the ``LineAdjustment`` this draft was made from
        """
        amounts = LineAmounts()
        for line_adjustment in line_adjustments:
            amounts.add(line_adjustment.amounts)
        if not any(name == "early_tax" for name, _tax, _suffix in amounts):
            return
        amounts = amounts.combined()
        for tax, lines in self._get_tax_lines().grouped("tax_line_id").items():
            self._add_to_tax_line(
                lines[:1],
                -amounts[("tax_amount", tax.id, "_currency")]
                - sum(lines.mapped("amount_currency")),
                -amounts[("tax_amount", tax.id, "")] - sum(lines.mapped("balance")),
                self.currency_id.rounding * (1 + len(self.invoice_line_ids)),
            )

    def _get_tax_lines(self):
        return self.line_ids.filtered("tax_repartition_line_id")

    def _add_to_tax_line(self, line, amount, balance, limit):
        """Add a rounding difference of at most ``limit`` to a tax line, as a user may by hand."""
        is_rounding = self.currency_id.compare_amounts(abs(amount), limit) <= 0
        is_nothing = self.currency_id.is_zero(amount) and line.company_currency_id.is_zero(balance)
        if is_rounding and not is_nothing:
            line.write(
                {
                    "amount_currency": line.amount_currency + amount,
                    "balance": line.balance + balance,
                }
            )

    def _take_remaining_taxes(self, documents):
        """Add what remains of each tax to this adjustment if it leaves nothing of its invoice.

        The lines leave no cents. Computations for the whole document may: taxes of an
        early-payment discount, a tax split over accounts, a rounding in the biggest tax.

        :param documents: the other adjustments and credit notes of the invoice
        """
        self.ensure_one()
        invoice = self.reversed_entry_id
        everything = invoice + documents + self
        same_rate = len(set(everything.mapped("invoice_currency_rate"))) == 1
        lowered_later = (
            invoice._get_early_discount_taken() and not invoice._lowers_tax_on_invoice()
        )
        if lowered_later or not same_rate:
            return
        left = invoice._get_left_to_adjust(documents + self)
        if not all(line_left.is_nothing for line_left in left.values()):
            return
        remaining = defaultdict(lambda: [0.0, 0.0])
        for tax_line in everything._get_tax_lines():
            key = self._get_tax_line_key(tax_line)
            remaining[key][0] += tax_line.amount_currency
            remaining[key][1] += tax_line.balance
        limit = self.currency_id.rounding * len(everything.invoice_line_ids)
        limit += invoice.invoice_cash_rounding_id.rounding
        for tax_line in self._get_tax_lines():
            amount, balance = remaining.pop(self._get_tax_line_key(tax_line), (0.0, 0.0))
            self._add_to_tax_line(tax_line, -amount, -balance, limit)

    def _take_remaining_cents(self, left):
        """Give edited lines that take the rest of their invoice line the rest of each tax, since
        what Odoo computes may be off by cents. Unedited lines keep what the dialog showed."""
        self.ensure_one()
        currencies = self._get_amount_currencies()
        sign = self.direction_sign
        lines = self.invoice_line_ids.grouped("adjusted_line_id")
        for adjusted, (amounts, _quantity) in self._get_taken().items():
            line_left = left.get(adjusted)
            # two lines for one invoice line keep computed amounts, and are checked together
            if not line_left or len(lines[adjusted]) > 1 or lines[adjusted]._is_as_proposed():
                continue
            rest, taken = line_left.amounts.combined(), amounts.combined().rounded(currencies)
            target = rest if lines[adjusted]._takes_rest_of(line_left) else taken
            target = target.within(rest).rounded(currencies)
            step = self.currency_id.rounding * (1 + len(adjusted.tax_ids))
            # a difference of more than cents is no rounding: it is refused later, not cut
            if target != taken and abs(target.total() - taken.total()) <= step:
                for (name, tax, suffix), amount in amounts.items():
                    if name == "early_tax":  # the payment terms deduct it
                        target[("tax_amount", tax, suffix)] -= amount
                lines[adjusted]._write_exact_amounts(
                    target.mapped(lambda _key, amount: amount * sign)
                )

    @api.model
    def _get_tax_line_key(self, tax_line):
        """A key that a tax line of the invoice shares with the tax line that takes it back."""
        repartition = tax_line.tax_repartition_line_id
        tax = repartition.tax_id
        side = tax[f"{repartition.document_type}_repartition_line_ids"]
        return tax, side.ids.index(repartition.id)
