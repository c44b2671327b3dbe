"""What somebody may choose of a report of receivables: read from the context, and checked.

The choices travel as plain context keys, so that Odoo's own search bar, favourites, exports and
links carry them. What a client sends is checked here before anything is read.
"""

from dataclasses import dataclass
from datetime import date, datetime

from odoo import fields
from odoo.exceptions import UserError
from odoo.tools import format_date

#: The context keys; fields that depend on them are cached apart for each choice.
CHOICE_KEYS = ("as_of", "aging_basis", "aging_credits")

BASES = ("due", "invoice")
CREDIT_MODES = ("aged", "column", "total")


def get_as_of(env):
    """The day whose end a report shows: ``context['as_of']``, else today.

    :return: a ``date``; the user's today where the context has none
    :raises UserError: for what is no date, several dates, and a day in the future
    """
    today = fields.Date.context_today(env["account.move.line"])
    value = env.context.get("as_of")
    # Odoo's search bar hands over a list of what was typed.
    if isinstance(value, (list, tuple)):
        if len(set(map(str, value))) > 1:
            raise UserError(
                env._("A report is as of one day. Remove all but one date from the search.")
            )
        value = value[0] if value else None
    if value is None or value is False or value == "":
        return today
    day = _to_date(value)
    if day is None:
        raise UserError(
            env._(
                "“%(value)s” is no date to report on. Give the as-of date as year-month-day, "
                "such as %(example)s.",
                value=str(value)[:40],
                example=fields.Date.to_string(today),
            )
        )
    if day > today:
        raise UserError(
            env._(
                "%(date)s lies in the future: what will be open then, nobody knows. Choose today "
                "or a day before.",
                date=format_date(env, day),
            )
        )
    return day


def _to_date(value):
    """A day, or None for what is none."""
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
        """:raises UserError: for a choice in the context that is none"""
        return cls(
            get_as_of(env),
            _get_one_of(env, "aging_basis", BASES),
            _get_one_of(env, "aging_credits", CREDIT_MODES),
        )

    def context(self):
        return {
            "as_of": fields.Date.to_string(self.as_of),
            "aging_basis": self.basis,
            "aging_credits": self.credits,
        }


def _get_one_of(env, key, known):
    value = env.context.get(key) or known[0]
    if value not in known:
        raise UserError(
            env._(
                "“%(value)s” is no choice of %(key)s. Choose one of: %(known)s.",
                value=str(value)[:40],
                key=key,
                known=", ".join(known),
            )
        )
    return value
