"""The pages lead to what is there, show pictures that are made, and name commands that exist."""

import re
from pathlib import Path

from odoo.tests import BaseCase

ADDON = Path(__file__).parents[1]
GUIDE = ADDON / "static" / "tests" / "tours" / "guide"
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
IMAGE = re.compile(r"""(?:!\[[^\]]+\]\(|<img\s+src=")([^)"]+)""")
#: Made from a PDF; the icon is drawn.
NOT_BY_A_TOUR = {"credit_memo", "statement", "icon"}


def pages():
    return [
        ADDON / "README.md",
        *(ADDON / "doc").glob("*.md"),
        *(ADDON / "readme").glob("*.md"),
        *(ADDON / "addons").glob("*/README.*"),
        ADDON / "static" / "description" / "index.html",
    ]


def anchor(title):
    """As the sites that show Markdown make one of a heading."""
    return re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-")


class TestDocumentation(BaseCase):
    def test_every_link_leads_somewhere(self):
        checked = 0
        for page in pages():
            for target in LINK.findall(page.read_text()):
                if target.startswith(("http:", "https:", "mailto:")):
                    continue
                path, _hash, name = target.partition("#")
                place = (page.parent / path) if path else page
                self.assertTrue(place.exists(), f"{page.name}: {target}")
                if name:
                    titles = re.findall(r"^#+ (.+)$", place.read_text(), re.MULTILINE)
                    self.assertIn(name, map(anchor, titles), f"{page.name}: {target}")
                checked += 1
        self.assertGreater(checked, 30)

    def test_every_picture_is_there_and_made_by_a_tour(self):
        shown = set()
        for page in pages():
            for target in IMAGE.findall(page.read_text()):
                picture = page.parent / target
                self.assertTrue(picture.exists(), f"{page.name}: {target}")
                shown.add(picture.stem)
        source = "".join(path.read_text() for path in GUIDE.glob("*.js"))
        taken = set(re.findall(r'picture\("(\w+)"', source))
        self.assertEqual(shown - NOT_BY_A_TOUR, taken)
        folders = (ADDON / "doc" / "pictures", ADDON / "static" / "description")
        kept = {path.stem for folder in folders for path in folder.glob("*.png")}
        self.assertEqual(kept, shown | {"icon"}, "A picture that no page shows.")

    def test_every_picture_says_what_it_shows(self):
        for page in pages():
            self.assertNotRegex(page.read_text(), r"!\[\s*\]\(|<img(?![^>]*\balt=)")

    def test_every_command_is_described(self):
        makefile = ADDON / "Makefile"
        if not makefile.exists():
            self.skipTest("A wheel has no Makefile.")
        targets = set(re.findall(r"^([a-z-]+):$", makefile.read_text(), re.MULTILINE))
        described = set(re.findall(r"`make ([a-z-]+)", (ADDON / "doc/commands.md").read_text()))
        self.assertEqual(targets, described)
