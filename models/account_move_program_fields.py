"""Fields that decide about rights or money, and that nobody writes by hand.

Read-only in a view is no guard: whoever calls the programming interface could make himself not the
issuer of a credit, or a credit the overpayment of some payment.
"""

from odoo import api, models
from odoo.exceptions import AccessError

PROGRAM_FIELDS = ("credit_issuer_id", "overpayment_move_id")


class AccountMove(models.Model):
    _inherit = "account.move"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_program_fields(vals)
        return super().create(vals_list)

    def write(self, vals):
        self._check_program_fields(vals)
        return super().write(vals)

    @api.model
    def _check_program_fields(self, vals):
        """:raises AccessError: for anybody but the program itself, which writes them by sudo"""
        written = [name for name in PROGRAM_FIELDS if name in vals]
        if written and not self.env.su:
            raise AccessError(
                self.env._(
                    "%(field)s is written by the program and by nobody else.",
                    field=self._fields[written[0]].get_description(self.env, ["string"])["string"],
                )
            )
