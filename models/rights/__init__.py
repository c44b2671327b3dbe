"""Rights: who may do what, and the gates that check it."""

from . import account_move_credit_approval
from . import account_move_credit_rights
from . import account_move_program_fields
from . import account_payment_method_line
from . import deletion
from . import ledger_gate
from . import reconciliation_gate
