"""Unapplying: on a chosen day, for a reason that is logged on both documents."""

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..guards.locking import refused_while_locked
from .application_details import ApplicationDetails


class AccountReceivableApplication(models.Model):
    _inherit = "account.receivable.application"

    def action_open_unapply(self):
        """Open the dialog that asks for the day and the reason.

        :return: the action of the dialog
        :raises UserError: if the application is no longer in force or must be undone otherwise
        """
        self.ensure_one()
        self._check_in_force()
        wizard = self.env["account.receivable.unapply"].create(
            {"application_id": self.id, "date": self._get_latest_unapplication_day()}
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Unapply"),
            "res_model": wizard._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "target": "new",
        }

    def _check_in_force(self):
        """Refuse rows that cannot be unapplied.

        :raises UserError: for an exchange difference, a refund, or a row that was unapplied
        """
        for row in self:
            if row.is_exchange:
                raise UserError(
                    self.env._(
                        "%(credit)s is an exchange difference. Unapply the application that "
                        "created it instead.",
                        credit=row.credit_name,
                    )
                )
            money = row.debit_move_id.filtered(lambda move: move._is_money())
            if money and row.partial_id:
                raise UserError(
                    self.env._(
                        "%(payment)s refunded %(credit)s; unapplying would leave the payment "
                        "open. Reset %(payment)s to draft and cancel it or, for a bank statement "
                        "line, undo its reconciliation.",
                        payment=money.name,
                        credit=row.credit_name,
                    )
                )
            if not row.partial_id:
                raise UserError(
                    self.env._(
                        "%(credit)s has already been unapplied from %(invoice)s. Reload the page.",
                        credit=row.credit_name,
                        invoice=row.debit_name,
                    )
                )

    def _unapply(self, day, reason):
        """Unapply these applications and log it on both documents.

        :param date day: the day from which the amounts are open again
        :param str reason: the reason; required
        :raises UserError: without a reason, for a day before the application, in the future or
            locked, or for an application that is no longer in force
        """
        if not (reason or "").strip():
            raise UserError(self.env._("Enter a reason for unapplying."))
        self._check_in_force()
        for row in self:
            row._check_unapplication_day(day)
        self._lock_partials()
        messages = [
            (row.debit_move_id + row.credit_move_id, row._get_message(reason)) for row in self
        ]
        details = ApplicationDetails(self.env, day=day, reason=reason)
        self.partial_id.with_context(**details.context()).unlink()
        for moves, message in messages:
            for move in moves:
                move._message_log(body=message)

    def _lock_partials(self):
        with refused_while_locked(
            lambda: self.env._(
                "Another user is unapplying %(credit)s. Reload the page to see the current "
                "applications.",
                credit=", ".join(self.mapped("credit_name")[:5]),
            )
        ):
            self.partial_id.lock_for_update(allow_referencing=True)

    def _get_latest_unapplication_day(self):
        """The latest day to unapply: today, or the day of an application dated in the future."""
        return max(self.date, fields.Date.context_today(self))

    def _check_unapplication_day(self, day):
        latest = self._get_latest_unapplication_day()
        if not day or day < self.date or day > latest:
            raise UserError(
                self.env._(
                    "%(credit)s was applied to %(invoice)s on %(date)s. Choose a date from "
                    "%(date)s to %(latest)s.",
                    credit=self.credit_name,
                    invoice=self.debit_name,
                    date=format_date(self.env, self.date),
                    latest=format_date(self.env, latest),
                )
            )
        self.company_id._check_receivable_day(day)

    def _get_message(self, reason):
        return self.env._(
            "%(user)s unapplied %(amount)s of %(credit)s from %(invoice)s: %(reason)s",
            user=self.env.user.name,
            amount=self.credit_currency_id.format(self.credit_amount_currency),
            credit=self.credit_name,
            invoice=self.debit_name,
            reason=reason,
        )


class AccountReceivableApplicationSide(models.Model):
    _inherit = "account.receivable.application.side"

    def action_unapply(self):
        """Open the dialog that asks for the day and the reason.

        :return: the action of the dialog
        :raises UserError: as ``account.receivable.application.action_open_unapply``
        """
        return self.application_id.action_open_unapply()

    def action_open_document(self):
        """Open the other document, or its payment or bank statement.

        :return: the action
        :raises UserError: if the document was deleted
        """
        self.ensure_one()
        if not self.counterpart_line_id:
            raise UserError(
                self.env._("%(document)s was deleted.", document=self.counterpart_name)
            )
        return self.counterpart_line_id.action_open_business_doc()
