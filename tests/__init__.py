from . import test_credit_journal_items
from . import test_credit_rights
from . import test_credit_posting
from . import test_credit_charts
from . import test_credit_products
from . import test_res_partner_ar
from . import test_credit_memo
from . import test_credit_wording
