"""The scheduled check, which notifies a user when receivables stop tying out."""

import logging

import psycopg2
from markupsafe import escape

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError

_logger = logging.getLogger(__name__)

TIE_OUT_ACTIVITY = "account_receivable.mail_activity_tie_out"
#: The time zone where the day begins first. The scheduler has no time zone, users have many: what
#: a user anywhere dates today is not dated ahead.
FIRST_TIME_ZONE = "Etc/GMT-14"
#: The most findings that an activity names; the list has the others.
MAX_NAMED = 10


class ResCompany(models.Model):
    _inherit = "res.company"

    receivable_tie_out_check = fields.Boolean(
        string="Daily Tie-Out Check",
        default=True,
        groups="base.group_user",
        help="Compare documents, ledger, A/R balances and aging every day. Each new difference "
        "creates an activity.",
    )
    receivable_tie_out_user_id = fields.Many2one(
        comodel_name="res.users",
        string="Tie-Out: Notify",
        groups="base.group_user",
        domain="[('share', '=', False), ('company_ids', 'in', id)]",
        help="User who is notified. If empty, an accounting administrator of the company.",
    )
    receivable_tie_out_known = fields.Json(
        string="Known Findings",
        groups="base.group_system",
        help="Findings of the last check, which are not reported again.",
    )

    @api.model
    def _cron_check_receivable_tie_out(self):
        """Check each company with the setting, and schedule an activity about new findings."""
        companies = self.search([("receivable_tie_out_check", "=", True)])
        for done, company in enumerate(companies, 1):
            company._check_receivable_tie_out_alone()
            self.env["ir.cron"]._commit_progress(1, remaining=len(companies) - done)

    def _check_receivable_tie_out_alone(self):
        """Check the company. Log an error instead of raising it: the next one is still checked."""
        try:
            with self.env.cr.savepoint():
                self._check_receivable_tie_out()
        except (psycopg2.OperationalError, ConcurrencyError):
            # A conflict of two transactions: Odoo retries the whole check.
            raise
        except Exception:
            _logger.exception("The tie-out of %s could not be checked", self.name)

    def _check_receivable_tie_out(self):
        """Check whether the company's receivables tie out as of today.

        Findings of the last check are known. One that is corrected is forgotten, and reported
        again if it comes back.

        :return: the ``mail.activity`` about the new findings, or an empty recordset
        """
        self.ensure_one()
        found = self._find_receivable_differences()
        # sudo: the check's own notes, which nobody else reads or writes.
        company = self.sudo()
        known = set(company.receivable_tie_out_known or [])
        company.receivable_tie_out_known = [key for key, _record, _text in found]
        news = [finding for finding in found if finding[0] not in known]
        return self._notify_about_differences(news) if news else self.env["mail.activity"]

    def _find_receivable_differences(self):
        """The errors, and the differences without a known cause.

        :return: list of ``(key, record, text)``: a text that identifies the finding from one check
            to the next, the record to open, and a phrase
        """
        scope = {"allowed_company_ids": self.ids, "as_of": False, "tz": FIRST_TIME_ZONE}
        findings = self.env["account.receivable.tie.out.finding"].with_context(**scope)
        causes = dict(findings._fields["cause"]._description_selection(self.env))
        found = []
        for row in findings.search([("is_error", "=", True)], order="id"):
            text = f"{row.move_id.display_name}: {causes[row.cause]}"
            found.append((f"{row.cause} {row.id}", row.move_id, text))
        for row in self.env["account.receivable.tie.out"].with_context(**scope)._get_unexplained():
            key = f"row {row.account_id.id} {row.partner_id.id} {row.currency_id.id}"
            text = self.env._(
                "%(customer)s: unexplained difference",
                customer=row.partner_id.display_name or "/",
            )
            found.append((key, row.partner_id, text))
        return found

    def _notify_about_differences(self, news):
        """Schedule one activity about these findings, on the first record that they name.

        :param list news: findings, see :meth:`_find_receivable_differences`
        :return: the ``mail.activity``
        """
        records = [record for _key, record, _text in news if record]
        record = records[0] if records else self.partner_id
        user = self._get_tie_out_user()
        lines = [text for _key, _record, text in news[:MAX_NAMED]]
        if len(news) > MAX_NAMED:
            lines.append(self.env._("and %(number)s more", number=len(news) - MAX_NAMED))
        return record.activity_schedule(
            TIE_OUT_ACTIVITY,
            user_id=user.id,
            summary=self.env._(
                "Receivables of %(company)s no longer reconcile", company=self.name
            ),
            note=escape(  # a note is HTML, and names are typed by anybody
                self.env._(
                    "Receivables no longer reconcile: %(findings)s. For details, open Reporting, "
                    "A/R Tie-Out.",
                    findings="; ".join(lines),
                )
            ),
        )

    def _get_tie_out_user(self):
        """The user to notify: the chosen one, else an accounting administrator of the company."""
        chosen = self.receivable_tie_out_user_id
        if chosen.active and self in chosen.company_ids:
            return chosen
        administrators = self.env.ref("account.group_account_manager").all_user_ids
        return (
            administrators.filtered(
                lambda user: user.active and not user.share and self in user.company_ids
            )[:1]
            or self.env.ref("base.user_admin")
        )
