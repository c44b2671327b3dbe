"""The register of applications: what settled what, when, by whom and why.

Core keeps only what is reconciled now: it dates a partial reconciliation as the later document,
and unreconciling deletes it. The register has a row for each application and unapplication, dated
with the day it took effect, which nobody edits: the aging as of June looks the same in August as
it did in June.
"""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

#: The fields that the recording statement reads, and that must be flushed before.
READ_BY_SQL = {
    "account.partial.reconcile": None,
    "account.move.line": [
        "account_id",
        "amount_currency",
        "currency_id",
        "journal_id",
        "move_id",
        "move_name",
        "parent_state",
        "partner_id",
        "payment_id",
        "statement_line_id",
    ],
    "account.account": ["account_type"],
    "res.partner": ["commercial_partner_id"],
    "res.company": ["currency_exchange_journal_id"],
}

#: One of the two items is of an entry for an exchange difference.
IS_EXCHANGE = SQL(
    """COALESCE(
        company.currency_exchange_journal_id IN (debit.journal_id, credit.journal_id), FALSE
    )"""
)
#: One of the two items is of a payment or of a line of a bank statement.
IS_MONEY = SQL(
    """COALESCE(
        debit.payment_id, debit.statement_line_id, credit.payment_id, credit.statement_line_id
    ) IS NOT NULL"""
)


