from . import account_resequence
