"""Apply Credit: an order's reservations are proposed for its own invoices first."""

from odoo import api, models


class AccountReceivableApply(models.TransientModel):
    _inherit = "account.receivable.apply"

    def _propose(self, order):
        super()._propose(order)
        lines = self._get_proposed_lines(self.credit_line_ids, order)
        kept = lines._get_amounts_kept()
        if not kept or len((lines + self.invoice_line_ids).currency_id) > 1:
            return
        # Enough is proposed by now: it comes from what was reserved, and the rest from the oldest.
        left = sum(lines.mapped("amount"))
        for line in lines:
            line.amount = line.currency_id.round(min(kept.get(line, 0.0), left))
            left -= line.amount
        for line in lines:
            more = line.currency_id.round(min(line.available - line.amount, left))
            line.amount += more
            left -= more


class AccountReceivableApplyLine(models.TransientModel):
    _inherit = "account.receivable.apply.line"

    @api.depends("wizard_id.focus_item_ids")
    def _compute_available(self):
        result = super()._compute_available()
        for line, amount in self._get_amounts_kept().items():
            line.available = min(line.residual, line.available + amount)
        return result

    def _get_amounts_kept(self):
        """The amounts reserved for the invoices that the dialog was opened for.

        :return: ``{line: amount}``
        """
        kept = {}
        for wizard, lines in self.grouped("wizard_id").items():
            # sudo: who may settle the invoice need have no rights in Sales.
            invoices = wizard.focus_item_ids.move_id.sudo().filtered(
                lambda move: move.move_type == "out_invoice" and not move.is_customer_credit
            )
            amounts = invoices.env["sale.order.credit.reservation"]._get_amounts_kept_for(
                invoices, lines.item_id._origin
            )
            kept.update(
                (line, amounts[line.item_id._origin.id])
                for line in lines
                if line.item_id._origin.id in amounts
            )
        return kept
