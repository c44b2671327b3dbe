"""Who is in the way is said in a sentence."""

from contextlib import contextmanager

from odoo.exceptions import LockError, UserError


@contextmanager
def refused_while_locked(get_message):
    """Records that are locked within, and are somebody else's at this moment, refuse the whole.

    :param get_message: makes the sentence, where it is needed
    :raises UserError: with that sentence, in place of ``LockError``, for which the web client
        shows a traceback
    """
    try:
        yield
    except LockError as error:
        raise UserError(get_message()) from error
