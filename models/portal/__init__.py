"""What customers see of their credits, and pay or do not pay online."""

from . import account_move_online_payment
from . import payment_transaction
from . import res_partner_credits_available
