"""How somebody who may not post a credit asks for it, and what an approval holds for.

An approval holds for the credit as the issuer saw it: a digest of its content is kept with it, so
no path to an edit, a form or a line behind it, can keep the one and change the other. The same
digest is the version that the issuer's screen shows and the button names: what somebody edits
meanwhile is not approved.
"""

import hashlib

from markupsafe import escape

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import float_repr

from .account_move_credit_rights import ISSUER_GROUP

APPROVAL_ACTIVITY = "account_customer_credit.mail_activity_credit_approval"


def _written(number):
    """A number as it reads, whether it was just computed or comes from the database."""
    return f"{number + 0.0:.12g}"


def _written_amount(currency, amount):
    return float_repr(amount + 0.0, currency.decimal_places)


class AccountMove(models.Model):
    _inherit = "account.move"

    credit_approver_id = fields.Many2one(
        comodel_name="res.users",
        string="Credit Approved By",
        readonly=True,
        copy=False,
        tracking=True,
        groups="base.group_user",
        help="Who allowed this credit, as it is, to be posted or to be posted by the clock. "
        "Editing the credit voids the approval.",
    )
    awaits_credit_approval = fields.Boolean(
        compute="_compute_awaits_credit_approval",
        help="Whether the current user may approve this draft, which nobody did yet.",
    )
    credit_approval_digest = fields.Char(
        readonly=True,
        copy=False,
        groups="account.group_account_manager",
        help="What the credit said when it was approved.",
    )
    credit_approval_version = fields.Char(
        compute="_compute_credit_approval_version",
        groups=ISSUER_GROUP,
        help="Which version of the draft is on the screen of who may approve it.",
    )

    def action_request_credit_approval(self):
        """Ask an issuer, by an activity, to approve each of these credits.

        :raises UserError: where nobody may approve it
        """
        for move in self.filtered("needs_credit_approval"):
            issuer = (move._get_credit_issuers() - self.env.user)[:1]
            if not issuer:
                raise UserError(
                    self.env._(
                        "Nobody in %(company)s may approve %(credit)s yet. Ask an administrator "
                        "to make somebody an issuer of customer credits.",
                        company=move.company_id.display_name,
                        credit=move.display_name,
                    )
                )
            if not move._get_credit_approval_activities():
                move.activity_schedule(
                    APPROVAL_ACTIVITY,
                    user_id=issuer.id,
                    note=escape(  # a note is HTML
                        self.env._(
                            "%(user)s asks you to approve this credit.", user=self.env.user.name
                        )
                    ),
                )

    def action_approve_credit(self, version=None):
        """Allow this draft credit to be posted by any billing user, as the current user saw it.

        :param version: ``credit_approval_version`` as it was on the screen. An approval is for
            what was seen, so without it, and for several credits at once, of which a list shows
            the totals only, nobody but the program (the superuser) approves.
        :raises AccessError: unless the current user is an issuer
        :raises UserError: for a document that is not a draft under the limit's rule; that is not
            what was seen
        """
        if not self.env.su and not self.env.user.has_group(ISSUER_GROUP):
            raise AccessError(
                self.env._("Only an issuer of customer credits may approve a customer credit.")
            )
        for move in self:
            if move.state != "draft" or not move._is_subject_to_credit_rights():
                raise UserError(
                    self.env._(
                        "%(document)s is not a draft credit: there is nothing to approve.",
                        document=move.display_name,
                    )
                )
        if not self.env.su:
            self._check_credit_was_seen(version)
        for move in self:
            move._set_credit_approval()
            move._get_credit_approval_activities().action_feedback()

    def _check_credit_was_seen(self, version):
        for move in self[:1]:
            if len(self) > 1 or not version:
                raise UserError(
                    self.env._(
                        "An approval is for what you saw. Open %(credit)s, look at it, and "
                        "approve it there.",
                        credit=move.display_name,
                    )
                )
            if version != move._get_credit_digest():
                raise UserError(
                    self.env._(
                        "%(credit)s was changed since you opened it. Look at it again, then "
                        "approve.",
                        credit=move.display_name,
                    )
                )

    @api.depends("state", "credit_approver_id")
    def _compute_credit_approval_version(self):
        for move in self:
            # What is only in a form cannot be approved.
            is_there = bool(move.id) and move.state == "draft"
            move.credit_approval_version = (
                move._get_credit_digest()
                if is_there and move._is_subject_to_credit_rights()
                else False
            )

    def _set_credit_approval(self):
        self.ensure_one()
        # sudo: the digest is nobody's to read or to write by hand.
        self.sudo().write(
            {
                "credit_approver_id": self.env.uid,
                "credit_approval_digest": self._get_credit_digest(),
            }
        )

    @api.depends("state", "credit_approver_id", "amount_total_signed", "move_type")
    @api.depends_context("uid")
    def _compute_awaits_credit_approval(self):
        may_approve = self.env.user.has_group(ISSUER_GROUP)
        for move in self:
            move.awaits_credit_approval = (
                may_approve
                and move.state == "draft"
                and move._is_subject_to_credit_rights()
                and not move._is_credit_approved()
            )

    def _get_credit_approval_activities(self):
        activity_type = self.env.ref(APPROVAL_ACTIVITY)
        return self.activity_ids.filtered(lambda a: a.activity_type_id == activity_type)

    def _is_credit_approved(self):
        self.ensure_one()
        # sudo: whoever posts it; that the digest is the same leaves this method, not the digest.
        move = self.sudo()
        return bool(move.credit_approver_id) and (
            move.credit_approval_digest == move._get_credit_digest()
        )

    def _get_credit_digest(self):
        """What an issuer approves: to whom, how much in the document's currency and in the
        company's, in what, for which lines, on which accounts and taxes, due when.

        Of all journal items, since a typed balance, account or tax is in no invoice line. Items
        that core makes anew while a draft is saved are the same content: no ids of lines.
        """
        self.ensure_one()
        # sudo: the same content for every user, whatever a user may read of it; the digest leaves.
        move = self.sudo()
        content = [
            move.partner_id.id,
            move.commercial_partner_id.id,
            move.company_id.id,
            move.journal_id.id,
            move.currency_id.id,
            move.company_currency_id.id,
            move.move_type,
            str(move.invoice_date or ""),
            str(move.date or ""),
            _written(move.invoice_currency_rate),
            move.reversed_entry_id.id,
            move.invoice_payment_term_id.id,
            move.partner_bank_id.id,
            move.credit_reason_id.id,
            # To post it once, later, is what was approved; a series is something else.
            move.auto_post if move.auto_post not in ("no", "at_date") else "",
            str(move.auto_post_until or ""),
            _written_amount(move.currency_id, move.amount_total),
            _written_amount(move.company_currency_id, move.amount_total_signed),
            sorted(repr(line._get_approved_item()) for line in move.line_ids),
            sorted(repr(line._get_approved_invoice_line()) for line in move.invoice_line_ids),
        ]
        return hashlib.sha256(repr(content).encode()).hexdigest()

    def _void_stale_credit_approvals(self):
        for move in self.filtered(
            lambda move: (
                move.state == "draft"
                and move.credit_approver_id
                and not move._is_credit_approved()
            )
        ):
            approver = move.credit_approver_id
            # sudo: a billing user's edit takes the approval away, and may give none.
            move.sudo().write({"credit_approver_id": False, "credit_approval_digest": False})
            move._message_log(
                body=self.env._(
                    "The approval by %(approver)s is void: the credit was edited.",
                    approver=approver.name,
                )
            )


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _get_approved_item(self):
        """What of a journal item is part of an approval."""
        self.ensure_one()
        own, company = self.currency_id, self.company_currency_id
        return (
            self.display_type,
            self.account_id.id,
            self.partner_id.id,
            own.id,
            company.id,
            _written_amount(own, self.amount_currency),
            _written_amount(company, self.balance),
            sorted(self.tax_ids.ids),
            self.group_tax_id.id,
            self.tax_repartition_line_id.id,
            sorted(self.tax_tag_ids.ids),
            _written_amount(company, self.tax_base_amount),
            str(self.date_maturity or ""),
            str(self.discount_date or ""),
            _written_amount(own, self.discount_amount_currency),
            _written_amount(company, self.discount_balance),
        )

    def _get_approved_invoice_line(self):
        """What of a line as the document shows it is part of an approval."""
        self.ensure_one()
        return (
            self.display_type,
            self.name,
            self.product_id.id,
            self.account_id.id,
            _written(self.quantity),
            _written(self.price_unit),
            _written(self.discount),
            sorted(self.tax_ids.ids),
            self.adjusted_line_id.id,
            self.is_price_correction,
        )
