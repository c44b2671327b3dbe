"""Records without access, passed to every dialog in every way: no answer may disclose them.

The dialogs and their fields are found in the registry, so new ones are tried too. All secret texts
contain ``SECRET``, and the secret amounts occur nowhere else.
"""

import json
from itertools import product

from odoo.fields import Command
from odoo.tools import SQL

SECRET = "SECRET"
#: Amounts of what is secret, and how an answer could show them.
AMOUNTS = (8713.37, 7319.53)
#: What a name is written in.
TEXTS = ("name", "complete_name", "move_name", "ref", "debit_name", "credit_name", "acc_number")


class DialogSecrets:
    """A mixin for cases with ``call``, see ``RolesCommon``. A case sets:

    ``attacker``, the role that passes the records; ``victims`` and ``own``, a record for each
    model: one that the role may not read, and one of its own for other required fields.
    """

    addons = ()
    attacker = "foreign"

    @classmethod
    def write_secrets_on(cls, *records):
        """Write the secrets by SQL, since posted documents cannot be renamed otherwise."""
        cls.env.flush_all()
        for record in records:
            for name in TEXTS:
                field = record._fields.get(name)
                if field and field.store and field.column_type and record._auto:
                    text = SQL("%s || id", SECRET)
                    if field.column_type[0] == "jsonb":
                        text = SQL("jsonb_build_object('en_US', %s)", text)
                    cls.env.cr.execute(
                        SQL(
                            "UPDATE %s SET %s = %s WHERE id IN %s",
                            SQL.identifier(record._table),
                            SQL.identifier(name),
                            text,
                            tuple(record.ids),
                        )
                    )
        cls.env.invalidate_all()

    # === Dialogs and records ===

    def dialogs(self):
        """Our dialogs and their lines, and those of others that we extend with fields."""
        for name, model in sorted(self.env.items()):
            if name == "res.config.settings":
                continue  # of the company's own administrator
            if model._transient and not model._abstract and self.our_fields(model):
                yield model

    def our_fields(self, model):
        return [field for field in model._fields.values() if field._module in self.addons]

    def namings(self, model, depth=0):
        """Each way to pass a victim in the values of a dialog: ``(name, value)``."""
        for field in self.our_fields(model):
            if not field.relational:
                continue
            victim = self.victims.get(field.comodel_name)
            comodel = self.env[field.comodel_name]
            if victim and field.type == "many2one":
                yield field.name, victim.ids[0]
                yield field.name, {"id": victim.ids[0]}  # as a line's dialog comes along
            elif victim:
                yield field.name, [Command.set(victim.ids)]
                yield field.name, [Command.link(victim.ids[0])]
                if field.type == "one2many":
                    yield field.name, [Command.update(victim.ids[0], {})]
            if field.type == "one2many" and comodel._transient and not depth:
                for name, value in self.namings(comodel, depth + 1):
                    line = {**self.needed(comodel, field.inverse_name), name: value}
                    yield field.name, [Command.create(line)]

    def needed(self, model, *without):
        """Values of a dialog's required fields, with the attacker's own records."""
        values = {}
        for field in model._fields.values():
            if not field.required or field.name in without or field.compute or field.related:
                continue
            if field.type == "many2one":
                if field.comodel_name in self.own:
                    values[field.name] = self.own[field.comodel_name].id
            elif field.type == "selection":
                values[field.name] = field.get_values(self.env)[0]
            elif field.type == "char":
                values[field.name] = "Why"
        return values

    def specification(self, model, depth=0):
        """The specification of all fields, with the names of records and all fields of lines."""
        spec = {}
        for field in model._fields.values():
            if field.type == "many2one":
                spec[field.name] = {"fields": {"display_name": {}}}
            elif field.type in ("one2many", "many2many"):
                comodel = self.env[field.comodel_name]
                deeper = comodel._transient and not depth
                fields = self.specification(comodel, 1) if deeper else {"display_name": {}}
                spec[field.name] = {"fields": fields}
            else:
                spec[field.name] = {}
        return spec

    def single_specifications(self, model):
        """Specifications of one field each: a refused field would hide all others."""
        for name, spec in self.specification(model).items():
            fields = spec.get("fields", {})
            if len(fields) > 1:
                for of_line, deeper in fields.items():
                    yield {name: {"fields": {of_line: deeper}}}
            else:
                yield {name: {}}

    # === The attack ===

    def answer_to(self, model, method, *args, context):
        """All that a client can read in the answer to a call, or in its refusal, as JSON."""
        return self.answer_or_refusal(model, method, *args, context=context)[0]

    def answer_or_refusal(self, model, method, *args, context):
        """The same, and whether it is a refusal."""
        self.tries += 1
        is_refused = False
        with self.rolled_back():
            try:
                found = self.call(self.attacker, model, method, *args, context=context)
                if method == "create":
                    spec = self.specification(model)
                    record = model.browse(found)
                    found = [self.call(self.attacker, record, "web_read", spec)]
                    found.append(self.call(self.attacker, record, "read", list(model._fields)))
            except Exception as refused:
                # a sentence, or what Odoo makes of a dialog without what it requires
                found, is_refused = str(refused), True
        return json.dumps(found, default=str), is_refused

    def assertDisclosesNothing(self, answer):
        for secret in (SECRET, *map(str, AMOUNTS)):
            at = answer.find(secret)
            self.assertEqual(at, -1, answer[max(0, at - 200) : at + 100])

    def attack(self, model, vals, context, changed=()):
        """Make every call of a client that creates a dialog or reads its proposals."""
        spec = self.specification(model)
        needed = {**self.needed(model), **vals}
        context = {**context, "allowed_company_ids": self.roles[self.attacker].company_ids.ids}
        for method, args in (
            ("default_get", [list(model._fields)]),
            ("onchange", [dict(vals), list(changed), spec]),
            ("onchange", [needed, list(changed), spec]),
            ("onchange", [needed, list(needed), spec]),
            ("create", [[dict(vals)]]),
            ("create", [[needed]]),
        ):
            with self.subTest(model=model._name, method=method, vals=vals, context=context):
                self.assertDisclosesNothing(self.answer_to(model, method, *args, context=context))

    def ask_field_by_field(self, model, name, value):
        """Ask for each field alone, unless the answer does not depend on what is asked."""
        vals = {**self.needed(model), name: value}
        answer, is_refused = self.answer_or_refusal(model, "onchange", vals, [], {}, context={})
        self.assertDisclosesNothing(answer)
        if is_refused:
            return
        for spec in self.single_specifications(model):
            with self.subTest(model=model._name, name=name, value=value, asked=spec):
                answer = self.answer_to(model, "onchange", vals, [], spec, context={})
                self.assertDisclosesNothing(answer)

    def attack_all(self):
        self.tries = 0
        models = list(self.dialogs())
        self.assertGreater(len(models), 1)
        gate = self.env.registry["account.receivable.dialog"]
        for model in models:
            self.assertIsInstance(model, gate, "A dialog inherits account.receivable.dialog.")
            for name, value in self.namings(model):
                self.attack(model, {name: value}, {}, [name])
                self.attack(model, {}, {f"default_{name}": value})
                self.ask_field_by_field(model, name, value)
            for selected, one in product(self.victims, (False, True)):
                victim = self.victims[selected]
                context = {"active_model": selected, "active_id": victim.ids[0]}
                self.attack(model, {}, context if one else {**context, "active_ids": victim.ids})
        return self.tries
