"""What is left of an invoice to adjust, line by line.

From what a line charges is taken: every adjustment of it (drafts too, cancelled ones not), core's
credit notes of the invoice, and an early-payment discount that the customer took.

Core's credit notes do not say which line they take back. A line of theirs is counted on the
invoice line of the same product, account and taxes, the one of the same name first; what finds no
such line is an amount, spread over all lines in proportion to what is left of them.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from odoo import models
from odoo.fields import Domain

from .adjustment_amounts import EXCLUDED, SUFFIXES, LineAmounts, spread


@dataclass
class LineLeft:
    """What is left of an invoice line, in the direction of the invoice: positive is charged."""

    line: models.Model
    quantity: float
    amounts: LineAmounts
    original: LineAmounts = field(default_factory=LineAmounts)
    #: What is left of the price after an early payment, where the tax had been lowered before.
    paid_part: float = 1.0

    def take(self, amounts, quantity=0.0):
        """Count what a document takes back; both are negative for what was sold."""
        self.amounts.add(amounts)
        self.quantity += quantity

    def take_early_payment(self, discount):
        """Count the discount of an early payment on a line whose tax the terms had lowered by it
        on the invoice: the lowered tax is now that of the lowered price."""
        charged = self.amounts.excluded()
        self.amounts = self.amounts.combined()
        self.amounts.add(discount)
        self.paid_part = self.amounts.excluded() / charged if charged else 1.0
        for key in self.amounts:
            if key[0] == "base_amount":
                self.amounts[key] *= self.paid_part

    def as_paid(self, amounts, currencies):
        """What the tax engine computed for a part of this line as it was invoiced, after the
        discount of an early payment: the tax is what it would be had nobody paid yet.

        :param currencies: ``{suffix: currency}``
        """
        result = LineAmounts()
        for (name, tax, suffix), amount in amounts.items():
            if name == "tax_amount":
                invoiced = self.original.get((name, tax, suffix))
                part = amount / invoiced if invoiced else 0.0
                early = self.original.get(("early_tax", tax, suffix), 0.0) * part
                amount += currencies[suffix].round(early)
            else:
                amount *= self.paid_part
            result[name, tax, suffix] = amount
        return result.rounded(currencies)

    def settle(self, currencies):
        """Cut off what was taken back beyond the line: it is nothing that is left."""
        self.amounts = self.amounts.rounded(currencies).within(self.original)
        uom = self.line.product_uom_id
        over = self.quantity * self.line.quantity <= 0
        if over or (uom and uom.is_zero(self.quantity)):
            self.quantity = 0.0

    @property
    def price_unit(self):
        """The price of what is left, per unit; of all of it where no quantity is left."""
        line, currency = self.line, self.line.currency_id
        if not line.quantity:
            return line.price_unit
        charged = self.original.excluded() * self.quantity / line.quantity
        if self.quantity and abs(charged - self.amounts.excluded()) <= currency.rounding:
            return line.price_unit
        if not self.original.excluded():
            return line.price_unit if self.quantity else 0.0
        part = self.amounts.excluded() / self.original.excluded()
        return line.price_unit * part * line.quantity / (self.quantity or 1.0)

    @property
    def is_nothing(self):
        currency = self.line.currency_id
        return not self.quantity and currency.is_zero(self.amounts.total())


class AccountMove(models.Model):
    _inherit = "account.move"

    def _get_left_to_adjust(self, documents=None):
        """What is left of each line of these invoices.

        :param documents: the documents to count; by default all that take these invoices back
        :return: ``{invoice line: LineLeft}`` for product and cash rounding lines
        """
        if documents is None:
            documents = self._get_taking_back()
        by_invoice = documents.grouped("reversed_entry_id")
        result = {}
        for invoice in self:
            left = {
                line: LineLeft(line, line._get_sold_quantity(), LineAmounts(amounts), amounts)
                for line, amounts in invoice._get_line_amounts().items()
            }
            invoice._take_early_discount(left)
            invoice._take_documents(left, by_invoice.get(invoice, self.browse()))
            for line_left in left.values():
                line_left.settle(invoice._get_amount_currencies())
            result.update(left)
        return result

    def _get_taking_back(self):
        """The adjustments and core's credit notes of these invoices, but for cancelled ones and
        for those that were taken back themselves, by a reversal."""
        # sudo: what is left of an invoice does not depend on who may see its credits; only sums
        # of them leave this module.
        documents = self.sudo().search(
            Domain("reversed_entry_id", "in", self.ids)
            & Domain("move_type", "in", ("out_invoice", "out_refund"))
            & Domain("state", "!=", "cancel"),
            order="id",
        )
        return (documents - documents._get_reversed_whole()).sudo(self.env.su)

    def _get_amount_currencies(self):
        return dict(zip(SUFFIXES, (self.currency_id, self.company_currency_id), strict=True))

    def _get_line_amounts(self):
        """What the lines of this document book, taxes as they were rounded or typed over.

        :return: ``{line: LineAmounts}`` in the direction of an invoice: a credit's are negative
        """
        self.ensure_one()
        # sudo: as in _get_taking_back, whoever may ask what is left; the sums leave, no line does.
        base_lines, tax_lines = self.sudo()._get_rounded_base_and_tax_lines(
            round_from_tax_lines=False
        )
        # Taxes are what the tax lines say, but for one that only rounds the total.
        self.env["account.tax"]._round_tax_details_tax_amounts_from_tax_lines(
            base_lines,
            self.company_id,
            [line for line in tax_lines if line["record"].display_type != "rounding"],
        )
        result = {}
        for base_line in base_lines:
            line = base_line["record"]
            if not isinstance(line, models.Model) or line.display_type not in (
                "product",
                "rounding",
            ):
                continue
            amounts = LineAmounts(
                {
                    (*EXCLUDED, "_currency"): -line.amount_currency,
                    (*EXCLUDED, ""): -line.balance,
                }
            )
            for tax_data in base_line["tax_details"]["taxes_data"]:
                if tax_data["is_reverse_charge"]:
                    continue  # the other half of a tax that is there already
                for name in ("base_amount", "tax_amount"):
                    for suffix in SUFFIXES:
                        key = (name, tax_data["tax"].id, suffix)
                        amounts[key] -= self.direction_sign * tax_data[f"{name}{suffix}"]
            result[line.sudo(self.env.su)] = amounts
        self._add_early_taxes(result, base_lines)
        for line in self.line_ids.filtered(lambda line: line._is_tax_rounding()):
            result[line] = LineAmounts(
                {
                    ("tax_amount", line.tax_line_id.id, "_currency"): -line.amount_currency,
                    ("tax_amount", line.tax_line_id.id, ""): -line.balance,
                }
            )
        currencies = self._get_amount_currencies()
        result = {line: amounts.rounded(currencies) for line, amounts in result.items()}
        return self._get_proposed_amounts(result) or result

    def _get_proposed_amounts(self, booked):
        """The exact amounts that the lines of an adjustment were made with, where they make up
        what it books: a tax that is booked in one item for several lines does not say how many
        cents of it are whose.

        :param booked: ``{line: LineAmounts}`` with the taxes shared out by Odoo
        :return: the same lines with their own amounts; False where somebody edited one
        """
        proposed = {}
        for line in booked:
            amounts = line._is_as_proposed() and line._get_proposed_amounts()
            if not amounts:
                return False
            proposed[line] = amounts
        currencies = self._get_amount_currencies()
        difference = LineAmounts()
        for line, amounts in proposed.items():
            difference.add(booked[line].combined())
            difference.add(amounts.combined(), -1)
        if any(
            name != "base_amount" and not currencies[suffix].is_zero(amount)
            for (name, _tax, suffix), amount in difference.items()
        ):
            return False
        return proposed

    def _add_early_taxes(self, result, base_lines):
        """Add to each line its part of what payment terms take off the taxes of the document: the
        tax on the "mixed" terms' early-payment lines."""
        early = LineAmounts()
        for base_line in base_lines:
            if base_line["special_type"] == "early_payment":
                for tax_data in base_line["tax_details"]["taxes_data"]:
                    for suffix in SUFFIXES:
                        key = ("early_tax", tax_data["tax"].id, suffix)
                        early[key] -= self.direction_sign * tax_data[f"tax_amount{suffix}"]
        currencies = self._get_amount_currencies()
        for (name, tax, suffix), amount in early.items():
            weights = [amounts[("tax_amount", tax, suffix)] for amounts in result.values()]
            shares = spread(amount, weights, currencies[suffix])
            for amounts, share in zip(result.values(), shares, strict=True):
                if share:
                    amounts[(name, tax, suffix)] = share

    # ------------------------------------------------------------------
    # Documents
    # ------------------------------------------------------------------

    def _take_documents(self, left, documents):
        """Count the documents that take this invoice back: the lines that say what they adjust,
        then those that do not."""
        unlinked = []
        for document in documents:
            for line, amounts in document._get_line_amounts().items():
                amounts = self._at_own_rate(document, amounts)
                target = left.get(line.adjusted_line_id)
                quantity = line.quantity * -document.direction_sign
                if target:
                    target.take(amounts, 0.0 if line.is_price_correction else quantity)
                else:
                    unlinked.append((line, amounts, quantity))
        rest = LineAmounts()
        for line, amounts, quantity in unlinked:
            rest.add(self._take_unlinked(left, line, amounts, quantity))
        self._take_in_proportion(left, rest.total())

    def _at_own_rate(self, document, amounts):
        """The amounts as they would be booked at this invoice's rate."""
        rate = self.invoice_currency_rate
        if not rate or document.invoice_currency_rate == rate:
            return amounts
        return LineAmounts(
            {
                key: amounts[(*key[:2], "_currency")] / rate if key[2] == "" else amount
                for key, amount in amounts.items()
            }
        )

    def _take_unlinked(self, left, line, amounts, quantity):
        """Count a line that does not name the one it takes back on the lines it resembles.

        :return: ``LineAmounts`` that found no line
        """
        rest = LineAmounts(amounts)
        measure = LineAmounts.total if line._is_tax_rounding() else LineAmounts.excluded
        likely = [
            candidate
            for candidate in left.values()
            if candidate.line._get_adjusting_key() == line._get_adjusting_key()
        ]
        # the same name first, then the same price: a copy is the line it was copied from
        likely.sort(
            key=lambda candidate: (
                candidate.line.name != line.name,
                candidate.line.price_unit != line.price_unit,
            )
        )
        for candidate in likely:
            open_part = candidate.amounts.mapped(lambda _key, amount: -amount)
            if measure(open_part) * measure(rest) <= 0:
                continue  # nothing left of it, or it goes the other way
            part = min(1.0, measure(open_part) / measure(rest))
            taken = rest.mapped(lambda _key, amount, part=part: amount * part)
            # goods came back if they did at the price they were sold at
            same_price = line.price_unit == candidate.line.price_unit
            candidate.take(taken, quantity * part if same_price else 0.0)
            rest.add(taken, -1)
            quantity *= 1 - part
        return rest

    def _take_in_proportion(self, left, total):
        """Count a tax-included amount (negative: taken back) that belongs to no line."""
        everything = sum(line_left.amounts.total() for line_left in left.values())
        if self.currency_id.is_zero(total) or self.currency_id.is_zero(everything):
            return
        part = max(-1.0, total / everything)
        for line_left in left.values():
            line_left.take(line_left.amounts.mapped(lambda _key, amount: amount * part))

    # ------------------------------------------------------------------
    # Early payment
    # ------------------------------------------------------------------

    def _get_early_discount_taken(self):
        """The early-payment discount that the customer took on this invoice.

        :return float: in the currency of the invoice, positive; 0.0 if none was taken
        """
        self.ensure_one()
        account = self.company_id.account_journal_early_pay_discount_loss_account_id
        taken = 0.0
        for term in self.line_ids.filtered("discount_date"):
            payments = term.matched_credit_ids.credit_move_id.move_id
            if account in payments.line_ids.account_id:
                taken += term.amount_currency - term.discount_amount_currency
        return self.currency_id.round(taken)

    def _take_early_discount(self, left):
        """Take the discount from every line: from its taxes too, where they were lowered when
        the customer paid. Terms that lower them on the invoice have done so: what is left of the
        tax is that of the discounted price, and no adjustment lowers it again."""
        taken = self._get_early_discount_taken()
        if self.currency_id.is_zero(taken):
            return
        lowers_tax = self.invoice_payment_term_id.early_pay_discount_computation == "included"
        keys = [
            (line, key)
            for line, line_left in left.items()
            for key in sorted(line_left.original, key=str)
            if key[2] == "_currency"
            and (key[0] == "total_excluded" or (lowers_tax and key[0] == "tax_amount"))
        ]
        weights = [left[line].original[key] for line, key in keys]
        rate = self.invoice_currency_rate or 1.0
        shares = spread(taken, weights, self.currency_id)
        amounts = defaultdict(LineAmounts)
        for (line, key), share in zip(keys, shares, strict=True):
            amounts[line][key] -= share
            amounts[line][(*key[:2], "")] -= share / rate
        for line, line_amounts in amounts.items():
            if self._lowers_tax_on_invoice():
                left[line].take_early_payment(line_amounts)
            else:
                left[line].take(line_amounts)

    def _lowers_tax_on_invoice(self):
        """Whether the terms lower the tax of this invoice by the discount for paying early,
        whenever it is paid: Odoo's "mixed" computation."""
        self.ensure_one()
        term = self.invoice_payment_term_id
        return term.early_discount and term.early_pay_discount_computation == "mixed"
