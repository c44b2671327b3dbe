"""The context of a report or a dialog may hold anything: the answer is a sentence."""

from contextlib import suppress
from datetime import date
from itertools import product

from odoo.exceptions import UserError

from odoo.addons.account_receivable.models.guards.named_records import MAX_ID, get_named_records
from odoo.addons.account_receivable.models.receivable_choices import (
    CHOICE_KEYS,
    AgingChoices,
    StatementChoices,
)

from .access_discovery import OWN_ADDONS, public_methods
from .common_roles import RolesCommon

#: What JSON can hold, and no choice or record is.
NOTHING_OF_OURS = (
    True,
    0,
    -7,
    7.0,
    1e300,
    float("nan"),
    float("inf"),
    MAX_ID + 1,
    2**63,
    2**70,
    "x",
    "'; DROP TABLE account_move; --",
    "2023-06-30\x00",
    {},
    {"a": 1},
)
#: The same as ids: a level deeper, and beside what is right.
NESTED = tuple(
    wrapped
    for value in (*NOTHING_OF_OURS, None, False, [], [1])
    for wrapped in ([value], [1, value], [[value]])
)
#: What Python makes no key of.
DEEP = ({"a": [1]}, [[1]], [{}], [[]], ["2023-06-30", {}], [[["due"]]])
#: Days, at the ends of time and beyond.
DAYS = ("0001-01-01", "9999-12-31", "0000-00-00", "2023-02-30", "2023-06-30T99:99")

REPORTS = (
    "account.receivable.aging",
    "account.receivable.tie.out",
    "account.receivable.tie.out.finding",
)
#: The dialogs that begin with a selection.
DIALOGS = (
    ("account.customer.credit.decline", "account.move"),
    ("account.customer.credit.hold", "account.move"),
    ("account.customer.credit.issue", "account.move"),
    ("account.customer.credit.issue", "res.partner"),
    ("account.customer.statement.create", "res.partner"),
    ("account.receivable.write.off", "account.move"),
    ("account.resequence.wizard", "account.move"),
)


