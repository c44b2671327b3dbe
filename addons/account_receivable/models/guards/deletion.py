"""Deletion of records that ours refer to: refused with a message before the database refuses."""

from odoo import api, models
from odoo.exceptions import UserError


def get_restricting_fields(records):
    """The fields whose foreign keys keep records of this model from being deleted.

    :return: list of ``(model, field)``: many2one fields to the model of these records
    """
    return [
        (model, field)
        for model in records.env.values()
        if model._auto and not model._abstract
        for field in model._fields.values()
        if field.type == "many2one"
        and field.store
        and field.comodel_name == records._name
        and field.ondelete == "restrict"
    ]


def check_not_named(records, addon):
    """Refuse to delete records that an addon's records refer to.

    :param str addon: the addon whose fields are checked
    :raises UserError: naming the record and what uses it
    """
    env = records.env
    for model, field in get_restricting_fields(records):
        if field._module != addon:
            continue
        # sudo: the user learns which kind of record refers to it, not which one
        users = model.sudo().with_context(active_test=False)
        if user := users.search([(field.name, "in", records.ids)], limit=1):
            raise UserError(
                env._(
                    "%(record)s cannot be deleted: it is used in %(uses)s. Archive it instead.",
                    record=user[field.name].display_name,
                    uses=env["ir.model"]._get(model._name).name,
                )
            )


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_named_by_receivables(self):
        check_not_named(self, "account_receivable")


class ResCompany(models.Model):
    _inherit = "res.company"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_named_by_receivables(self):
        check_not_named(self, "account_receivable")


class ResCurrency(models.Model):
    _inherit = "res.currency"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_named_by_receivables(self):
        check_not_named(self, "account_receivable")


class AccountAccount(models.Model):
    _inherit = "account.account"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_named_by_receivables(self):
        check_not_named(self, "account_receivable")
