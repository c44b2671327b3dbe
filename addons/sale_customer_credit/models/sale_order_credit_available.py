"""What of the customer's credits an order can use, and why not the rest."""

from odoo import api, fields, models
from odoo.fields import Domain

from odoo.addons.account_receivable.models.open_items.res_partner import AR_COMPARISONS

from .sale_open_credit import CREDIT_READERS


class SaleOrder(models.Model):
    _inherit = "sale.order"

    credit_available = fields.Monetary(
        compute="_compute_credit_available",
        search="_search_credit_available",
        groups=CREDIT_READERS,
        help="The customer's open credits in the company and currency of the order, less held "
        "and reserved amounts.",
    )
    credit_available_note = fields.Text(
        string="About the Available Credits",
        compute="_compute_credit_available_note",
        groups=CREDIT_READERS,
    )
    can_use_credit = fields.Boolean(
        compute="_compute_credit_available_note",
        groups=CREDIT_READERS,
        help="Whether a credit is available and a part of the order is left to cover.",
    )

    @api.depends("open_credit_ids", "currency_id")
    def _compute_credit_available(self):
        for order in self:
            order.credit_available = sum(
                credit.available
                for credit in order.open_credit_ids
                if credit.currency_id == order.currency_id
            )

    @api.depends("credit_available", "amount_total", "state", "validity_date")
    def _compute_credit_available_note(self):
        for order in self:
            room = order._get_credit_room() - order._get_paid_ahead()
            is_covered = order.amount_total and order.currency_id.compare_amounts(room, 0.0) <= 0
            if order.state == "cancel" or is_covered or not order.open_credit_ids:
                order.credit_available_note = False
                order.can_use_credit = False
                continue
            order.can_use_credit = bool(
                order.amount_total and order.credit_available and not order.is_expired
            )
            order.credit_available_note = "\n".join(order._get_credit_available_notes()) or False

    def _get_paid_ahead(self):
        """The part of the online payments that no posted invoice has used yet."""
        self.ensure_one()
        # sudo: who sells need not see the payments.
        order = self._origin.sudo()
        return max(0.0, order.amount_paid - order.amount_invoiced)

    def _get_credit_available_notes(self):
        """What is available, and why the customer's other credits are not.

        :return: an iterable of sentences
        """
        self.ensure_one()
        available = self.currency_id.format(self.credit_available)
        if self.credit_available and self.is_expired:
            yield self.env._(
                "%(amount)s credit is available. Change the expiration date to use it.",
                amount=available,
            )
        elif self.credit_available and not self.amount_total:
            yield self.env._(
                "%(amount)s credit is available. Add a product to use it.", amount=available
            )
        elif self.credit_available:
            yield self.env._("%(amount)s credit is available.", amount=available)
        own = self.open_credit_ids.filtered(lambda credit: credit.currency_id == self.currency_id)
        held = sum(
            credit.remaining - credit.reserved for credit in own.filtered("is_on_hold")
        )
        if not self.currency_id.is_zero(held):
            yield self.env._(
                "%(amount)s credit is on hold. Ask accounting to release it.",
                amount=self.currency_id.format(held),
            )
        elsewhere = sum(own.mapped("reserved")) - sum(
            self._get_open_reservations().mapped("amount_open")
        )
        if self.currency_id.compare_amounts(elsewhere, 0.0) > 0:
            yield self.env._(
                "%(amount)s credit is reserved for other orders.",
                amount=self.currency_id.format(elsewhere),
            )
        for currency, credits in (self.open_credit_ids - own).grouped("currency_id").items():
            yield self.env._(
                "%(amount)s credit is in another currency and cannot be used for this order.",
                amount=currency.format(sum(credits.mapped("remaining"))),
            )

    # ------------------------------------------------------------------
    # Search
    # ------------------------------------------------------------------

    @api.model
    def _search_credit_available(self, operator, value):
        # core checks a field's groups when it is read, not when it is searched
        self._check_field_access(self._fields["credit_available"], "read")
        if operator not in AR_COMPARISONS:
            # core tries the inverse operator, or refuses the search
            return NotImplemented
        compare = AR_COMPARISONS[operator][0]
        if operator == "in":
            value = [round(float(number or 0.0), 5) for number in value]
        else:
            value = round(float(value or 0.0), 5)
        zero_matches = compare(0.0, value)
        customers = {}
        for (customer, *group), amount in self._get_available_by_customer().items():
            if compare(round(amount, 5), value) != zero_matches:
                customers.setdefault(tuple(group), []).append(customer.id)
        found = Domain.OR(
            Domain("company_id", "=", company.id)
            & Domain("currency_id", "=", currency.id)
            & Domain("partner_invoice_id.commercial_partner_id", "in", ids)
            for (company, currency), ids in customers.items()
        )
        return ~found if zero_matches else found

    @api.model
    def _get_available_by_customer(self):
        """The available credits of all customers with open ones.

        :return: ``{(commercial partner, company, currency): amount}``
        """
        groups = ["partner_id", "company_id", "currency_id"]
        credits = self.env["sale.open.credit"]
        amounts = {
            tuple(key): amount
            for *key, amount in credits._read_group(
                [("is_on_hold", "=", False)], groups, ["remaining:sum"]
            )
        }
        # sudo: a salesperson learns how much is reserved, not for whose order.
        reservations = self.env["sale.order.credit.reservation"].sudo()
        items = reservations.search(reservations._get_standing_domain()).item_id
        reserved = credits.search([("id", "in", items.ids), ("is_on_hold", "=", False)])
        for credit in reserved:
            amounts[tuple(credit[name] for name in groups)] -= credit.reserved
        return amounts
