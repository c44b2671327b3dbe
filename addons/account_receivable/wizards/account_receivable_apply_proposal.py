"""The amounts that the dialog proposes."""

from odoo import api, models


class AccountReceivableApply(models.TransientModel):
    _inherit = "account.receivable.apply"

    def action_propose_oldest(self):
        """Propose the amounts, the oldest documents first."""
        self._propose("date")
        return self._reopen()

    def action_propose_due(self):
        """Propose the amounts, the earliest due dates first."""
        self._propose("date_due")
        return self._reopen()

    def action_clear(self):
        """Remove all amounts."""
        (self.credit_line_ids + self.invoice_line_ids).amount = 0.0
        return self._reopen()

    def action_change_account(self):
        """Show the items of the chosen receivable account."""
        self._load_lines()
        self._propose("date")
        return self._reopen()

    def _propose(self, order):
        """Fill in the amounts in this order, up to the total of the smaller side.

        Lines without :meth:`_is_proposed` get no amount.

        :param str order: ``date`` or ``date_due``
        """
        self.ensure_one()
        lines = self.credit_line_ids + self.invoice_line_ids
        lines.amount = 0.0
        credits = self._get_proposed_lines(self.credit_line_ids, order)
        invoices = self._get_proposed_lines(self.invoice_line_ids, order)
        self._fill(credits, invoices)

    def _get_proposed_lines(self, lines, order):
        focus = lines.filtered(lambda line: line.item_id in self.focus_item_ids)
        lines = focus or lines.filtered(lambda line: line._is_proposed())
        return lines.sorted(lambda line: (line[order] or line.date, line.item_id.id))

    @api.model
    def _fill(self, credits, invoices):
        if len((credits + invoices).currency_id) > 1:
            # Between currencies core computes what it would use of everything that is offered.
            for line in credits + invoices:
                line.amount = line.available
            for _attempt in range(3):  # a cent may move when an amount is cut
                wizard = (credits + invoices).wizard_id
                amounts = wizard._get_amounts()
                items = self.env["account.move.line"].union(*amounts)
                unmet = items and items._get_unmet_amounts(amounts)
                for line in credits + invoices:
                    rest = unmet.get(line.item_id, 0.0) if unmet else line.amount
                    line.amount = line.currency_id.round(line.amount - rest)
                if not unmet or not any(unmet.values()):
                    break
            return
        budget = min(sum(credits.mapped("available")), sum(invoices.mapped("available")))
        for side in (credits, invoices):
            left = budget
            for line in side:
                line.amount = line.currency_id.round(min(line.available, left))
                left -= line.amount
