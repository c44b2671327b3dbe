from . import test_credited_hours
