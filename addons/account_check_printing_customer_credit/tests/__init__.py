from . import test_check_stub
