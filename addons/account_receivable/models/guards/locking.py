"""A message in place of a lock error."""

from contextlib import contextmanager

from odoo.exceptions import LockError, UserError


@contextmanager
def refused_while_locked(get_message):
    """Turn a ``LockError`` within the block, which the web client shows as a traceback, into a
    ``UserError``.

    :param get_message: function that returns the message, called only if needed
    :raises UserError: with that message
    """
    try:
        yield
    except LockError as error:
        raise UserError(get_message()) from error
