"""Called by pictures.py with the Python that has Pillow and pypdfium2: from what the tours left in
a folder to the small files of the documentation."""

import argparse
import itertools
import re
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops

APP_PAGES = ("", "addons/account_receivable")  # the addons that have one
MARGIN = 24  # around a print, whose page is mostly empty
SHADE, PIXELS = 32, 8  # less than so many pixels that differ by so much are no change


def _without_edges(page):
    """Crop the empty parts of a printed page."""
    page = page.convert("RGB")
    left, top, right, bottom = ImageChops.difference(
        page, Image.new("RGB", page.size, "white")
    ).getbbox()
    return page.crop(
        (
            max(0, left - MARGIN),
            max(0, top - MARGIN),
            min(page.width, right + MARGIN),
            min(page.height, bottom + MARGIN),
        )
    )


def _read(path):
    if path.suffix == ".pdf":
        first = pypdfium2.PdfDocument(path)[0]
        return _without_edges(first.render(scale=1.5).to_pil())
    return Image.open(path).convert("RGB")


def _looks_as_before(colours, target):
    """Whether the picture is the same but for a few pixels or shades, which nobody sees."""
    if not target.exists():
        return False
    before = Image.open(target).convert("RGB")
    if before.size != colours.size:
        return False
    change = ImageChops.difference(before, colours.convert("RGB")).convert("L")
    return sum(change.histogram()[SHADE:]) < PIXELS


def _save(picture, target):
    """Save the picture with 256 colours, at a quarter of the size."""
    colours = picture.quantize(256, dither=Image.Dither.NONE)
    if _looks_as_before(colours, target):
        return
    colours.save(target, optimize=True)
    print(f"  {target.name} {target.stat().st_size // 1000} kB")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--everything", action="store_true", help="remove what was not made")
    parser.add_argument("made", type=Path)
    parser.add_argument("root", type=Path)
    options = parser.parse_args()
    # Odoo serves only static/: what an app page shows is there, the rest is not in the wheel.
    others = options.root / "doc" / "pictures"
    others.mkdir(exist_ok=True)
    folders, kept = {}, set()
    for page in APP_PAGES:
        folder = options.root / page / "static" / "description"
        shown = re.findall(r'src="(\w+)\.png"', (folder / "index.html").read_text())
        folders.update(dict.fromkeys(shown, folder))
        kept.add(folder / "icon.png")
    for path in sorted(options.made.iterdir()):
        target = folders.get(path.stem, others) / f"{path.stem}.png"
        _save(_read(path), target)
        kept.add(target)
    if options.everything:
        pictures = (folder.glob("*.png") for folder in {others, *folders.values()})
        for path in {*itertools.chain(*pictures)} - kept:
            path.unlink()
            print(f"  {path.name} is no longer made: removed")


if __name__ == "__main__":
    main()
