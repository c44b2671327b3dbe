"""`make check-demo`: play the story over HTTP against a running `make demo`.

Like the web client: log in, make the credit, post it, print it, read the customer's A/R
balance. Each run leaves its documents in the demo database; RESET=1 of `make demo` clears them.
"""

import os
import re
import shutil
import subprocess
import urllib.error

from runtime import python, server, story
from runtime.client import Client
from runtime.console import say
from runtime.errors import SetupError, command

AMOUNT = -250.0
PDF_READER = """
import io, sys, pypdf
for page in pypdf.PdfReader(io.BytesIO(sys.stdin.buffer.read())).pages:
    print(page.extract_text())
"""
DESCRIPTION = "Credit memo to extend Spring 2023 promotion."


def _log_in():
    address = f"http://localhost:{os.environ.get('PORT') or server.PORT}"
    client = Client(address)
    try:
        user = client.log_in(server.demo_name(), story.LOGIN, story.PASSWORD)
    except urllib.error.URLError as error:
        raise SetupError(
            f"No demo answers at {address}. Run `make demo` in another terminal, same PORT."
        ) from error
    say(f"Logged in as {user['name']} at {address}")
    return client


def _only(client, model, domain, fields):
    found = client.call(model, "search_read", domain, fields, limit=1)
    if not found:
        raise SetupError(f"The demo has no {model} with {domain}; try make demo RESET=1.")
    return found[0]


def _balance(client, customer):
    return client.call("res.partner", "read", [customer], ["ar_balance"])[0]["ar_balance"]


def _issue_credit(client, customer, product):
    """Send what the web client sends for New, customer, description, one line, Save, Confirm."""
    values = {
        "partner_id": customer,
        "description": DESCRIPTION,
        "invoice_line_ids": [
            [0, "virtual_1", {"product_id": product, "quantity": 1, "price_unit": AMOUNT}]
        ],
    }
    saved = client.call(
        "account.move",
        "web_save",
        [],
        values,
        specification={"name": {}, "amount_total": {}},
        context={"default_move_type": "out_invoice"},
    )[0]
    client.call("account.move", "action_post", [saved["id"]])
    return saved["id"]


def _pdf_text(content):
    if not content.startswith(b"%PDF"):
        raise SetupError("The print is no PDF; does wkhtmltopdf work? See Odoo's log.")
    if shutil.which("pdftotext"):
        command_line = ["pdftotext", "-layout", "-", "-"]
    else:
        command_line = [python.interpreter(python.environment("odoo")), "-c", PDF_READER]
    answer = subprocess.run(command_line, input=content, capture_output=True, check=True)
    # After a minus sign Odoo puts an invisible mark against a line break; pypdf writes tabs.
    text = re.sub("[\u200b\u2060\ufeff]", "", answer.stdout.decode())
    return re.sub(r"[ \t]+", " ", text)


def _expect(what, found, wanted):
    if found != wanted:
        raise SetupError(f"{what} is {found}, and {wanted} was expected.")
    say(f"  {what}: {found}")


def _play(client, customer, name, product):
    before = _balance(client, customer)
    credit = _issue_credit(client, customer, product)
    document = client.call("account.move", "read", [credit], ["name", "is_customer_credit"])[0]
    say(f"{name}: posted {document['name']}")
    _expect("Is a customer credit", document["is_customer_credit"], True)
    text = _pdf_text(client.get(f"/report/pdf/{story.PRINT}/{credit}"))
    for words in ("Credit Memo", f"{AMOUNT:.2f}"):
        if words.lower() not in text.lower():
            raise SetupError(f"The PDF does not say {words!r}:\n{text}")
        say(f"  The PDF says: {words}")
    _expect("A/R balance, change", round(_balance(client, customer) - before, 2), AMOUNT)


@command
def main():
    client = _log_in()
    product = _only(client, "product.product", [["default_code", "=", "REW"]], ["name"])
    name = "Montboro School District"
    customer = _only(client, "res.partner", [["name", "=", name]], ["name"])["id"]
    _play(client, customer, name, product["id"])
    fresh = client.call("res.partner", "create", [{"name": "Customer of the check"}])[0]
    _play(client, fresh, "A fresh customer", product["id"])
    _expect("A/R balance", _balance(client, fresh), AMOUNT)
    say("The story works.")
    return 0


if __name__ == "__main__":
    main()
