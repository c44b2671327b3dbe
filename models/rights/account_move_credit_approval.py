"""The approval of credits that a user may not post.

An approval is for the credit as the issuer saw it: a digest of its content is stored with it, so
any edit voids it. The same digest is the version that the issuer's screen holds and the button
passes: an edit made meanwhile is not approved.
"""

import hashlib

from markupsafe import escape

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import float_repr

from .account_move_credit_rights import ISSUER_GROUP

APPROVAL_ACTIVITY = "account_customer_credit.mail_activity_credit_approval"


def _written(number):
    """A number as text, the same whether it was just computed or comes from the database."""
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
        help="User who approved this credit. Editing the credit cancels the approval.",
    )
    credit_approver_asked_id = fields.Many2one(
        comodel_name="res.users",
        compute="_compute_credit_approver_asked_id",
        groups="base.group_user",
        help="The approver who was asked to approve this draft.",
    )
    awaits_credit_approval = fields.Boolean(
        compute="_compute_awaits_credit_approval",
        help="Whether the current user can approve this draft.",
    )
    credit_approval_digest = fields.Char(
        readonly=True,
        copy=False,
        groups="account.group_account_manager",
        help="Content of the credit when it was approved.",
    )
    credit_approval_version = fields.Char(
        compute="_compute_credit_approval_version",
        groups=ISSUER_GROUP,
        help="Version of the draft shown to the approver.",
    )

    @api.depends("state", "credit_approver_id", "activity_ids.user_id")
    def _compute_credit_approver_asked_id(self):
        for move in self:
            asked = move.state == "draft" and move._get_credit_approval_activities().user_id
            move.credit_approver_asked_id = asked and asked[:1]

    @api.depends("needs_credit_approval")
    @api.depends_context("uid")
    def _compute_hide_post_button(self):
        result = super()._compute_hide_post_button()
        # The user requests approval instead.
        self.filtered("needs_credit_approval").hide_post_button = True
        return result

    def action_request_credit_approval(self):
        """Schedule an activity for an issuer to approve each of these credits: for the issuer who
        has the fewest credits to approve.

        :raises UserError: if no user may approve it
        """
        for move in self.filtered("needs_credit_approval"):
            issuer = move._get_credit_approver_to_ask()
            if not issuer:
                raise UserError(
                    self.env._(
                        "%(company)s has no one to approve %(credit)s. Ask an administrator to "
                        "make a user an approver of customer credits.",
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

    def _get_credit_approver_to_ask(self):
        """The issuer with the fewest open requests, except the current user."""
        self.ensure_one()
        issuers = self._get_credit_issuers() - self.env.user
        # sudo: how many requests others have is counted, and only the user leaves this method.
        requests = self.env["mail.activity"].sudo()._read_group(
            [
                ("activity_type_id", "=", self.env.ref(APPROVAL_ACTIVITY).id),
                ("user_id", "in", issuers.ids),
            ],
            ["user_id"],
            ["__count"],
        )
        counts = {user.id: count for user, count in requests}
        return issuers.sorted(lambda user: counts.get(user.id, 0))[:1]

    def _decline_credit(self, reason):
        """Close the requests to approve this draft, and tell who asked, with the reason.

        :param str reason: why, for the user who asked
        """
        self.ensure_one()
        activities = self._get_credit_approval_activities()
        # The user who schedules an activity is its author.
        asking = activities.create_uid
        activities.action_feedback(
            feedback=self.env._("Approval declined: %(reason)s", reason=reason)
        )
        for user in asking.filtered("active") - self.env.user:
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.env._("Credit not approved"),
                user_id=user.id,
                note=escape(reason),
            )

    def action_approve_credit(self, version=None):
        """Allow any billing user to post this draft credit, as the current user saw it.

        :param str version: ``credit_approval_version`` as it was on the screen. Without it, and
            for several credits at once (a list shows only totals), only the superuser approves.
        :raises AccessError: unless the current user is an issuer
        :raises UserError: for a document that is no draft credit, or that changed since it was
            opened
        """
        if not self.env.su and not self.env.user.has_group(ISSUER_GROUP):
            raise AccessError(
                self.env._("Only an approver of customer credits can approve this credit.")
            )
        for move in self:
            if move.state != "draft" or not move._is_subject_to_credit_rights():
                raise UserError(
                    self.env._(
                        "%(document)s is not a draft credit, so it needs no approval.",
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
                        "Open %(credit)s, review it, and approve it there.",
                        credit=move.display_name,
                    )
                )
            if version != move._get_credit_digest():
                raise UserError(
                    self.env._(
                        "%(credit)s has changed since you opened it. Review it again, then "
                        "approve.",
                        credit=move.display_name,
                    )
                )

    @api.depends("state", "credit_approver_id")
    def _compute_credit_approval_version(self):
        for move in self:
            # A record that is not saved cannot be approved.
            is_there = bool(move.id) and move.state == "draft"
            move.credit_approval_version = (
                move._get_credit_digest()
                if is_there and move._is_subject_to_credit_rights()
                else False
            )

    def _set_credit_approval(self):
        self.ensure_one()
        # sudo: no user may read or write the digest.
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
        # sudo: the user who posts may not read the digest; only whether it is equal is returned.
        move = self.sudo()
        return bool(move.credit_approver_id) and (
            move.credit_approval_digest == move._get_credit_digest()
        )

    def _get_credit_digest(self):
        """The digest of what an issuer approves: customer, amounts in the document's and the
        company's currency, lines, accounts, taxes and due dates.

        It covers all journal items, since an edited balance, account or tax is in no invoice line,
        but no ids of lines: core creates items again while a draft is saved.

        :return str: the digest
        """
        self.ensure_one()
        # sudo: the same content for every user; only the digest is returned.
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
            # Posting it once, later, is what was approved; a recurring series is not.
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
            # sudo: a billing user's edit removes the approval, but the user may not grant one.
            move.sudo().write({"credit_approver_id": False, "credit_approval_digest": False})
            move._message_log(
                body=self.env._(
                    "The credit was edited, so the approval by %(approver)s no longer applies.",
                    approver=approver.name,
                )
            )


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _get_approved_item(self):
        """The values of a journal item that are part of an approval."""
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
        """The values of an invoice line that are part of an approval."""
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
