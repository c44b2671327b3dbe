from . import test_credit_journal_items
from . import test_credit_rights
from . import test_credit_posting
