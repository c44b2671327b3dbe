"""What is open of a customer, and the figures that it makes."""

from . import account_move
from . import account_move_line
from . import account_move_line_as_of
from . import res_company
from . import res_currency
from . import res_partner
from . import res_partner_documents
from . import res_partner_lists
from . import res_partner_moved
