from . import account_customer_credit_apply
from . import sale_order_use_credit
