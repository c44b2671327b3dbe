from . import account_receivable_report
from . import aging
from . import tie_out
from . import statements
