"""Application of credits to invoices, by chosen amounts on a chosen day."""

import math

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..guards.locking import refused_while_locked
from .application_details import ApplicationDetails


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _apply_receivables(self, amounts, day=None, reason=None):
        """Settle open items of one customer with each other.

        Core reconciles: it pairs the items by due date, books exchange differences and cash basis
        taxes. This method limits how much core sees of each item.

        :param dict amounts: ``{item: amount}`` for each of these items; positive, in the item's
            currency, at most what is open of it
        :param date day: the day it takes effect. Default: today or the latest document's date,
            whichever is later; for a payment the later date of the two documents
        :param str reason: the reason, for the register
        :return: the new ``account.partial.reconcile``
        :raises UserError: before anything is written: if the two sides differ, an amount is more
            than what is open, the items cannot settle each other, or the day is locked
        :raises psycopg2.errors.SerializationFailure: if another transaction settled an item
            meanwhile; Odoo retries the request, which then finds less open
        """
        self._lock_for_application()
        self._check_can_be_applied()
        self._check_amounts_to_apply(amounts)
        is_chosen = bool(day)
        day = self._get_application_day(day)
        self._check_amounts_meet(amounts)
        before = {line: abs(line.amount_residual_currency) for line in self}
        details = ApplicationDetails(
            self.env, day=day, reason=reason, amounts=dict(amounts), is_chosen=is_chosen
        )
        self.with_context(**details.context())._reconcile_plan([self])
        for line in self:
            used = before[line] - abs(line.amount_residual_currency)
            if line.currency_id.compare_amounts(used, amounts[line]) != 0:
                raise UserError(self._get_unmet_message(line, amounts[line] - used))
        return self.env["account.partial.reconcile"].browse(details.partial_ids)

    @api.model
    def _prepare_reconciliation_plan(self, plan, amls_values_map, shadowed_aml_values=None):
        for line, amount in ApplicationDetails.of(self.env).take_amounts().items():
            if line in amls_values_map:
                line._cap_residual(amls_values_map[line], amount)
        return super()._prepare_reconciliation_plan(
            plan, amls_values_map, shadowed_aml_values=shadowed_aml_values
        )

    @api.model
    def _prepare_reconciliation_single_partial(
        self, debit_values, credit_values, shadowed_aml_values=None
    ):
        result = super()._prepare_reconciliation_single_partial(
            debit_values, credit_values, shadowed_aml_values=shadowed_aml_values
        )
        exchange = result.get("exchange_values")
        if not exchange:
            return result  # nearly always, and there may be thousands of pairs
        items = debit_values["aml"] + credit_values["aml"]
        if (
            "asset_receivable" in items.mapped("account_type")
            and ApplicationDetails.dates_entries(self.env, items.move_id)
        ):
            # Core dates it as the documents: an application of August would change June.
            values = exchange["move_values"]
            journal = self.env["account.journal"].browse(values["journal_id"])
            values["date"] = journal._get_day_of_application(
                items._get_pair_day(), values["date"]
            )
        return result

    def _get_pair_day(self):
        """The day that the register will give the current settling of these two items, see
        :meth:`~AccountReceivableApplication._get_recording_day_sql`."""
        # sudo: only the day is used, for items that the user settles.
        register = self.env["account.receivable.application"].sudo()
        is_money = any(line.payment_id or line.statement_line_id for line in self)
        company = self.filtered(lambda line: line.move_id.is_invoice(True)).company_id
        company = (company or self.company_id)[:1]
        return max(
            *self.mapped("date"),
            ApplicationDetails.of(self.env).get_earliest_date(company, is_money),
            *register._get_last_taken_back(self).values(),
        )

    def _get_available_credit_amounts(self):
        """How much of each of these open credits is available. Extend this method to deduct what
        another addon reserves.

        :return: ``{item: amount}``, zero or more, in the item's currency
        """
        return {line: max(0.0, -line.amount_residual_currency) for line in self}

    def _cap_residual(self, values, amount):
        """Reduce the open amount that core sees of this item.

        In a foreign currency the amount in company currency is reduced in proportion, so that the
        rest keeps its rate.

        :param dict values: core's values of the item, changed in place
        :param float amount: the most to show, positive, in the item's currency
        """
        self.ensure_one()
        residual = values["amount_residual_currency"]
        if self.currency_id.compare_amounts(abs(residual), amount) <= 0:
            return
        share = amount / abs(residual)
        values["amount_residual_currency"] = math.copysign(amount, residual)
        values["amount_residual"] = (
            math.copysign(amount, residual)
            if self.currency_id == self.company_currency_id
            else self.company_currency_id.round(values["amount_residual"] * share)
        )

    # ------------------------------------------------------------------
    # Checks
    # ------------------------------------------------------------------

    def _lock_for_application(self):
        """Lock these items and their documents until the end of the transaction: nobody else may
        settle them or reset them to draft.

        :raises UserError: if another user has locked them
        """
        self.env.flush_all()
        with refused_while_locked(
            lambda: self.env._(
                "Another user is applying %(documents)s. Reload the page to see the current "
                "balance, then try again.",
                documents=self._get_document_names(),
            )
        ):
            self.move_id.lock_for_update(allow_referencing=True)
            self.lock_for_update(allow_referencing=True)
        self.invalidate_recordset()

    def _check_can_be_applied(self):
        """Refuse items that cannot be settled with each other.

        :raises UserError: naming the first such item
        """
        first = self[:1]
        for line in self:
            move = line.move_id
            if move.state != "posted":
                raise UserError(
                    self.env._(
                        "%(document)s is not posted. Confirm it first.",
                        document=move.display_name,
                    )
                )
            if line.account_type != "asset_receivable" or not line.account_id.reconcile:
                raise UserError(
                    self.env._(
                        "Item %(item)s of %(document)s is on %(account)s. Only items on "
                        "receivable accounts that allow reconciliation can be applied.",
                        item=line.name or "/",
                        document=move.display_name,
                        account=line.account_id.display_name,
                    )
                )
            if line.commercial_partner_id != first.commercial_partner_id:
                (first + line)._check_one_customer()
            if line.account_id != first.account_id:
                raise UserError(
                    self.env._(
                        "%(document)s is posted to %(account)s and %(other)s to "
                        "%(other_account)s. Credits can be applied only within one receivable "
                        "account.",
                        document=move.display_name,
                        account=line.account_id.display_name,
                        other=first.move_id.display_name,
                        other_account=first.account_id.display_name,
                    )
                )
            if line.company_id.root_id != first.company_id.root_id:
                raise UserError(
                    self.env._(
                        "%(document)s belongs to %(company)s and %(other)s to %(other_company)s. "
                        "Credits can be applied only within one company.",
                        document=move.display_name,
                        company=line.company_id.display_name,
                        other=first.move_id.display_name,
                        other_company=first.company_id.display_name,
                    )
                )

    def _check_one_customer(self):
        """Refuse items of several customers.

        :raises UserError: naming two items of different customers
        """
        first = self[:1]
        for line in self:
            if line.commercial_partner_id != first.commercial_partner_id:
                raise UserError(
                    self.env._(
                        "%(document)s belongs to %(customer)s and %(other)s to "
                        "%(other_customer)s. Credits can be applied only to invoices of the same "
                        "customer.",
                        document=line.move_id.display_name,
                        customer=line.commercial_partner_id.display_name or "/",
                        other=first.move_id.display_name,
                        other_customer=first.commercial_partner_id.display_name or "/",
                    )
                )

    def _check_amounts_to_apply(self, amounts):
        """Refuse invalid amounts.

        :param dict amounts: as for :meth:`_apply_receivables`
        :raises UserError: naming the item whose amount is not positive, has too many decimals or
            is more than what is open, or of which nothing is
        """
        for line in self:
            amount = amounts[line]
            document = line.move_id.display_name
            line._check_typed_amount(amount)
            if line.currency_id.is_zero(line.amount_residual_currency):
                raise UserError(
                    self.env._(
                        "%(document)s has just been used. Reopen this window.", document=document
                    )
                )
            if line.currency_id.compare_amounts(amount, abs(line.amount_residual_currency)) > 0:
                raise UserError(
                    self.env._(
                        "Only %(residual)s is open on %(document)s. Enter that amount or less.",
                        residual=line.currency_id.format(abs(line.amount_residual_currency)),
                        document=document,
                    )
                )

    def _check_typed_amount(self, amount):
        """Refuse what is no positive amount in this item's currency.

        :raises UserError: naming the item
        """
        self.ensure_one()
        try:
            self.currency_id._check_entered_amount(amount)
        except UserError as error:
            raise UserError(
                self.env._(
                    "%(document)s: %(error)s", document=self.move_id.display_name, error=error
                )
            ) from error

    def _get_application_day(self, day=None):
        """The day on which these items are settled with each other.

        :param date day: the day that the user chose, if any
        :return date: that day, else today or the latest document's date, whichever is later
        :raises UserError: for a day in the future, before a document's date, before an item was
            unapplied from what settled it then, or in a locked period
        """
        latest = max(self, key=lambda line: line.date)
        today = max(fields.Date.context_today(self), latest.date)
        if not day:
            return today
        if day > today:
            raise UserError(
                self.env._(
                    "%(date)s is in the future. Choose today or an earlier date.",
                    date=format_date(self.env, day),
                )
            )
        if day < latest.date:
            raise UserError(
                self.env._(
                    "%(document)s is dated %(document_date)s; choose that date or later.",
                    document=latest.move_id.display_name,
                    document_date=format_date(self.env, latest.date),
                )
            )
        self._check_free_on(day)
        self.company_id._check_receivable_day(day)
        return day

    def _check_free_on(self, day):
        # sudo: only the day is shown, of items that the user may settle.
        register = self.env["account.receivable.application"].sudo()
        for line, taken_back in register._get_last_taken_back(self).items():
            if day < taken_back:
                raise UserError(
                    self.env._(
                        "%(document)s was applied to another document until %(free)s; choose that "
                        "date or later.",
                        document=line.move_id.display_name,
                        free=format_date(self.env, taken_back),
                    )
                )

    def _check_amounts_meet(self, amounts):
        """Refuse amounts whose two sides differ, even by a cent.

        :param dict amounts: as for :meth:`_apply_receivables`
        :raises UserError: naming an item and what it lacks on the other side
        """
        left = self._get_unmet_amounts(amounts)
        for line, amount in left.items():
            if not line.currency_id.is_zero(amount):
                raise UserError(self._get_unmet_message(line, amount))

    def _get_unmet_amounts(self, amounts):
        """How much of these amounts core would leave open, because the other side is less.

        :param dict amounts: as for :meth:`_apply_receivables`
        :return: ``{item: amount}`` in the item's currency, zero or more
        """
        values = {
            line: {
                "aml": line,
                "amount_residual": line.amount_residual,
                "amount_residual_currency": line.amount_residual_currency,
                "parent_state": line.parent_state,
            }
            for line in self
        }
        plans, _lines = self._optimize_reconciliation_plan([self])
        details = ApplicationDetails(self.env, amounts=dict(amounts))
        lines = self.with_context(**details.context())
        results = [
            result for plan in plans for result in lines._prepare_reconciliation_plan(plan, values)
        ]
        unmet = {line: amounts[line] for line in self}
        for result in results:
            partial = result["partial_values"]
            for side in ("debit", "credit"):
                line = self.browse(partial[f"{side}_move_id"])
                unmet[line] -= partial[f"{side}_amount_currency"]
            # An exchange difference settles what is left because of the rates.
            exchange = result.get("exchange_values")
            for item in self._get_exchange_parts(exchange):
                unmet[item[0]] -= item[1]
        return {line: max(0.0, line.currency_id.round(amount)) for line, amount in unmet.items()}

    @api.model
    def _get_exchange_parts(self, exchange):
        """How much an exchange difference settles of the items, in their own currencies.

        :param dict exchange: the values that core prepared, or None
        :return: list of ``(item, positive amount in its currency)``
        """
        if not exchange:
            return []
        commands = exchange["move_values"]["line_ids"]
        return [
            (line, abs(commands[sequence][2]["amount_currency"]))
            for line, sequence in exchange["to_reconcile"]
        ]

    def _get_unmet_message(self, line, amount):
        return self.env._(
            "Credits and invoices must total the same; %(amount)s of %(document)s is unassigned.",
            amount=line.currency_id.format(amount),
            document=line.move_id.display_name,
        )

    def _get_document_names(self):
        return ", ".join(self.move_id.mapped("display_name")[:5])
