from . import test_final_credit
from . import test_paid_online
from . import test_sales_figures
