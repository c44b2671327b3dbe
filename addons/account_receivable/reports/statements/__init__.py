from . import customer_statement_items
from . import customer_statement_values
from . import customer_statement_payment
from . import customer_statement_report
from . import ir_actions_report
