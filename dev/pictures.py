"""`make pictures`: the pictures of the README, from the story as it is installed.

A server and a database of its own, so that a running demo and what was done in it do not show.
"""

import subprocess

from runtime import databases, python, server, story, tools
from runtime.console import say
from runtime.errors import SetupError, command
from runtime.paths import ADDON, ROOT
from runtime.session import session


def _take(interpreter, browser, address, links):
    answer = subprocess.run(
        [
            interpreter,
            ROOT / "dev" / "take_pictures.py",
            f"--browser={browser}",
            f"--address={address}",
            f"--login={story.LOGIN}",
            f"--password={story.PASSWORD}",
            f"--folder={ROOT / 'static' / 'description'}",
            *links.values(),
        ],
        stdin=subprocess.DEVNULL,
        check=False,
    )
    if answer.returncode:
        raise SetupError("The pictures could not be taken; the reason is above.")


@command
def main():
    environment = python.environment("pictures", megabytes=300)
    with session(browser=True) as running:
        browser = tools.browser_program(running.programs)
        template = databases.core_template(running)
        with databases.temporary_copy(running, template, "pictures") as database:
            databases.install(running, database, [ADDON], label=f"{ADDON} with the demo story")
            port = server.free_port()
            with server.serving(running, database, port, "pictures") as (address, _odoo, _log):
                links = story.links(running.server, database, address)
                links |= story.reports(running.server, database, address)
                _take(python.interpreter(environment), browser, address, links)
    say(
        "Done: static/description/"
        "{credit_form,credit_memo,customer_tab,aging,tie_out,statement}.png"
    )
    return 0


if __name__ == "__main__":
    main()
