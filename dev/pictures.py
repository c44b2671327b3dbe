"""`make pictures`: every picture of the documentation, by the tours that play its stories.

A server and a database of its own, so that a running demo and what was done in it do not show.
The pictures are those that the pages show: what no page shows is not taken, and a page that shows
one which no tour takes makes it fail. STORY names tours, for a quick look.
"""

import json
import os
import re
import subprocess

from runtime import databases, python, server, story, tools
from runtime.console import say
from runtime.errors import SetupError, command
from runtime.paths import ADDON, ROOT
from runtime.session import session

STORIES = ROOT / "static" / "tests" / "tours" / "guide"
PAGES = ("README.md", "doc/*.md", "readme/*.md", "static/description/index.html")
#: A picture in a page, of Markdown or HTML.
SHOWN = re.compile(r"""(?:\]\(|src=")([\w./]+)\.png""")
TAKEN = re.compile(r'picture\("(\w+)"')
#: Made from a PDF.
PAPER = {"credit_memo", "statement"}


def pictures():
    """:return: ``{name: folder}`` of all that the pages show, but the icon"""
    found = {}
    for pattern in PAGES:
        for page in ROOT.glob(pattern):
            for path in SHOWN.findall(page.read_text()):
                place = (page.parent / path).resolve()
                found[place.name] = str(place.parent)
    found.pop("icon", None)
    return found


def taken():
    """:return: the names of all that the tours take, and of the papers"""
    source = "".join(path.read_text() for path in STORIES.glob("*.js"))
    return {*TAKEN.findall(source)} | PAPER


def _stories(running, database):
    chosen = os.environ.get("STORY", "").split()
    for one in json.loads((STORIES / "stories.json").read_text()):
        if not chosen or one["tour"] in chosen:
            address = re.sub(
                r"<(\w+)>",
                lambda match: str(story.record_id(running.server, database, match[1])),
                one["address"],
            )
            yield {**one, "address": address}


@command
def main():
    shown = pictures()
    if shown.keys() != taken():
        raise SetupError(
            f"Pages show what no tour takes: {sorted(shown.keys() - taken())}; tours take what no "
            f"page shows: {sorted(taken() - shown.keys())}."
        )
    environment = python.environment("pictures", megabytes=300)
    with session(browser=True) as running:
        browser = tools.browser_program(running.programs)
        template = databases.core_template(running)
        with databases.temporary_copy(running, template, "pictures") as database:
            databases.install(running, database, [ADDON], label=f"{ADDON} with the demo story")
            port = server.free_port()
            with server.serving(running, database, port, "pictures") as (address, _odoo, _log):
                links = story.links(running.server, database, address)
                job = {
                    "address": address,
                    "browser": str(browser),
                    "pictures": shown,
                    "memo": links["Its PDF"],
                    "customer": story.record_id(running.server, database, story.CUSTOMER),
                    "stories": list(_stories(running, database)),
                }
                answer = subprocess.run(
                    [python.interpreter(environment), ROOT / "dev" / "take_pictures.py"],
                    input=json.dumps(job),
                    text=True,
                    check=False,
                )
    if answer.returncode:
        raise SetupError("The pictures could not be taken; the reason is above.")
    say(f"Done: {len(shown)} pictures.")
    return 0


if __name__ == "__main__":
    main()
