"""What each public method is called on, and with what; discovered methods must all be here."""

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.service.model import get_public_method

from .common_access import ADDON, AccessCommon

#: Methods of the ORM, which the table of records tells about.
ORM = {"create", "write", "unlink", "copy_data", "default_get", "fields_get", "init"}
#: Model, method: the attribute of the test with the records.
ON = {
    ("account.move", "action_adjust"): "invoice",
    ("account.move", "action_apply_credit"): "credit",
    ("account.move", "action_apply_outstanding_amount"): "invoice",
    ("account.move", "action_approve_credit"): "asked",
    ("account.move", "action_assign_credits_to_me"): "credit",
    ("account.move", "action_keep_as_credit"): "kept",
    ("account.move", "action_open_adjusted_invoice"): "adjustment",
    ("account.move", "action_open_adjustments"): "adjusted",
    ("account.move", "action_refund_credit"): "credit",
    ("account.move", "action_release_credits"): "held",
    ("account.move", "action_request_credit_approval"): "large",
    ("account.move", "action_reverse"): "credit",
    ("account.move", "action_switch_move_type"): "draft",
    ("account.move", "button_draft"): "credit",
    ("account.move", "is_inbound"): "credit",
    ("account.move", "is_invoice"): "credit",
    ("account.move.line", "reconcile"): "open_items",
    ("account.bank.statement.line", "action_undo_reconciliation"): "received_line",
    ("account.payment", "action_apply_credit"): "received",
    ("account.payment", "action_keep_as_credit"): "kept_payment",
    ("account.payment", "action_open_overpayment_credits"): "received",
    ("account.receivable.application", "action_open_unapply"): "application",
    ("account.receivable.application.side", "action_open_document"): "side",
    ("account.receivable.application.side", "action_unapply"): "side",
}
#: Model: the attribute, for all of its methods.
ON_ALL = {
    "res.partner": "customer",
    "account.customer.statement": "statement",
    "account.customer.statement.batch": "batch",
}
#: Reports, whose rows are looked up, and dialogs, which each role opens himself.
REPORTS = (
    "account.receivable.aging",
    "account.receivable.tie.out",
    "account.receivable.tie.out.finding",
)


def public_methods(registry):
    """Every method of this addon that a client may name: ``(model, method)``."""
    for model_name, model in registry.items():
        for cls in model.mro():
            if not cls.__module__.startswith(f"odoo.addons.{ADDON}."):
                continue
            for name, value in vars(cls).items():
                if callable(value) and not name.startswith("_") and name not in ORM:
                    yield model_name, name


class AccessCallsCommon(AccessCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.open_items = cls.receivable_items(cls.invoice, cls.credit)
        found = set(public_methods(cls.registry))
        models = {model: cls.env[model] for model, _method in found}
        cls.methods = []
        for model, method in sorted(found):
            try:
                get_public_method(models[model], method)
            except AccessError:
                continue  # core keeps it to itself
            cls.methods.append((model, method))

    def target(self, model, method):
        """The records to call it on; none for a report without rows, an error for the unknown."""
        if model in REPORTS:
            return self.env[model].search([("partner_id", "=", self.customer.id)], limit=1)
        return self[ON.get((model, method)) or ON_ALL[model]]

    def arguments(self, method):
        if method == "action_apply_outstanding_amount":
            return [self.receivable_items(self.credit).id]
        return []

    # === Dialogs ===

    def open_dialog(self, model, env):
        """A dialog as this user would get it.

        :return: the dialog's record
        """
        create = env[model].create
        lines = {"partner_ids": [Command.set(self.customer.ids)]}
        if model == "account.customer.credit.apply":
            action = env["account.move"].browse(self.credit.id).action_apply_credit()
            return env[model].browse(action["res_id"])
        if model == "account.customer.credit.refund":
            action = env["account.move"].browse(self.credit.id).action_refund_credit()
            return env[model].browse(action["res_id"])
        if model == "account.receivable.unapply":
            application = env["account.receivable.application"].browse(self.application.id)
            dialog = env[model].browse(application.action_open_unapply()["res_id"])
            dialog.reason = "By mistake"
            return dialog
        if model == "account.invoice.adjust":
            action = env["account.move"].browse(self.invoice.id).action_adjust()
            dialog = env[model].with_context(**action["context"]).create({})
            dialog.line_ids.write({"kind": "return", "quantity": 0.5})
            return dialog
        if model == "account.payment.register":
            context = {"active_model": "account.move", "active_ids": self.invoice.ids}
            return env[model].with_context(**context).create({})
        if model == "account.customer.credit.hold":
            return create({"move_ids": [Command.set(self.credit.ids)], "note": "Wait"})
        if model == "account.receivable.write.off":
            return create({"move_ids": [Command.set(self.small.ids)], "reason": "Small"})
        if model == "account.customer.credit.issue":
            values = {"amount": 10.0, "reason_id": self.reason.id}
            return create({**lines, **values})
        if model == "account.customer.statement.create":
            return create({**lines, "selection": "chosen"})
        if model == "account.receivable.aging.print":
            return create(lines)
        raise KeyError(f"How is a dialog of {model} opened?")
