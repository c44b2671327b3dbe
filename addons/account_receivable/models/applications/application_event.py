"""What an application is told about itself on its way through core's reconciliation."""

from datetime import date, timedelta

from odoo import fields

CONTEXT_KEY = "receivable_application"
#: Holds the event while what an application booked is taken back with it.
TAKEN_BACK = "receivable_application_taken_back"


class ApplicationEvent:
    """One act of applying or unapplying: its day, its reason, and how much of each item.

    It travels in the context, and what comes in by RPC cannot hold one: nobody backdates an
    application, or caps a reconciliation, from outside.
    """

    def __init__(
        self, env, day=None, reason=None, amounts=None, is_chosen=True, is_payment=False
    ):
        """
        :param day: the day it takes effect; None: as soon as both documents are there
        :param str reason: why, for the register
        :param amounts: ``{journal item: positive amount in its currency}``, what to use of each
            item at most; items that are not named are used in full
        :param bool is_chosen: whether somebody chose that day; else money settles on the day it
            moved, the later one of the two documents' dates
        :param bool is_payment: whether a payment is being registered, and settles what it is for
        """
        self.env = env
        self.day = day
        self.reason = reason or None  # as a database has it
        self.amounts = amounts
        self.is_chosen = is_chosen
        self.is_payment = is_payment
        self.partial_ids = []

    @classmethod
    def of(cls, env):
        """The event that the context holds, else one of today."""
        event = env.context.get(CONTEXT_KEY)
        if isinstance(event, cls):
            return event
        today = fields.Date.context_today(env["account.move.line"])
        return cls(env, day=today, is_chosen=False)

    @classmethod
    def dates_entries(cls, env, moves):
        """Whether what is booked with the settling of these documents is dated as that is: where
        a person or this addon applies, and with what is always dated so. Of a payment that is
        registered for Odoo's own documents, or what other code reconciles of them, Odoo dates
        its entries."""
        if any(move._is_booked_as_applied() for move in moves):
            return True
        event = env.context.get(CONTEXT_KEY)
        return isinstance(event, cls) and not (
            event.is_payment and any(move._is_money() for move in moves)
        )

    @classmethod
    def of_documents(cls, env):
        """The context for what settles a document that was made for it: with the later one's date,
        not today's."""
        event = env.context.get(CONTEXT_KEY)
        return (event if isinstance(event, cls) else cls(env)).context()

    def context(self):
        return {CONTEXT_KEY: self}

    def get_earliest_date(self, company, is_money=False):
        """The day of the event, or the first day after a locked period, if that is later.

        :param bool is_money: whether a payment or a bank line is one of the two that are settled
        """
        has_day = self.day and (self.is_chosen or not is_money)
        return max(self.day if has_day else date.min, get_first_open_day(company))

    def take_amounts(self):
        """The amounts, once: exchange differences that core reconciles by the way are not."""
        amounts, self.amounts = self.amounts, None
        return amounts or {}


def get_first_open_day(company):
    """The day after the last locked one, for receivables and for the current user."""
    lock = max(
        company.user_fiscalyear_lock_date, company.user_hard_lock_date, company.user_sale_lock_date
    )
    return lock + timedelta(days=1) if lock > date.min else date.min
