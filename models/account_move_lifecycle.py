"""The order of the steps when a document is created, written, posted or reset to draft.

Each step is a method in the file of its subject.
"""

from odoo import api, models

from .document.account_move_as_credit_note import check_not_shown


class AccountMove(models.Model):
    _inherit = "account.move"

    @api.model_create_multi
    def create(self, vals_list):
        self._check_created_program_fields(vals_list)
        self._check_debit_origins(vals_list)
        moves = super().create(vals_list)
        moves._filter_scheduled_credits()._allow_scheduled_credits()
        return moves

    def write(self, vals):
        check_not_shown(self)
        self._check_written_program_fields(vals)
        with self._written_with_real_totals():
            if vals.get("state") in ("draft", "cancel"):
                self._check_overpayment_credit_stays()
                self._check_credit_not_settled()
            self._check_written_adjustments(vals)
            vals = self._get_values_with_hold_note(vals)
            with self._edited_with_rights(vals):
                return super().write(vals)

    def _post(self, soft=True):
        if not self.env.su and not self.env.user.has_group("account.group_account_invoice"):
            return super()._post(soft)  # core refuses users who may not post
        self._check_before_posting()
        self._set_number_series()
        credits = self.filtered("is_customer_credit")
        posted = self.browse()
        with self._gate_of_posting():
            for part in self._split_for_posting():
                with part._ready_to_post() as moves:
                    # The documents are returned in the caller's environment, without our keys.
                    posted += super(AccountMove, moves)._post(soft).with_env(self.env)
            # Only now: these reports check that the document is posted.
            (posted & credits)._check_legal_reports(lambda move: move._get_listed_legal_reports())
            posted._set_credit_issuers()
            posted._propose_credit_owners()
            posted._restore_overpayment_credits()
            posted._auto_apply_credits()
        return posted

    def button_draft(self):
        self._check_written_off_stays()
        # Core resets a posted document to draft before it cancels it: this guards both buttons.
        self._check_credit_not_settled()
        self._check_overpayment_credit_stays()
        self._take_back_overpayment_credits()
        return super().button_draft()


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def write(self, vals):
        check_not_shown(self)
        self._check_written_program_fields(vals)
        self._check_adjusted_line_stays(vals)
        if not self.env["account.move"]._is_posting_credits():
            return super().write(vals)
        with self.move_id._written_with_real_totals():
            return super().write(vals)
