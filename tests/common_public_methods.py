"""The record and the arguments for the call of each public method."""

from odoo.addons.account_receivable.models.receivable_choices import StatementChoices
from odoo.addons.account_receivable.tests.common_customer import TODAY

from .common_roles import RolesCommon

#: What a method is called with: the name of a record, below, and the arguments. Dialogs are named
#: by their model and are the caller's own if the caller can open one.
CALLS = {
    "account.bank.statement.line": {
        "action_undo_reconciliation": ("bank_line", []),
        "unlink": ("bank_line", []),
    },
    "account.receivable.apply": {
        name: ("account.receivable.apply", [])
        for name in (
            "action_apply",
            "action_change_account",
            "action_clear",
            "action_propose_due",
            "action_propose_oldest",
        )
    },
    "account.customer.credit.decline": {
        "action_decline": ("account.customer.credit.decline", []),
    },
    "account.customer.credit.hold": {
        "action_hold": ("account.customer.credit.hold", []),
    },
    "account.customer.credit.issue": {
        "action_create_draft": ("account.customer.credit.issue", []),
        "action_issue": ("account.customer.credit.issue", []),
        "action_request_approval": ("account.customer.credit.issue", []),
        "default_get": ("account.customer.credit.issue", [["partner_ids"]]),
    },
    "account.customer.credit.refund": {
        "action_refund": ("account.customer.credit.refund", []),
        "action_show_others": ("account.customer.credit.refund", []),
    },
    "account.customer.statement": {
        "action_open_customer": ("statement", []),
        "action_print": ("statement", []),
        "action_send": ("statement", []),
        "create": ("statement", ["statement_vals"]),
        "write": ("statement", [{"message": "Called by phone"}]),
    },
    "account.customer.statement.batch": {
        "action_continue": ("batch", []),
        "action_open_problems": ("batch", []),
        "action_open_statements": ("batch", []),
        "action_print": ("batch", []),
        "action_retry": ("batch", []),
        "action_send": ("batch", []),
        "action_stop": ("batch", []),
        "create": ("batch", ["batch_vals"]),
        "write": ("batch", [{"date": "2023-07-01"}]),
    },
    "account.customer.statement.create": {
        "action_preview": ("account.customer.statement.create", []),
        "action_print": ("account.customer.statement.create", []),
        "action_send": ("account.customer.statement.create", []),
    },
    "account.invoice.adjust": {
        "action_adjust_all": ("account.invoice.adjust", []),
        "action_clear": ("account.invoice.adjust", []),
        "action_create_draft": ("account.invoice.adjust", []),
        "action_post": ("account.invoice.adjust", []),
        "create": ("account.invoice.adjust", ["adjust_vals"]),
        "write": ("account.invoice.adjust", [{"description": "Broken"}]),
    },
    "account.invoice.adjust.line": {
        "create": ("adjust_line", ["adjust_line_vals"]),
        "write": ("adjust_line", [{"quantity": 0.5}]),
    },
    "account.move": {
        "action_adjust": ("invoice", []),
        "action_apply_credit": ("credit", []),
        "action_apply_outstanding_amount": ("invoice", ["credit_item"]),
        "action_approve_credit": ("draft_credit", ["draft_version"]),
        "action_assign_credits_to_me": ("credit", []),
        "action_keep_as_credit": ("payment_entry", []),
        "action_open_adjusted_invoice": ("adjustment", []),
        "action_open_adjustments": ("adjusted", []),
        "action_refund_credit": ("credit", []),
        "action_release_credits": ("held_credit", []),
        "action_request_credit_approval": ("draft_credit", []),
        "action_reverse": ("credit", []),
        "action_switch_move_type": ("draft_credit", []),
        "button_draft": ("credit", []),
        "copy_data": ("credit", []),
        "create": ("invoice", ["move_vals"]),
        "is_inbound": ("invoice", []),
        "is_invoice": ("invoice", []),
        "js_assign_outstanding_line": ("invoice", ["credit_item"]),
        "js_remove_outstanding_partial": ("invoice", ["partial_id"]),
        "write": ("draft_credit", [{"payment_comment": "Called"}]),
    },
    "account.move.line": {
        "write": ("draft_line", [{"name": "Another text"}]),
    },
    "account.partial.reconcile": {
        "create": ("partial", ["partial_vals"]),
        "unlink": ("partial", []),
        "write": ("partial", [{"amount": 1.0}]),
    },
    "account.payment": {
        "action_apply_credit": ("payment", []),
        "action_keep_as_credit": ("payment", []),
        "action_open_overpayment_credits": ("kept_payment", []),
    },
    "account.payment.method.line": {
        "create": ("method_line", ["method_line_vals"]),
        "write": ("method_line", [{"payment_account_id": False}]),
    },
    "account.payment.register": {
        "default_get": ("register", [["line_ids", "credit_line_ids"]]),
    },
    "account.receivable.aging": {
        "action_choose": ("aging", []),
        "action_open_document": ("aging", []),
        "fields_get": ("aging", [["amount_residual"], ["string"]]),
    },
    "account.receivable.aging.print": {
        name: ("account.receivable.aging.print", [])
        for name in ("action_export", "action_print", "action_show")
    },
    "account.receivable.tie.out.print": {
        name: ("account.receivable.tie.out.print", []) for name in ("action_print", "action_show")
    },
    "account.receivable.application": {
        "action_open_unapply": ("application", []),
        "write": ("application", [{"reason": "Another one"}]),
    },
    "account.receivable.application.side": {
        "action_open_document": ("side", []),
        "action_unapply": ("side", []),
    },
    "account.receivable.tie.out": {
        name: ("tie_out_row", [])
        for name in (
            "action_open_aging",
            "action_open_all_findings",
            "action_open_findings",
            "action_open_items",
            "action_open_row",
        )
    },
    "account.receivable.tie.out.finding": {"action_open_entry": ("finding", [])},
    "account.receivable.unapply": {"action_unapply": ("account.receivable.unapply", [])},
    "account.receivable.write.off": {
        "action_write_off": ("account.receivable.write.off", []),
    },
    "account.resequence.wizard": {
        "default_get": ("resequence", [["move_ids"]]),
        "resequence": ("resequencing", []),
    },
    "mail.notification": {"write": ("notification", [{"notification_status": "bounce"}])},
    "res.company": {"create": ("company", [{"name": "One More"}])},
    "res.partner": {
        "write": ("customer", [{"is_company": False}]),
        **{
            name: ("customer", [])
            for name in (
                "action_apply_credit",
                "action_open_ar_aging",
                "action_open_ar_balance",
                "action_open_ar_open_credits",
                "action_open_ar_open_invoices",
                "action_open_ar_overdue",
                "action_refund_credit",
            )
        },
    },
}


