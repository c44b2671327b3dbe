from . import test_use_credit
from . import test_reservation_life
from . import test_use_credit_refused
from . import test_cancelled_order
from . import test_invoiced_quantity
from . import test_reservation_concurrency
from . import test_screens
