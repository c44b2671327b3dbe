"""A report whose rows depend on choices that travel in the context."""

from odoo import api, models

from ..models.receivable_choices import CHOICE_KEYS, AgingChoices


class AccountReceivableReport(models.AbstractModel):
    _name = "account.receivable.report"
    _description = "Report of Receivables"

    @api.private
    def with_context(self, *args, **overrides):
        """Every client comes in here. Where its choices are wrong, the query says so; but what is
        read is cached by them, and of what cannot be the key of a cache Odoo only complains.

        :raises UserError: for a choice that is none
        """
        records = super().with_context(*args, **overrides)
        if any(not _is_key(records.env.context.get(key)) for key in CHOICE_KEYS):
            AgingChoices.of(records.env)
        return records


def _is_key(value):
    """Whether Odoo's cache takes it for a key."""
    try:
        hash(tuple(value) if isinstance(value, list) else value)
    except TypeError:
        return False
    return True
