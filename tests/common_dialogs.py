"""The values and records of each dialog, by role."""

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from odoo.addons.account_receivable.tests.common_customer import TODAY

from .common_public_methods import PublicMethodsCommon


class DialogsCommon(PublicMethodsCommon):
    def dialog_values(self, model):
        """The values that a client sends to create this dialog on the company's records."""
        records = self.records
        return {
            "account.receivable.apply": self._apply_values,
            "account.customer.credit.decline": lambda: {
                "move_id": records["requested_credit"].id,
                "reason": "The desks were not returned",
            },
            "account.customer.credit.hold": lambda: {
                "move_ids": [Command.set(records["credit"].ids)],
                "note": "Not yet inspected",
            },
            "account.customer.credit.issue": lambda: {
                "company_id": self.company.id,
                "partner_ids": [Command.set(self.customer.ids)],
                "amount": 50.0,
                "date": "2023-06-01",
            },
            "account.customer.credit.refund": self._refund_values,
            "account.customer.statement.create": lambda: {
                "company_id": self.company.id,
                "selection": "chosen",
                "partner_ids": [Command.set(self.customer.ids)],
            },
            "account.invoice.adjust": lambda: {"invoice_id": records["invoice"].id},
            "account.payment.register": self._register_values,
            "account.receivable.aging.print": dict,
            "account.receivable.tie.out.print": dict,
            "account.receivable.unapply": lambda: {
                "application_id": records["application"].id,
                "date": str(TODAY),
                "reason": "By mistake",
            },
            "account.receivable.write.off": lambda: {
                "move_ids": [Command.set(records["small"].ids)],
                "date": str(TODAY),
                "reason": "Not worth collecting",
            },
        }[model]()

    def _apply_values(self):
        items = self.records["open_items"]
        return {
            "partner_id": self.customer.id,
            "company_id": self.company.id,
            "account_id": items.account_id.id,
            **{
                name: [
                    Command.create({"item_id": item.id, "side": side, "amount": 10.0})
                    for item in items
                    if (item.balance > 0) == (side == "debit")
                ]
                for name, side in (("credit_line_ids", "credit"), ("invoice_line_ids", "debit"))
            },
        }

    def _register_values(self):
        credit = self.records["credit_item"]
        return {
            "line_ids": [Command.set((self.records["open_items"] - credit).ids)],
            "credit_line_ids": [Command.create({"item_id": credit.id})],
        }

    def _refund_values(self):
        item = self.records["credit_item"]
        return {
            "partner_id": self.customer.id,
            "company_id": self.company.id,
            "account_id": item.account_id.id,
            "currency_id": item.currency_id.id,
            "line_ids": [Command.create({"item_id": item.id, "amount": 10.0})],
        }

    def dialog(self, role, model):
        """A dialog of this role's own or, where it can open none, the administrator's."""
        for who in (role, "admin"):
            try:
                with self.env.cr.savepoint():
                    values = self.dialog_values(model)
                    return self.env[model].browse(
                        self.call(who, self.env[model], "create", [values])
                    )
            except (AccessError, UserError):
                if who == "admin":
                    raise
        return None

    def record(self, role, name):
        """The record that a method is called on."""
        if name == "adjust_line":
            return self.dialog(role, "account.invoice.adjust").sudo().line_ids[:1].sudo(False)
        if name in self.records:
            return self.records[name]
        return self.dialog(role, name)

    def own_record(self, role, model):
        """A record of one of our models: the company's, or of a dialog."""
        lines = {
            "account.receivable.apply.line": "account.receivable.apply",
            "account.customer.credit.refund.line": "account.customer.credit.refund",
            "account.invoice.adjust.line": "account.invoice.adjust",
            "account.payment.register.credit": "account.payment.register",
        }
        if model in lines:
            dialog = self.dialog(role, lines[model]).sudo()
            name = "line_ids" if "line_ids" in dialog._fields else "credit_line_ids"
            rows = dialog[name] if dialog[name]._name == model else dialog.credit_line_ids
            return rows[:1].sudo(False)
        names = {
            "account.customer.credit.reason": "reason",
            "account.customer.statement": "statement",
            "account.customer.statement.batch": "batch",
            "account.receivable.aging": "aging",
            "account.receivable.application": "application",
            "account.receivable.application.side": "side",
            "account.receivable.tie.out": "tie_out_row",
            "account.receivable.tie.out.finding": "finding",
        }
        return self.record(role, names.get(model, model))

    def argument(self, role, value):
        """The value of an argument that is known only at run time."""
        values = {
            "credit_item": lambda: self.records["credit_item"].id,
            "draft_version": lambda: self.records["draft_credit"]._get_credit_digest(),
            "partial_id": lambda: self.records["partial"].id,
            "statement_vals": lambda: [
                {"partner_id": self.customer.id, "company_id": self.company.id}
            ],
            "batch_vals": lambda: [{"company_id": self.company.id}],
            "adjust_vals": lambda: [self.dialog_values("account.invoice.adjust")],
            "adjust_line_vals": lambda: [
                {
                    "wizard_id": self.dialog(role, "account.invoice.adjust").id,
                    "invoice_line_id": self.records["adjusted"].invoice_line_ids.id,
                }
            ],
            "move_vals": lambda: [
                {
                    "move_type": "out_invoice",
                    "partner_id": self.customer.id,
                    "journal_id": self.records["invoice"].journal_id.id,
                    "invoice_line_ids": [self.line(-5.0, account_id=self.revenue.id)],
                }
            ],
            "partial_vals": self._partial_values,
            "method_line_vals": lambda: [
                {
                    "name": "Another One",
                    "journal_id": self.records["method_line"].journal_id.id,
                    "payment_method_id": self.records["method_line"].payment_method_id.id,
                }
            ],
        }
        return values[value]() if isinstance(value, str) and value in values else value

    def _partial_values(self):
        credit = self.records["credit_item"]
        return [
            {
                "debit_move_id": (self.records["open_items"] - credit).id,
                "credit_move_id": credit.id,
                "amount": 1.0,
                "debit_amount_currency": 1.0,
                "credit_amount_currency": 1.0,
            }
        ]
