from . import open_item_line
from . import account_invoice_adjust
from . import account_receivable_apply
from . import account_payment_register
from . import sale_order_use_credit
