"""What each address answers to whom: those of this addon, and core's that show its documents."""

import io
import json
import zipfile

from pypdf import PdfReader

from odoo.fields import Command
from odoo.tests import HttpCase

from .common_access import ADDON, AccessCommon

#: Core's addresses that show what is this addon's; ids by the attribute that has the record.
CORES = (
    "/my/invoices/<credit>",
    "/report/html/account.report_invoice_with_payments/<credit>",
    f"/report/html/{ADDON}.report_customer_statement/<statement>",
    f"/report/html/{ADDON}.report_receivable_aging/<choice>",
    "/web/dataset/call_kw/account.move/read",
)
#: Instead of what a route's pattern names.
EXAMPLES = {"<int:choice_id>": "<choice>"}
#: Where a request must be a POST of JSON: its parameters.
JSON = {
    "/invoice/transaction/overdue": lambda self: {"payment_reference": "x"},
    "/web/dataset/call_kw/account.move/read": lambda self: {
        "model": "account.move",
        "method": "read",
        "args": [self.credit.ids, ["amount_total", "description"]],
        "kwargs": {},
    },
}


class AccessRoutesCommon(AccessCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        choices = cls.env["account.receivable.aging.print"].with_user(cls.users["billing"])
        cls.choice = choices.create(
            {"partner_ids": [Command.set(cls.customer.ids)], "show_items": True}
        )
        cls.env.flush_all()

    def addresses(self):
        """Every address whose method this addon writes or extends, and core's that show its
        records."""
        rules = self.env["ir.http"]._generate_routing_rules(
            list(self.registry._init_modules), self.env["ir.http"]._get_converters()
        )
        found = set()
        for url, endpoint in rules:
            controller, name = type(endpoint.func.__self__), endpoint.func.__name__
            own = [cls for cls in controller.mro() if f".{ADDON}." in cls.__module__]
            if any(name in vars(cls) for cls in own):
                found.add(url)
        return [*sorted(found), *CORES]

    def fetch(self, role, address):
        """:return: what the address answers to this user: ``(words for the cell, its text)``"""
        login = self.users[role].sudo().login
        self.authenticate(*((None, None) if role == "anonymous" else (login, login)))
        url = address
        for pattern, example in EXAMPLES.items():
            url = url.replace(pattern, example)
        for name in ("credit", "statement", "choice"):
            url = url.replace(f"<{name}>", str(self[name].id))
        if address in JSON:
            body = {"jsonrpc": "2.0", "method": "call", "params": JSON[address](self)}
            answer = self.url_open(
                url, json.dumps(body), headers={"Content-Type": "application/json"}
            )
        else:
            answer = self.url_open(url, allow_redirects=False)
        return self.words(answer), self.text(answer)

    def text(self, answer):
        if answer.content.startswith(b"PK"):  # a spreadsheet
            with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
                return "".join(map(str, map(archive.read, archive.namelist())))
        if answer.content.startswith(b"%PDF"):
            pages = PdfReader(io.BytesIO(answer.content)).pages
            return "".join(page.extract_text() for page in pages)
        return answer.text

    def words(self, answer):
        if answer.status_code in (301, 302, 303):
            target = answer.headers["Location"]
            return "to the login" if "/web/login" in target else "sent away"
        if answer.status_code != 200:
            return "refused"
        if "application/json" in answer.headers["Content-Type"] and "error" in answer.json():
            return "refused"
        return "yes"
