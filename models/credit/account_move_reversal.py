"""Reversing a customer credit: a positive customer invoice that settles it.

Core reverses its credit note by an invoice; a credit is an invoice by type, so core would reverse
it by a credit note below zero, which nobody can post.
"""

from odoo import models

#: The lines that somebody entered; core makes the others anew for the turned document.
ENTERED = ("product", "line_section", "line_subsection", "line_note")


class AccountMove(models.Model):
    _inherit = "account.move"

    def action_reverse(self):
        action = super().action_reverse()
        if self.is_customer_credit:
            action["name"] = self.env._("Reverse Customer Credit")
        return action

    def copy_data(self, default=None):
        vals_list = super().copy_data(default)
        reversed_id = (default or {}).get("reversed_entry_id")
        debited_id = (default or {}).get("debit_origin_id")
        for move, vals in zip(self, vals_list, strict=True):
            if move.id in (reversed_id, debited_id) and move.is_sale_document(True):
                # Core takes the contact, who may belong to another company by now.
                vals["partner_id"] = move._get_carrying_contact().id
            if reversed_id == move.id and move.is_customer_credit:
                move._turn_into_invoice(vals)
        return vals_list

    def _turn_into_invoice(self, vals):
        """Make the values of this credit's copy those of the invoice that takes the credit back:
        of the same type, with the opposite amounts."""
        self.ensure_one()
        vals["move_type"] = self.move_type
        # The customer is to pay, so to the company's account again, by what core proposes.
        vals.pop("partner_bank_id", None)
        commands = [
            command for command in vals["line_ids"] if command[2]["display_type"] in ENTERED
        ]
        lines = self.line_ids.filtered(lambda line: line.display_type in ENTERED)
        for line, (_command, _id, line_vals) in zip(lines, commands, strict=True):
            line._turn_copied(line_vals)
        vals["line_ids"] = commands

    def _get_reversed_whole(self):
        """Those of these documents that a posted reversal has taken back whole."""
        # sudo: as in _get_taking_back, whoever may ask what is left; of the reversals a sum counts
        reversals = self.sudo().reversal_move_ids.filtered(
            lambda move: move.state == "posted" and move.move_type == "out_invoice"
        )
        totals = {}
        for reversal in reversals:
            origin = reversal.reversed_entry_id
            totals[origin.id] = totals.get(origin.id, 0.0) + reversal.amount_total
        return self.filtered(
            lambda move: (
                move.id in totals
                and move.currency_id.compare_amounts(totals[move.id], abs(move.amount_total)) >= 0
            )
        )


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _turn_copied(self, vals):
        """Turn the amounts in the values of this line's copy; see :meth:`_get_negative_factor`."""
        self.ensure_one()
        if self.display_type != "product":
            return
        factor = self._get_negative_factor()
        vals[factor] = -self[factor]
        vals["extra_tax_data"] = self._get_turned_tax_data([factor])
        vals["is_price_correction"] = self._is_price_only()  # nothing goes out again, either
        for computed in ("amount_currency", "tax_tag_ids"):
            vals.pop(computed, None)
