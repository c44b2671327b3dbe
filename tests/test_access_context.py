"""A client may send any context: none lets anybody past a right, a check or a rule."""

import re
from pathlib import Path

from .common_access import AccessCommon

ADDON = Path(__file__).parents[1]
KEY = re.compile(r"""context(?:\.get\(|\[)["'](\w+)["']""")
#: What JSON can say. The keys that open something here hold objects that it cannot.
VALUES = (
    True,
    1,
    -1,
    1e400,
    None,
    "",
    "yes",
    "2999-01-01",
    "' OR 1=1",
    [1],
    [[6, 0, [1]]],
    {"x": 1},
)


def known_keys():
    """Every key of the context that this addon's code looks at."""
    found = set()
    for folder in ("models", "wizards", "reports", "controllers"):
        for path in (ADDON / folder).glob("*.py"):
            found.update(KEY.findall(path.read_text()))
    return sorted(found)


class TestAccessContext(AccessCommon):
    def test_the_keys_are_found(self):
        self.assertLess({"as_of", "skip_is_manually_modified", "active_ids"}, set(known_keys()))
        self.assertGreater(len(known_keys()), 12)

    def test_no_context_opens_anything(self):
        self.company.customer_credit_limit = 1000.0
        probes = {
            "post above the limit": ("billing", self.large, "action_post", []),
            "approve": ("billing", self.asked, "action_approve_credit", []),
            "refund": ("billing", self.credit, "action_refund_credit", []),
            "change what is posted": (
                "billing",
                self.receivable_items(self.credit),
                "write",
                [{"balance": -1.0}],
            ),
            "change the register": ("billing", self.application, "write", [{"amount": 1.0}]),
            "read another company's credit": ("stranger", self.credit, "read", [["name"]]),
            "adjust without rights": ("internal", self.invoice, "action_adjust", []),
        }
        for key in known_keys():
            for value in VALUES:
                for what, (role, records, method, args) in probes.items():
                    context = {"allowed_company_ids": self.users[role].sudo().company_ids.ids}
                    context[key] = value
                    outcome, result = self.attempt(role, records, method, args, context)
                    self.assertNotEqual(outcome, "allowed", f"{what}: {key}={value!r}: {result}")

    def attempt(self, role, records, method, args, context):
        """A value that makes no sense may be refused by an error of Python's: nothing is done."""
        try:
            return self.call(role, records._name, method, records.ids, args, context)
        except (TypeError, ValueError, KeyError, AttributeError) as error:
            self.env.invalidate_all()
            return type(error).__name__, str(error)

    def test_reports_show_the_own_company_whatever_the_context_says(self):
        models = [
            "account.receivable.aging",
            "account.receivable.tie.out",
            "account.receivable.application",
            "account.customer.statement",
        ]
        for name in models:
            for companies in ([self.company.id], [0], ["1"], "x"):
                context = {"allowed_company_ids": companies}
                outcome, result = self.attempt(
                    "stranger",
                    self.env[name],
                    "search_read",
                    [],
                    context,
                )
                self.assertFalse(self.tells("portal", result), f"{name} {companies} {outcome}")
