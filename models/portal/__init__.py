"""Credits in the customer portal and in online payment."""

from . import account_move_online_payment
from . import payment_transaction
from . import res_partner_credits_available
