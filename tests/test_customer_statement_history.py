"""What was sent to a customer is history: the program writes it, and nobody takes it away."""

from datetime import date, datetime

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from odoo.addons.account_receivable.models.receivable_choices import StatementChoices
from odoo.addons.account_receivable.tests.common_customer import TODAY
from odoo.addons.account_receivable.tests.common_statement import StatementSendingCommon

from .common_roles import RolesCommon

STATEMENT = "account.customer.statement"
BATCH = "account.customer.statement.batch"
#: A value of each type, not the one it has.
OTHER_VALUES = {
    "char": "Called by phone",
    "date": date(2020, 1, 1),
    "datetime": datetime(2020, 1, 1),
    "float": 1.0,
    "integer": 1,
}


class TestCustomerStatementHistory(RolesCommon, StatementSendingCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = cls.roles["billing"]
        cls.document(1000.0)
        choices = StatementChoices("open_item", TODAY)
        cls.waiting_batch = cls.batches._make(cls.customer + cls.stranger, choices, "chosen")
        cls.waiting = cls.waiting_batch.statement_ids[0]
        cls.sent_batch = cls.batches._make(cls.customer + cls.stranger, choices, "chosen")
        cls.sent_batch.action_send()
        cls.sent = cls.sent_batch.statement_ids.filtered("sent_on")
        cls.elsewhere = cls.stranger.message_post(body="Hello")
        cls.env.flush_all()

    def program_fields(self, model):
        """All fields that this addon gives it, found in the registry."""
        found = [
            name
            for name, field in self.env[model]._fields.items()
            if field._module == "account_receivable"
        ]
        self.assertIn("state", found)
        return found

    def other_value(self, record, name):
        """Something else than the field holds."""
        field = record._fields[name]
        if field.type == "many2one":
            named = {"mail.message": self.elsewhere, "res.partner": self.neighbour}
            records = self.env[field.comodel_name].search([("id", "!=", record[name].id)])
            return (named.get(field.comodel_name) or records)[:1].id
        if field.type == "one2many":
            return [Command.update(self.sent.id, {"message": "Called by phone"})]
        if field.type == "selection":
            return next(value for value in field.get_values(self.env) if value != record[name])
        return OTHER_VALUES[field.type]

    def assertAsBefore(self, record, before):
        self.env.invalidate_all()
        self.assertEqual(record.sudo().read()[0], before)

    # === Written ===

    def test_nobody_writes_what_a_statement_says(self):
        for record in (self.waiting, self.sent, self.waiting_batch, self.sent_batch):
            for role in ("billing", "admin"):
                for name in self.program_fields(record._name):
                    value = self.other_value(record, name)
                    with self.subTest(record=record, role=role, field=name, value=value):
                        before = record.read()[0]
                        with self.assertRaises(AccessError):
                            self.call(role, record, "write", {name: value})
                        self.assertAsBefore(record, before)

    def test_the_sentence_names_the_field(self):
        with self.assertRaisesRegex(AccessError, "Sent On is set automatically"):
            self.call("billing", self.waiting, "write", {"sent_on": "2020-01-01 00:00:00"})

    def test_no_field_is_written_by_way_of_the_batch(self):
        for command in (
            Command.update(self.sent.id, {"state": "to_send"}),
            Command.delete(self.sent.id),
            Command.unlink(self.sent.id),
            Command.create({"partner_id": self.customer.id, "state": "sent"}),
            Command.link(self.waiting.id),
            Command.clear(),
        ):
            for name in ("statement_ids", "problem_ids"):
                with self.subTest(field=name, command=command), self.assertRaises(AccessError):
                    self.call("admin", self.sent_batch, "write", {name: [command]})
        self.assertEqual((self.sent.state, self.sent.batch_id), ("sent", self.sent_batch))

    def test_none_is_imported(self):
        for model, row in (
            (STATEMENT, {"partner_id/.id": str(self.customer.id), "state": "Sent"}),
            (STATEMENT, {".id": str(self.sent.id), "state": "To Send"}),
            (BATCH, {".id": str(self.sent_batch.id), "state": "New"}),
        ):
            with self.subTest(model=model, row=row):
                found = self.call(
                    "admin", self.env[model], "load", list(row), [list(row.values())]
                )
                self.assertFalse(found["ids"])
                self.assertIn("set automatically", found["messages"][0]["message"])
        self.assertEqual(self.sent.state, "sent")

    # === Made ===

    def test_nobody_makes_one_by_hand(self):
        """Nothing says that it was sent, to a customer, that was not."""
        base = {STATEMENT: {"partner_id": self.customer.id}, BATCH: {}}
        for model, values in base.items():
            record = self.sent if model == STATEMENT else self.sent_batch
            for role in ("billing", "admin"):
                for name in self.program_fields(model):
                    value = self.other_value(record, name)
                    for vals, context in (
                        ({**values, name: value}, {}),
                        (values, {f"default_{name}": value}),
                    ):
                        with (
                            self.subTest(model=model, role=role, vals=vals, context=context),
                            self.assertRaises(AccessError),
                        ):
                            self.call(
                                role, self.env[model], "create", [dict(vals)], context=context
                            )

    def test_nobody_copies_one(self):
        for record in (self.sent, self.sent_batch):
            with self.subTest(record=record), self.assertRaises(AccessError):
                self.call("billing", record, "copy", {"date": "2020-01-01"})

    def made_in_the_dialog(self, context, customers=None):
        """What Print makes of these customers for a client with this context."""
        dialogs = self.env["account.customer.statement.create"]
        vals = {
            "selection": "chosen",
            "partner_ids": [Command.set((customers or self.customer).ids)],
        }
        dialog = dialogs.browse(self.call("billing", dialogs, "create", [vals]))
        last = self.model.search([], order="id desc", limit=1)
        self.call("billing", dialog, "action_print", context=context)
        return self.model.search([("id", ">", last.id)])

    def assertJustPrinted(self, statements, customers):
        self.assertRecordValues(
            statements,
            [
                {
                    "partner_id": customer.id,
                    "company_id": self.company.id,
                    "user_id": self.clerk.id,
                    "kind": "open_item",
                    "date": TODAY,
                    "date_from": False,
                    "state": "printed",
                    "message": False,
                    "sent_on": False,
                    "mail_message_id": False,
                }
                for customer in customers
            ],
        )

    def hostile_defaults(self):
        for record in (self.sent, self.sent_batch):
            for name in self.program_fields(record._name):
                yield record._name, name, self.other_value(record, name)
        yield STATEMENT, "message_ids", [Command.create({"body": "They agreed"})]
        yield BATCH, "statement_ids", [
            Command.create({"partner_id": self.neighbour.id, "state": "sent"})
        ]

    def test_a_clients_defaults_are_none(self):
        for model, name, value in self.hostile_defaults():
            with self.subTest(model=model, field=name, value=value):
                made = self.made_in_the_dialog({f"default_{name}": value})
                self.assertJustPrinted(made, self.customer)
                self.assertNotIn("They agreed", "".join(made.message_ids.mapped("body")))
                both = self.customer + self.stranger
                made = self.made_in_the_dialog({f"default_{name}": value}, both)
                self.assertJustPrinted(made.sorted("id"), both)
                self.assertRecordValues(
                    made.batch_id, [{"state": "draft", "date": TODAY, "total_count": 2}]
                )

    def test_a_default_that_somebody_keeps_is_none(self):
        defaults = self.env["ir.default"].with_user(self.clerk)
        for model, name, value in self.hostile_defaults():
            if self.env[model]._fields[name].type not in ("one2many", "many2many"):
                value = str(value) if isinstance(value, date) else value
                with (
                    self.subTest(model=model, field=name, value=value),
                    self.env.cr.savepoint() as savepoint,
                ):
                    defaults.set(model, name, value, user_id=True)
                    self.assertJustPrinted(self.made_in_the_dialog({}), self.customer)
                    both = self.customer + self.stranger
                    made = self.made_in_the_dialog({}, both)
                    self.assertJustPrinted(made.sorted("id"), both)
                    savepoint.rollback()

    # === Deleted ===

    def test_what_was_sent_is_not_deleted(self):
        for record in (self.sent, self.sent_batch):
            for role in ("billing", "admin"):
                with (
                    self.subTest(record=record, role=role),
                    self.assertRaisesRegex(UserError, "was sent and cannot be deleted"),
                ):
                    self.call(role, record, "unlink")
        self.assertTrue(self.sent.exists())

    def test_what_came_back_was_sent(self):
        """The customer's mail server refused it, days later; and somebody tries again."""
        self.sent.mail_message_id.sudo().notification_ids.write(
            {"notification_status": "bounce", "failure_type": "mail_bounce"}
        )
        self.assertEqual(self.sent.state, "failed")
        with self.assertRaisesRegex(UserError, "was sent and cannot be deleted"):
            self.call("billing", self.sent, "unlink")
        self.call("billing", self.sent_batch, "action_retry")
        with self.assertRaisesRegex(UserError, "was sent and cannot be deleted"):
            self.call("billing", self.sent_batch, "unlink")

    def test_what_was_never_sent_is_deleted(self):
        printed = self.made_in_the_dialog({})
        self.call("billing", printed, "unlink")
        skipped = self.sent_batch.statement_ids - self.sent
        self.assertEqual(skipped.state, "skipped")
        self.call("billing", skipped, "unlink")
        self.call("billing", self.waiting_batch, "unlink")
        self.assertFalse((printed + skipped + self.waiting).exists())

    # === The buttons ===

    def test_the_buttons_still_ask_who_presses_them(self):
        before = [record.read()[0] for record in (self.waiting, self.waiting_batch)]
        for role in ("auditor", "internal", "foreign", "portal"):
            for record, method in (
                (self.waiting, "action_send"),
                (self.waiting_batch, "action_send"),
                (self.waiting_batch, "action_continue"),
                (self.sent_batch, "action_retry"),
                (self.waiting_batch, "action_stop"),
            ):
                with self.subTest(role=role, method=method), self.assertRaises(AccessError):
                    self.call(role, record, method)
        self.assertAsBefore(self.waiting, before[0])
        self.assertAsBefore(self.waiting_batch, before[1])

    def test_a_statement_is_made_for_whom_and_where_its_maker_works(self):
        theirs = self.partners.sudo().create(
            {"name": "Customer of the Other", "company_id": self.foreign_company.id}
        )
        with self.assertRaises(AccessError):
            self.made_in_the_dialog({}, theirs)
        with self.assertRaises(AccessError):
            self.model.with_user(self.clerk)._make(
                theirs.with_user(self.clerk), StatementChoices("open_item", TODAY)
            )
        dialogs = self.env["account.customer.statement.create"]
        vals = {
            "selection": "chosen",
            "partner_ids": [Command.set(self.customer.ids)],
            "company_id": self.foreign_company.id,
        }
        with self.assertRaises(AccessError):
            dialog = dialogs.browse(self.call("billing", dialogs, "create", [vals]))
            self.call("billing", dialog, "action_print")

    def test_sent_by_whoever_presses_the_button(self):
        self.call("admin", self.waiting_batch, "action_send")
        self.assertEqual(self.waiting_batch.user_id, self.roles["admin"])
        self.assertEqual(self.waiting.user_id, self.roles["admin"])
        self.assertEqual(self.waiting.mail_message_id.author_id, self.roles["admin"].partner_id)
