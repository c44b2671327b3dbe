from . import test_credit_journal_items
