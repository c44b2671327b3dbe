"""Fields that decide about rights or money, and that nobody writes by hand.

Read-only in a view is no guard: whoever calls the programming interface could make himself not the
issuer of a credit, or its approver, a credit the overpayment of some payment, or a write-off an
entry that may be unapplied. What is computed and stored can be written, too: a credit that says it
is none needs no right to be posted or refunded, and a false amount is below every limit.
"""

from odoo import api, models
from odoo.exceptions import AccessError

PROGRAM_FIELDS = (
    "credit_issuer_id",
    "credit_approver_id",
    "credit_approval_digest",
    "overpayment_move_id",
    "write_off_document_id",
    "is_customer_credit",
    "credit_remaining",
    "amount_total",
    "amount_total_signed",
    "amount_total_in_currency_signed",
    "amount_residual",
    "amount_residual_signed",
)


class AccountMove(models.Model):
    _inherit = "account.move"

    @api.model_create_multi
    def create(self, vals_list):
        # A client's context gives defaults, too.
        defaults = [name for name in PROGRAM_FIELDS if f"default_{name}" in self.env.context]
        for vals in vals_list:
            self._check_program_fields([*vals, *defaults])
        return super().create(vals_list)

    def write(self, vals):
        self._check_program_fields(vals)
        return super().write(vals)

    @api.model
    def _check_program_fields(self, names):
        """:raises AccessError: for anybody but the program itself, which writes them by sudo"""
        written = [name for name in PROGRAM_FIELDS if name in names]
        if written and not self.env.su:
            raise AccessError(
                self.env._(
                    "%(field)s is written by the program and by nobody else.",
                    field=self._fields[written[0]].get_description(self.env, ["string"])["string"],
                )
            )
