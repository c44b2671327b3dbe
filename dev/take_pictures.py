"""Called by pictures.py with the Python that has playwright and pypdfium2."""

import argparse
from pathlib import Path

import pypdfium2
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
SIZE = {"width": 1280, "height": 1000}
READY = ".o_form_view .o_form_renderer"
STATEMENT = "account_customer_credit.report_customer_statement"


def _log_in(page, options):
    page.goto(f"{options.address}/web/login")
    page.fill("input[name=login]", options.login)
    page.fill("input[name=password]", options.password)
    page.click("button[type=submit]")
    page.wait_for_selector(".o_web_client, .o_action_manager")


def _settle(page):
    """The client keeps a socket open, so the network is never idle: wait for what is seen."""
    page.wait_for_selector(".o_loading_indicator", state="detached")
    page.wait_for_function("[...document.images].every(image => image.complete)")
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(1500)  # avatars and animations


def _open(page, link):
    page.goto(link)
    page.wait_for_selector(READY)
    _settle(page)


def _memo(page, link, target):
    """The first page of the PDF, as the browser's session may fetch it."""
    content = page.context.request.get(link, timeout=120_000).body()
    first = pypdfium2.PdfDocument(content)[0]
    first.render(scale=1.5).to_pil().save(target)


def _list(page, link, target):
    """A list with its first group open."""
    page.goto(link)
    page.wait_for_selector(".o_list_view .o_group_header")
    _settle(page)
    page.click(".o_group_header >> nth=0")
    page.wait_for_selector(".o_data_row")
    _settle(page)
    page.screenshot(path=target, clip={"x": 0, "y": 0, "width": SIZE["width"], "height": 520})


def _statement(page, options, target):
    """What happened on the customer's account, in the months of the story."""
    values = {
        "partner_id": int(options.partner),
        "kind": "activity",
        "date_from": "2023-05-01",
    }
    call = {
        "model": "account.customer.statement",
        "method": "create",
        "args": [values],
        "kwargs": {},
    }
    answer = page.context.request.post(
        f"{options.address}/web/dataset/call_kw",
        data={"jsonrpc": "2.0", "method": "call", "params": call},
    ).json()
    statement = answer["result"]
    _memo(page, f"{options.address}/report/pdf/{STATEMENT}/{statement}", target)


def _take(page, options):
    _log_in(page, options)
    _open(page, options.credit)
    page.screenshot(path=options.folder / "credit_form.png")
    _memo(page, options.memo, options.folder / "credit_memo.png")
    _open(page, options.customer)
    page.click(".nav-link[name=finance_accounting]")
    page.wait_for_selector(".tab-pane.active")
    _settle(page)
    page.screenshot(path=options.folder / "customer_tab.png")
    _list(page, options.aging, options.folder / "aging.png")
    _list(page, options.tie_out, options.folder / "tie_out.png")
    _statement(page, options, options.folder / "statement.png")


def main():
    parser = argparse.ArgumentParser()
    for name in ("--browser", "--address", "--login", "--password"):
        parser.add_argument(name, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    for name in ("credit", "memo", "customer", "aging", "tie_out", "partner"):
        parser.add_argument(name)
    options = parser.parse_args()
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=options.browser, args=FLAGS)
        page = browser.new_page(viewport=SIZE)
        page.set_default_timeout(60_000)
        _take(page, options)
        browser.close()


if __name__ == "__main__":
    main()
