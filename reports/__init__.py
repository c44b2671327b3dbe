from . import account_invoice_report
from . import receivables
