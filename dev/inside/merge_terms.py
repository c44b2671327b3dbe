"""Clean an exported .pot and bring the .po files beside it up to date: POT."""

import sys
from pathlib import Path

import polib

#: These change with every export.
DATES = ("POT-Creation-Date", "PO-Revision-Date")


def cleaned(entry, module):
    """The entry with the places that are in this module; none if it has none."""
    occurrences = []
    for place, line in entry.occurrences:
        if place.startswith("code:addons/"):
            inside = place.removeprefix("code:addons/")
            inside = inside[inside.rindex(f"{module}/") :] if f"{module}/" in inside else inside
            if not inside.startswith(f"{module}/") or "/addons/" in inside or "/dev/" in inside:
                continue
            place = f"code:addons/{inside}"
        occurrences.append((place, line))
    entry.occurrences = list(dict.fromkeys(occurrences))
    return entry if entry.occurrences else None


def main():
    path = Path(sys.argv[1])
    module = path.stem
    pot = polib.pofile(str(path), wrapwidth=78)
    for name in DATES:
        pot.metadata.pop(name, None)
    entries = [entry for entry in pot if cleaned(entry, module)]
    pot.clear()
    pot.extend(entries)
    if not entries:
        path.unlink()
        return
    pot.save()
    for language in sorted(path.parent.glob("*.po")):
        po = polib.pofile(str(language), wrapwidth=78)
        known = {entry.msgid: entry.msgstr for entry in po if entry.msgstr}
        po.clear()
        for entry in entries:
            po.append(
                polib.POEntry(
                    msgid=entry.msgid,
                    msgstr=known.get(entry.msgid, ""),
                    comment=entry.comment,
                    occurrences=entry.occurrences,
                    flags=entry.flags,
                )
            )
        for name in DATES:
            po.metadata.pop(name, None)
        po.save()
        print(f"  {language.name}: {len(po.translated_entries())} of {len(entries)} translated")


main()
