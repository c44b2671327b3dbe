"""A pytest plugin: the tests' durations are real time, also where a test stands still on a day."""

import freezegun

freezegun.configure(extend_ignore_list=["_pytest.timing"])
