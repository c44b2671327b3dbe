"""The details of an application that core's reconciliation knows nothing of."""

from datetime import date, timedelta

from odoo import fields

CONTEXT_KEY = "receivable_application"
#: Holds the details of an unapplication while the entries of the application are reversed.
UNAPPLICATION_KEY = "receivable_application_taken_back"


class ApplicationDetails:
    """The day and reason of an application or unapplication, and how much of each item to apply.

    They travel in the context. A context that comes in by RPC cannot hold this object, so no
    client can backdate an application or cap a reconciliation.
    """

    def __init__(
        self, env, day=None, reason=None, amounts=None, is_chosen=True, is_payment=False
    ):
        """
        :param date day: the day it takes effect; None: the later date of the two documents
        :param str reason: the reason, for the register
        :param dict amounts: ``{journal item: positive amount in its currency}``, the most to apply
            of each item; other items are applied in full
        :param bool is_chosen: whether the user chose that day; else a payment takes effect on the
            later date of the two documents
        :param bool is_payment: whether a payment is being registered and settles its documents
        """
        self.env = env
        self.day = day
        self.reason = reason or None  # NULL in the database
        self.amounts = amounts
        self.is_chosen = is_chosen
        self.is_payment = is_payment
        self.partial_ids = []

    @classmethod
    def of(cls, env):
        """The details in the context; else details of today, a day that nobody chose."""
        details = env.context.get(CONTEXT_KEY)
        if isinstance(details, cls):
            return details
        today = fields.Date.context_today(env["account.move.line"])
        return cls(env, day=today, is_chosen=False)

    @classmethod
    def dates_entries(cls, env, moves):
        """Whether the entries booked with the settling of these documents take its date.

        They do where a user or this addon applies, and for documents that always do so. Else, as
        for a payment registered on core's own documents, core dates them.
        """
        if any(move._is_booked_as_applied() for move in moves):
            return True
        details = env.context.get(CONTEXT_KEY)
        return isinstance(details, cls) and not (
            details.is_payment and any(move._is_money() for move in moves)
        )

    @classmethod
    def of_documents(cls, env):
        """The context for settling a document with one that was made from it: as of the later
        date of the two, not of today.

        :return dict: the context
        """
        details = env.context.get(CONTEXT_KEY)
        return (details if isinstance(details, cls) else cls(env)).context()

    def context(self):
        """The context that holds these details, a dict."""
        return {CONTEXT_KEY: self}

    def get_earliest_date(self, company, is_money=False):
        """The day of these details, or the first open day after a locked period if that is later.

        :param company: the company whose lock dates count
        :param bool is_money: whether one of the two settled items is a payment or a bank line
        :return date: ``date.min`` if there is neither a day nor a lock
        """
        has_day = self.day and (self.is_chosen or not is_money)
        return max(self.day if has_day else date.min, get_first_open_day(company))

    def take_amounts(self):
        """Return the amounts and forget them: the exchange differences that core reconciles next
        must not be capped.

        :return: ``{journal item: positive amount in its currency}``
        """
        amounts, self.amounts = self.amounts, None
        return amounts or {}


def get_first_open_day(company):
    """The day after the last locked one, for receivables and for the current user.

    :return date: ``date.min`` if nothing is locked
    """
    lock = max(
        company.user_fiscalyear_lock_date, company.user_hard_lock_date, company.user_sale_lock_date
    )
    return lock + timedelta(days=1) if lock > date.min else date.min
