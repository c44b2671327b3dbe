"""Reversal of a customer credit by a positive customer invoice that settles it.

Core reverses an invoice by a credit note. A credit is an invoice by type, so its credit note would
be below zero and could not be posted.
"""

from odoo import models

#: The lines that a user entered; core creates the others again for the reversal.
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
                # Core takes the contact, which may have moved to another company.
                vals["partner_id"] = move._get_carrying_contact().id
            if reversed_id == move.id and move.is_customer_credit:
                move._turn_into_invoice(vals)
        return vals_list

    def _turn_into_invoice(self, vals):
        """Turn the values of this credit's copy into those of its reversal: the same type with the
        opposite amounts.

        :param dict vals: values of ``account.move``, changed in place
        """
        self.ensure_one()
        vals["move_type"] = self.move_type
        # The customer pays the reversal: core proposes the company's bank account.
        vals.pop("partner_bank_id", None)
        commands = [
            command for command in vals["line_ids"] if command[2]["display_type"] in ENTERED
        ]
        lines = self.line_ids.filtered(lambda line: line.display_type in ENTERED)
        for line, (_command, _id, line_vals) in zip(lines, commands, strict=True):
            line._turn_copied(line_vals)
        vals["line_ids"] = commands

    def _get_reversed_whole(self):
        """Those of these documents that posted reversals take back in full."""
        # sudo: as in _get_taking_back, whatever the user may see; only sums of reversals count
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
        """Turn the sign of the amounts in the values of this line's copy.

        :param dict vals: values of ``account.move.line``, changed in place
        """
        self.ensure_one()
        if self.display_type != "product":
            return
        factor = self._get_negative_factor()
        vals[factor] = -self[factor]
        vals["extra_tax_data"] = self._get_turned_tax_data([factor])
        vals["is_price_correction"] = self._is_price_only()  # no goods go out again
        for computed in ("amount_currency", "tax_tag_ids"):
            vals.pop(computed, None)
