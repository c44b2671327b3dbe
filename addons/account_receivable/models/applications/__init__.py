"""Applying, the register of applications, and unapplying."""

from . import account_journal
from . import account_move
from . import account_move_line
from . import account_partial_reconcile
from . import account_payment
from . import account_receivable_application
from . import account_receivable_application_as_of
from . import account_receivable_application_history
from . import account_receivable_application_side
from . import account_receivable_application_unapply
from . import res_partner
