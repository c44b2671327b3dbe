from . import account_receivable_aging
from . import receivable_aging_values
