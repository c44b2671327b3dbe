from . import account_invoice_report
from . import account_receivable_aging
from . import account_receivable_tie_out
from . import account_receivable_tie_out_finding
from . import receivable_aging_values
from . import receivable_tie_out_actions
from . import customer_statement_items
from . import customer_statement_values
