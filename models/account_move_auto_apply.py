"""Auto-apply: an invoice that is posted takes the customer's open credits, the oldest first."""

from odoo import models
from odoo.fields import Domain


class AccountMove(models.Model):
    _inherit = "account.move"

    def _post(self, soft=True):
        posted = super()._post(soft)
        posted._auto_apply_credits()
        return posted

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

        :return: ``{credit's item: positive amount in the common currency}``
        """
        left = self.amount_residual_currency
        amounts = {}
        candidates = self.search(self._get_auto_apply_domain(), order="date, id")
        available = candidates._get_available_credit_amounts()
        # Whoever is editing the document, or settling its item: both must be free.
        free = candidates.move_id.try_lock_for_update(allow_referencing=True)
        candidates = candidates.filtered(lambda line: line.move_id in free)
        for credit in candidates.try_lock_for_update(allow_referencing=True):
            amount = self.currency_id.round(min(left, available[credit]))
            if self.currency_id.compare_amounts(amount, 0.0) > 0:
                amounts[credit] = amount
                left -= amount
            if self.currency_id.compare_amounts(left, 0.0) <= 0:
                break
        return amounts

    def _get_auto_apply_domain(self):
        """The open credits that may settle this item without anybody asked."""
        return self.commercial_partner_id.with_context(
            allowed_company_ids=self.company_id.ids
        )._get_open_receivable_domain() & Domain(
            [
                ("amount_residual_currency", "<", 0),
                ("account_id", "=", self.account_id.id),
                ("currency_id", "=", self.currency_id.id),
                ("move_id.credit_on_hold", "=", False),
            ]
        )

    def _get_available_credit_amounts(self):
        """What nobody has laid a hand on of these open credits; an addon that reserves them takes
        its reservations off.

        :return: ``{item: positive amount in its currency}``
        """
        return {line: max(0.0, -line.amount_residual_currency) for line in self}
