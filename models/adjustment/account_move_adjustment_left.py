"""What is left of an invoice to adjust, line by line.

That is what a line charges less all its adjustments (drafts too, cancelled ones not), core's
credit notes of the invoice, and an early-payment discount that the customer took.

Core's credit notes do not say which line they take back. Each of their lines counts on the invoice
line with the same product, account and taxes, and first on that with the same name. If there is
none, its amount is spread over all lines in proportion to what is left of them.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from odoo import models
from odoo.fields import Domain

from .line_amounts import EXCLUDED, SUFFIXES, LineAmounts, spread


@dataclass
class LineLeft:
    """What is left of an invoice line, in the direction of the invoice: positive for charges."""

    line: models.Model
    quantity: float
    amounts: LineAmounts
    original: LineAmounts = field(default_factory=LineAmounts)
    #: The share of the price left after an early payment, if the invoice had lowered the tax.
    paid_part: float = 1.0

    def take(self, amounts, quantity=0.0):
        """Deduct what a document takes back.

        :param amounts: ``LineAmounts``, negative for what was sold
        :param float quantity: negative for what was sold
        """
        self.amounts.add(amounts)
        self.quantity += quantity

    def take_early_payment(self, discount):
        """Deduct the discount of an early payment whose terms lowered the tax on the invoice. The
        lowered tax is now that of the lowered price.

        :param discount: ``LineAmounts``, negative for what was sold
        """
        charged = self.amounts.excluded()
        self.amounts = self.amounts.combined()
        self.amounts.add(discount)
        self.paid_part = self.amounts.excluded() / charged if charged else 1.0
        for key in self.amounts:
            if key[0] == "base_amount":
                self.amounts[key] *= self.paid_part

    def as_paid(self, amounts, currencies):
        """Convert amounts of a part of this line into those after an early payment: the price is
        lowered by the discount, the tax is the one lowered on the invoice.

        :param amounts: ``LineAmounts`` that the tax engine computed at the invoiced price
        :param dict currencies: ``{suffix: currency}``
        :return: ``LineAmounts``, rounded
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
        """Round what is left, and set it to zero where more was taken back than the line charged.

        :param dict currencies: ``{suffix: currency}``
        """
        self.amounts = self.amounts.rounded(currencies).within(self.original)
        uom = self.line.product_uom_id
        over = self.quantity * self.line.quantity <= 0
        if over or (uom and uom.is_zero(self.quantity)):
            self.quantity = 0.0

    @property
    def price_unit(self):
        """The unit price of what is left; if no quantity is left, the price of all of it. In the
        currency and tax mode of the line's price."""
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
        """Whether neither quantity nor amount is left."""
        currency = self.line.currency_id
        return not self.quantity and currency.is_zero(self.amounts.total())


class AccountMove(models.Model):
    _inherit = "account.move"

    def _get_left_to_adjust(self, documents=None):
        """What is left of each line of these invoices.

        :param documents: the adjustments and credit notes to deduct; by default all of them
        :return: ``{invoice line: LineLeft}`` for product and cash rounding lines; amounts are
            positive for what was charged
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
        """The adjustments and core's credit notes of these invoices, except cancelled ones and
        those that were reversed."""
        # sudo: what is left of an invoice does not depend on which credits the user may see; only
        # sums of them leave this module.
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
        """The amounts booked by the lines of this document, with taxes as rounded or edited.

        :return: ``{line: LineAmounts}``, positive for charges, negative for those of a credit
        """
        self.ensure_one()
        # sudo: as in _get_taking_back, whatever the user may see; only the sums leave this module.
        base_lines, tax_lines = self.sudo()._get_rounded_base_and_tax_lines(
            round_from_tax_lines=False
        )
        # Taxes are those of the tax lines, except a line that only rounds the total.
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
        """The exact amounts that the adjustment was created with, if its lines still sum to what
        it books: a tax item of several lines does not tell the cents of each.

        :param dict booked: ``{line: LineAmounts}`` with the taxes distributed by Odoo
        :return: the same with the lines' exact amounts; False if a line was edited
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
        """Add to each line its share of the tax reduction of "mixed" payment terms: the tax on
        their early-payment lines."""
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
        """Deduct the documents that take this invoice back: first the lines that refer to an
        invoice line, then the others."""
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
        """The amounts of a document, converted at this invoice's rate."""
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
        """Deduct a line that refers to no invoice line from the lines that it resembles.

        :return: ``LineAmounts`` that no line resembles
        """
        rest = LineAmounts(amounts)
        measure = LineAmounts.total if line._is_tax_rounding() else LineAmounts.excluded
        likely = [
            candidate
            for candidate in left.values()
            if candidate.line._get_adjusting_key() == line._get_adjusting_key()
        ]
        # the same name first, then the same price, as on a copied line
        likely.sort(
            key=lambda candidate: (
                candidate.line.name != line.name,
                candidate.line.price_unit != line.price_unit,
            )
        )
        for candidate in likely:
            open_part = candidate.amounts.mapped(lambda _key, amount: -amount)
            if measure(open_part) * measure(rest) <= 0:
                continue  # nothing is left of it, or it has the other sign
            part = min(1.0, measure(open_part) / measure(rest))
            taken = rest.mapped(lambda _key, amount, part=part: amount * part)
            # at the price of the sale goods came back; at another one the price was lowered
            same_price = line.price_unit == candidate.line.price_unit
            candidate.take(taken, quantity * part if same_price else 0.0)
            rest.add(taken, -1)
            quantity *= 1 - part
        return rest

    def _take_in_proportion(self, left, total):
        """Deduct a tax-included amount (negative: taken back) from all lines in proportion."""
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

        :return float: in the currency of the invoice, positive; 0.0 if none
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
        """Deduct the discount from every line, and from its taxes if these were lowered by the
        payment. Terms that lower the tax on the invoice already did: no adjustment lowers it
        again."""
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
        """Whether the payment terms lower the tax on the invoice, whenever it is paid: core's
        "mixed" computation of early discounts."""
        self.ensure_one()
        term = self.invoice_payment_term_id
        return term.early_discount and term.early_pay_discount_computation == "mixed"
