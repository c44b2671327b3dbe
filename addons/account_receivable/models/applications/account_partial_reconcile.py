from odoo import api, models

from .application_event import TAKEN_BACK, ApplicationEvent


class AccountPartialReconcile(models.Model):
    _inherit = "account.partial.reconcile"

    # Every way to settle one item with another ends here: our dialogs, core's list of outstanding
    # items, payments, the bank.

    @api.model_create_multi
    def create(self, vals_list):
        partials = super().create(vals_list)
        event = ApplicationEvent.of(self.env)
        event.partial_ids += partials.ids
        # sudo: who may reconcile writes history by it, and in no other way.
        self.env["account.receivable.application"].sudo()._record_applications(partials, event)
        return partials

    def unlink(self):
        if not self:
            return super().unlink()  # core calls this with each write to an item
        # sudo: as above, who may take a reconciliation back.
        register = self.env["account.receivable.application"].sudo()
        event = ApplicationEvent.of(self.env)
        register._record_unapplications(self, event)
        moves = (self.debit_move_id + self.credit_move_id).move_id
        if ApplicationEvent.dates_entries(self.env, moves):
            self = self.with_context(**{TAKEN_BACK: event})  # noqa: PLW0642
        return super().unlink()
