"""Auto-apply: an invoice that is posted takes the customer's open credits, the oldest first."""

from itertools import accumulate

from odoo import models
from odoo.fields import Domain


class AccountMove(models.Model):
    _inherit = "account.move"

    def _auto_apply_credits(self):
        """Settle these invoices with open credits of their customers, where these want that.

        Oldest first, on both sides; in one currency and on one account; not with credits on hold.
        A credit that somebody else is using at this moment is left alone: the invoice is posted in
        any case. Whoever posts invoices that are paid already, and books the payment next, says so
        by the context key ``customer_credit_auto_apply_later`` and calls this when that is done.
        """
        if self.env.context.get("customer_credit_auto_apply_later"):
            return
        invoices = self.filtered(
            lambda move: (
                move.state == "posted"
                and move.move_type == "out_invoice"
                and not move.is_customer_credit
                and move._get_credit_auto_apply() == "oldest"
            )
        )
        items = invoices._get_open_receivable_items().filtered(lambda line: line.balance > 0)
        for item in items.sorted(lambda line: (line.date, line.date_maturity or line.date)):
            item._auto_apply_credits()

    def _get_credit_auto_apply(self):
        """:return: ``never`` or ``oldest``, the customer's choice or else the company's"""
        self.ensure_one()
        # sudo: the setting of the customer's company, whatever contacts the user may see.
        customer = self.sudo()._get_carrying_customer().with_company(self.company_id)
        return customer.customer_credit_auto_apply or self.company_id.customer_credit_auto_apply


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _auto_apply_credits(self):
        """Settle this item of an invoice with open credits, and say so on the invoice."""
        self.ensure_one()
        amounts = self._get_auto_apply_amounts()
        if not amounts:
            return
        credits = self.browse().union(*amounts)
        amounts[self] = sum(amounts.values())
        (self + credits)._apply_receivables(amounts, reason=self.env._("Applied automatically"))
        self.move_id._message_log(
            body=self.env._(
                "Open credits were applied automatically: %(credits)s. Unapply them in the tab "
                "Applications if they are meant for something else.",
                credits=", ".join(
                    f"{self.currency_id.format(amounts[credit])} {credit.move_name}"
                    for credit in credits
                ),
            )
        )

    def _get_auto_apply_amounts(self):
        """What to use of which open credit for this item: all of the oldest, a part of the last.

        Only these are locked: another invoice that is posted at this moment finds the next ones.

        :return: ``{credit's item: positive amount in the common currency}``
        """
        left = self.amount_residual_currency
        amounts = {}
        credits = self.search(self._get_auto_apply_domain(), order="date, id")
        available = credits._get_available_credit_amounts()
        rest = credits.filtered(
            lambda credit: self.currency_id.compare_amounts(available[credit], 0.0) > 0
        )
        while rest and self.currency_id.compare_amounts(left, 0.0) > 0:
            locked, rest = rest._lock_to_cover(left, available)
            for credit in locked:
                amounts[credit] = self.currency_id.round(min(left, available[credit]))
                left -= amounts[credit]
        return amounts

    def _lock_to_cover(self, amount, available):
        """Lock as many of these open credits as cover the amount, from the first on; together, and
        less where somebody else has one of them.

        :param dict available: ``{item: positive amount}``
        :return: the locked ones, and those that were not tried
        """
        numbers = accumulate(available[credit] for credit in self)
        currency = self.currency_id
        count = 1 + sum(currency.compare_amounts(covered, amount) < 0 for covered in numbers)
        # Whoever is editing the document, or settling its item: both must be free.
        if count == 1:  # the first that is free, however many are not
            free = self.move_id.try_lock_for_update(allow_referencing=True, limit=1)
            tried = self.filtered(lambda credit: credit.move_id in free)[:1]
            rest = self[self._ids.index(tried.id) + 1 :] if tried else tried
        else:
            tried, rest = self[:count], self[count:]
            free = tried.move_id.try_lock_for_update(allow_referencing=True)
            tried = tried.filtered(lambda credit: credit.move_id in free)
        return tried.try_lock_for_update(allow_referencing=True), rest

    def _get_auto_apply_domain(self):
        """The open credits that may settle this item without anybody asked: what the dialog *Apply
        Credits* proposes for it, but of other currencies. Head office and branches share a
        receivable account; what the user has not switched on stays out."""
        companies = self.company_id | self.env.companies.filtered(
            lambda company: company.root_id == self.company_id.root_id
        )
        return self.commercial_partner_id.with_context(
            allowed_company_ids=companies.ids
        )._get_open_receivable_domain() & Domain(
            [
                ("amount_residual_currency", "<", 0),
                ("account_id", "=", self.account_id.id),
                ("currency_id", "=", self.currency_id.id),
                ("move_id.credit_on_hold", "=", False),
            ]
        )
