"""What an invoice line is worth, part by part: without tax, and each of its taxes.

Plain values without a database. Amounts are signed in the direction of the invoice that is
adjusted: what it charges is positive, what is taken back is negative. Each part is kept in two
currencies, under the suffixes of Odoo's tax engine: "_currency" is the document's, "" the
company's.
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
        """The amount without tax."""
        return self[(*EXCLUDED, suffix)]

    def total(self, suffix="_currency"):
        """The amount with its taxes.

        >>> LineAmounts({(*EXCLUDED, ""): 100.0, ("tax_amount", 1, ""): 21.0}).total("")
        121.0
        """
        return sum(
            amount
            for (name, _tax, key_suffix), amount in self.items()
            if key_suffix == suffix and name != "base_amount"
        )

    def combined(self):
        """The same with each tax as it is booked, lowered by what payment terms take off it.

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
        """The same parts, each amount replaced by ``function(key, amount)``."""
        return LineAmounts({key: function(key, amount) for key, amount in self.items()})

    def rounded(self, currencies):
        """Without what floats leave behind; ``currencies`` is ``{suffix: currency}``."""
        return self.mapped(lambda key, amount: currencies[key[2]].round(amount) + 0.0)

    def within(self, limits):
        """Each part cut to lie between zero and its limit.

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
