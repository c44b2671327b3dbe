"""Whoever reconciles or unreconciles receivables has the register of applications written here."""

from odoo import api, models

from .application_details import UNAPPLICATION_KEY, ApplicationDetails


class AccountPartialReconcile(models.Model):
    _inherit = "account.partial.reconcile"

    # Every reconciliation calls these methods: our dialogs, core's list of outstanding items,
    # payments, bank statements.

    @api.model_create_multi
    def create(self, vals_list):
        partials = super().create(vals_list)
        details = ApplicationDetails.of(self.env)
        details.partial_ids += partials.ids
        # sudo: nobody may write the register; it records what a user may reconcile.
        self.env["account.receivable.application"].sudo()._record_applications(partials, details)
        return partials

    def unlink(self):
        if not self:
            return super().unlink()  # core calls this with each write to an item
        # sudo: as above, for a user who may delete the reconciliation.
        register = self.env["account.receivable.application"].sudo()
        details = ApplicationDetails.of(self.env)
        register._record_unapplications(self, details)
        moves = (self.debit_move_id + self.credit_move_id).move_id
        if ApplicationDetails.dates_entries(self.env, moves):
            self = self.with_context(**{UNAPPLICATION_KEY: details})  # noqa: PLW0642
        return super().unlink()
