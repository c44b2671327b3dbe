"""The preview of the totals, and the notices for the clerk."""

import math

from odoo import api, fields, models
from odoo.tools import format_date, format_list

from ..models.rights.account_move_credit_rights import ISSUER_GROUP


class AccountCustomerCreditIssue(models.TransientModel):
    _inherit = "account.customer.credit.issue"

    tax_totals = fields.Binary(
        compute="_compute_preview",
        exportable=False,
        help="The untaxed amount, the taxes and the total of the credit.",
    )
    needs_approval = fields.Boolean(
        compute="_compute_preview", help="Whether the credit is above the current user's limit."
    )
    notice = fields.Text(
        compute="_compute_preview", help="Notices about the credit."
    )

    @api.depends(
        *("company_id", "partner_ids", "amount", "currency_id", "date"),
        *("journal_id", "product_id", "account_id", "tax_ids"),
    )
    @api.depends_context("uid")
    def _compute_preview(self):
        for wizard in self:
            previews = wizard._get_previews()
            totals = {}
            for move, partners in previews:
                total = wizard.currency_id.round(move.tax_totals["total_amount_currency"])
                totals.setdefault(total, partners)
            wizard.tax_totals = previews[0][0].tax_totals if previews else False
            wizard.needs_approval = any(wizard._is_above_limit(total) for total in totals)
            wizard.notice = "\n".join(wizard._get_notices(previews, totals))

    def _get_previews(self):
        """The credits as unsaved drafts, one for customers with the same total.

        :return: list of pairs: an unsaved credit and its customers; empty while input is missing
            that the total needs
        """
        self.ensure_one()
        if not (self.currency_id and self.journal_id and math.isfinite(self.amount or 0.0)):
            return []
        if self.currency_id.compare_amounts(self.amount, 0.0) <= 0:
            return []
        partners = self._get_billing_partners().with_company(self.company_id)
        alike = partners.grouped(
            lambda partner: (
                self._get_fiscal_position(partner),
                partner.property_payment_term_id.id,
            )
        )
        moves = self.env["account.move"].with_company(self.company_id)
        return [
            (moves.new(self._prepare_credit_vals(group[:1])), group)
            for group in alike.values() or [partners]
        ]

    def _is_above_limit(self, total):
        """Whether a credit of this total (in document currency, negative) needs an approval. Only
        a forecast: the document is checked when it is posted.
        """
        if self.env.su or self.env.user.has_group(ISSUER_GROUP):
            return False
        company, today = self.company_id, fields.Date.context_today(self)
        amounts = [
            self.currency_id._convert(abs(total), company.currency_id, company, day)
            for day in (self.date or today, today)
        ]
        return company.currency_id.compare_amounts(max(amounts), company.customer_credit_limit) > 0

    def _get_notices(self, previews, totals):
        """The notices for the clerk.

        :param previews: see :meth:`_get_previews`
        :param totals: the different totals (document currency, negative), each with its customers
        :return: sentences, the most important first
        """
        notices = [
            self._notice_disabled(),
            self._notice_approval(totals),
            self._notice_lock_date(previews),
            self._notice_future_date(),
            self._notice_contacts(),
            self._notice_many(previews),
            self._notice_fiscal_positions(totals),
        ]
        return [notice for notice in notices if notice]

    def _notice_disabled(self):
        if self.company_id.customer_credit_enabled:
            return None
        return self.env._(
            "%(company)s does not use customer credits. Switch on Customer Credits in the "
            "Invoicing settings first.",
            company=self.company_id.display_name,
        )

    def _notice_approval(self, totals):
        if not any(self._is_above_limit(total) for total in totals):
            return None
        return self.env._(
            "Credits over %(limit)s need approval. A draft will be sent to an approver.",
            limit=self.company_id.currency_id.format(self.company_id.customer_credit_limit),
            company=self.company_id.display_name,
        )

    def _notice_lock_date(self, previews):
        for move, _partners in previews[:1]:
            if self.date:
                return move._get_lock_date_message(self.date, move._affect_tax_report())
        return None

    def _notice_future_date(self):
        if not self.date or self.date <= fields.Date.context_today(self):
            return None
        return self.env._(
            "The credit is dated %(date)s, in the future. It can be applied from that date.",
            date=format_date(self.env, self.date),
        )

    def _notice_contacts(self):
        selected, billed = self.partner_ids._origin, self._get_billing_partners()
        if len(selected) == len(billed):
            return None
        twice = [
            customer.display_name
            for customer, contacts in selected.grouped("commercial_partner_id").items()
            if len(contacts) > 1
        ]
        return self.env._(
            "One credit per company: several contacts of %(companies)s are selected.",
            companies=format_list(self.env, twice[:5]),
        )

    def _notice_many(self, previews):
        count = sum(len(partners) for _move, partners in previews)
        if count < 2:
            return None
        total = sum(
            move.tax_totals["total_amount_currency"] * len(partners) for move, partners in previews
        )
        return self.env._(
            "%(count)s credits, %(total)s in total. If one fails, none is issued.",
            count=count,
            total=self.currency_id.format(-total),
        )

    def _notice_fiscal_positions(self, totals):
        if len(totals) < 2:
            return None
        return self.env._(
            "Totals differ by fiscal position or payment terms: %(amounts)s. The total below is "
            "for %(customer)s.",
            amounts=format_list(self.env, [self.currency_id.format(-total) for total in totals]),
            customer=next(iter(totals.values()))[:1].display_name,
        )
