"""What a document says, on screen, on paper, in a mail and in an e-invoice."""

from . import account_edi_xml_cii
from . import account_edi_xml_ubl
from . import account_move_as_credit_note
from . import account_move_billing_reference
from . import account_move_credit_memo
from . import account_move_invoice_fields
from . import account_move_legal_report
from . import account_move_send
from . import account_move_wording
