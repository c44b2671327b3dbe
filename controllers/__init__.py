from . import portal_invoice
from . import portal_payment
from . import portal_statement
from . import receivable_aging
