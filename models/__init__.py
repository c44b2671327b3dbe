from . import account_customer_credit_reason
from . import account_move
from . import account_move_line
from . import account_move_posting
from . import account_move_taxes
from . import account_tax
from . import res_company
