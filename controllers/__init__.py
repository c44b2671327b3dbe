from . import portal_invoice
from . import portal_payment
