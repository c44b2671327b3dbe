"""Applying: credits settle invoices, each by a chosen amount, on a chosen day."""

import math

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..guards.locking import refused_while_locked
from .application_event import ApplicationEvent


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _apply_receivables(self, amounts, day=None, reason=None):
        """Settle open items of one customer with each other.

        Core does the settling: it pairs the items by due date, books exchange differences and cash
        basis taxes. What it may use of each item is capped.

        :param dict amounts: ``{item: amount}`` for each of these items; positive, in the item's
            currency, at most what is open of it
        :param date day: when it takes effect; default today, or the latest document's date;
            where one of two is money the later one's date
        :param str reason: why, for the register
        :return: the new ``account.partial.reconcile``
        :raises UserError: before anything is written: amounts that the two sides do not share,
            more than is open, items that cannot settle each other, a locked day
        :raises psycopg2.errors.SerializationFailure: when somebody else settled an item meanwhile;
            the request is repeated and then finds less open
        """
        self._lock_for_application()
        self._check_can_be_applied()
        self._check_amounts_to_apply(amounts)
        is_chosen = bool(day)
        day = self._get_application_day(day)
        self._check_amounts_meet(amounts)
        before = {line: abs(line.amount_residual_currency) for line in self}
        event = ApplicationEvent(
            self.env, day=day, reason=reason, amounts=dict(amounts), is_chosen=is_chosen
        )
        self.with_context(**event.context())._reconcile_plan([self])
        for line in self:
            used = before[line] - abs(line.amount_residual_currency)
            if line.currency_id.compare_amounts(used, amounts[line]) != 0:
                raise UserError(self._get_unmet_message(line, amounts[line] - used))
        return self.env["account.partial.reconcile"].browse(event.partial_ids)

    @api.model
    def _prepare_reconciliation_plan(self, plan, amls_values_map, shadowed_aml_values=None):
        for line, amount in ApplicationEvent.of(self.env).take_amounts().items():
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
            and ApplicationEvent.dates_entries(self.env, items.move_id)
        ):
            # Core dates it by the documents: what is applied in August would change June.
            values = exchange["move_values"]
            journal = self.env["account.journal"].browse(values["journal_id"])
            values["date"] = journal._get_day_of_application(
                items._get_pair_day(), values["date"]
            )
        return result

    def _get_pair_day(self):
        """The day on which these two items are settled with each other by what is going on: the
        register will date it so (:meth:`~AccountReceivableApplication._get_recording_day_sql`)."""
        # sudo: of the register only the day is used, for items that the user settles.
        register = self.env["account.receivable.application"].sudo()
        is_money = any(line.payment_id or line.statement_line_id for line in self)
        company = self.filtered(lambda line: line.move_id.is_invoice(True)).company_id
        company = (company or self.company_id)[:1]
        return max(
            *self.mapped("date"),
            ApplicationEvent.of(self.env).get_earliest_date(company, is_money),
            *register._get_last_taken_back(self).values(),
        )

    def _get_available_credit_amounts(self):
        """What of these open credits is kept for nothing else; an addon that reserves some of them
        takes its reservations off.

        :return: ``{item: positive amount in its currency}``
        """
        return {line: max(0.0, -line.amount_residual_currency) for line in self}

    def _cap_residual(self, values, amount):
        """Let core see no more than this of what is open: the rest is no part of the matter.

        A part of an item in a foreign currency takes its share of the company's amount along, so
        that the rest keeps its rate.
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
    # Guards
    # ------------------------------------------------------------------

    def _lock_for_application(self):
        """Nobody else may settle these items, or take back their documents, until we are done."""
        self.env.flush_all()
        with refused_while_locked(
            lambda: self.env._(
                "Somebody is settling %(documents)s at this moment. Wait a moment, then look "
                "what is still open and try again.",
                documents=self._get_document_names(),
            )
        ):
            self.move_id.lock_for_update(allow_referencing=True)
            self.lock_for_update(allow_referencing=True)
        self.invalidate_recordset()

    def _check_can_be_applied(self):
        """:raises UserError: naming the first item that cannot be settled with the others"""
        first = self[:1]
        for line in self:
            move = line.move_id
            if move.state != "posted":
                raise UserError(
                    self.env._(
                        "%(document)s is not posted, so nothing of it can be applied. Confirm it "
                        "first.",
                        document=move.display_name,
                    )
                )
            if line.account_type != "asset_receivable" or not line.account_id.reconcile:
                raise UserError(
                    self.env._(
                        "The item %(item)s of %(document)s is on %(account)s, which is not a "
                        "receivable account that allows reconciliation.",
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
                        "%(document)s is booked on %(account)s and %(other)s on "
                        "%(other_account)s. Only items of one receivable account settle each "
                        "other.",
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
                        "Apply credits within one company.",
                        document=move.display_name,
                        company=line.company_id.display_name,
                        other=first.move_id.display_name,
                        other_company=first.company_id.display_name,
                    )
                )

    def _check_one_customer(self):
        """:raises UserError: naming two items that are not of the same customer"""
        first = self[:1]
        for line in self:
            if line.commercial_partner_id != first.commercial_partner_id:
                raise UserError(
                    self.env._(
                        "%(document)s is %(customer)s's and %(other)s is %(other_customer)s's. "
                        "Apply the credits of one customer to its own invoices.",
                        document=line.move_id.display_name,
                        customer=line.commercial_partner_id.display_name or "/",
                        other=first.move_id.display_name,
                        other_customer=first.commercial_partner_id.display_name or "/",
                    )
                )

    def _check_amounts_to_apply(self, amounts):
        """:raises UserError: naming the item whose amount is none, too fine or too much"""
        for line in self:
            amount = amounts[line]
            document = line.move_id.display_name
            line._check_typed_amount(amount)
            if line.currency_id.compare_amounts(amount, abs(line.amount_residual_currency)) > 0:
                raise UserError(
                    self.env._(
                        "%(amount)s is more than the %(residual)s that is open of %(document)s. "
                        "Enter at most that; somebody may have settled a part of it meanwhile.",
                        amount=line.currency_id.format(amount),
                        residual=line.currency_id.format(abs(line.amount_residual_currency)),
                        document=document,
                    )
                )

    def _check_typed_amount(self, amount):
        """:raises UserError: unless this is a positive amount of money in the item's currency"""
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

        :param day: what somebody chose; checked
        :return: that day, else today or the latest document's date, whichever is later
        :raises UserError: for a day in the future, before a document, before an item was free of
            what settled it until then, or in a locked period
        """
        latest = max(self, key=lambda line: line.date)
        today = max(fields.Date.context_today(self), latest.date)
        if not day:
            return today
        if day > today:
            raise UserError(
                self.env._(
                    "%(date)s lies in the future. Apply today, or come back then.",
                    date=format_date(self.env, day),
                )
            )
        if day < latest.date:
            raise UserError(
                self.env._(
                    "%(document)s is of %(document_date)s: it cannot be settled on %(date)s "
                    "already. Choose a later date.",
                    document=latest.move_id.display_name,
                    document_date=format_date(self.env, latest.date),
                    date=format_date(self.env, day),
                )
            )
        self._check_free_on(day)
        self.company_id._check_receivable_day(day)
        return day

    def _check_free_on(self, day):
        # sudo: of the register only the day is told, of items that the user may settle.
        register = self.env["account.receivable.application"].sudo()
        for line, taken_back in register._get_last_taken_back(self).items():
            if day < taken_back:
                raise UserError(
                    self.env._(
                        "%(document)s was settled with something else until %(free)s: it cannot "
                        "be settled once more on %(date)s already. Choose %(free)s or later.",
                        document=line.move_id.display_name,
                        free=format_date(self.env, taken_back),
                        date=format_date(self.env, day),
                    )
                )

    def _check_amounts_meet(self, amounts):
        """:raises UserError: unless what is used on one side is used on the other, to the cent"""
        left = self._get_unmet_amounts(amounts)
        for line, amount in left.items():
            if not line.currency_id.is_zero(amount):
                raise UserError(self._get_unmet_message(line, amount))

    def _get_unmet_amounts(self, amounts):
        """What of these amounts would find nothing on the other side, by core's own reckoning.

        :param dict amounts: as for :meth:`_apply_receivables`
        :return: ``{item: amount}`` in the item's currency, never negative
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
        event = ApplicationEvent(self.env, amounts=dict(amounts))
        lines = self.with_context(**event.context())
        results = [
            result for plan in plans for result in lines._prepare_reconciliation_plan(plan, values)
        ]
        unmet = {line: amounts[line] for line in self}
        for result in results:
            partial = result["partial_values"]
            for side in ("debit", "credit"):
                line = self.browse(partial[f"{side}_move_id"])
                unmet[line] -= partial[f"{side}_amount_currency"]
            # An exchange difference clears what the rates left over.
            exchange = result.get("exchange_values")
            for item in self._get_exchange_parts(exchange):
                unmet[item[0]] -= item[1]
        return {line: max(0.0, line.currency_id.round(amount)) for line, amount in unmet.items()}

    @api.model
    def _get_exchange_parts(self, exchange):
        """What an exchange difference clears of the items' own currency.

        :param exchange: what core prepared, or None
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
            "%(amount)s of %(document)s finds nothing on the other side to settle. The amounts of "
            "credits and invoices must be the same: lower this one, or raise one on the other "
            "side.",
            amount=line.currency_id.format(amount),
            document=line.move_id.display_name,
        )

    def _get_document_names(self):
        return ", ".join(self.move_id.mapped("display_name")[:5])
