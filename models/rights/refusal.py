"""A refusal that holds even if other code catches it.

The ORM writes rows when it needs them, in the middle of a search or a compute. Some of that code
catches errors for another reason and goes on: the row is written, and the call succeeds.
"""

from contextlib import contextmanager

from odoo.exceptions import UserError


@contextmanager
def final_refusal(cr):
    """Raise a ``UserError`` of the block again before the transaction, or a savepoint, commits.

    A rollback to before it, as code that catches it should do, forgets it.

    :param cr: the cursor
    :raises UserError: the block's own, at once and again
    """
    try:
        yield
    except UserError as error:
        refusal = error

        def refuse():
            cr.precommit.add(refuse)
            raise refusal

        cr.precommit.add(refuse)
        raise
