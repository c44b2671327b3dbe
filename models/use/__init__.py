"""The uses of a credit: application, refund, hold, write-off; and credits from overpayments."""

from . import account_move_auto_apply
from . import account_move_credit_uses
from . import account_move_open_credit
from . import account_move_overpayment
from . import account_move_overpayment_money
from . import account_move_overpayment_reason
from . import account_move_refund
from . import account_move_settlement
from . import account_move_write_off
from . import account_payment
from . import account_receivable_application
from . import res_partner_auto_apply
from . import res_partner_credits
