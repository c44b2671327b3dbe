"""What a customer credit is, and how it is posted, booked, taxed and numbered."""

from . import account_move
from . import account_journal
from . import account_move_debit_note
from . import account_move_line
from . import account_move_line_kind
from . import account_move_numbering
from . import account_move_payment
from . import account_move_payment_state
from . import account_move_posting
from . import account_move_reversal
from . import account_move_taxes
from . import account_move_type_switch
from . import account_move_unposting
from . import account_payment_term
from . import account_tax
