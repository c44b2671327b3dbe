from . import test_cost_of_returned_goods
from . import test_returned_lots
