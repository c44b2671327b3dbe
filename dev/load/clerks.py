"""Clerks who work at once, each in its own thread over HTTP, like the web client.

`OwnClerk` works with customer credits, `CoreClerk` with core's credit notes in a database without
the addon: the same acts in the same mix, so that their numbers can be compared.
"""

import collections
import random
import re
import threading
import time

from runtime.client import Client, Refused

#: The share of each act, in percent.
MIX = {"invoice": 15, "issue": 20, "apply": 30, "print": 5, "open customer": 30}
#: The error that the web client shows as a message; expected only of an apply, if another clerk
#: was faster.
REFUSED = "odoo.exceptions.UserError"
#: Matches documents, customers and amounts in a message: the rest is the kind of refusal.
WITH_DIGITS = re.compile(r"\S*\d\S*")
PRINT = "/report/pdf/account.report_invoice_with_payments/"
LIST = {
    "name": {},
    "invoice_date": {},
    "amount_total_in_currency_signed": {},
    "amount_residual": {},
    "status_in_payment": {},
}


class Clerk:
    """One clerk. `done`, `refused` and `errors` count the acts by outcome."""

    def __init__(self, client, customers, credits, seed):
        self.client = client
        self.customers, self.credits = customers, credits
        self.random = random.Random(seed)
        self.done = collections.Counter()
        self.seconds = collections.Counter()
        self.refused = collections.Counter()
        self.errors = []
        self.booked = 0  # cents that the customers owe more by what this clerk has posted

    def work_until(self, deadline):
        while time.monotonic() < deadline:
            name = self.random.choices(list(MIX), list(MIX.values()))[0]
            started = time.monotonic()
            try:
                if not getattr(self, f"do_{name.replace(' ', '_')}")():
                    continue
            except Refused as refusal:
                if name == "apply" and refusal.kind == REFUSED:
                    self.refused[WITH_DIGITS.sub("…", refusal.message)] += 1
                else:
                    self.errors.append(f"{name}: {refusal.kind}: {refusal.message}")
                continue
            except Exception as error:  # whatever it is, it is what the test looks for
                self.errors.append(f"{name}: {type(error).__name__}: {error}")
                continue
            self.done[name] += 1
            self.seconds[name] += time.monotonic() - started

    def customer(self):
        return self.random.choice(self.customers)

    def post(self, move_type, sign):
        """Enter a document, save and confirm it, like three presses of a button."""
        cents = self.random.randint(500, 6000)
        price = (sign if move_type == "out_invoice" else 1) * cents / 100
        line = {"name": "Line", "quantity": 1, "price_unit": price, "tax_ids": [[5]]}
        (saved,) = self.client.call(
            "account.move",
            "web_save",
            [],
            {"partner_id": self.customer(), "invoice_line_ids": [[0, "virtual_1", line]]},
            specification={"name": {}, "amount_total": {}},
            context={"default_move_type": move_type},
        )
        self.client.call("account.move", "action_post", [saved["id"]])
        self.booked += sign * cents
        return saved["id"]

    def do_invoice(self):
        return self.post("out_invoice", 1)

    def do_print(self):
        content = self.client.get(f"{PRINT}{self.random.choice(self.credits)}")
        if not content.startswith(b"%PDF"):
            raise ValueError("the print is no PDF")
        return True

    def open_list(self, customer):
        return self.client.call(
            "account.move",
            "web_search_read",
            domain=[["commercial_partner_id", "=", customer], ["state", "=", "posted"]],
            specification=LIST,
            limit=40,
        )


class OwnClerk(Clerk):
    """Works with customer credits; applies by the dialog, if its button is shown."""

    figures = ("ar_balance", "ar_open_invoices", "ar_open_credits", "ar_overdue")

    def read(self, customer, names):
        specification = {name: {} for name in names}
        return self.client.call(
            "res.partner", "web_read", [customer], specification=specification
        )[0]

    def do_issue(self):
        self.credits.append(self.post("out_invoice", -1))
        return True

    def do_apply(self):
        customer = self.customer()
        open_amounts = self.read(customer, ("ar_open_invoices", "ar_open_credits"))
        if not (open_amounts["ar_open_invoices"] and open_amounts["ar_open_credits"]):
            return False
        dialog = self.client.call("res.partner", "action_apply_credit", [customer])
        self.client.call(dialog["res_model"], "action_apply", [dialog["res_id"]])
        return True

    def do_open_customer(self):
        customer = self.customer()
        self.read(customer, (*self.figures, "ar_document_ids", "ar_open_document_ids"))
        self.open_list(customer)
        return True


class CoreClerk(Clerk):
    """Works with core's credit notes; applies by *Add* in an invoice's outstanding credits."""

    def do_issue(self):
        self.credits.append(self.post("out_refund", -1))
        return True

    def do_apply(self):
        customer = self.customer()
        found = [
            self.client.call(
                "account.move.line",
                "search_read",
                [
                    ["partner_id", "=", customer],
                    ["account_type", "=", "asset_receivable"],
                    ["parent_state", "=", "posted"],
                    ["amount_residual", operator, 0],
                ],
                ["move_id"],
                limit=1,
            )
            for operator in (">", "<")
        ]
        if not all(found):
            return False
        (invoice,), (credit,) = found
        self.client.call(
            "account.move", "js_assign_outstanding_line", [invoice["move_id"][0]], credit["id"]
        )
        return True

    def do_open_customer(self):
        customer = self.customer()
        self.client.call(
            "res.partner",
            "web_read",
            [customer],
            specification={"credit": {}, "total_invoiced": {}, "days_sales_outstanding": {}},
        )
        self.open_list(customer)
        return True


def logged_in(kind, address, database, data):
    """A clerk for each login of `data.py`, with all of their credits to print."""
    credits = list(data["credits"])
    for seed, login in enumerate(data["clerks"]):
        client = Client(address)
        client.log_in(database, login, login)
        yield kind(client, data["customers"], credits, seed)


def work(clerks, seconds):
    """Let all clerks work at once for some seconds."""
    deadline = time.monotonic() + seconds
    threads = [threading.Thread(target=clerk.work_until, args=[deadline]) for clerk in clerks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
