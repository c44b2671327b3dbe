"""The pages lead to what is there, show pictures that are made, and name commands that exist."""

import re
from pathlib import Path
from unittest import skipUnless

from odoo.tests import BaseCase

ADDON = Path(__file__).parents[1]
BELOW = ADDON / "addons" / "account_receivable"
#: The tours that take pictures, their tests, and the pages of the apps.
GUIDE = (
    *(ADDON / "static" / "tests" / "tours" / "guide").glob("*.js"),
    BELOW / "static" / "tests" / "tours" / "guide.js",
)
PLAYED = [addon / "tests" / "test_guide_tours.py" for addon in (ADDON, BELOW)]
APP_PAGES = [addon / "static" / "description" for addon in (ADDON, BELOW)]
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
IMAGE = re.compile(r"""(?:!\[[^\]]+\]\(|<img\s+src=")([^)"]+)""")


def pages():
    return [
        ADDON / "README.md",
        *(ADDON / "doc").glob("*.md"),
        *(ADDON / "readme").glob("*.md"),
        *(ADDON / "addons").glob("*/README.*"),
        *(folder / "index.html" for folder in APP_PAGES),
    ]


def anchor(title):
    """As the sites that show Markdown make one of a heading."""
    return re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-")


@skipUnless((ADDON / "doc" / "pictures").is_dir(), "A wheel has no pictures of the guide.")
class TestDocumentation(BaseCase):
    def played(self):
        return "".join(path.read_text() for path in PLAYED)

    def test_every_link_leads_somewhere(self):
        checked = 0
        for page in pages():
            for target in LINK.findall(page.read_text()):
                if target.startswith(("http:", "https:", "mailto:")):
                    continue
                path, _hash, name = target.partition("#")
                target_page = (page.parent / path) if path else page
                self.assertTrue(target_page.exists(), f"{page.name}: {target}")
                if name:
                    titles = re.findall(r"^#+ (.+)$", target_page.read_text(), re.MULTILINE)
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
        source = "".join(path.read_text() for path in GUIDE)
        taken = re.findall(r'\bpicture\(\s*"(\w+)"', source)
        taken += re.findall(r'\.print_picture\(\s*"(\w+)"', self.played())
        self.assertEqual(len(taken), len(set(taken)), "No two steps take the same picture.")
        self.assertEqual(shown - {"icon"}, set(taken))
        folders = (ADDON / "doc" / "pictures", *APP_PAGES)
        kept = {path.stem for folder in folders for path in folder.glob("*.png")}
        self.assertEqual(kept, shown | {"icon"}, "A picture that no page shows.")

    def test_the_app_page_shows_only_what_is_beside_it(self):
        """Odoo serves nothing else there, and takes scripts and style sheets out."""
        for folder in APP_PAGES:
            text = (folder / "index.html").read_text()
            for target in IMAGE.findall(text):
                self.assertNotIn("/", target)
            self.assertNotRegex(text, r"<(script|style|link|iframe)\b")

    def test_every_tour_of_the_guide_is_played(self):
        source = "".join(path.read_text() for path in GUIDE)
        tours = set(re.findall(r'\.add\("guide_(\w+)"', source))
        self.assertEqual(set(re.findall(r'\.play\(\s*"(\w+)"', self.played())), tours)

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
