from . import account_receivable_tie_out
from . import pos_order