class PublicMethodsCommon(RolesCommon):
    """A customer's account with records of all kinds, see :attr:`records`."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer.email = "billing@montboro.example.com"
        cls.company.write(
            {
                "customer_credit_limit": 30.0,
                "customer_credit_write_off_limit": 5.0,
                "customer_credit_write_off_invoice_account_id": cls.company_data[
                    "default_account_expense"
                ].id,
            }
        )
        cls.records = {**cls._documents(), **cls._money()}
        cls.env.flush_all()
        cls.records.update(cls._reports())

    @classmethod
    def _documents(cls):
        settled, used = cls.document(100.0), cls.document(-100.0)
        cls.apply(settled, used)
        adjusted = cls.document(80.0)
        adjust = cls.env["account.invoice.adjust"]
        dialog = adjust.with_context(default_invoice_id=adjusted.id).create({})
        held = cls.document(-20.0)
        held.credit_on_hold = True
        invoice, credit = cls.document(1000.0), cls.document(-250.0)
        draft, requested = (cls.customer_document([cls.line(-40.0)]) for _number in range(2))
        requested.activity_schedule(
            "account_customer_credit.mail_activity_credit_approval", user_id=cls.env.uid
        )
        items = cls.receivable_items(invoice, credit)
        return {
            "invoice": invoice,
            "credit": credit,
            "resequencing": cls.env["account.resequence.wizard"]
            .with_context(active_model="account.move", active_ids=credit.ids)
            .create({"first_name": credit.name}),
            "small": cls.document(3.0),
            "held_credit": held,
            "draft_credit": draft,
            "requested_credit": requested,
            "draft_line": draft.invoice_line_ids,
            "adjusted": adjusted,
            "adjustment": cls.env["account.move"].browse(dialog.action_post()["res_id"]),
            "open_items": items,
            "credit_item": items.filtered(lambda item: item.move_id == credit),
            "application": settled.receivable_application_ids.application_id,
            "side": settled.receivable_application_ids,
            "partial": settled.receivable_application_ids.application_id.partial_id,
        }

    @classmethod
    def _money(cls):
        kept = cls.payment(40.0)
        kept.action_keep_as_credit()
        payment = cls.payment(300.0)
        cls.entry(70.0)
        return {
            "payment": payment,
            "payment_entry": payment.move_id,
            "kept_payment": kept,
            "method_line": payment.payment_method_line_id,
            "bank_line": cls.bank_line(60.0, "2023-06-15"),
        }

    @classmethod
    def _reports(cls):
        own = [("partner_id", "=", cls.customer.id), ("company_id", "=", cls.company.id)]
        choices = StatementChoices("open_item", TODAY)
        customers = cls.customer + cls.stranger
        batch = cls.env["account.customer.statement.batch"]._make(customers, choices, "chosen")
        statement = batch.statement_ids.filtered(lambda own: own.partner_id == cls.customer)
        (batch.statement_ids - statement).sudo().state = "failed"
        search = {
            "aging": ("account.receivable.aging", 1),
            "tie_out_row": ("account.receivable.tie.out", 1),
            "finding": ("account.receivable.tie.out.finding", 1),
        }
        return {
            **{name: cls.env[model].search(own, limit=n) for name, (model, n) in search.items()},
            "batch": batch,
            "statement": statement,
            "notification": cls.env["mail.notification"]
            .sudo()
            .create(
                {
                    "mail_message_id": statement.message_post(body="Called").id,
                    "res_partner_id": cls.customer.id,
                    "notification_type": "email",
                }
            ),
            "customer": cls.customer,
            "reason": cls.env["account.customer.credit.reason"].create(
                {"name": "Ours", "company_id": cls.company.id}
            ),
            "company": cls.company,
            "register": cls.env["account.payment.register"],
            "resequence": cls.env["account.resequence.wizard"],
        }
