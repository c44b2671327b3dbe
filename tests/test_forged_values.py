"""What a client may send with a document, and what it cannot change by it."""

import json

from odoo.exceptions import AccessError, UserError

from .common_roles import RolesCommon


class TestForgedValues(RolesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.customer_credit_limit = 50.0
        cls.invoice = cls.document(1000.0)
        cls.credit = cls.document(-250.0)

    def draft(self, amount=-250.0, role="billing", context=None, **values):
        """A draft credit that a client enters."""
        ids = self.call(
            role,
            self.env["account.move"],
            "create",
            [
                {
                    "move_type": "out_invoice",
                    "partner_id": self.customer.id,
                    "invoice_date": "2023-06-01",
                    "invoice_line_ids": [self.line(amount)],
                    **values,
                }
            ],
            context=context,
        )
        return self.env["account.move"].browse(ids)

    def assertNotPosted(self, move):
        with self.assertRaises(UserError):
            self.call("billing", move, "action_post")
        self.assertEqual(move.state, "draft")

    # === The limit ===

    def test_within_the_limit_the_user_may(self):
        draft = self.draft(-50.0)
        self.call("billing", draft, "action_post")
        self.assertEqual(draft.state, "posted")
        self.assertNotPosted(self.draft(-50.01))

    def test_no_default_of_a_context_approves_a_credit(self):
        digest = self.draft(role="admin")._get_credit_digest()
        forged = {
            "credit_approver_id": self.roles["admin"].id,
            "credit_approval_digest": digest,
        }
        for context in (
            {f"default_{name}": value for name, value in forged.items()},
            {"default_credit_approval_digest": digest},
        ):
            with self.subTest(context=context), self.assertRaises(AccessError):
                self.draft(context=context)
        for vals in ({"credit_approver_id": self.roles["admin"].id}, forged):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                self.draft(**vals)
            draft = self.draft()
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                self.call("billing", draft, "write", vals)
            self.assertNotPosted(draft)

    def test_no_default_of_a_user_approves_a_credit(self):
        digest = self.draft(role="admin")._get_credit_digest()
        for name, value in (
            ("credit_approver_id", self.roles["admin"].id),
            ("credit_approval_digest", digest),
        ):
            field = self.env["ir.model.fields"]._get("account.move", name)
            self.call(
                "billing",
                self.env["ir.default"],
                "create",
                [
                    {
                        "field_id": field.id,
                        "user_id": self.roles["billing"].id,
                        "json_value": json.dumps(value),
                    }
                ],
            )
        draft = self.draft()
        self.assertEqual(draft._get_credit_digest(), digest)
        self.assertFalse(draft.credit_approver_id)
        self.assertNotPosted(draft)

    def test_what_is_computed_is_not_typed(self):
        forged = {
            "is_customer_credit": False,
            "amount_total": -1.0,
            "amount_total_signed": -1.0,
            "credit_remaining": 0.0,
        }
        for vals in (*({name: value} for name, value in forged.items()), forged):
            draft = self.draft()
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                self.call("billing", draft, "write", vals)
            with self.subTest(posted=vals), self.assertRaises(AccessError):
                self.call("billing", self.credit, "write", vals)
            with self.subTest(create=vals), self.assertRaises(AccessError):
                self.draft(**vals)
            with self.subTest(default=vals), self.assertRaises(AccessError):
                self.draft(context={f"default_{name}": value for name, value in vals.items()})

    def test_the_total_of_an_entry_is_typed_as_ever(self):
        entry = self.entry(70.0)
        entry.button_draft()
        self.call("admin", entry, "write", {"amount_total": 80.0})
        self.assertEqual(sum(entry.line_ids.mapped("debit")), 80.0)

    # === Refund ===

    def refund(self, credit):
        """As a client registers a payment for it."""
        context = {"active_model": "account.move", "active_ids": credit.ids}
        ids = self.call(
            "billing", self.env["account.payment.register"], "create", [{}], context=context
        )
        wizard = self.env["account.payment.register"].browse(ids)
        return self.call("billing", wizard, "action_create_payments", context=context)

    def test_a_credit_that_is_called_something_else_is_not_refunded(self):
        with self.assertRaises(UserError):
            self.refund(self.credit)
        for vals in ({"is_customer_credit": False}, {"amount_total": 1.0}):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                self.call("billing", self.credit, "write", vals)
                self.refund(self.credit)

    # === Adjustments ===

    def adjust(self, role="admin"):
        wizard = self.env["account.invoice.adjust"].browse(
            self.call(
                role,
                self.env["account.invoice.adjust"],
                "create",
                [{"invoice_id": self.invoice.id}],
            )
        )
        action = self.call(role, wizard, "action_post")
        return self.env["account.move"].browse(action["res_id"])

    def test_a_posted_adjustment_names_what_it_adjusts_for_good(self):
        adjustment = self.adjust()
        line = adjustment.invoice_line_ids
        other = self.invoice.copy()
        for vals in (
            {"adjusted_line_id": False},
            {"adjusted_line_id": other.invoice_line_ids.id},
            {"is_price_correction": True},
        ):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                self.call("admin", line, "write", vals)
        for vals in ({"reversed_entry_id": False}, {"reversed_entry_id": other.id}):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                self.call("admin", adjustment, "write", vals)

    def test_no_dialog_shows_an_invoice_of_another_company(self):
        journal = self.foreign_data["default_journal_sale"]
        own = self.env["account.move"].browse(
            self.call(
                "foreign",
                self.env["account.move"],
                "create",
                [
                    {
                        "move_type": "out_invoice",
                        "partner_id": self.neighbour.id,
                        "invoice_date": "2023-06-01",
                        "journal_id": journal.id,
                        "invoice_line_ids": [
                            self.line(
                                7.0, account_id=self.foreign_data["default_account_revenue"].id
                            )
                        ],
                    }
                ],
            )
        )
        self.call("foreign", own, "action_post")
        adjust = self.env["account.invoice.adjust"]
        with self.assertRaises(AccessError):
            self.call("foreign", adjust, "create", [{"invoice_id": self.invoice.id}])
        wizard = adjust.browse(self.call("foreign", adjust, "create", [{"invoice_id": own.id}]))
        with self.assertRaises(AccessError):
            self.call("foreign", wizard, "write", {"invoice_id": self.invoice.id})

    def test_figures_are_not_read_through_another_model(self):
        users = self.env["res.users"]
        with self.assertRaises(AccessError):
            self.call("internal", users, "search", [("partner_id.ar_balance", ">", 0)])
        with self.assertRaises(AccessError):
            self.call("internal", users, "search", [("ar_balance", ">", 0)])
        with self.assertRaises(AccessError):
            self.call("internal", self.roles["internal"], "read", ["ar_balance"])
        self.roles["internal"].group_ids += self.env.ref("base.group_allow_export")
        for path in ("ar_balance", "parent_id/ar_balance", "invoice_ids/credit_on_hold"):
            with self.subTest(path=path), self.assertRaises(AccessError):
                self.call("internal", self.contact, "export_data", ["name", path])

    def test_a_dialog_is_seen_by_who_opened_it(self):
        dialogs = {
            "account.customer.credit.hold": {"note": "Not yet inspected"},
            "account.customer.credit.issue": {"amount": 5.0},
            "account.customer.credit.refund": {
                "partner_id": self.customer.id,
                "company_id": self.company.id,
                "account_id": self.receivable.id,
                "currency_id": self.company.currency_id.id,
            },
            "account.receivable.aging.print": {},
            "account.receivable.tie.out.print": {},
            "account.invoice.adjust": {"invoice_id": self.invoice.id},
        }
        for name, values in dialogs.items():
            model = self.env[name]
            dialog = model.browse(self.call("admin", model, "create", [values]))
            self.assertTrue(self.call("admin", dialog, "read", ["create_date"]))
            for role in ("foreign", "billing"):
                with self.subTest(model=name, role=role), self.assertRaises(AccessError):
                    self.call(role, dialog, "read", ["create_date"])
