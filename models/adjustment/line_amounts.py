"""The amounts of an invoice line: without tax, and of each tax.

Plain values without a database. Amounts have the sign of the adjusted invoice: positive for
charges, negative for what is taken back. Each is kept in two currencies, under the suffixes of
core's tax engine: "_currency" for the document's, "" for the company's.
"""

from collections import defaultdict

SUFFIXES = ("_currency", "")
EXCLUDED = ("total_excluded", False)


class LineAmounts(defaultdict):
    """``{(name, tax id, suffix): amount}``; name is ``total_excluded`` (tax id False), or of a tax
    its ``tax_amount``, its ``base_amount``, or ``early_tax``: by how much payment terms lower the
    tax of the document, whenever the customer pays."""

    def __init__(self, values=()):
        super().__init__(float, values)

    def add(self, other, factor=1):
        """Add these amounts, ``factor`` times each.

        >>> left = LineAmounts({(*EXCLUDED, ""): 100.0})
        >>> left.add(LineAmounts({(*EXCLUDED, ""): 30.0}), -1)
        >>> left[(*EXCLUDED, "")]
        70.0
        """
        for key, amount in other.items():
            self[key] += factor * amount

    def excluded(self, suffix="_currency"):
        """The amount without tax, in the currency of the suffix."""
        return self[(*EXCLUDED, suffix)]

    def total(self, suffix="_currency"):
        """The amount with taxes, in the currency of the suffix.

        >>> LineAmounts({(*EXCLUDED, ""): 100.0, ("tax_amount", 1, ""): 21.0}).total("")
        121.0
        """
        return sum(
            amount
            for (name, _tax, key_suffix), amount in self.items()
            if key_suffix == suffix and name != "base_amount"
        )

    def combined(self):
        """These amounts with each tax as booked, lowered by the ``early_tax`` of payment terms.

        >>> parts = {("tax_amount", 1, ""): 21.0, ("early_tax", 1, ""): -0.42}
        >>> dict(LineAmounts(parts).combined())
        {('tax_amount', 1, ''): 20.58}
        """
        result = LineAmounts()
        for (name, tax, suffix), amount in self.items():
            result[("tax_amount" if name == "early_tax" else name, tax, suffix)] += amount
        return result

    def taxes(self):
        """The ids of the taxes, in order."""
        return sorted({tax for _name, tax, _suffix in self if tax})

    def mapped(self, function):
        """These amounts, each replaced by ``function(key, amount)``."""
        return LineAmounts({key: function(key, amount) for key, amount in self.items()})

    def rounded(self, currencies):
        """These amounts, rounded; ``currencies`` is ``{suffix: currency}``."""
        return self.mapped(lambda key, amount: currencies[key[2]].round(amount) + 0.0)

    def within(self, limits):
        """These amounts, each cut to lie between zero and its limit.

        >>> part = LineAmounts({("tax_amount", 1, ""): 0.06, ("tax_amount", 2, ""): -3.0})
        >>> limits = LineAmounts({("tax_amount", 1, ""): 0.05, ("tax_amount", 2, ""): -5.0})
        >>> dict(part.within(limits))
        {('tax_amount', 1, ''): 0.05, ('tax_amount', 2, ''): -3.0}
        """
        return self.mapped(lambda key, amount: within(amount, limits[key]))


def within(amount, limit):
    """The amount, cut to lie between zero and the limit, whatever the limit's sign.

    >>> within(3.0, 2.0), within(-1.0, 2.0), within(-3.0, -2.0)
    (2.0, 0.0, -2.0)
    """
    return min(max(amount, 0.0), limit) if limit >= 0 else max(min(amount, 0.0), limit)


def spread(amount, weights, currency):
    """Spread an amount over weights, exactly.

    Each share is the difference of two rounded running totals. So the shares add up to the amount,
    and while the amount is not larger than the weights together (all rounded), no share is larger
    than its weight.

    :return: the shares, in the order of the weights; zeros when the weights sum to zero
    """
    shares = [0.0] * len(weights)
    total = sum(weights)
    if currency.is_zero(total):
        return shares
    # What lowers the total comes last: the running total stays on one side of zero.
    order = sorted(range(len(weights)), key=lambda index: weights[index] * total < 0)
    running = done = 0.0
    for index in order:
        running += weights[index]
        reached = currency.round(amount * running / total)
        shares[index] = currency.round(reached - done)
        done = reached
    return shares
