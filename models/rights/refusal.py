"""A refusal that holds, whoever catches it.

The ORM writes rows when it needs them, in the middle of a search or a compute. Some of that code
takes an error there for something else and goes on: the row is written, and the call ends well.
"""

from contextlib import contextmanager

from odoo.exceptions import UserError


@contextmanager
def final_refusal(cr):
    """A refusal within is raised once more where the transaction, or a savepoint, is to end well.

    Rolling back to before it, as who catches it should, forgets it.
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
