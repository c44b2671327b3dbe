"""A user of another company passes our records to the dialogs and learns nothing about them."""

from odoo.exceptions import AccessError
from odoo.fields import Command

from .access_discovery import OWN_ADDONS
from .common_dialog_secrets import AMOUNTS, SECRET, DialogSecrets
from .common_dialogs import DialogsCommon

GROUPS = ("issuer", "refunder", "write_off")


class TestDialogSecrets(DialogSecrets, DialogsCommon):
    addons = OWN_ADDONS

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for group in GROUPS:
            group = cls.env.ref(f"account_customer_credit.group_customer_credit_{group}")
            group.user_ids += cls.roles["foreign"]
        invoice, credit = (cls.document(amount) for amount in (AMOUNTS[0], -AMOUNTS[1]))
        settled, used = cls.document(AMOUNTS[0]), cls.document(-AMOUNTS[0])
        cls.apply(settled, used)
        bank = cls.env["res.partner.bank"].create(
            {"acc_number": "77001", "partner_id": cls.customer.id, "company_id": cls.company.id}
        )
        cls.customer.sudo().company_id = cls.company
        moves = invoice + credit
        journal = cls.company_data["default_journal_bank"]
        cls.victims = {
            "account.account": cls.receivable,
            "account.customer.credit.reason": cls.records["reason"],
            "account.journal": journal,
            "account.move": moves,
            "account.move.line": moves.line_ids.filtered(
                lambda line: line.account_id == cls.receivable
            ),
            "account.receivable.application": (
                settled.receivable_application_ids.application_id
            ),
            "account.tax": cls.company_data["default_tax_sale"],
            "res.company": cls.company,
            "res.partner": cls.customer,
            "res.partner.bank": bank,
            **cls.dialogs_of_another(invoice, credit),
        }
        cls.victims["product.product"] = cls.env["product.product"].create(
            {"name": "Ours", "company_id": cls.company.id}
        )
        cls.own = {
            "account.account": cls.foreign_data["default_account_receivable"],
            "res.company": cls.foreign_company,
            "res.currency": cls.foreign_company.currency_id,
            "res.partner": cls.neighbour,
        }
        records = [victim for victim in cls.victims.values() if not victim._transient]
        cls.write_secrets_on(*records, settled, used, moves.line_ids, cls.company.partner_id)

    @classmethod
    def dialogs_of_another(cls, invoice, credit):
        """The dialogs that a colleague of the other company has open."""
        adjust = cls.env["account.invoice.adjust"].create({"invoice_id": invoice.id})
        items = (invoice + credit).line_ids.filtered(lambda i: i.account_id == cls.receivable)
        apply = cls.env["account.receivable.apply"].create(
            {
                "partner_id": cls.customer.id,
                "company_id": cls.company.id,
                "account_id": cls.receivable.id,
                "invoice_line_ids": [
                    Command.create({"item_id": items[0].id, "side": "debit", "amount": 1.0})
                ],
            }
        )
        return {
            dialog._name: dialog
            for dialog in (adjust, adjust.line_ids, apply, apply.invoice_line_ids)
        }

    def test_nothing_is_disclosed(self):
        self.assertGreater(self.attack_all(), 1000)

    def test_the_attacker_reads_none_of_them(self):
        """`read` is refused: so a dialog must not show them either."""
        for model, victim in self.victims.items():
            if model not in ("product.product",):
                with self.subTest(model=model), self.assertRaises(AccessError):
                    self.call("foreign", victim, "read", ["create_date"])

    def test_what_is_marked_is_found_in_what_may_be_read(self):
        """The marks are where the dialogs would show them: to who may read them they do."""
        self.attacker = "admin"
        self.tries = 0
        for model, vals in (
            ("account.invoice.adjust", {"invoice_id": self.victims["account.move"].ids[0]}),
            ("account.customer.credit.issue", {"partner_ids": [(6, 0, self.customer.ids)]}),
            (
                "account.receivable.unapply",
                {"application_id": self.victims["account.receivable.application"].ids[0]},
            ),
        ):
            with self.subTest(model=model):
                model = self.env[model]
                spec = self.specification(model)
                answer = self.answer_to(model, "onchange", vals, [], spec, context={})
                self.assertIn(SECRET, answer)
