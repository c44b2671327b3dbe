from . import test_counter
from . import test_shop_refunds
