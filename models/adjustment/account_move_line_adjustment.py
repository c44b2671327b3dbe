"""The lines of adjustments."""

from odoo import fields, models
from odoo.fields import Command
from odoo.tools import float_is_zero

from .line_amounts import EXCLUDED, SUFFIXES, LineAmounts


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    adjusted_line_id = fields.Many2one(
        comodel_name="account.move.line",
        string="Adjusted Invoice Line",
        index="btree_not_null",
        copy=False,
        ondelete="set null",
        check_company=True,
        help="The invoice line adjusted by this line.",
    )
    is_price_correction = fields.Boolean(
        copy=False,
        help="This line lowers a price. No goods are returned: their cost and the invoiced "
        "quantity of the order do not change.",
    )

    def _check_adjusted_line_stays(self, vals):
        for name in ("adjusted_line_id", "is_price_correction"):
            if name in vals:
                self.filtered(
                    lambda line, name=name: (
                        line.parent_state == "posted"
                        and line._fields[name].convert_to_write(line[name], line)
                        != (vals[name] or False)
                    )
                ).move_id._refuse_new_origin()

    def _is_price_only(self):
        """Whether this line of a credit lowers a price without any return of goods: a price
        correction, or a positive quantity at a negative price."""
        self.ensure_one()
        return self.is_price_correction or (
            self.move_id.is_customer_credit and self.quantity > 0 and self.price_unit < 0
        )

    def _is_tax_rounding(self):
        """Whether this line is the document's cash rounding, added to the biggest tax."""
        self.ensure_one()
        return self.display_type == "rounding" and bool(self.tax_repartition_line_id)

    def _get_sold_quantity(self):
        """The quantity that this line charges; zero for a rounding."""
        self.ensure_one()
        return self.quantity if self.display_type == "product" else 0.0

    def _get_adjusting_key(self):
        """A key that an invoice line shares with the credit note lines that may take it back."""
        self.ensure_one()
        # the two sides of a tax may have an account each
        booked_on = self.tax_line_id if self._is_tax_rounding() else self.account_id
        return self.display_type, self.product_id, booked_on, self.tax_ids

    def _get_adjusting_taxes(self):
        """The taxes for a line that takes this one back."""
        self.ensure_one()
        if self._is_tax_rounding():
            return self.group_tax_id or self.tax_line_id
        return self.tax_ids

    def _prepare_adjusting_line(self, quantity, price_unit, is_price_correction):
        """The values of a line that takes this invoice line back, without amounts.

        A price correction does not copy the fields of other apps (such as the order line): no
        goods come back, so the invoiced quantity stays.

        :param float quantity: signed: negative for goods that were sold
        :param float price_unit: signed, in the currency and the tax mode of this line's price
        """
        self.ensure_one()
        source = self.with_context(include_business_fields=not is_price_correction)
        values = source.copy_data()[0]
        for name in ("move_id", "amount_currency", "balance", "debit", "credit", "tax_tag_ids"):
            values.pop(name, None)
        if self._is_tax_rounding():
            goods = self.move_id.invoice_line_ids.filtered(
                lambda line: line.display_type == "product"
            )
            values.update(
                tax_repartition_line_id=False,
                group_tax_id=False,
                account_id=goods[:1].account_id.id,  # of nothing: all of it is tax
                tax_ids=[Command.set(self._get_adjusting_taxes().ids)],
            )
        return {
            **values,
            "quantity": quantity,
            "price_unit": price_unit,
            "extra_tax_data": False,
            "adjusted_line_id": self.id,
            "is_price_correction": is_price_correction,
        }

    def _is_as_proposed(self):
        """Whether this line of an adjustment was not edited since it got its exact amounts."""
        self.ensure_one()
        data = self.extra_tax_data or {}
        return bool(data.get("customer_credit_adjustment")) and all(
            data[name] == self[name] for name in ("quantity", "price_unit", "discount")
        )

    def _takes_rest_of(self, line_left):
        """Whether this line takes all that is left of its invoice line: its quantity at its price,
        or a price that gives its amount. A rest of one cent counts as a rest.

        :param line_left: the ``LineLeft`` of the invoice line
        """
        self.ensure_one()
        quantity, price_unit = -line_left.quantity, line_left.price_unit
        if self.is_price_correction:
            quantity = 1.0
            price_unit = -self.adjusted_line_id._get_correcting_price(line_left.amounts)
        return (
            float_is_zero(self.quantity - quantity, precision_digits=6)
            and float_is_zero(self.price_unit - price_unit, precision_digits=6)
            and self.discount == self.adjusted_line_id.discount
        )

    def _prepare_exact_tax_data(self, amounts, quantity, price_unit, rate):
        """The ``extra_tax_data`` that make the tax engine use these amounts.

        Core does the same for down payments and global discounts: the amounts apply while
        quantity, price and discount are unchanged. An edited line gets computed amounts again.

        :param amounts: ``LineAmounts``, signed as the line's quantity times its price
        :param float rate: the rate that ties the two currencies of the amounts
        """
        self.ensure_one()
        data = {
            "customer_credit_adjustment": True,
            "currency_id": self.currency_id.id,
            "quantity": quantity,
            "price_unit": price_unit,
            "discount": self.discount,
            "rate": rate,
            "manual_tax_amounts": {
                str(tax.id): {
                    f"{name}{suffix}": amounts[(name, tax.id, suffix)]
                    for name in ("base_amount", "tax_amount")
                    for suffix in SUFFIXES
                }
                for tax in self._get_adjusting_taxes()._flatten_taxes_and_sort_them()[0]
            },
        }
        for suffix in SUFFIXES:
            data[f"manual_total_excluded{suffix}"] = amounts[(*EXCLUDED, suffix)]
        # Only we read this: the line's share of the tax reduction by payment terms.
        data["early_taxes"] = [
            [tax, suffix, amount]
            for (name, tax, suffix), amount in amounts.items()
            if name == "early_tax"
        ]
        return data

    def _get_proposed_amounts(self):
        """The ``LineAmounts`` in the data of :meth:`_prepare_exact_tax_data`."""
        self.ensure_one()
        data = self.extra_tax_data
        amounts = LineAmounts()
        for suffix in SUFFIXES:
            amounts[(*EXCLUDED, suffix)] = data[f"manual_total_excluded{suffix}"]
            for tax, parts in data["manual_tax_amounts"].items():
                for name in ("base_amount", "tax_amount"):
                    amounts[name, int(tax), suffix] = parts[f"{name}{suffix}"]
        for tax, suffix, amount in data.get("early_taxes", ()):
            amounts["early_tax", tax, suffix] = amount
        return amounts

    def _write_exact_amounts(self, amounts):
        """Give a line of a draft adjustment these amounts.

        :param amounts: as :meth:`_prepare_exact_tax_data` takes them, at the invoice's rate
        """
        self.ensure_one()
        quantity = self.quantity
        rate = self.move_id.reversed_entry_id.invoice_currency_rate
        data = self._prepare_exact_tax_data(amounts, quantity, self.price_unit, rate)
        # Core recomputes the taxes of a document when a quantity changes, not when the exact
        # amounts change.
        self.quantity = 2 * quantity or 1.0
        self.write({"quantity": quantity, "extra_tax_data": data})

    def _get_correcting_price(self, amounts):
        """The price, for a quantity of one and this line's discount, that gives these amounts.

        :param amounts: ``LineAmounts`` of the correction, in the document's currency
        """
        self.ensure_one()
        included = (
            self._get_adjusting_taxes()._flatten_taxes_and_sort_them()[0].filtered("price_include")
        )
        price = amounts.excluded() + sum(
            amounts[("tax_amount", tax.id, "_currency")] for tax in included
        )
        return price / (1 - self.discount / 100.0) if self.discount != 100.0 else price

    def _get_correction_name(self, price=None, new_price=None):
        """The text of a price correction, in the customer's language."""
        self.ensure_one()
        currency = self.currency_id
        env = self.with_context(lang=self.move_id.partner_id.lang or self.env.lang).env
        if price is None:
            text = env._("Price reduction")
        else:
            text = env._(
                "New price %(new_price)s instead of %(price)s",
                new_price=currency.with_env(env).format(new_price),
                price=currency.with_env(env).format(price),
            )
        return f"{self.name}\n{text}" if self.name else text
