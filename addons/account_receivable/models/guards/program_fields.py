"""Fields that only the program writes.

Read-only in a view is no guard: a client can write any field by RPC and pass defaults in the
context, and every user may store defaults. The program writes these fields by sudo, after it
checked the user's rights.
"""

from odoo import api, models
from odoo.exceptions import AccessError


def get_context_defaults(env, names):
    """The defaults in the context for these fields.

    :param names: names of fields
    :return dict: ``{name: value}``
    """
    context = env.context
    return {
        name: context[f"default_{name}"] for name in names if f"default_{name}" in context
    }


def drop_defaults(records, values, completed, names):
    """Replace the defaults of a client or user for these fields by the fields' own.

    :param dict values: the given values
    :param dict completed: the same with all defaults; changed in place
    :param names: names of the fields
    """
    for name in names:
        if name not in values:
            completed.pop(name, None)
            field = records._fields[name]
            if field.default:
                completed[name] = field.convert_to_write(field.default(records), records)


def refuse_by_hand(records, written):
    """Refuse to write the program's fields, except by sudo.

    :param list written: names of the program's fields that are about to be written
    :raises AccessError: unless the list is empty or the environment is the superuser's
    """
    if written and not records.env.su:
        field = records._fields[written[0]]
        raise AccessError(
            records.env._(
                "%(field)s is set automatically and cannot be edited.",
                field=field.get_description(records.env, ["string"])["string"],
            )
        )


class AccountProgramFields(models.AbstractModel):
    """A model whose fields only the program writes: all those, also new ones, of the addon that
    defines the model."""

    _name = "account.program.fields"
    _description = "System-Maintained Records"

    @api.model_create_multi
    def create(self, vals_list):
        names = self._get_program_fields()
        defaults = get_context_defaults(self.env, names)
        for vals in vals_list:
            refuse_by_hand(self, [name for name in names if name in {**defaults, **vals}])
        return super().create(vals_list)

    def write(self, vals):
        refuse_by_hand(self, [name for name in self._get_program_fields() if name in vals])
        return super().write(vals)

    def _add_missing_default_values(self, values):
        completed = super()._add_missing_default_values(values)
        # Fields of other addons too: a record created by sudo would accept a client's defaults.
        drop_defaults(self, values, completed, self._fields)
        return completed

    def _as_program(self):
        """These records by sudo, for the program to write on behalf of the user.

        :raises AccessError: if the user may not write them
        """
        self.check_access("write")
        # sudo: the user may write these records, but only by the program's buttons
        return self.sudo()

    @api.model
    def _get_program_fields(self):
        """The names of the fields that only the program writes, a list."""
        addon = self._original_module
        return [name for name, field in self._fields.items() if field._module == addon]
