"""Fields that decide about rights or money, and that only the program writes.

Read-only in a view is no guard: by RPC a user could set the issuer or approver of a credit, make a
credit the overpayment of some payment, or turn a write-off into an entry that may be unapplied.
Computed and stored fields can be written too: a credit that is marked as none needs no right to be
posted or refunded, and a false amount is below every limit.
"""

from odoo import api, models

from odoo.addons.account_receivable.models.guards.program_fields import (
    drop_defaults,
    get_context_defaults,
    refuse_by_hand,
)

PROGRAM_FIELDS = (
    "credit_issuer_id",
    "credit_approver_id",
    "credit_approval_digest",
    "overpayment_move_id",
    "write_off_document_id",
    "is_customer_credit",
    "credit_remaining",
    "number_series",
)
#: Only the program writes these in customers' documents. In an entry users may type the total.
AMOUNTS = (
    "amount_total",
    "amount_total_signed",
    "amount_total_in_currency_signed",
    "amount_residual",
    "amount_residual_signed",
)
#: The open amounts of an item, which only reconciliation may reduce.
OF_ITEMS = ("amount_residual", "amount_residual_currency", "reconciled")
#: The value of the context key. No context from a client can hold this object.
COMPUTED = object()


class AccountMove(models.Model):
    _inherit = "account.move"

    @api.model
    def _check_created_program_fields(self, vals_list):
        # A client's context can hold defaults too.
        names = (*PROGRAM_FIELDS, *AMOUNTS, "move_type")
        defaults = get_context_defaults(self.env, names)
        for vals in vals_list:
            given = {**defaults, **vals}
            is_sale = given.get("move_type") in self.get_sale_types(include_receipts=True)
            self._check_program_fields(given, with_amounts=is_sale)

    def _add_missing_default_values(self, values):
        # Every user may store defaults for any field: drop those for these fields.
        completed = super()._add_missing_default_values(values)
        drop_defaults(self, values, completed, (*PROGRAM_FIELDS, *AMOUNTS, "state"))
        return completed

    def _check_written_program_fields(self, vals):
        if not self.env.su and not vals.keys().isdisjoint((*PROGRAM_FIELDS, *AMOUNTS)):
            is_sale = any(move.is_sale_document(include_receipts=True) for move in self)
            self._check_program_fields(vals, with_amounts=is_sale)

    def _inverse_tax_totals(self):
        # Core computes and writes the amounts here, outside the ORM's recomputation.
        moves = self.with_context(customer_credit_amounts=COMPUTED)
        return super(AccountMove, moves)._inverse_tax_totals()

    @api.model
    def _check_program_fields(self, names, with_amounts):
        """Refuse to write these fields, except by sudo.

        :raises AccessError: if one of them is the program's and the environment is not sudo
        """
        guarded = (*PROGRAM_FIELDS, *AMOUNTS) if with_amounts else PROGRAM_FIELDS
        written = [name for name in guarded if name in names]
        computed = self.env.context.get("customer_credit_amounts") is COMPUTED
        if not computed:
            refuse_by_hand(self, written)


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _check_written_program_fields(self, vals):
        refuse_by_hand(self, [name for name in OF_ITEMS if name in vals])
