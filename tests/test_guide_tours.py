"""The stories of the user guide, played on the demo data: the same tours take its pictures."""

import json
import re
from pathlib import Path

from odoo.tests import HttpCase, tagged

TOURS = Path(__file__).parents[1] / "static" / "tests" / "tours" / "guide"
#: Each tour: where it starts, a record's name for its id, and who plays it; `make pictures` reads
#: the same.
STORIES = {story["tour"]: story for story in json.loads((TOURS / "stories.json").read_text())}


@tagged("post_install", "-at_install")
class TestGuideTours(HttpCase):
    def play(self, story):
        def record_id(match):
            return str(self.env.ref(f"account_customer_credit.{match[1]}").id)

        address = re.sub(r"<(\w+)>", record_id, STORIES[story]["address"])
        self.start_tour(address, story, login=STORIES[story]["login"])

    def test_every_tour_is_played(self):
        source = "".join(path.read_text() for path in TOURS.glob("*.js"))
        named = re.findall(r'tours\.add\("(\w+)"', source)
        self.assertEqual(sorted(named), sorted(STORIES))


def _test(story):
    def test(self):
        self.play(story)

    return test


for _story in STORIES:
    setattr(TestGuideTours, f"test_{_story}", _test(_story))
