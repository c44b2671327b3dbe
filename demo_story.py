"""Removal of the demo story when the addon is uninstalled.

Odoo deletes demo records one by one, the last one first: a customer with a payment stays, a bank
account is only archived, and the next installation finds their names taken.
"""

import logging

import psycopg2

from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL, mute_logger

from odoo.addons.account_receivable.models.guards.deletion import get_restricting_fields
from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG

_logger = logging.getLogger(__name__)

ADDON = "account_customer_credit"


def remove_demo_story(env):
    """Delete the story's customers and users with all documents of these customers. Keep records
    that other documents use, as records of the user."""
    env = env(context={MODULE_UNINSTALL_FLAG: True, "active_test": False})
    names = env["ir.model.data"].search([("module", "=", ADDON), ("name", "=like", "demo\\_%")])
    if not names:
        return
    story = {
        model: env[model].browse(own.mapped("res_id")).exists()
        for model, own in names.grouped("model").items()
        if model in env
    }

    def of(model):
        return story.get(model, env[model])

    partners = env["res.partner"].search(
        [("id", "child_of", (of("res.partner") - of("res.users").partner_id).ids)]
    )
    _remove_documents(env, partners)
    settings = ("invoice_account_id", "credit_account_id")
    for company in env["res.company"].search([]):
        for name in (f"customer_credit_write_off_{setting}" for setting in settings):
            if company[name] in of("account.account"):
                company[name] = False
    removed = [
        of("res.users"),
        of("res.users").partner_id | partners,
        of("account.journal"),
        of("account.account"),
    ]
    for records in removed:
        _close_dialogs(records)
        for record in records:
            if not _is_deleted(record):
                _leave(record)


def leave_reward_product(env):
    """Archive and keep the reward product if documents use it: Odoo would try to delete it and log
    an error of the database."""
    product = env.ref(f"{ADDON}.product_customer_reward", raise_if_not_found=False)
    used = [("product_id", "=", product.id)] if product else []
    if used and env["account.move.line"].search_count(used, limit=1):
        product.active = False
        for record in (product, product.product_tmpl_id):
            _leave(record)


def _remove_documents(env, partners):
    """Delete the invoices, credits, payments, entries and statements of these customers."""
    env["account.customer.statement"].search([("partner_id", "in", partners.ids)]).unlink()
    moves = env["account.move"].search(
        Domain("statement_line_id", "=", False)
        & (
            Domain("partner_id", "in", partners.ids)
            | Domain("line_ids.partner_id", "in", partners.ids)
        )
    )
    try:
        with env.cr.savepoint(), mute_logger("odoo.sql_db"):
            payments = env["account.payment"].search([("partner_id", "in", partners.ids)])
            (moves | payments.move_id).line_ids.remove_move_reconcile()
            payments.action_draft()
            payments.unlink()
            moves = moves.exists()
            moves.filtered(lambda move: move.state != "draft").button_draft()
            moves.with_context(force_delete=True).unlink()
            env.flush_all()
    except (UserError, psycopg2.Error) as error:
        _logger.info("Documents of the demo's customers stay: %s", error)
    # The register is deleted with the addon, but until then its foreign keys keep the records.
    env.cr.execute(
        SQL(
            "UPDATE account_receivable_application SET application_id = NULL; "
            "DELETE FROM account_receivable_application"
        )
    )
    env.invalidate_all()


def _close_dialogs(records):
    """Delete old dialogs whose foreign keys would keep these records."""
    for model, field in get_restricting_fields(records):
        if model._transient:
            model.search([(field.name, "in", records.ids)]).unlink()


def _is_deleted(record):
    """Delete the record unless something else uses it.

    :return bool: whether it was deleted
    """
    try:
        with record.env.cr.savepoint(), mute_logger("odoo.sql_db"):
            record.unlink()
            record.env.flush_all()
    except (UserError, psycopg2.Error) as error:
        record.env.invalidate_all()
        _logger.info("%s of the demo stays: %s", record, error)
        return False
    return True


def _leave(record):
    """Keep the record without its external id, and free its code or login for the next
    installation."""
    record.env["ir.model.data"].search(
        [("module", "=", ADDON), ("model", "=", record._name), ("res_id", "in", record.ids)]
    ).unlink()
    if record._name == "account.journal":
        record.code = f"{record.code}{record.id}"
    elif record._name == "account.account":
        record.code = f"{record.code}.{record.id}"
    elif record._name == "res.users":
        record.login = f"{record.login}.{record.id}"
