"""Who may make, read, print and send statements."""

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user

from ..models.receivable_choices import StatementChoices
from .common_statement import CustomerStatementCommon, day

MODELS = ("account.customer.statement", "account.customer.statement.batch")


class TestCustomerStatementAccess(CustomerStatementCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_company = cls.setup_other_company(name="Elsewhere")["company"]
        cls.biller, cls.auditor, cls.plain, cls.portal = (
            new_test_user(
                cls.env,
                login,
                groups,
                email=f"{login}@example.com",
                company_id=cls.env.company.id,
                company_ids=[Command.set(cls.env.company.ids)],
            )
            for login, groups in (
                ("st_biller", "account.group_account_invoice"),
                ("st_auditor", "account.group_account_readonly"),
                ("st_plain", "base.group_user,base.group_partner_manager"),
                ("st_portal", "base.group_portal"),
            )
        )
        cls.stranger_user = new_test_user(
            cls.env,
            "st_stranger",
            "account.group_account_manager",
            company_id=cls.other_company.id,
            company_ids=[Command.set(cls.other_company.ids)],
        )
        cls.portal.partner_id.parent_id = cls.customer
        cls.document(1000.0)
        cls.batch = cls.env["account.customer.statement.batch"]._make(
            cls.customer + cls.stranger,
            StatementChoices("open_item", day("2023-07-15")),
            "chosen",
        )
        cls.statement = cls.batch.statement_ids[0]
        cls.env.flush_all()

    def rendered(self, user):
        self.env.invalidate_all()
        content, _kind = (
            self.env["ir.actions.report"]
            .with_user(user)
            ._render_qweb_html(
                "account_receivable.report_customer_statement", self.statement.ids
            )
        )
        return content.decode()

    def test_billing_does_everything(self):
        batch = self.batch.with_user(self.biller)
        self.assertIn("1,000.00", self.rendered(self.biller))
        batch.action_send()
        self.assertEqual(batch.sent_count + batch.skipped_count, 2)

    def test_an_auditor_reads_and_prints(self):
        statement = self.statement.with_user(self.auditor)
        self.assertIn("1,000.00", statement.amount_due)
        self.assertIn("1,000.00", self.rendered(self.auditor))
        statement.action_print()
        self.assertEqual(statement.state, "to_send", "Printing by an auditor changes no state.")
        self.batch.with_user(self.auditor).action_print()
        for refused in (
            statement.action_send,
            self.batch.with_user(self.auditor).action_send,
            self.batch.with_user(self.auditor).action_stop,
            statement.unlink,
            lambda: statement.create({"partner_id": self.customer.id}),
            lambda: (
                self.env["account.customer.statement.create"].with_user(self.auditor).create({})
            ),
        ):
            with self.assertRaises(AccessError):
                refused()
        self.assertEqual(self.statement.state, "to_send")

    def test_others_have_no_access(self):
        for user in (self.plain, self.portal):
            for name in MODELS:
                with self.subTest(user=user.login, model=name), self.assertRaises(AccessError):
                    self.env[name].with_user(user).search([])
            with self.assertRaises(AccessError):
                self.rendered(user)
            with self.assertRaises(AccessError):
                self.customer.with_user(user)._get_customer_statements(
                    StatementChoices("open_item", day("2023-07-15"))
                )
            with self.assertRaises(AccessError):
                self.env["account.customer.statement.create"].with_user(user).create({})

    def test_another_companys_accountant_sees_nothing(self):
        for name in MODELS:
            model = self.env[name].with_user(self.stranger_user)
            self.assertFalse(model.search([]), name)
            with self.assertRaises(AccessError):
                model.with_context(allowed_company_ids=self.env.company.ids).search([])
        with self.assertRaises(AccessError):
            self.rendered(self.stranger_user)
        with self.assertRaises(AccessError):
            self.statement.with_user(self.stranger_user).action_send()
        with self.assertRaises(AccessError):
            self.env["account.customer.statement"].with_user(self.stranger_user).create(
                {"partner_id": self.customer.id, "company_id": self.env.company.id}
            )
        own = self.customer.with_user(self.stranger_user)._get_customer_statements(
            StatementChoices("open_item", day("2023-07-15"))
        )
        self.assertEqual(own[self.customer.id]["sections"], [])
        everybody = self.env["account.move.line"].with_user(self.stranger_user)
        self.assertFalse(everybody._get_statement_customers(day("2023-07-15")))

    def test_a_link_cannot_hand_over_a_statement(self):
        """What the print takes from who calls it is a recordset; a link only has words."""
        content, _kind = (
            self.env["ir.actions.report"]
            .with_user(self.auditor)
            ._render_qweb_html(
                "account_receivable.report_customer_statement",
                self.statement.ids,
                data={"statements": [self.statement.id], "values": {}, "docs": "x"},
            )
        )
        self.assertIn("1,000.00", content.decode())
