"""The right to post a customer credit, now or by schedule.

An issuer may post any credit, a billing user up to the company's limit, above it after an issuer's
approval (see account_move_credit_approval.py). A scheduled credit was checked when it was
scheduled, so the scheduler posts it without another check, but only if it is unchanged.
"""

from contextlib import contextmanager

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_list, formatLang
from odoo.tools.misc import clean_context

ISSUER_GROUP = "account_customer_credit.group_customer_credit_issuer"


class AccountMove(models.Model):
    _inherit = "account.move"

    needs_credit_approval = fields.Boolean(
        compute="_compute_needs_credit_approval",
        help="Whether the current user must have this credit approved before posting it.",
    )
    credit_issuer_id = fields.Many2one(
        comodel_name="res.users",
        string="Credit Issued By",
        readonly=True,
        copy=False,
        index="btree_not_null",
        groups="base.group_user",
        help="User who posted this credit.",
    )

    # ------------------------------------------------------------------
    # The right
    # ------------------------------------------------------------------

    @api.depends("is_customer_credit", "state", "credit_approver_id", "amount_total_signed")
    @api.depends_context("uid")
    def _compute_needs_credit_approval(self):
        # Drafts only: a user who reads a posted one may not be able to read the company's limit.
        drafts = self.filtered(lambda move: move.state == "draft")
        beyond_right = drafts._filter_credits_beyond_right()
        for move in self:
            move.needs_credit_approval = move in beyond_right

    def _filter_credits_beyond_right(self, in_ledger=None):
        """The documents among these that the current user may not post.

        :param dict in_ledger: ``{move id: amount}`` that the ledger holds of them already, in
            company currency, positive, which counts against the limit too
        :return: the unapproved customer credits (and core's credit notes, if the company's setting
            says so) above the company's limit in company currency; none for an issuer or the
            superuser
        """
        if self.env.su or self.env.user.has_group(ISSUER_GROUP):
            return self.browse()
        in_ledger = in_ledger or {}
        return self.filtered(
            lambda move: (
                (move.id in in_ledger or move._is_subject_to_credit_rights())
                and move.company_currency_id.compare_amounts(
                    max(move._get_credit_limit_amount(), in_ledger.get(move.id, 0.0)),
                    move.company_id.customer_credit_limit,
                )
                > 0
                and not move._is_credit_approved()
            )
        )

    def _get_credit_limit_amount(self):
        """The amount that counts against the limit: the total in company currency, positive.

        An edited or old currency rate makes a credit smaller in the ledger, but not what it
        promises. So this is the largest of the booked amount, the one at the rate of its date and
        the one at today's.
        """
        self.ensure_one()
        if not self.is_customer_credit and self.move_type != "out_refund":
            return self._get_owed_amount()  # the rest of an invoice is owed by the customer
        total = abs(self.amount_total)
        today = fields.Date.context_today(self)
        return max(
            self._get_owed_amount(),
            abs(self.amount_total_signed),
            total / (self.expected_currency_rate or 1.0),
            self.currency_id._convert(total, self.company_currency_id, self.company_id, today),
        )

    def _is_subject_to_credit_rights(self):
        """Whether issuing or refunding this document needs the rights of customer credits: a
        customer credit, a credit note if the company's limit binds it, or any other customer
        document by which we owe something."""
        self.ensure_one()
        if self.move_type == "out_refund":
            return bool(self.company_id.customer_credit_limit_refunds)
        # An invoice with an instalment that we owe can be refunded by that.
        return self.is_customer_credit or (
            self.is_sale_document(include_receipts=True) and self._get_owed_amount() > 0
        )

    def _get_owed_amount(self):
        """What we owe by this document's items, in company currency, positive."""
        items = self.line_ids.filtered(
            lambda line: line.account_type == "asset_receivable" and line.balance < 0
        )
        return -sum(items.mapped("balance"))

    def _check_credit_right(self, in_ledger=None):
        """Refuse documents that the current user may not post.

        :param dict in_ledger: as for :meth:`_filter_credits_beyond_right`
        :raises UserError: naming the first such document, the limit and who may post it
        """
        in_ledger = in_ledger or {}
        for move in self._filter_credits_beyond_right(in_ledger)[:1]:
            amount, currency = move.amount_total, move.currency_id
            if move.id in in_ledger:  # the write may not have changed the document's total
                amount, currency = -in_ledger[move.id], move.company_currency_id
            raise UserError(
                self.env._(
                    "%(credit)s for %(amount)s exceeds the limit of %(limit)s for billing users "
                    "in %(company)s. Use Request Approval. Approvers: %(issuers)s.",
                    credit=move.display_name,
                    amount=formatLang(self.env, abs(amount), currency_obj=currency),
                    limit=formatLang(
                        self.env,
                        move.company_id.customer_credit_limit,
                        currency_obj=move.company_currency_id,
                    ),
                    company=move.company_id.display_name,
                    issuers=move._get_credit_issuer_names(),
                )
            )

    def _get_credit_issuers(self):
        """The active users who may post any credit of this document's company."""
        self.ensure_one()
        # sudo: a billing user may not read groups; only users' names and ids leave this method.
        return (
            self.sudo()
            .env.ref(ISSUER_GROUP)
            .all_user_ids.filtered(
                lambda user: user.active and not user.share and self.company_id in user.company_ids
            )
            .sorted("name")
        )

    def _get_credit_issuer_names(self):
        names = self._get_credit_issuers().mapped("name")
        if not names:
            return self.env._("none yet (ask an administrator)")
        return format_list(self.env, names[:5], style="or")

    def _set_credit_issuers(self):
        # sudo: a user who may post the credit may not write its issuer.
        credits = self.filtered(lambda move: move._is_subject_to_credit_rights()).sudo()
        for issuer, moves in credits.grouped(self._get_credit_issuer).items():
            moves.credit_issuer_id = issuer

    @api.model
    def _get_credit_issuer(self, credit):
        """The user who posts this credit; for a scheduled one, the user who scheduled it."""
        return (self.env.su and credit.credit_approver_id) or self.env.user

    # ------------------------------------------------------------------
    # Edits and schedules
    # ------------------------------------------------------------------

    @contextmanager
    def _edited_with_rights(self, vals):
        """Check a write of these values in the block: an edit voids the approval, and scheduling
        needs the right to post.

        :param dict vals: the values
        :raises UserError: naming the scheduled credit, and who may post it
        """
        # While posting, core fills in empty fields, which is no edit.
        posting = self._is_posting_credits()
        # Core schedules documents that are posted before their date; the other documents that it
        # fills in while posting were checked before.
        may_schedule = "auto_post" in vals or not posting
        scheduled = self._filter_scheduled_credits() if may_schedule else self.browse()
        changed_since = scheduled.filtered(lambda move: not move._is_credit_approved())
        yield
        if "credit_approval_digest" not in vals and not posting:
            self._void_stale_credit_approvals()
        scheduled = self._filter_scheduled_credits() if may_schedule else self.browse()
        if scheduled:
            scheduled._check_credit_right()
            # The superuser writes for many reasons; only scheduling is a decision. And what
            # somebody else has changed since is not allowed by an edit of something else.
            if "auto_post" in vals:
                scheduled._allow_scheduled_credits()
            elif not self.env.su:
                (scheduled - changed_since)._allow_scheduled_credits()

    def _filter_scheduled_credits(self):
        return self.filtered(
            lambda move: (
                move.auto_post not in ("no", False)
                and move.state == "draft"
                and move._is_subject_to_credit_rights()
            )
        )

    def _allow_scheduled_credits(self):
        """Check the right to post these newly scheduled credits, and store their digest: the
        scheduler posts only that content, whatever rights the user has by then."""
        self._check_credit_right()
        for move in self:
            if not move._is_credit_approved():
                move._set_credit_approval()

    def _check_scheduled_credits_unchanged(self):
        """Refuse to post a scheduled credit that changed since it was allowed."""
        for move in self._filter_scheduled_credits():
            if not move._is_credit_approved():
                raise UserError(
                    self.env._(
                        "%(credit)s was edited after it was scheduled and exceeds the editor's "
                        "limit. An approver must review and schedule it again.",
                        credit=move.display_name,
                    )
                )

    def _copy_recurring_entries(self):
        series = self.filtered(lambda move: move._is_subject_to_credit_rights())
        # sudo: the series was allowed when it was scheduled; the user (or the scheduler) who posts
        # one credit does not decide about the next.
        # Without a client's defaults, which were not allowed.
        series = series.with_env(self.env(context=clean_context(self.env.context))).sudo()
        super(AccountMove, series)._copy_recurring_entries()
        return super(AccountMove, self - series)._copy_recurring_entries()
