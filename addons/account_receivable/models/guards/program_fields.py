"""Fields that the program writes, and that nobody writes by hand.

Read-only in a view is no guard: whoever calls the programming interface writes anything, a
client's context gives defaults, and everybody may keep defaults. The program writes
these fields by sudo, after it has asked what the user may do.
"""

from odoo import api, models
from odoo.exceptions import AccessError


def get_context_defaults(env, names):
    """:return: the values that the context gives these fields, ``{name: value}``"""
    context = env.context
    return {
        name: context[f"default_{name}"] for name in names if f"default_{name}" in context
    }


def drop_defaults(records, values, completed, names):
    """Only the field itself has a default for these fields, neither a client nor a user.

    :param dict values: what was given
    :param dict completed: the same with all defaults; changed in place
    """
    for name in names:
        if name not in values:
            completed.pop(name, None)
            field = records._fields[name]
            if field.default:
                completed[name] = field.convert_to_write(field.default(records), records)


def refuse_by_hand(records, written):
    """
    :param written: names of the program's fields that somebody is about to write
    :raises AccessError: for anybody but the program itself, which writes them by sudo
    """
    if written and not records.env.su:
        field = records._fields[written[0]]
        raise AccessError(
            records.env._(
                "%(field)s is written by the program and by nobody else.",
                field=field.get_description(records.env, ["string"])["string"],
            )
        )


class AccountProgramFields(models.AbstractModel):
    """A model whose fields are all the program's: those of the addon that makes it, and no others.
    A new one is among them by itself."""

    _name = "account.program.fields"
    _description = "Records of the Program"

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
        # Of the fields of others too: what is made by sudo would take them for the program's.
        drop_defaults(self, values, completed, self._fields)
        return completed

    def _as_program(self):
        """These records, for the program to write what their user has it write.

        :raises AccessError: for who may not write them
        """
        self.check_access("write")
        # sudo: the user may write these records, and does so by the program's buttons only
        return self.sudo()

    @api.model
    def _get_program_fields(self):
        """:return: list of names"""
        addon = self._original_module
        return [name for name, field in self._fields.items() if field._module == addon]
