from . import customer_statement
from . import portal_statement
from . import receivable_aging
