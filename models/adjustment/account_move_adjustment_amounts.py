"""The amounts of an adjustment: the tax engine's, never beyond what is left, and the last one
takes the remaining cents."""

from collections import defaultdict
from dataclasses import dataclass

from odoo import api, models

from .account_move_adjustment_left import LineLeft
from .adjustment_amounts import EXCLUDED, SUFFIXES, LineAmounts


@dataclass
class AdjustmentPiece:
    """What an adjustment takes back of one invoice line; quantity, price and amounts are those of
    the adjustment's line, so quantity times price is negative for what was sold."""

    left: LineLeft
    quantity: float
    price_unit: float
    is_price_correction: bool = False
    takes_all: bool = False
    amounts: LineAmounts = None
    name: str = ""

    def set_amounts(self, amounts):
        """Take these amounts, none beyond what is left of the line.

        :param amounts: ``LineAmounts`` in the direction of the invoice (positive: taken back)
        """
        left = self.left.amounts
        amounts = amounts.within(left)
        rest = LineAmounts(left)
        rest.add(amounts, -1)
        for name, tax, suffix in left:
            # No later adjustment takes what is left in the company's currency alone.
            if not suffix and self.left.line.currency_id.is_zero(rest[name, tax, "_currency"]):
                amounts[name, tax, suffix] = left[name, tax, suffix]
        self.amounts = amounts.mapped(lambda _key, amount: -amount)


class AccountMove(models.Model):
    _inherit = "account.move"

    def _compute_piece_amounts(self, pieces):
        """Fill in the amounts of pieces of this invoice that have none yet.

        A piece that takes all that is left takes the remaining cents of each tax. The others are
        computed by the tax engine, as one document, and cut to what is left.
        """
        self.ensure_one()
        AccountTax = self.env["account.tax"]
        for piece in pieces:
            if piece.amounts is None and piece.takes_all:
                piece.set_amounts(piece.left.amounts)
        base_lines = [self._prepare_piece_base_line(piece) for piece in pieces]
        AccountTax._add_tax_details_in_base_lines(base_lines, self.company_id)
        AccountTax._round_base_lines_tax_details(base_lines, self.company_id)
        for piece, base_line in zip(pieces, base_lines, strict=True):
            if piece.amounts is None:
                currencies = self._get_amount_currencies()
                amounts = self._get_engine_amounts(base_line)
                if piece.left.paid_part != 1.0:
                    amounts = piece.left.as_paid(amounts, currencies)
                for (name, tax, suffix), left in piece.left.amounts.items():
                    if name == "early_tax":
                        tax_key = ("tax_amount", tax, suffix)
                        part = amounts[tax_key] / (piece.left.amounts[tax_key] or 1.0)
                        amounts[(name, tax, suffix)] = currencies[suffix].round(left * part)
                piece.set_amounts(amounts)

    @api.model
    def _get_engine_amounts(self, base_line):
        """What the tax engine computed for a piece, in the invoice's direction."""
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

    def _prepare_piece_base_line(self, piece):
        line = piece.left.line
        values = {
            "price_unit": piece.price_unit / (piece.left.paid_part or 1.0),
            "quantity": piece.quantity,
            "rate": self.invoice_currency_rate,
            "is_refund": True,
            "extra_tax_data": {},
        }
        if piece.amounts is not None:
            values["price_unit"] = piece.price_unit
            values["extra_tax_data"] = self._prepare_piece_tax_data(piece)
        elif piece.is_price_correction:
            # A tax per unit does not follow the price; all other units stay sold.
            values["filter_tax_function"] = lambda tax: tax.amount_type != "fixed"
        return self.env["account.tax"]._prepare_base_line_for_taxes_computation(line, **values)

    def _prepare_piece_tax_data(self, piece):
        return piece.left.line._prepare_exact_tax_data(
            piece.amounts, piece.quantity, piece.price_unit, self.invoice_currency_rate
        )

    # ------------------------------------------------------------------
    # The document's own cents
    # ------------------------------------------------------------------

    def _fit_early_taxes(self, pieces):
        """Payment terms that lower the tax are applied to the document as a whole, rounded anew.
        Put the taxes at what the pieces come to, so that the document is what was promised.

        :param pieces: the ``AdjustmentPiece`` this draft was made from
        """
        amounts = LineAmounts()
        for piece in pieces:
            amounts.add(piece.amounts)
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
        """Change a tax line as a user may by hand, by a rounding: at most ``limit``."""
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
        """Let the adjustment that leaves nothing of its invoice take what remains of each tax.

        The lines' own amounts leave no cent of theirs; what may remain is made by the document as
        a whole: taxes of an early-payment discount, a tax split over accounts, a rounding in the
        biggest tax. It is put on the tax line, as a user may by hand.

        :param documents: what else takes the invoice back
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

    @api.model
    def _get_tax_line_key(self, tax_line):
        """The same for the tax line of an invoice and the one that takes it back."""
        repartition = tax_line.tax_repartition_line_id
        tax = repartition.tax_id
        side = tax[f"{repartition.document_type}_repartition_line_ids"]
        return tax, side.ids.index(repartition.id)
