from . import account_invoice_report
from . import account_receivable_aging
