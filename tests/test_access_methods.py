"""Every public method and every model, tried as five users: doc/access.md is what came out."""

import os
from pathlib import Path

from odoo.exceptions import AccessError, MissingError, UserError

from .common_access import ADDON, ROLES
from .common_access_calls import REPORTS, AccessCallsCommon
from .common_access_routes import AccessRoutesCommon

PAGE = Path(__file__).parents[1] / "doc" / "access.md"
#: Rewrite the page instead of comparing with it.
REWRITE = "CUSTOMER_CREDIT_WRITE"
OPERATIONS = ("create", "read", "write", "unlink")
#: The lines of dialogs: which dialog, and its field.
LINES = {
    "account.customer.credit.apply.line": ("account.customer.credit.apply", "credit_line_ids"),
    "account.customer.credit.refund.line": ("account.customer.credit.refund", "line_ids"),
    "account.invoice.adjust.line": ("account.invoice.adjust", "line_ids"),
    "account.payment.register.credit": ("account.payment.register", "credit_line_ids"),
}
#: What the accountant of another company may do with a customer that both companies share: in his
#: own company, where this customer has nothing.
OWN_COMPANY = (
    "account.customer.credit.issue",
    "account.customer.statement.create",
    "account.receivable.aging",
    "account.receivable.aging.print",
    "account.receivable.tie.out",
    "res.partner",
)


class TestAccessMethods(AccessCallsCommon, AccessRoutesCommon):
    def setUp(self):
        super().setUp()
        self.wrong = []  # all of it is told at once

    def test_the_page_is_what_happens(self):
        text = "\n".join(
            [
                INTRODUCTION,
                *self.table("Method", self.method_rows()),
                ADDRESSES,
                *self.table("Address", self.address_rows()),
                RECORDS,
                *self.table("Records of", self.record_rows()),
                "",
            ]
        )
        self.assertFalse(self.wrong, "\n".join(self.wrong))
        if os.environ.get(REWRITE):
            PAGE.write_text(text)
        self.assertEqual(PAGE.read_text(), text, "make access writes it anew; read what changed.")

    def table(self, heading, rows):
        yield f"| {heading} | " + " | ".join(ROLES.values()) + " |"
        yield "|---" * (len(ROLES) + 1) + "|"
        for name, cells in rows:
            yield f"| {name} | " + " | ".join(cells) + " |"

    # === Methods ===

    def method_rows(self):
        for model, method in self.methods:
            cells = [self.outcome(role, model, method) for role in ROLES]
            yield f"`{model}` `{method}`", cells

    def outcome(self, role, model, method):
        """:return: the words of the cell"""
        if self.registry[model]._transient:
            outcome, result = self.call_dialog(role, model, method)
        else:
            target = self.target(model, method)
            self.assertTrue(target, f"There is nothing to try {model}.{method} on.")
            arguments = self.arguments(method)
            outcome, result = self.call(role, model, method, target.ids, arguments)
        if role == "billing":
            return {"allowed": "yes", "said no": "says no"}.get(outcome, outcome)
        if told := self.tells(role, result):
            self.wrong.append(f"{model}.{method} tells {told} to {role}: {result}")
        if outcome == "refused":
            return outcome
        if role != "stranger" or model not in OWN_COMPANY:
            self.wrong.append(f"{model}.{method}: {outcome} to {role}: {result}")
        elif outcome == "allowed" and (leaked := self.opened_elsewhere(role, result)):
            self.wrong.append(f"{model}.{method} opens {leaked} to {role}")
        return "own company"

    def opened_elsewhere(self, role, action):
        """:return: the records of the billing user's company that the action's list has"""
        model = self.as_role(role)[action["res_model"]] if action.get("res_model") else None
        if model is None or "company_id" not in model._fields or action.get("res_id"):
            return None
        return model.search(action.get("domain") or []).filtered_domain(
            [("company_id", "=", self.company.id)]
        )

    def call_dialog(self, role, model, method):
        """Open the dialog as this user and press the button; and press it in somebody else's."""
        if role != "billing":
            with self.undone():
                theirs = self.open_dialog(model, self.env(user=self.env.uid))
                self.env.flush_all()
                outcome, result = self.call(role, model, method, theirs.ids)
                if outcome != "refused":
                    self.wrong.append(f"{role} uses another's {model}.{method}: {result}")
        with self.undone():
            try:
                dialog = self.open_dialog(model, self.as_role(role))
            except AccessError as error:
                return "refused", str(error)
            except UserError as error:
                return "said no", str(error)
            return self.call(role, model, method, dialog.ids)

    # === Addresses ===

    def address_rows(self):
        for address in self.addresses():
            cells = []
            for role in ROLES:
                words, text = self.fetch(role, address)
                told = self.tells(role, text)
                if role != "billing" and told:
                    self.wrong.append(f"{address} tells {told} to {role}")
                cells.append(words if told or words != "yes" else "without it")
            yield f"`{address}`", cells

    # === Records ===

    def record_rows(self):
        for name in sorted(self.registry):
            model = self.env[name]
            own = type(model)._original_module == ADDON and not model._abstract
            if own:
                yield f"`{name}`", [self.rights(role, model) for role in ROLES]

    def rights(self, role, model):
        """What this user may do with a record of the customer's that is there."""
        with self.undone():
            records = self.a_record(model)
            self.env.flush_all()
            own = self.as_role(role)[model._name]
            allowed = [name for name in OPERATIONS if own.has_access(name)]
            if records:
                on_it = own.browse(records.ids)
                allowed = [n for n in allowed if n == "create" or self.may(on_it, n)]
            if role != "billing" and records and set(allowed) - {"create"}:
                self.wrong.append(f"{role} may {allowed} {model._name}")
            return ", ".join(allowed) or "nothing"

    def may(self, record, operation):
        try:
            return record.has_access(operation)
        except MissingError:
            return False  # a report's rows are others for every user

    def a_record(self, model):
        """One that is not the role's own; none where there is no way to make one."""
        if model._name in REPORTS:
            return self.target(model._name, None)
        if model._name in LINES:
            dialog, field = LINES[model._name]
            return self.open_dialog(dialog, self.env)[field][:1]
        if model._transient:
            return self.open_dialog(model._name, self.env)
        if model._name == "account.customer.credit.reason":
            return self.own_reason
        return model.search([], limit=1)


INTRODUCTION = """\
# Who may call what

Written by `tests/test_access_methods.py`, which finds every public method of this addon by itself
and calls it through the door of a client, as five users: nobody logged in, another customer in the
portal, an internal user without rights, a billing user, and the accountant of another company. The
test fails when a method is new or answers otherwise; `make access` writes this page anew.

The records are a customer's of one company, where the billing user works. *refused*: an error that
names no amount and no customer; to the billing user where he lacks a right of its own (approving,
refunding, writing off). *yes*: it is done. *says no*: there is nothing to do. *own company*: the
customer is shared between the companies, and the accountant sees and books of it what is his own
company's. A dialog is opened first; somebody else's dialog is refused to everybody.

## Methods
"""
ADDRESSES = """
## Addresses

This addon's own, and Odoo's that show its documents. *yes*: the customer's figures are there;
*without it*: a page of one's own account or company, with nothing of that customer.
"""
RECORDS = """
## Records

What each may do with a record that somebody else made. Dialogs belong to who opened them: *create*
is to open one's own.
"""
