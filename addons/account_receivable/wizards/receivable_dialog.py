"""The gate of the dialogs: a client may only pass records to one that its user may read.

A dialog shows data of the records it is given: numbers, customers, amounts. Many of its fields are
computed by sudo, and what sudo has read stays in the cache, so no single field can guard itself.
A client can pass any record by RPC: in the values, in those of a line, in a default. Each is
checked here before anything is computed, and refused by Odoo's own check.
"""

from odoo import api, models
from odoo.fields import Command

from ..models.guards.named_records import get_named_records

X2MANY = ("one2many", "many2many")


def check_named_records(dialogs, vals_list):
    """Check the records in the values of dialogs.

    :param dialogs: records of the dialogs' model, in the environment of the user
    :param list vals_list: values as for ``create``, ``write`` or ``onchange``
    :raises AccessError: if the user may not read one of the records
    :raises UserError: for a value that cannot be a record
    """
    if dialogs.env.su:
        return  # the program itself
    named = {}
    for vals in vals_list:
        _collect(dialogs, vals, named)
    for model, ids in named.items():
        get_named_records(dialogs.env, model, [value for value in ids if value is not None])


def _collect(dialogs, vals, named):
    """Collect the ids in these values by model, including those of lines and of their values."""
    for name, value in vals.items():
        field = dialogs._fields.get(name)
        if field is None or not field.relational:
            continue
        value = _get_origin(value)
        if not value:
            continue
        found = named.setdefault(field.comodel_name, {})
        lines = dialogs.env[field.comodel_name]
        if field.type not in X2MANY:
            if isinstance(value, dict):  # a line's dialog as it is on the screen
                _collect(lines, value, named)
                value = value.get("id")
            if value:
                found[_key(value)] = None
            continue
        for command in value if isinstance(value, (list, tuple)) else [value]:
            if not isinstance(command, (list, tuple)):
                found[_key(command)] = None
                continue
            # Odoo refuses an incomplete command
            code, record_id, more = (*command, None, None, None)[:3]
            if code == Command.SET and isinstance(more, (list, tuple)):
                found.update(dict.fromkeys(map(_key, more)))
            elif code in (Command.UPDATE, Command.DELETE, Command.UNLINK, Command.LINK):
                found[_key(record_id)] = None
            if code in (Command.CREATE, Command.UPDATE) and isinstance(more, dict):
                _collect(lines, more, named)


def _get_origin(value):
    """The saved record that an unsaved one is made from."""
    return getattr(value, "origin", value)


def _key(value):
    """The key of a value among the collected ids: 1, 1.0 and ``True`` are equal in Python, but
    only 1 is an id."""
    value = _get_origin(value)
    return value if value is None or type(value) is int else _NoId(value)


class _NoId:
    def __init__(self, value):
        self.value = value

    def __str__(self):
        return str(self.value)


class AccountReceivableDialog(models.AbstractModel):
    _name = "account.receivable.dialog"
    _description = "Receivables Dialog"

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        # a default of the context, or one that a user stored
        check_named_records(self, [values])
        return values

    @api.model
    def _get_selected(self, model):
        """:return: the records of this model that are selected where the dialog opens"""
        context = self.env.context
        selected = context.get("active_ids") if context.get("active_model") == model else None
        return get_named_records(self.env, model, selected)

    @api.model_create_multi
    def create(self, vals_list):
        check_named_records(self, vals_list)
        return super().create(vals_list)

    def write(self, vals):
        check_named_records(self, [vals])
        return super().write(vals)

    def onchange(self, values, field_names, fields_spec):
        check_named_records(self, [values])
        return super().onchange(values, field_names, fields_spec)
