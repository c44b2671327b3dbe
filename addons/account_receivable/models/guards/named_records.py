"""Records that somebody names by their ids: what a client sends may be anything."""

from collections.abc import Iterable

from odoo.exceptions import UserError

#: What the database's column of an id can hold.
MAX_ID = 2**31 - 1


def is_id(value):
    """Whether this can be the id of a record. To Python ``True`` is a 1, to the database it is
    not; and of a number that no column can hold it cannot even be asked."""
    return type(value) is int and 0 < value <= MAX_ID


def get_named_records(env, model, ids):
    """The records that a client names: in its context, mostly.

    :param str model: whose ids they are
    :param ids: what was sent, or what other code names: ids, or one of them; None, False or
        nothing in the list for no record
    :return: those that exist, each once
    :raises AccessError: for one that the user may not read, not even its name
    :raises UserError: for what can be no id
    """
    if ids is None or ids is False:
        ids = []
    elif isinstance(ids, (str, dict)) or not isinstance(ids, Iterable):
        ids = [ids]
    for value in ids:
        if not is_id(value):
            raise UserError(
                env._(
                    "“%(value)s” is no record. Reload the page and select the records again.",
                    value=str(value)[:40],
                )
            )
    records = env[model].browse(dict.fromkeys(ids)).exists()
    records.check_access("read")
    return records
