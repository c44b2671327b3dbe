from . import test_cost_of_goods
