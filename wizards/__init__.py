from . import account_customer_credit_apply
from . import account_payment_register
from . import account_receivable_unapply
from . import account_resequence
