"""The open items of customers, and the figures that sum them."""

from . import account_move
from . import account_move_line
from . import account_move_line_as_of
from . import res_company
from . import res_currency
from . import res_partner
from . import res_partner_documents
from . import res_partner_lists
from . import res_partner_moved
