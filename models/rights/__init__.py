"""Who may do what: the questions, and the gates where nothing passes by unasked."""

from . import account_move_credit_approval
from . import account_move_credit_rights
from . import account_move_program_fields
from . import account_payment_method_line
from . import deletion
from . import ledger_gate
from . import reconciliation_gate
