from . import receivable_dialog
from . import receivable_dialog_line
from . import account_receivable_apply
from . import account_receivable_apply_line
from . import account_receivable_apply_proposal
from . import account_receivable_aging_print
from . import account_receivable_unapply
from . import account_customer_statement_create