class TestClientChoices(RolesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoice, cls.credit = cls.document(1000.0), cls.document(-250.0)
        cls.entry(70.0)
        cls.env.ref("account_customer_credit.group_customer_credit_write_off").user_ids += (
            cls.roles["admin"]
        )
        cls.env.flush_all()

    def answer(self, records, method, *args, context):
        """What a client is told: a sentence, or None where it gets what it asks for. Anything else
        that is raised fails the test."""
        with self.env.cr.savepoint() as savepoint:
            try:
                self.call("admin", records, method, *args, context=context)
            except UserError as refused:
                return str(refused)
            finally:
                savepoint.rollback()
        return None

    def read_by(self, model):
        """The keys of the context that a field of this model depends on."""
        depends = self.env.registry.field_depends_context
        return {key for field in self.env[model]._fields.values() for key in depends[field]}

    def calls_of_a_report(self, model):
        """Everything that reads rows: the lists, the form, the groups, the buttons."""
        rows = self.env[model].search([], limit=1)
        self.assertTrue(rows, model)
        fields = list(rows._fields)
        yield rows, "web_search_read", [], {name: {} for name in fields}
        yield rows, "read", fields
        yield rows, "web_read", {name: {} for name in fields}
        yield rows, "formatted_read_group", [], ["partner_id"], ["__count"]
        yield rows, "name_search"
        yield rows, "export_data", ["id", "partner_id"]
        for name, method in sorted(public_methods(self.env, *OWN_ADDONS)):
            if name == model and method.startswith("action_"):
                yield rows, method

    def test_a_choice_of_a_report(self):
        values = (*NOTHING_OF_OURS, *DEEP, *DAYS)
        for model in REPORTS:
            keys = [key for key in CHOICE_KEYS if key in self.read_by(model)]
            for call in self.calls_of_a_report(model):
                for key, value in product(keys, values):
                    with self.subTest(model=model, method=call[1], key=key, value=value):
                        self.answer(*call, context={key: value})

    def test_what_is_no_choice_is_refused(self):
        aging = self.env["account.receivable.aging"]
        for key, value in product(CHOICE_KEYS, (*NOTHING_OF_OURS, *DEEP)):
            # a day with something behind it is that day
            if (key, value) != ("as_of", "2023-06-30\x00"):
                with self.subTest(key=key, value=value):
                    context = {key: value}
                    self.assertTrue(
                        self.answer(aging, "search_read", [], ["id"], context=context)
                    )

    def test_nothing_is_no_choice(self):
        aging = self.env["account.receivable.aging"]
        for key, value in product(CHOICE_KEYS, (None, False, "")):
            with self.subTest(key=key, value=value):
                context = {key: value}
                self.assertFalse(self.answer(aging, "search_read", [], ["id"], context=context))

    def test_the_customers_of_the_aging(self):
        aging = self.env["account.receivable.aging"]
        for value in (*NOTHING_OF_OURS, *NESTED):
            with self.subTest(value=value):
                context = {"aging_partner_ids": value}
                message = self.answer(aging, "action_choose", context=context)
                self.assertIn("is not a valid record", message or "")
        for value in (None, False, [], self.customer.ids, self.customer.id, [2**30]):
            with self.subTest(value=value):
                context = {"aging_partner_ids": value}
                self.assertFalse(self.answer(aging, "action_choose", context=context))

    def test_what_is_selected_for_a_dialog(self):
        for (model, selected), value in product(DIALOGS, (*NOTHING_OF_OURS, *NESTED)):
            dialogs = self.env[model]
            chosen = ("move_id", "move_ids", "partner_ids")
            names = [name for name in chosen if name in dialogs._fields]
            with self.subTest(model=model, selected=selected, active_ids=value):
                context = {"active_model": selected, "active_ids": value}
                message = self.answer(dialogs, "default_get", names, context=context)
                if value or model != "account.customer.credit.issue":
                    self.assertIn("is not a valid record", message or "")
                self.answer(dialogs, "onchange", {}, [], {names[0]: {}}, context=context)
            if model != "account.resequence.wizard":  # core's
                with self.subTest(model=model, active_model=value):
                    context = {"active_model": value, "active_ids": self.invoice.ids}
                    message = self.answer(dialogs, "default_get", names, context=context)
                    self.assertFalse(message)

    def test_a_selection_of_one(self):
        issue = self.env["account.customer.credit.issue"]
        for value in filter(bool, (*NOTHING_OF_OURS, *NESTED)):
            with self.subTest(value=value):
                context = {"active_model": "res.partner", "active_id": value}
                message = self.answer(issue, "default_get", ["partner_ids"], context=context)
                self.assertIn("is not a valid record", message or "")

    def test_the_invoice_to_adjust(self):
        adjust = self.env["account.invoice.adjust"]
        for value in (*NOTHING_OF_OURS, *NESTED):
            with self.subTest(value=value):
                context = {"default_invoice_id": value}
                self.assertTrue(self.answer(adjust, "create", [{}], context=context))
                vals = {"invoice_id": value}
                self.assertTrue(self.answer(adjust, "create", [vals], context={}))
        context = {"default_invoice_id": self.invoice.id}
        self.assertFalse(self.answer(adjust, "create", [{}], context=context))

    # === The same, by name ===

    def test_records(self):
        self.assertEqual(get_named_records(self.env, "res.partner", None), self.partners)
        named = [self.customer.id, self.customer.id, 2**30, self.stranger.id]
        self.assertEqual(
            get_named_records(self.env, "res.partner", named), self.customer + self.stranger
        )
        # other code names them in a context as it likes
        for ids in ({self.customer.id}, {self.customer.id: None}.keys(), (self.customer.id,)):
            self.assertEqual(get_named_records(self.env, "res.partner", ids), self.customer)
        with self.assertRaisesRegex(UserError, "“True” is not a valid record. Reload the page"):
            get_named_records(self.env, "res.partner", [self.customer.id, True])

    def test_choices(self):
        for choices, keys in (
            (AgingChoices, CHOICE_KEYS),
            (StatementChoices, ("statement_kind", "statement_from", "as_of")),
        ):
            for key in keys:
                for value in (*NOTHING_OF_OURS, *NESTED, *DEEP, *DAYS, None, False, ""):
                    context = {"statement_kind": "activity", "statement_from": "2023-06-01"}
                    context[key] = value
                    with self.subTest(key=key, value=value), suppress(UserError):
                        choices.of(self.env(context=context))

    def test_the_first_day_of_all_has_no_day_before(self):
        dialog = self.env["account.customer.statement.create"].create(
            {
                "kind": "activity",
                "selection": "chosen",
                "partner_ids": self.customer.ids,
                "date_from": date.min,
            }
        )
        statement, _batch = dialog._make()
        self.assertEqual(statement._get_choices().opening_day, date.min)
        self.assertIn("820.00", statement.amount_due)
