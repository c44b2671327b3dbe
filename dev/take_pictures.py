"""Called by pictures.py with the Python that has playwright and pypdfium2; its job is JSON.

Each tour of the guide is played in a browser, where its picture steps find `takePicture`; pages of
paper are rendered from the PDF as the browser may fetch it.
"""

import io
import json
import sys
from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops
from playwright.sync_api import sync_playwright

# Nothing but the demo: no sandbox (it needs rights a container lacks), no calls home.
FLAGS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
)
SIZE = {"width": 1440, "height": 900}
#: What is there because tours are loaded in developer mode, and would not be for a clerk.
HIDDEN = ".o_debug_manager, .o_user_menu mark {display: none !important}"
PATIENCE = 90_000
STATEMENT = "account_customer_credit.report_customer_statement"


class Photographer:
    def __init__(self, browser, job):
        self.browser, self.job = browser, job
        self.folders = {name: Path(folder) for name, folder in job["pictures"].items()}
        self.taken = set()
        self.pages = {}

    def page(self, login):
        """A browser of this user's own."""
        if login not in self.pages:
            page = self.browser.new_context(viewport=SIZE).new_page()
            page.set_default_timeout(PATIENCE)
            page.expose_function("takePicture", lambda *what: self.shoot(page, *what))
            page.goto(f"{self.job['address']}/web/login")
            page.fill("input[name=login]", login)
            page.fill("input[name=password]", login)
            page.click("button[type=submit]")
            page.wait_for_selector(".o_web_client, .o_action_manager, .o_portal_my_home")
            self.pages[login] = page
        return self.pages[login]

    def shoot(self, page, name, selector=""):
        """Wait until it stands still; the pointer is nowhere."""
        page.wait_for_function("[...document.images].every(image => image.complete)")
        page.evaluate("document.fonts.ready")
        page.add_style_tag(content=HIDDEN)
        page.mouse.move(0, 0)
        page.wait_for_timeout(700)  # avatars and animations
        seen = page.locator(selector).first if selector else page
        image = Image.open(io.BytesIO(seen.screenshot())).convert("RGB")
        self.keep(name, self.without_empty_end(image))

    def without_empty_end(self, image):
        """Below a short list there is nothing to see."""
        corner = Image.new("RGB", image.size, image.getpixel((5, image.height - 5)))
        box = ImageChops.difference(image, corner).getbbox()
        return image.crop((0, 0, image.width, min(box[3] + 24, image.height)))

    def keep(self, name, image):
        """As few colours as a screen has: a third of the size."""
        target = self.folders[name] / f"{name}.png"
        image.quantize(128, dither=Image.Dither.NONE).save(target, optimize=True)
        self.taken.add(name)
        print(f"  {name}: {image.width} x {image.height}, {target.stat().st_size // 1024} KB")

    def play(self, story):
        page = self.page(story["login"])
        said = []
        page.on("console", lambda message: said.append((message.type, message.text)))
        separator = "&" if "?" in story["address"] else "?"
        page.goto(f"{self.job['address']}{story['address']}{separator}debug=tests")
        page.wait_for_function("window.odoo?.isTourReady !== undefined")
        tour = json.dumps(story["tour"])
        start = json.dumps({"startUrl": story["address"], "redirect": False})
        ready = f"odoo.isTourReady({tour})"
        page.evaluate(f"{ready}.then(() => {{ odoo.startTour({tour}, {start}) }})")
        for _turn in range(PATIENCE // 100):
            failures = [text for kind, text in said if kind == "error" and "FAILED" in text]
            if failures:
                raise SystemExit(f"{story['tour']}: {failures[0]}")
            if any("tour succeeded" in text for _kind, text in said):
                return
            page.wait_for_timeout(100)
        raise SystemExit(f"{story['tour']} does not come to its end.")

    def paper(self, name, login, link):
        """The first page of a PDF."""
        content = self.page(login).context.request.get(link, timeout=PATIENCE).body()
        first = pypdfium2.PdfDocument(content)[0]
        self.keep(name, first.render(scale=1.5).to_pil().convert("RGB"))

    def statement(self, login, customer):
        """What happened on a customer's account since the story began."""
        values = {"partner_id": customer, "kind": "activity", "date_from": "2023-05-01"}
        call = {
            "model": "account.customer.statement",
            "method": "create",
            "args": [values],
            "kwargs": {},
        }
        answer = self.page(login).context.request.post(
            f"{self.job['address']}/web/dataset/call_kw",
            data={"jsonrpc": "2.0", "method": "call", "params": call},
        )
        statement = answer.json()["result"]
        self.paper("statement", login, f"{self.job['address']}/report/pdf/{STATEMENT}/{statement}")


def main():
    job = json.load(sys.stdin)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=job["browser"], args=FLAGS)
        photographer = Photographer(browser, job)
        photographer.paper("credit_memo", "ak", job["memo"])
        photographer.statement("ak", job["customer"])
        for story in job["stories"]:
            photographer.play(story)
        browser.close()
    if missing := set(job["pictures"]) - photographer.taken:
        raise SystemExit(f"Nobody took {sorted(missing)}.")


main()
