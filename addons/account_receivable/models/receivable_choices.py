"""The choices of a report of receivables, read from the context and checked.

The choices travel as plain context keys, so that Odoo's own search bar, favourites, exports and
links carry them. Values from a client are checked here before anything is read.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tools import format_date

#: The context keys; fields that depend on them are cached apart for each choice.
CHOICE_KEYS = ("as_of", "aging_basis", "aging_credits")

BASES = ("due", "invoice")
CREDIT_MODES = ("aged", "column", "total")

#: The kinds of a customer statement.
STATEMENT_KINDS = [("open_item", "Open Items"), ("activity", "Activity")]
#: Who gets one.
STATEMENT_CUSTOMERS = [("all", "All customers with open items"), ("chosen", "Selected customers")]


def _is_left_out(value):
    """Whether nothing was chosen. A zero or an empty list is an (invalid) choice."""
    return value is None or value is False or value == ""


def get_as_of(env):
    """The day whose end a report shows: ``context['as_of']``, else the user's today.

    :return date: the day
    :raises UserError: for an invalid date, several dates, or a day in the future
    """
    today = fields.Date.context_today(env["account.move.line"])
    value = env.context.get("as_of")
    # Odoo's search bar hands over a list of what was typed.
    if isinstance(value, (list, tuple)):
        if len(set(map(str, value))) > 1:
            raise UserError(
                env._("A report has one as-of date. Remove the other dates from the search.")
            )
        value = value[0] if value else None
    if _is_left_out(value):
        return today
    day = _get_date(env, value)
    if day > today:
        raise UserError(
            env._(
                "%(date)s is in the future. Choose today or an earlier date.",
                date=format_date(env, day),
            )
        )
    return day


def _get_date(env, value):
    """The date that a value means.

    :raises UserError: for an invalid date
    """
    day = _to_date(value)
    if day is None:
        raise UserError(
            env._(
                "“%(value)s” is not a valid date. Enter the date as year-month-day, e.g. "
                "%(example)s.",
                value=str(value)[:40],
                example=fields.Date.to_string(fields.Date.context_today(env["account.move.line"])),
            )
        )
    return day


def _to_date(value):
    """The date that a value means, or None if it is no date."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        return None
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None


@dataclass(frozen=True)
class AgingChoices:
    """How open items are aged.

    ``as_of``: the day whose end is shown. ``basis``: age counts from the ``due`` or the
    ``invoice`` date. ``credits``: open credits are ``aged`` like invoices, stand in a ``column``
    of their own, or count only in the ``total``.
    """

    as_of: date
    basis: str = "due"
    credits: str = "aged"

    @classmethod
    def of(cls, env):
        """The choices in the context: ``as_of``, ``aging_basis`` and ``aging_credits``.

        :raises UserError: for an invalid choice
        """
        return cls(
            get_as_of(env),
            _get_one_of(env, "aging_basis", BASES),
            _get_one_of(env, "aging_credits", CREDIT_MODES),
        )

    def context(self):
        """The context keys of these choices, a dict."""
        return {
            "as_of": fields.Date.to_string(self.as_of),
            "aging_basis": self.basis,
            "aging_credits": self.credits,
        }


@dataclass(frozen=True)
class StatementChoices:
    """Which statement a customer gets.

    ``kind``: the ``open_item`` statement lists what is open, ``activity`` what happened.
    ``as_of``: the day whose end is shown. ``date_from``: the first day of an activity statement,
    whose opening balance is that of the end of the day before; an open-item statement has none.
    """

    kind: str
    as_of: date
    date_from: date | None = None

    @classmethod
    def of(cls, env):
        """The choices in the context: ``statement_kind``, ``as_of`` and ``statement_from``.

        :raises UserError: for an invalid choice, a day in the future, or a first day that is
            missing or later than the last one
        """
        kind = _get_one_of(env, "statement_kind", [name for name, _label in STATEMENT_KINDS])
        as_of = get_as_of(env)
        if kind == "open_item":
            return cls(kind, as_of)
        value = env.context.get("statement_from")
        if _is_left_out(value):
            raise UserError(
                env._(
                    "An activity statement covers a period. Enter the From date."
                )
            )
        date_from = _get_date(env, value)
        if date_from > as_of:
            raise UserError(
                env._(
                    "The From date %(first)s is after the as-of date %(last)s. Choose an earlier "
                    "From date or a later as-of date.",
                    first=format_date(env, date_from),
                    last=format_date(env, as_of),
                )
            )
        return cls(kind, as_of, date_from)

    @classmethod
    def of_record(cls, record):
        """The choices of a record with the fields ``kind``, ``date`` and ``date_from``, unchecked.
        An open-item statement has no first day, whatever the record holds."""
        date_from = record.date_from if record.kind == "activity" else None
        return cls(record.kind, record.date, date_from or None)

    def checked(self, env):
        """These choices, checked.

        :raises UserError: as :meth:`of`
        """
        return self.of(env(context={**env.context, **self.context()}))

    @property
    def opening_day(self):
        """The day of an activity statement's opening balance: the day before its first day."""
        # date.min has no day before it, and nothing is dated on it.
        return max(self.date_from, date.min + timedelta(days=1)) - timedelta(days=1)

    def context(self):
        """The context keys of these choices, a dict."""
        return {
            "statement_kind": self.kind,
            "as_of": self.as_of,
            "statement_from": self.date_from,
        }


def _get_one_of(env, key, known):
    value = env.context.get(key)
    if _is_left_out(value):
        return known[0]
    if value not in known:
        raise UserError(
            env._(
                "“%(value)s” is not a valid value for %(key)s. Choose one of: %(known)s.",
                value=str(value)[:40],
                key=key,
                known=", ".join(known),
            )
        )
    return value
