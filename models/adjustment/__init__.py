"""A credit that takes back what one invoice has charged, or a part of it."""

from . import account_move_adjustment
from . import account_move_adjustment_amounts
from . import account_move_adjustment_guard
from . import account_move_adjustment_left
from . import account_move_line_adjustment
