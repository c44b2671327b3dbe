"""A draft's type, switched: from a customer credit to core's credit note, and back again."""

from odoo import fields, models
from odoo.fields import Command


class AccountMove(models.Model):
    _inherit = "account.move"

    is_switched_credit = fields.Boolean(
        copy=False,
        help="This draft was a customer credit until its type was switched.",
    )

    def action_switch_move_type(self):
        # Core turns the amounts of a negative invoice that becomes a credit note, and leaves those
        # of a credit note that becomes an invoice: who chose the wrong type wants that. Back from
        # a credit, the amounts are turned back, for that draft to be what it was.
        saved = self.filtered("id")  # an unsaved form is not asked for a total that it has not
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
