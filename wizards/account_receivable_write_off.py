"""The dialog that writes off small balances of customers' documents, below the company's limit.

Each document gets its own entry, whose reference names it, so that each write-off can be reversed
alone. The entry uses the rate at which the balance is booked, so that nothing is left in either
currency and there is no exchange difference.
"""

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import format_date
from odoo.tools.misc import clean_context

from odoo.addons.account_receivable.models.applications.application_details import (
    ApplicationDetails,
)

from ..models.use.account_move_write_off import WRITE_OFF_GROUP


class AccountReceivableWriteOff(models.TransientModel):
    _name = "account.receivable.write.off"
    _description = "Write Off Small Balances"
    _inherit = ["account.receivable.dialog"]

    move_ids = fields.Many2many(
        comodel_name="account.move",
        string="Documents",
        default=lambda self: self._get_selected("account.move"),
    )
    company_id = fields.Many2one(comodel_name="res.company", compute="_compute_company_id")
    company_currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date(default=fields.Date.context_today)
    reason = fields.Char(help="Shown on the entry and in the chatter.")
    invoice_account_id = fields.Many2one(
        related="company_id.customer_credit_write_off_invoice_account_id"
    )
    credit_account_id = fields.Many2one(
        related="company_id.customer_credit_write_off_credit_account_id"
    )
    amount_invoices = fields.Monetary(
        string="Invoices Written Off",
        currency_field="company_currency_id",
        compute="_compute_amounts",
        help="Lowers the A/R balance.",
    )
    amount_credits = fields.Monetary(
        string="Credits Written Off",
        currency_field="company_currency_id",
        compute="_compute_amounts",
        help="Raises the A/R balance.",
    )

    @api.depends("move_ids")
    def _compute_company_id(self):
        for wizard in self:
            wizard.company_id = wizard.move_ids.company_id[:1] or self.env.company

    @api.depends("move_ids")
    def _compute_amounts(self):
        for wizard in self:
            residuals = wizard.move_ids.mapped("amount_residual_signed")
            wizard.amount_invoices = sum(amount for amount in residuals if amount > 0)
            wizard.amount_credits = -sum(amount for amount in residuals if amount < 0)

    # === Booking ===

    def action_write_off(self):
        """Write off what is left of the documents on the dialog's date.

        :return: the action that opens the entries
        :raises AccessError: without the right to write off
        :raises UserError: naming what is missing, or the document that cannot be written off
        """
        self.ensure_one()
        self._check_write_off_right()
        self._check_write_off_company()
        self._check_write_off_date()
        items_by_move = self._lock_open_items()
        self._check_write_off_documents()
        entries = self._create_entries(items_by_move)
        self._settle(items_by_move, entries)
        return entries._get_records_action(name=self.env._("Write-Offs"), context={})

    def _lock_open_items(self):
        """Lock the open items of the documents until the end of the transaction.

        :return: ``{document: its open receivable items}``
        :raises UserError: if another user has locked them
        """
        self.move_ids._get_open_receivable_items()._lock_for_application()
        self.move_ids.invalidate_recordset()
        items = self.move_ids._get_open_receivable_items()
        return {move: items.filtered(lambda i, m=move: i.move_id == m) for move in self.move_ids}

    def _create_entries(self, items_by_move):
        # The context of the dialog may hold defaults for other documents.
        wizard = self.with_context(clean_context(self.env.context), lang=self.env.lang)
        # sudo: only the program writes which document an entry writes off. The user's rights were
        # checked.
        moves = wizard.env["account.move"].sudo()
        journal = self.company_id._get_customer_credit_write_off_journal()
        entries = moves.create(
            [
                move._prepare_write_off_vals(items, journal, self.date, self.reason.strip())
                for move, items in items_by_move.items()
            ]
        )
        entries = entries.with_env(wizard.env)
        entries._post(soft=False)
        return entries.with_env(self.env)

    def _settle(self, items_by_move, entries):
        """Settle each open item with the line that was booked for it, all in one call."""
        plan = []
        for items, entry in zip(items_by_move.values(), entries, strict=True):
            own = entry.line_ids.filtered(lambda line: line.account_type == "asset_receivable")
            # The lines are in the order of their creation; the last is on the company's account.
            plan += [item + line for item, line in zip(items, own.sorted("id"), strict=True)]
        details = ApplicationDetails(self.env, day=self.date, reason=self.reason.strip())
        self.env["account.move.line"].with_context(**details.context())._reconcile_plan(plan)
        for move, items in items_by_move.items():
            if not all(items.mapped("reconciled")):
                raise UserError(
                    self.env._(
                        "%(document)s could not be settled in full. Write it off with a manual "
                        "journal entry.",
                        document=move.display_name,
                    )
                )
        self._log_write_offs(entries)

    def _log_write_offs(self, entries):
        bodies = {
            entry.write_off_document_id.id: self.env._(
                "Written off with %(entry)s of %(date)s: %(reason)s",
                entry=entry.name,
                date=format_date(self.env, self.date),
                reason=self.reason.strip(),
            )
            for entry in entries
        }
        entries.write_off_document_id._message_log_batch(bodies=bodies)

    # === Checks: before anything is written ===

    def _check_write_off_right(self):
        if not self.env.su and not self.env.user.has_group(WRITE_OFF_GROUP):
            raise AccessError(
                self.env._(
                    "You do not have the right to write off customer balances. Ask an "
                    "administrator, or a user with that right."
                )
            )

    def _check_write_off_company(self):
        if not self.move_ids:
            raise UserError(self.env._("Select the documents to write off first."))
        if len(self.move_ids.company_id) > 1:
            raise UserError(
                self.env._(
                    "These documents belong to %(companies)s. Write off one company at a time.",
                    companies=", ".join(self.move_ids.company_id.mapped("display_name")),
                )
            )
        company = self.company_id
        company._check_switched_on()
        if company.currency_id.is_zero(company.customer_credit_write_off_limit):
            raise UserError(
                self.env._(
                    "%(company)s has no write-off limit. Set one in the Invoicing settings first.",
                    company=company.display_name,
                )
            )
        self._check_write_off_accounts()

    def _check_write_off_accounts(self):
        company = self.company_id
        residuals = self.move_ids.mapped("amount_residual_signed")
        needed = []
        if any(amount > 0 for amount in residuals):
            needed.append("customer_credit_write_off_invoice_account_id")
        if any(amount < 0 for amount in residuals):
            needed.append("customer_credit_write_off_credit_account_id")
        for name in needed:
            if not company[name].active:
                raise UserError(
                    self.env._(
                        "%(setting)s is not set up for %(company)s. Choose an active account in "
                        "the Invoicing settings.",
                        company=company.display_name,
                        setting=company._fields[name].get_description(self.env)["string"],
                    )
                )
        if not company._get_customer_credit_write_off_journal():
            raise UserError(
                self.env._(
                    "%(company)s has no miscellaneous journal for write-offs. Create one first.",
                    company=company.display_name,
                )
            )

    def _check_write_off_date(self):
        if not (self.reason or "").strip():
            raise UserError(self.env._("Enter a reason for the write-off."))
        if not self.date or self.date > fields.Date.context_today(self):
            raise UserError(self.env._("Choose today or an earlier date."))
        company = self.company_id
        journal = company._get_customer_credit_write_off_journal()
        locks = company._get_violated_lock_dates(self.date, False, journal)
        if locks:
            raise UserError(
                self.env._(
                    "%(date)s is locked in %(company)s (%(locks)s). Choose a later date.",
                    date=format_date(self.env, self.date),
                    company=company.display_name,
                    locks=company._format_lock_dates(locks),
                )
            )
        company._check_receivable_day(self.date)

    def _check_write_off_documents(self):
        for move in self.move_ids:
            problem = self._get_write_off_problem(move)
            if problem:
                raise UserError(problem)

    def _get_write_off_problem(self, move):
        """Why this document cannot be written off, and what to do: sentences, or None."""
        name = move.display_name
        if not move.is_sale_document(include_receipts=True):
            return self.env._(
                "%(document)s is not a customer invoice, credit or receipt. Remove it from the "
                "list.",
                document=name,
            )
        if move.state != "posted":
            return self.env._(
                "%(document)s is not posted. Post it, or remove it from the list.", document=name
            )
        if not move._get_open_receivable_items():
            return self.env._(
                "%(document)s is already settled. Remove it from the list.", document=name
            )
        if move.credit_on_hold:
            return self.env._(
                "%(document)s is on hold. Release it, or remove it from the list.", document=name
            )
        latest = max(move.date, move.invoice_date or move.date)
        if latest > self.date:
            return self.env._(
                "%(document)s is dated %(date)s. Choose that date or a later one, or remove it "
                "from the list.",
                document=name,
                date=format_date(self.env, latest),
            )
        if move._is_above_write_off_limit(self.date):
            company = move.company_id
            return self.env._(
                "The balance of %(document)s, %(amount)s, exceeds the write-off limit of "
                "%(limit)s. Remove the document from the list.",
                document=name,
                amount=move.currency_id.format(abs(move.amount_residual)),
                limit=company.currency_id.format(company.customer_credit_write_off_limit),
            )
        return None
