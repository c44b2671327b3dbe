from . import open_item_line
from . import account_customer_credit_apply
from . import account_payment_register
from . import sale_order_use_credit
