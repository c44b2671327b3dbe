"""A client may send any context: what it cannot get by it."""

import ast

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from odoo.addons.account_receivable.models.receivable_choices import CHOICE_KEYS
from odoo.addons.account_receivable.tests.common_customer import TODAY

from .common_roles import RolesCommon
from .source_rules import ROOT, Source, source_files

#: The keys of a report's choices: what is none is refused with a sentence.
CHOICES = (*CHOICE_KEYS, "statement_kind", "statement_from")
#: The keys by which this addon talks to itself: what JSON can hold means nothing to it.
OWN = (
    "customer_credit_amounts",
    "customer_credit_direction",
    "customer_credit_hidden_totals",
    "customer_credit_series",
    "customer_credit_shown_as",
    "customer_credit_taking_back",
    "customer_credit_tax_side",
    "early_payment_discount",
    "receivable_application",
    "receivable_application_taken_back",
    "skip_is_manually_modified",
)
#: Keys that skip what the user may do, or leave, by hand as well.
HARMLESS = ("customer_credit_auto_apply_later", "adjust_from_zero")
#: What a selection is called; what is selected is read with the user's rights.
SELECTION = ("active_id", "active_ids", "active_model", "aging_partner_ids")
#: The keys of another context: that of a mail's layout.
OF_A_MAIL = ("lang", "subtitles")
DEFAULTS = ("default_invoice_id",)

VALUES = (True, 1, "x", [1], {"totals": {}, "amounts": {}, "day": "2020-01-01"})


def context_keys():
    """The keys that this addon reads from a context, found in its source."""
    found = set()
    for path in source_files():
        if path.is_relative_to(ROOT / "addons") and "account_receivable" not in path.parts:
            continue
        for node in ast.walk(Source.of(path).tree):
            found.update(_get_key(node))
    return found


def _get_key(node):
    constants = []
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        if node.func.attr == "get" and _is_context(node.func.value):
            constants = node.args[:1]
    elif (
        isinstance(node, ast.Subscript)
        and isinstance(node.ctx, ast.Load)
        and _is_context(node.value)
    ):
        constants = [node.slice]
    return [constant.value for constant in constants if isinstance(constant, ast.Constant)]


def _is_context(node):
    return getattr(node, "attr", getattr(node, "id", None)) == "context"


