"""Records whose ids come from a client, which may send anything."""

from collections.abc import Iterable

from odoo.exceptions import UserError

#: The largest value of an id column in the database.
MAX_ID = 2**31 - 1


def is_id(value):
    """Whether this value can be the id of a record. ``True`` cannot, though it equals 1 in Python,
    nor can a number that the database column cannot hold."""
    return type(value) is int and 0 < value <= MAX_ID


def get_named_records(env, model, ids):
    """The records with the ids that a client sent, mostly in its context.

    :param str model: the model of the ids
    :param ids: a list of ids or one id; None, False or an empty list for no record
    :return: those records that exist, each once
    :raises AccessError: for a record that the user may not read
    :raises UserError: for a value that cannot be an id
    """
    if ids is None or ids is False:
        ids = []
    elif isinstance(ids, (str, dict)) or not isinstance(ids, Iterable):
        ids = [ids]
    for value in ids:
        if not is_id(value):
            raise UserError(
                env._(
                    "“%(value)s” is not a valid record. Reload the page and select the records "
                    "again.",
                    value=str(value)[:40],
                )
            )
    records = env[model].browse(dict.fromkeys(ids)).exists()
    records.check_access("read")
    return records
