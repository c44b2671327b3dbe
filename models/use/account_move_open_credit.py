"""The worklist of open credits: owner and hold."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.account_receivable.models.open_items.res_partner import ACCOUNTING_GROUPS


class AccountMove(models.Model):
    _inherit = "account.move"

    # Columns without a default, which PostgreSQL adds to millions of rows at once.
    credit_owner_id = fields.Many2one(
        comodel_name="res.users",
        domain="[('share', '=', False)]",
        index="btree_not_null",
        copy=False,
        tracking=True,
        check_company=True,
        groups="base.group_user",
        help="User responsible for this open credit. Defaults to the user who posts it, or to the "
        "salesperson if it is posted automatically.",
    )
    credit_on_hold = fields.Boolean(
        copy=False,
        tracking=True,
        groups="base.group_user",
        help="A credit on hold is not applied automatically. You can still apply it manually.",
    )
    credit_hold_note = fields.Char(
        string="Hold Reason",
        copy=False,
        tracking=True,
        groups="base.group_user",
        help="Reason for the hold.",
    )

    customer_open_invoices = fields.Monetary(
        string="Open Invoices",
        currency_field="company_currency_id",
        compute="_compute_customer_open_invoices",
        groups=ACCOUNTING_GROUPS,
        help="Open invoices of the customer, to which this credit can be applied.",
    )

    @api.depends("commercial_partner_id.ar_open_invoices")
    @api.depends_context("allowed_company_ids")
    def _compute_customer_open_invoices(self):
        for company, moves in self.grouped("company_id").items():
            for move in moves.with_company(company).with_context(
                allowed_company_ids=company.ids
            ):
                move.customer_open_invoices = move.commercial_partner_id.ar_open_invoices

    def _is_credit(self):
        """Whether this is a customer credit or core's credit note."""
        self.ensure_one()
        return self.is_customer_credit or self.move_type == "out_refund"

    def _is_open_credit(self):
        """Whether something of this posted credit or credit note is not used yet."""
        self.ensure_one()
        return (
            self._is_credit()
            and self.state == "posted"
            and not self.currency_id.is_zero(self.amount_residual)
        )

    # === Owner ===

    def _propose_credit_owners(self):
        credits = self.filtered(
            lambda move: move.state == "posted" and move._is_credit() and not move.credit_owner_id
        )
        for owner, moves in credits.grouped(lambda move: move._get_proposed_owner()).items():
            if owner:
                # No tracking message for the owner that posting sets.
                moves.with_context(tracking_disable=True).credit_owner_id = owner

    def _get_proposed_owner(self):
        """The user who posts this credit; its salesperson if that user is the scheduler's or no
        employee of the company."""
        candidates = self.env.user + self.invoice_user_id
        return candidates.filtered(
            lambda user: user.active and not user.share and self.company_id in user.company_ids
        )[:1]

    def action_assign_credits_to_me(self):
        """Make the current user the owner of these open credits.

        :raises UserError: naming a document that is no open credit
        """
        self._check_open_credits()
        self.credit_owner_id = self.env.user

    # === Hold ===

    @api.model
    def _get_values_with_hold_note(self, vals):
        """These values of ``write``, with the note emptied if they end a hold."""
        if vals.get("credit_on_hold") is False and "credit_hold_note" not in vals:
            return {**vals, "credit_hold_note": False}
        return vals

    @api.constrains("credit_on_hold")
    def _check_credit_on_hold(self):
        for move in self:
            if move.credit_on_hold and not move._is_credit():
                raise ValidationError(
                    self.env._(
                        "%(document)s cannot be put on hold. Choose a customer credit or a credit "
                        "note.",
                        document=move.display_name,
                    )
                )

    def action_release_credits(self):
        """End the hold of these open credits.

        :raises UserError: naming a document that is no open credit
        """
        self._check_open_credits()
        self.filtered("credit_on_hold").credit_on_hold = False

    def _check_open_credits(self):
        """Refuse documents that are no open credits.

        :raises UserError: naming the first one
        """
        for move in self:
            if not move._is_open_credit():
                raise UserError(
                    self.env._(
                        "%(document)s is not an open credit. Reload the list and choose open "
                        "credits only.",
                        document=move.display_name,
                    )
                )
