"""Every public method, address, print and record of our addons, tried by everybody: who gets what.

The answers are a document, doc/access.md: what is found here is compared with it, so a new
method cannot slip in unseen. With CUSTOMER_CREDIT_WRITE=1 in the environment the test writes it
anew.
"""

import json
import os
from difflib import unified_diff
from functools import partial
from pathlib import Path

from odoo.exceptions import AccessError, MissingError, UserError
from odoo.tests import HttpCase

from .access_discovery import OWN_ADDONS, own_models, own_prints, own_routes, public_methods
from .access_document import NOTES, ROLES, render
from .common_dialogs import DialogsCommon
from .common_public_methods import CALLS

DOCUMENT = Path(__file__).resolve().parent.parent / "doc" / "access.md"
CALLERS = tuple(ROLES)[1:]
NO, SAYS_WHY, EMPTY, YES = "no", "says why", "empty", "yes"
OPERATIONS = ("create", "read", "write", "unlink")


class TestPublicMethods(DialogsCommon, HttpCase):
    def test_who_may_do_what(self):
        tables = {
            "methods": self.methods(),
            "addresses": self.addresses(),
            "prints": self.prints(),
            "records": self.own_records(),
        }
        found = render(tables)
        if os.environ.get("CUSTOMER_CREDIT_WRITE"):
            DOCUMENT.write_text(found, encoding="utf-8")
        written = DOCUMENT.read_text(encoding="utf-8")
        changes = unified_diff(written.splitlines(), found.splitlines(), "written", "found", n=0)
        self.assertFalse(
            "\n".join(changes),
            "Look at what changed; if it is meant to be so, write the document anew.",
        )
        calls = {**tables["methods"], **tables["addresses"], **tables["prints"]}
        self.assertFalse(NOTES.keys() - calls.keys(), "Notes on what is not there any more.")
        for row, outcomes in calls.items():
            self.check_row(row, dict(zip(ROLES, outcomes, strict=True)))

    def check_row(self, row, outcomes):
        """Who has no right gets nothing that is not explained, and the call makes sense: there is
        somebody who gets an answer."""
        with self.subTest(row=row):
            unexplained = [
                role
                for role in ("anonymous", "portal", "internal", "foreign")
                if outcomes[role] not in (NO, EMPTY)
            ]
            if row not in NOTES:
                self.assertFalse(unexplained, f"Refuse {row}, or explain it in NOTES.")
                self.assertEqual(outcomes["admin"], YES, f"{row} works for nobody.")

    # === Methods ===

    def methods(self):
        """:return: ``{model.method: what each role gets}``"""
        rows = {}
        for model, method in sorted(public_methods(self.env, *OWN_ADDONS)):
            known = CALLS.get(model, {}).get(method)
            self.assertTrue(known, f"Say in CALLS how {model}.{method} is called.")
            outcomes = [self.anonymous(model, method)]
            outcomes += [self.outcome(role, model, method, *known) for role in CALLERS]
            rows[f"{model}.{method}"] = outcomes
        return rows

    def outcome(self, role, model, method, record, arguments):
        """What a role gets from a method; nothing of what it does is kept."""
        with self.env.cr.savepoint() as savepoint:
            try:
                records = self.env[model].browse(self.record(role, record).ids)
                arguments = [self.argument(role, value) for value in arguments]
                result = self.call(role, records, method, *arguments, context=self.context(model))
                found = EMPTY if result == [] else YES
            except (AccessError, MissingError):
                found = NO
            except UserError:
                found = SAYS_WHY
            savepoint.rollback()
        return found

    def context(self, model):
        """What opens a dialog tells it."""
        if not self.env[model].is_transient():
            return {}
        return {"active_model": "account.move", "active_ids": self.records["invoice"].ids}

    def anonymous(self, model, method):
        """What who is not logged in gets: over HTTP, for there is no other way."""
        call = {"model": model, "method": method, "args": [[1]], "kwargs": {}}
        response = self.rpc(f"/web/dataset/call_kw/{model}/{method}", call)
        self.assertEqual(response["error"]["data"]["name"], "odoo.http.SessionExpiredException")
        return NO

    def rpc(self, url, params):
        return self.url_open(
            url,
            data=json.dumps({"params": params}),
            headers={"Content-Type": "application/json"},
        ).json()

    # === Addresses and prints ===

    def addresses(self):
        """:return: ``{address: what each role gets}``"""
        dialog = self.dialog("admin", "account.receivable.aging.print")
        statements = self.dialog("admin", "account.customer.statement.create")
        pay = {"payment_reference": "x"}
        calls = {
            "/account_receivable/aging/<int:choice_id>.xlsx": (
                f"/account_receivable/aging/{dialog.id}.xlsx",
                None,
            ),
            "/account_receivable/statements/<int:dialog_id>.pdf": (
                f"/account_receivable/statements/{statements.id}.pdf",
                None,
            ),
            "/invoice/transaction/overdue": ("/invoice/transaction/overdue", pay),
            "/my/statement": ("/my/statement", None),
            "/my/statement/pdf": ("/my/statement/pdf", None),
        }
        rows = {}
        for address in sorted(own_routes(self.env, *OWN_ADDONS)):
            self.assertIn(address, calls, f"Say how {address} is called.")
            rows[address] = [self.visit(role, *calls[address]) for role in ROLES]
        return rows

    def prints(self):
        """:return: ``{report: what each role gets}`` of the company's records"""
        rows = {}
        for report in own_prints(self.env, *OWN_ADDONS).sorted("report_name"):
            record = {
                "account.customer.statement": lambda: self.records["statement"],
                **{
                    dialog: partial(self.dialog, "admin", dialog)
                    for dialog in (
                        "account.receivable.aging.print",
                        "account.receivable.tie.out.print",
                    )
                },
            }[report.model]()
            name = report.report_name
            url = f"/report/html/{name}/{record.id}"
            rows[name] = [self.visit(role, url, None) for role in ROLES]
        return rows

    def visit(self, role, url, params):
        """What a role gets at an address, by a form or (with parameters) by RPC."""
        login = self.roles[role].login if role in self.roles else None
        self.authenticate(login, login)
        if params is not None:
            error = self.rpc(url, params).get("error")
            if not error:
                return YES
            return NO if "Access" in error["data"]["name"] else SAYS_WHY
        response = self.url_open(url, allow_redirects=False)
        self.assertIn(response.status_code, (200, 303, 403, 404), response.text[:500])
        return YES if response.status_code == 200 else NO

    # === Records ===

    def own_records(self):
        """:return: ``{model: the operations that each role may do on the company's record, and on
        a dialog of their own}``"""
        rows = {}
        for model in sorted(own_models(self.env, *OWN_ADDONS)):
            rows[model] = [NO, *(self.operations(role, model) for role in CALLERS)]
        return rows

    def operations(self, role, model):
        with self.env.cr.savepoint() as savepoint:
            record = self.own_record(role, model)
            may = [
                operation
                for operation in OPERATIONS
                if self.may(role, record.browse() if operation == "create" else record, operation)
            ]
            savepoint.rollback()
        return ", ".join(may) or NO

    def may(self, role, record, operation):
        try:
            return self.call(role, record, "has_access", operation)
        except MissingError:
            return False  # a row of a report that this user does not have
