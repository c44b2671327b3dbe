from . import account_receivable_tie_out
from . import account_receivable_tie_out_finding
from . import receivable_tie_out_actions
