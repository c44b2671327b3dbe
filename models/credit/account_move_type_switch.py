"""Switching a draft's type: from a customer credit to core's credit note, and back."""

from odoo import fields, models
from odoo.fields import Command


class AccountMove(models.Model):
    _inherit = "account.move"

    is_switched_credit = fields.Boolean(
        copy=False,
        help="This draft was a customer credit until its type was switched.",
    )

    def action_switch_move_type(self):
        # Core turns the amounts of a negative invoice that becomes a credit note, but not those of
        # a credit note that becomes an invoice, where the user had chosen the wrong type. Of a
        # draft that was a credit the amounts are turned back, so that it is what it was.
        saved = self.filtered("id")  # an unsaved form has no total yet
        credits = saved.filtered(
            lambda move: move.is_customer_credit and move.company_id.customer_credit_enabled
        )
        returning = saved.filtered("is_switched_credit")
        result = super().action_switch_move_type()
        credits.is_switched_credit = True
        for move in returning:
            move.write({"is_switched_credit": False, "line_ids": move._get_turned_quantities()})
        return result

    def _get_turned_quantities(self):
        reverse = self.env["account.tax"]._reverse_quantity_base_line_extra_tax_data
        return [
            Command.update(
                line.id,
                {
                    "quantity": -line.quantity,
                    "extra_tax_data": reverse(line.extra_tax_data),
                },
            )
            for line in self._get_product_lines()
        ]
