"""The gate of the dialogs: what a client puts into one is what its user may read.

A dialog shows what belongs to the records it is given: numbers, customers, amounts. Its fields are
proposals, many of them computed by sudo, and what sudo has read is in the cache for whoever asks
next; so no single field can know what it may tell. Whoever calls the programming interface names
any record: in the values, in a line's, in a default. Each is looked at here, before anything is
computed, with Odoo's own refusal.
"""

from odoo import api, models
from odoo.fields import Command

from ..models.guards.named_records import get_named_records

X2MANY = ("one2many", "many2many")


def check_named_records(dialogs, vals_list):
    """
    :param dialogs: of the dialogs' model, with the environment of who names something
    :param vals_list: list of values, as for ``create``, ``write`` or ``onchange``
    :raises AccessError: where a record that is named may not be read
    :raises UserError: for what can be no record
    """
    if dialogs.env.su:
        return  # the program itself
    named = {}
    for vals in vals_list:
        _collect(dialogs, vals, named)
    for model, ids in named.items():
        get_named_records(dialogs.env, model, [value for value in ids if value is not None])


def _collect(dialogs, vals, named):
    """Add the ids by their model, those of lines and their values too, whoever's these are."""
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
            # one that is cut short is for Odoo to refuse
            code, record_id, more = (*command, None, None, None)[:3]
            if code == Command.SET and isinstance(more, (list, tuple)):
                found.update(dict.fromkeys(map(_key, more)))
            elif code in (Command.UPDATE, Command.DELETE, Command.UNLINK, Command.LINK):
                found[_key(record_id)] = None
            if code in (Command.CREATE, Command.UPDATE) and isinstance(more, dict):
                _collect(lines, more, named)


def _get_origin(value):
    """Of a record that is not saved, the saved one that it is made from."""
    return getattr(value, "origin", value)


def _key(value):
    """What the ids are collected by; of what Python takes for the same, only one is an id."""
    value = _get_origin(value)
    return value if value is None or type(value) is int else _NoId(value)


class _NoId:
    def __init__(self, value):
        self.value = value

    def __str__(self):
        return str(self.value)


class AccountReceivableDialog(models.AbstractModel):
    _name = "account.receivable.dialog"
    _description = "Dialog That Shows What Its User May Read"

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        # a default of the context, or one that somebody keeps
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
