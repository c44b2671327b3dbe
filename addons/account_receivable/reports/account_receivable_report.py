"""A report whose rows depend on choices that travel in the context."""

from odoo import api, models

from ..models.receivable_choices import CHOICE_KEYS, AgingChoices


class AccountReceivableReport(models.AbstractModel):
    _name = "account.receivable.report"
    _description = "Receivables Report"

    @api.private
    def with_context(self, *args, **overrides):
        """Check the choices of the context. The query would refuse invalid ones too, but a value
        that cannot be a cache key would raise an error of Odoo's before.

        :return: the records with the context
        :raises UserError: for an invalid choice
        """
        records = super().with_context(*args, **overrides)
        if any(not _is_key(records.env.context.get(key)) for key in CHOICE_KEYS):
            AgingChoices.of(records.env)
        return records


def _is_key(value):
    """Whether the value can be a key of Odoo's cache."""
    try:
        hash(tuple(value) if isinstance(value, list) else value)
    except TypeError:
        return False
    return True
