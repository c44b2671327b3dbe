"""The pages, their pictures and the tours that make these: nothing missing, nothing left over."""

import re
from pathlib import Path
from unittest import TestCase, skipUnless

from odoo.tests import tagged

ROOT = Path(__file__).parents[1]
APP_PAGE = ROOT / "static" / "description"
TOURS = ROOT / "static" / "tests" / "tours" / "guide"
#: What a page shows or leads to: markdown's and HTML's way to say it.
SHOWN = re.compile(r'!\[[^]]*\]\(([^)]+)\)|<img\s[^>]*?src="([^"]+)"')
LINKED = re.compile(r'(?<!!)\[[^]]*\]\(([^)\s]+)\)|href="([^"]+)"')
HEADING = re.compile(r"^#{1,6} (.+)$", re.MULTILINE)
TAKEN = re.compile(r'\bpicture\(\s*"(\w+)"')
PRINTED = re.compile(r'\bprint_picture\(\s*"(\w+)"')


def found(pattern, text):
    return {next(filter(None, groups)) for groups in pattern.findall(text)}


def anchors(text):
    """The anchors that the headings of a page have, as the usual readers of markdown make them."""
    names = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in HEADING.findall(text))
    return {name.replace(" ", "-") for name in names}


@tagged("post_install", "-at_install")
@skipUnless((ROOT / "doc" / "pictures").is_dir(), "A wheel has no pictures of the guide.")
class TestDocumentation(TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        pages = [ROOT / "README.md", APP_PAGE / "index.html"]
        pages += [*(ROOT / "doc").glob("*.md"), *(ROOT / "readme").glob("*.md")]
        cls.pages = {page: page.read_text() for page in pages}

    def test_every_picture_shown_is_made_and_every_one_made_is_shown(self):
        shown = {
            (page.parent / picture).resolve()
            for page, text in self.pages.items()
            for picture in found(SHOWN, text)
        }
        kept = {*APP_PAGE.glob("*.png"), *(ROOT / "doc" / "pictures").glob("*.png")}
        self.assertEqual({path.resolve() for path in kept}, shown)
        made = [
            name for path in TOURS.glob("*.js") for name in TAKEN.findall(path.read_text())
        ] + PRINTED.findall((ROOT / "tests" / "test_guide_tours.py").read_text())
        self.assertEqual(len(made), len(set(made)), "No two steps make the same picture.")
        self.assertEqual({path.stem for path in kept} - {"icon"}, set(made))

    def test_the_app_page_shows_only_what_is_beside_it(self):
        """Odoo serves no file from elsewhere there, and takes scripts and style sheets out."""
        text = self.pages[APP_PAGE / "index.html"]
        for picture in found(SHOWN, text):
            self.assertNotIn("/", picture)
        self.assertNotRegex(text, r"<(script|style|link|iframe)\b")

    def test_every_tour_of_the_guide_is_played(self):
        tours = {
            name
            for path in TOURS.glob("*.js")
            for name in re.findall(r'\.add\("guide_(\w+)"', path.read_text())
        }
        source = (ROOT / "tests" / "test_guide_tours.py").read_text()
        self.assertEqual(set(re.findall(r'self\.play\(\s*"(\w+)"', source)), tours)

    def test_every_link_leads_to_a_file_and_a_heading(self):
        for page, text in self.pages.items():
            for link in found(LINKED, text):
                if re.match(r"[a-z]+:", link):
                    continue
                path, _, anchor = link.partition("#")
                target = (page.parent / path).resolve() if path else page
                with self.subTest(page=page.name, link=link):
                    self.assertTrue(target.exists())
                    if anchor:
                        self.assertIn(anchor, anchors(target.read_text()))