class TestClientContext(RolesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.customer_credit_limit = 50.0
        cls.invoice, cls.credit = cls.document(1000.0), cls.document(-250.0)
        cls.draft = cls.customer_document([cls.line(-250.0)])

    def with_each_context(self, attempt):
        """Try it with each of our keys and each value, and with all of them at once; nothing of it
        is kept."""
        keys = (*OWN, *HARMLESS)
        contexts = [{key: value} for key in keys for value in VALUES]
        contexts += [dict.fromkeys(keys, value) for value in VALUES]
        for context in contexts:
            with self.subTest(context=context), self.env.cr.savepoint() as savepoint:
                attempt(context)
                savepoint.rollback()

    def test_every_key_is_tried_here(self):
        known = {*CHOICES, *OWN, *HARMLESS, *SELECTION, *DEFAULTS, *OF_A_MAIL}
        found = context_keys()
        self.assertIn("customer_credit_tax_side", found)
        self.assertFalse(found - known, "Say what a client can get by these keys.")

    def test_no_key_posts_above_the_limit(self):
        def attempt(context):
            with self.assertRaisesRegex(UserError, "exceeds the limit"):
                self.call("billing", self.draft, "action_post", context=context)
            with self.assertRaisesRegex(UserError, "exceeds the limit"):
                self.call("billing", self.draft, "write", {"state": "posted"}, context=context)

        self.with_each_context(attempt)

    def test_no_key_refunds(self):
        def attempt(context):
            with self.assertRaises(AccessError):
                self.call("billing", self.credit, "action_refund_credit", context=context)
            selected = {**context, "active_model": "account.move", "active_ids": self.credit.ids}
            register = self.env["account.payment.register"]
            dialog = register.browse(
                self.call("billing", register, "create", [{}], context=selected)
            )
            with self.assertRaisesRegex(UserError, "right to refund"):
                self.call("billing", dialog, "action_create_payments", context=selected)

        self.with_each_context(attempt)

    def test_no_key_backdates_or_caps_an_application(self):
        items = self.receivable_items(self.invoice, self.credit)

        def attempt(context):
            self.call("billing", items, "reconcile", context=context)
            self.assertEqual(self.invoice.amount_residual, 750.0)
            row = self.invoice.receivable_application_ids.application_id
            self.assertRecordValues(
                row,
                [
                    {
                        "date": TODAY,
                        "amount": 250.0,
                        "reason": False,
                        "user_id": self.roles["billing"].id,
                    }
                ],
            )

        self.with_each_context(attempt)

    def test_no_key_writes_what_is_posted_or_what_one_may_only_read(self):
        line = self.credit.invoice_line_ids

        def attempt(context):
            # Core leaves the price of a posted line as it is, and says nothing.
            self.call("billing", line, "write", {"price_unit": -900.0}, context=context)
            for name in ("invoice_line_ids", "line_ids"):
                changed = {name: [Command.update(line.id, {"price_unit": -900.0})]}
                with self.assertRaises(UserError):
                    self.call("billing", self.credit, "write", changed, context=context)
            with self.assertRaises(AccessError):
                self.call("billing", self.credit, "write", {"amount_total": 1.0}, context=context)
            for method, args in (
                ("write", [{"payment_comment": "Mine"}]),
                ("button_draft", []),
                ("action_assign_credits_to_me", []),
            ):
                with self.assertRaises(AccessError):
                    self.call("auditor", self.credit, method, *args, context=context)
            self.assertEqual(self.credit.amount_total, -250.0)

        self.with_each_context(attempt)

    def test_no_key_gets_round_a_lock_date(self):
        self.company.fiscalyear_lock_date = "2023-06-30"
        self.apply(self.invoice, self.credit)
        row = self.invoice.receivable_application_ids.application_id
        unapply = self.env["account.receivable.unapply"]
        values = {"application_id": row.id, "date": "2023-06-20", "reason": "Earlier"}

        def attempt(context):
            dialog = unapply.browse(
                self.call("billing", unapply, "create", [values], context=context)
            )
            with self.assertRaises(UserError):
                self.call("billing", dialog, "action_unapply", context=context)

        self.with_each_context(attempt)

    def test_a_choice_that_is_none_is_refused_with_a_sentence(self):
        aging, tie_out = (
            self.env["account.receivable.aging"],
            self.env["account.receivable.tie.out"],
        )
        junk = (
            "x",
            7,
            {"a": 1},
            ["2023-01-01", "2023-02-01"],
            "2999-01-01",
            "2023-13-01",
            "'; --",
        )
        for value in junk:
            for model in (aging, tie_out):
                with self.subTest(model=model, as_of=value), self.assertRaises(UserError):
                    self.call(
                        "auditor", model, "search_read", [], ["id"], context={"as_of": value}
                    )
            for key in ("aging_basis", "aging_credits"):
                if not isinstance(value, list):
                    with self.subTest(key=key, value=value), self.assertRaises(UserError):
                        self.call(
                            "auditor", aging, "search_read", [], ["id"], context={key: value}
                        )

    def test_the_first_day_of_all_is_a_day(self):
        for model in ("account.receivable.aging", "account.receivable.tie.out"):
            context = {"as_of": "0001-01-01"}
            found = self.call(
                "auditor", self.env[model], "search_read", [], ["id"], context=context
            )
            self.assertEqual(found, [])

    def test_a_selection_is_read_with_the_users_rights(self):
        for name in ("account.customer.credit.hold", "account.receivable.write.off"):
            dialogs = self.env[name]
            context = {"active_model": "account.move", "active_ids": self.credit.ids}
            with self.subTest(model=name), self.assertRaises(AccessError):
                dialog = dialogs.browse(
                    self.call(
                        "foreign",
                        dialogs,
                        "create",
                        [{"note": "x"} if "note" in dialogs._fields else {"reason": "x"}],
                        context=context,
                    )
                )
                button = "action_hold" if "note" in dialogs._fields else "action_write_off"
                self.call("foreign", dialog, button)
                self.assertFalse(self.credit.credit_on_hold)
        with self.assertRaises(AccessError):
            self.call(
                "foreign",
                self.env["account.customer.credit.issue"],
                "default_get",
                ["partner_ids"],
                context={"active_model": "account.move", "active_ids": self.credit.ids},
            )

    def test_what_was_overpaid_is_what_is_kept(self):
        """The credit is posted whatever the user's limit: no default makes it another one."""
        extra = [self.line(-5000.0)[2]]
        for defaults in (
            {"default_discount": -900.0},
            {"default_quantity": 10.0},
            {"default_line_ids": [Command.create(line) for line in extra]},
            {"default_reversed_entry_id": self.invoice.id},
            {"default_credit_approver_id": self.roles["admin"].id},
            {"default_write_off_document_id": self.invoice.id},
            {"default_credit_on_hold": True},
        ):
            with self.subTest(defaults=defaults):
                payment = self.payment(300.0)
                self.call("billing", payment, "action_keep_as_credit", context=defaults)
                entry = payment.move_id
                credit = entry.overpayment_credit_ids.filtered("is_customer_credit")
                self.assertRecordValues(
                    credit,
                    [
                        {
                            "amount_total": -300.0,
                            "amount_residual": -300.0,
                            "reversed_entry_id": False,
                            "credit_approver_id": False,
                            "write_off_document_id": False,
                            "credit_on_hold": False,
                        }
                    ],
                )