class AccountReceivableApplication(models.Model):
    _name = "account.receivable.application"
    _description = "Receivable Application"
    _order = "date desc, id desc"

    kind = fields.Selection(
        string="Type",
        selection=[("application", "Application"), ("unapplication", "Application Reversed")],
        required=True,
        readonly=True,
    )
    date = fields.Date(
        required=True,
        readonly=True,
        index=True,
        help="Date on which the application or its reversal takes effect.",
    )
    partial_id = fields.Many2one(
        comodel_name="account.partial.reconcile",
        string="Reconciliation",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="Empty once the application is reversed.",
    )
    application_id = fields.Many2one(
        comodel_name="account.receivable.application",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="The application that this row reverses.",
    )
    company_id = fields.Many2one(
        comodel_name="res.company", required=True, readonly=True, index=True, ondelete="restrict"
    )
    company_currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        comodel_name="res.partner",
        string="Customer",
        readonly=True,
        index=True,
        # who has nothing any more but what was taken back may be deleted, as the documents were
        ondelete="set null",
        help="Company or person that owes the receivable.",
    )
    account_id = fields.Many2one(
        comodel_name="account.account", required=True, readonly=True, ondelete="restrict"
    )
    # A draft that was once posted may be deleted: then its name is what remains of it here.
    debit_line_id = fields.Many2one(
        comodel_name="account.move.line",
        string="Invoice Item",
        readonly=True,
        index=True,
        ondelete="set null",
    )
    credit_line_id = fields.Many2one(
        comodel_name="account.move.line",
        string="Credit Item",
        readonly=True,
        index=True,
        ondelete="set null",
    )
    debit_move_id = fields.Many2one(
        comodel_name="account.move",
        string="Invoice",
        readonly=True,
        index=True,
        ondelete="set null",
    )
    credit_move_id = fields.Many2one(
        comodel_name="account.move",
        string="Credit",
        readonly=True,
        index=True,
        ondelete="set null",
    )
    debit_name = fields.Char(string="Invoice Number", readonly=True)
    credit_name = fields.Char(string="Credit Number", readonly=True)
    amount = fields.Monetary(
        currency_field="company_currency_id",
        readonly=True,
        help="In company currency. Negative if reversed.",
    )
    debit_currency_id = fields.Many2one(
        comodel_name="res.currency",
        string="Invoice Currency",
        required=True,
        readonly=True,
        ondelete="restrict",
    )
    credit_currency_id = fields.Many2one(
        comodel_name="res.currency", required=True, readonly=True, ondelete="restrict"
    )
    debit_amount_currency = fields.Monetary(
        string="Amount in Invoice Currency",
        currency_field="debit_currency_id",
        readonly=True,
        help="In the currency of the invoice. Negative if reversed.",
    )
    credit_amount_currency = fields.Monetary(
        string="Amount in Credit Currency",
        currency_field="credit_currency_id",
        readonly=True,
        help="In the currency of the credit. Negative if reversed.",
    )
    is_exchange = fields.Boolean(
        string="Exchange Difference",
        readonly=True,
        help="One of the two items is an exchange difference.",
    )
    # Whoever paid online has applied, too, and may delete that login.
    user_id = fields.Many2one(comodel_name="res.users", readonly=True, ondelete="set null")
    reason = fields.Char(readonly=True)

    @api.depends("kind", "debit_name", "credit_name")
    def _compute_display_name(self):
        for row in self:
            row.display_name = f"{row.credit_name or '/'} → {row.debit_name or '/'}"

    # ------------------------------------------------------------------
    # Written once
    # ------------------------------------------------------------------

    def write(self, vals):
        if self:
            raise UserError(self._get_history_message())
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise UserError(self._get_history_message())

    def _get_history_message(self):
        return self.env._(
            "Recorded applications cannot be changed. To reverse one, unapply it."
        )

    def init(self):
        """Record the reconciliations that are not in the register yet, in one statement.

        They are dated as core's reports date them, with the later document's date, also where an
        old reconciliation has no date. Later updates of the addon find nothing to record.
        """
        result = super().init()
        unknown = SQL(
            """NOT EXISTS (
                SELECT 1 FROM account_receivable_application known
                 WHERE known.partial_id = partial.id
            )"""
        )
        user = SQL("COALESCE(partial.create_uid, %s)", self.env.uid)
        date = SQL("COALESCE(partial.max_date, GREATEST(debit.date, credit.date))")
        self.env.cr.execute(self._get_recording_sql(unknown, date, user))
        return result

    # ------------------------------------------------------------------
    # Recording
    # ------------------------------------------------------------------

    @api.model
    def _record_applications(self, partials, details):
        """Record new reconciliations of receivables, and no others.

        :param partials: ``account.partial.reconcile``, just created
        :param details: their :class:`ApplicationDetails`
        """
        self._flush_read_by_sql()
        for company, own in partials.grouped("company_id").items():
            date = self._get_recording_day_sql(
                details.get_earliest_date(company),
                details.get_earliest_date(company, is_money=True),
            )
            condition = SQL("partial.id IN %s", tuple(own.ids))
            user = SQL("%s", self.env.uid)
            self.env.cr.execute(self._get_recording_sql(condition, date, user, details.reason))
        self._forget_cached_rows()

    @api.model
    def _record_unapplications(self, partials, details):
        """Record that these reconciliations are about to be deleted.

        :param partials: ``account.partial.reconcile``
        :param details: the :class:`ApplicationDetails` of the unapplication
        """
        for company, own in partials.grouped("company_id").items():
            self.env.cr.execute(
                SQL(
                    """
                    INSERT INTO account_receivable_application (
                           kind, date, application_id, company_id, partner_id, account_id,
                           debit_line_id, credit_line_id, debit_move_id, credit_move_id,
                           debit_name, credit_name, debit_currency_id, credit_currency_id,
                           amount, debit_amount_currency, credit_amount_currency, is_exchange,
                           debit_total_currency, credit_total_currency,
                           user_id, reason, create_uid, write_uid, create_date, write_date)
                    SELECT 'unapplication', GREATEST(date, %(date)s), id, company_id, partner_id,
                           account_id, debit_line_id, credit_line_id, debit_move_id,
                           credit_move_id, debit_name, credit_name, debit_currency_id,
                           credit_currency_id, -amount, -debit_amount_currency,
                           -credit_amount_currency, is_exchange, debit_total_currency,
                           credit_total_currency, %(user)s, %(reason)s,
                           %(user)s, %(user)s, %(now)s, %(now)s
                      FROM account_receivable_application
                     WHERE partial_id IN %(partials)s
                  ORDER BY id
                    """,
                    date=details.get_earliest_date(company),
                    user=self.env.uid,
                    reason=details.reason,
                    now=self.env.cr.now(),
                    partials=tuple(own.ids),
                )
            )
        self._forget_cached_rows()

    @api.model
    def _flush_read_by_sql(self):
        for model, names in READ_BY_SQL.items():
            self.env[model].flush_model(names)

    @api.model
    def _forget_cached_rows(self):
        """Invalidate what the cache holds of the register, whose rows are written by SQL."""
        self.invalidate_model(flush=False)
        self.env["account.receivable.application.side"].invalidate_model(flush=False)
        self.env["account.move"].invalidate_model(
            ["receivable_application_ids"], flush=False
        )

    @api.model
    def _get_recording_sql(self, condition, date, user, reason=None):
        """The statement that records applications.

        :param condition: ``SQL`` on ``partial``, an ``account_partial_reconcile``
        :param date: ``SQL`` of the day they take effect
        :param user: ``SQL`` of the user who applied
        """
        return SQL(
            """
            INSERT INTO account_receivable_application (
                   kind, date, partial_id, company_id, partner_id, account_id,
                   debit_line_id, credit_line_id, debit_move_id, credit_move_id,
                   debit_name, credit_name, debit_currency_id, credit_currency_id,
                   amount, debit_amount_currency, credit_amount_currency, is_exchange,
                   debit_total_currency, credit_total_currency,
                   user_id, reason, create_uid, write_uid, create_date, write_date)
            SELECT 'application', %(date)s, partial.id, partial.company_id,
                   COALESCE(debit_partner.commercial_partner_id,
                            credit_partner.commercial_partner_id),
                   debit.account_id, debit.id, credit.id, debit.move_id, credit.move_id,
                   debit.move_name, credit.move_name, debit.currency_id, credit.currency_id,
                   partial.amount, partial.debit_amount_currency, partial.credit_amount_currency,
                   %(is_exchange)s,
                   debit.amount_currency, credit.amount_currency,
                   %(user)s, %(reason)s, %(user)s, %(user)s, %(now)s, %(now)s
              FROM account_partial_reconcile partial
              JOIN account_move_line debit ON debit.id = partial.debit_move_id
              JOIN account_move_line credit ON credit.id = partial.credit_move_id
              JOIN account_account account ON account.id = debit.account_id
              JOIN res_company company ON company.id = partial.company_id
         LEFT JOIN res_partner debit_partner ON debit_partner.id = debit.partner_id
         LEFT JOIN res_partner credit_partner ON credit_partner.id = credit.partner_id
             WHERE account.account_type = 'asset_receivable' AND %(condition)s
          ORDER BY partial.id
            """,
            condition=condition,
            date=date,
            is_exchange=IS_EXCHANGE,
            user=user,
            reason=reason,
            now=self.env.cr.now(),
        )
