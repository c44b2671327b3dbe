from . import account_customer_credit_apply
from . import account_customer_credit_refund
from . import account_payment_register
from . import account_receivable_unapply
from . import account_customer_credit_issue
from . import account_customer_credit_issue_booking
from . import account_customer_credit_issue_preview
from . import account_resequence
