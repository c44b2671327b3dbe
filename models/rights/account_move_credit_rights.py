"""Who may post a customer credit, now or by the clock.

An issuer posts any credit. A billing user posts up to the company's limit; beyond it an issuer
approves (see account_move_credit_approval.py). What was scheduled was checked when it was
scheduled, so the clock posts it unasked: that, and nothing else.
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

    # ------------------------------------------------------------------
    # The right
    # ------------------------------------------------------------------

    @api.depends("is_customer_credit", "state", "credit_approver_id", "amount_total_signed")
    @api.depends_context("uid")
    def _compute_needs_credit_approval(self):
        # Drafts alone: who reads a posted one may have no right to the company's limit.
        drafts = self.filtered(lambda move: move.state == "draft")
        beyond_right = drafts._filter_credits_beyond_right()
        for move in self:
            move.needs_credit_approval = move in beyond_right

    def _filter_credits_beyond_right(self, in_ledger=None):
        """The documents among these that the current user may not post.

        :param dict in_ledger: ``{move id: amount}`` that the ledger holds of them already, in
            company currency, positive; it counts, too
        :return: customer credits, and core's credit notes where the company says so, above the
            company's limit (company currency, compared with the document's total), not approved;
            none for an issuer or for the superuser
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
        """What counts against the limit: the total in company currency, positive.

        A typed-in currency rate, or one of a day long gone, makes a credit smaller in the ledger,
        not in what it promises: the largest of the booked amounts, the one at the rate of its day
        and the one at today's counts.
        """
        self.ensure_one()
        if not self.is_customer_credit and self.move_type != "out_refund":
            return self._get_owed_amount()  # the rest of an invoice is what the customer owes
        total = abs(self.amount_total)
        today = fields.Date.context_today(self)
        return max(
            self._get_owed_amount(),
            abs(self.amount_total_signed),
            total / (self.expected_currency_rate or 1.0),
            self.currency_id._convert(total, self.company_currency_id, self.company_id, today),
        )

    def _is_subject_to_credit_rights(self):
        """Whether this document needs the rights of customer credits, to issue or to refund: a
        customer credit, a credit note where the company's limit binds it, and any other customer
        document that owes the customer something."""
        self.ensure_one()
        if self.move_type == "out_refund":
            return bool(self.company_id.customer_credit_limit_refunds)
        # An invoice that owes by one of its instalments can be refunded by that.
        return self.is_customer_credit or (
            self.is_sale_document(include_receipts=True) and self._get_owed_amount() > 0
        )

    def _get_owed_amount(self):
        """:return: what this document's items owe the customer, in company currency, positive"""
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
            if move.id in in_ledger:  # what is written may have left the document's total alone
                amount, currency = -in_ledger[move.id], move.company_currency_id
            raise UserError(
                self.env._(
                    "%(credit)s of %(amount)s is above the limit of %(limit)s up to which a "
                    "billing user may post a customer credit in %(company)s. %(issuers)s may post "
                    "it: ask with the button Request Approval.",
                    credit=move.display_name,
                    amount=formatLang(self.env, amount, currency_obj=currency),
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
            return self.env._("Nobody yet (an administrator sets who)")
        return format_list(self.env, names[:5], style="or")

    # ------------------------------------------------------------------
    # Edits and schedules
    # ------------------------------------------------------------------

    @contextmanager
    def _edited_with_rights(self, vals):
        """Somebody writes these values meanwhile: an approval is for what was seen, and what is
        scheduled needs the right to post it.

        :raises UserError: naming the scheduled credit, and who may post it
        """
        # While posting, core itself fills in what the user left empty: no edit of anybody's.
        posting = self._is_posting_credits()
        # Core itself schedules what is posted before its day; the rest of what posting fills in
        # is of documents that were asked about before.
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
        """Check the right to post these credits now that they are scheduled, and write down what
        was scheduled: the clock posts that, and nothing else, whoever has which right by then."""
        self._check_credit_right()
        for move in self:
            if not move._is_credit_approved():
                move._set_credit_approval()

    def _check_scheduled_credits_unchanged(self):
        """Refuse, when the clock posts, a scheduled credit that is no longer what was allowed."""
        for move in self._filter_scheduled_credits():
            if not move._is_credit_approved():
                raise UserError(
                    self.env._(
                        "%(credit)s was edited after it was scheduled, by somebody who may not "
                        "post it. An issuer of customer credits must look at it and schedule it "
                        "again.",
                        credit=move.display_name,
                    )
                )

    def _copy_recurring_entries(self):
        series = self.filtered(lambda move: move._is_subject_to_credit_rights())
        # sudo: the series was allowed when it was scheduled; its next credit is not a new decision
        # of whoever, or of the clock that, posts the current one.
        # A client's defaults are not what was allowed.
        series = series.with_env(self.env(context=clean_context(self.env.context))).sudo()
        super(AccountMove, series)._copy_recurring_entries()
        return super(AccountMove, self - series)._copy_recurring_entries()
