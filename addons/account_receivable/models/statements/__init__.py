"""Customer statements and their sending; sent ones are kept as history."""

from . import account_customer_statement_choices
from . import account_customer_statement
from . import account_customer_statement_batch
from . import account_customer_statement_sending
from . import mail_notification
