"""Auto-apply: a posted invoice is settled with the customer's open credits, the oldest first."""

from itertools import accumulate

from odoo import models
from odoo.fields import Domain


class AccountMove(models.Model):
    _inherit = "account.move"

    def _auto_apply_credits(self):
        """Settle these invoices with open credits of their customers, where the settings say so.

        Oldest first, on both sides; in one currency and on one account; not with credits on hold,
        nor with credits that another transaction has locked. Code that posts paid invoices and
        books their payments afterwards sets the context key ``customer_credit_auto_apply_later``
        while it posts, and calls this method when it is done.
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
        """The auto-apply setting, ``never`` or ``oldest``: the customer's, else the company's."""
        self.ensure_one()
        # sudo: the setting of the customer's company, whatever contacts the user may see.
        customer = self.sudo()._get_carrying_customer().with_company(self.company_id)
        return customer.customer_credit_auto_apply or self.company_id.customer_credit_auto_apply


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _auto_apply_credits(self):
        """Settle this item of an invoice with open credits, and log it on the invoice."""
        self.ensure_one()
        amounts = self._get_auto_apply_amounts()
        if not amounts:
            return
        credits = self.browse().union(*amounts)
        amounts[self] = sum(amounts.values())
        (self + credits)._apply_receivables(amounts, reason=self.env._("Applied automatically"))
        self.move_id._message_log(
            body=self.env._(
                "Open credits were applied automatically: %(credits)s. To use them elsewhere, "
                "unapply them in the Applications tab.",
                credits=", ".join(
                    f"{self.currency_id.format(amounts[credit])} {credit.move_name}"
                    for credit in credits
                ),
            )
        )

    def _get_auto_apply_amounts(self):
        """How much of each open credit to use for this item: all of the oldest ones, a part of the
        last.

        Only these credits are locked: another invoice posted at this moment uses the next ones.

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
        """Lock the first of these open credits, as many as cover the amount, or fewer if another
        transaction has locked one of them.

        :param float amount: positive, in the common currency
        :param dict available: ``{item: positive amount}``
        :return: the locked items, and those that were not tried
        """
        numbers = accumulate(available[credit] for credit in self)
        currency = self.currency_id
        count = 1 + sum(currency.compare_amounts(covered, amount) < 0 for covered in numbers)
        # Both the document and its item must be unlocked: it may be edited or settled.
        if count == 1:  # the first unlocked one, however many are locked
            free = self.move_id.try_lock_for_update(allow_referencing=True, limit=1)
            tried = self.filtered(lambda credit: credit.move_id in free)[:1]
            rest = self[self._ids.index(tried.id) + 1 :] if tried else tried
        else:
            tried, rest = self[:count], self[count:]
            free = tried.move_id.try_lock_for_update(allow_referencing=True)
            tried = tried.filtered(lambda credit: credit.move_id in free)
        return tried.try_lock_for_update(allow_referencing=True), rest

    def _get_auto_apply_domain(self):
        """The domain of the open credits that may settle this item automatically: those that the
        dialog *Apply Credits* proposes for it, in the item's currency and the active companies.
        Head office and branches share a receivable account.

        :return: a ``Domain`` on ``account.move.line``
        """
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
