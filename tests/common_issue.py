"""The users of the tests of Issue Credit, and the dialog as a clerk fills it in."""

from odoo.fields import Command
from odoo.tests import Form, new_test_user

from .common_customer import CustomerAccountCommon

WIZARD = "account.customer.credit.issue"


class IssueCreditCommon(CustomerAccountCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        cls.issuer, cls.clerk, cls.auditor, cls.salesperson, cls.portal = (
            cls.new_user(login, groups)
            for login, groups in (
                (
                    "issue_issuer",
                    "account_customer_credit.group_customer_credit_issuer",
                ),
                ("issue_clerk", "account.group_account_invoice"),
                ("issue_auditor", "account.group_account_readonly"),
                ("issue_salesperson", "base.group_user,base.group_partner_manager"),
                ("issue_portal", "base.group_portal"),
            )
        )
        cls.reward = cls.env.ref("account_customer_credit.product_customer_reward")
        cls.reward_reason = cls.env.ref("account_customer_credit.credit_reason_reward")
        cls.goodwill = cls.env.ref("account_customer_credit.credit_reason_goodwill")

    @classmethod
    def new_user(cls, login, groups, company=None):
        company = company or cls.env.company
        return new_test_user(
            cls.env,
            login=login,
            groups=groups,
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )

    def dialog(self, records=None, user=None, **context):
        """The dialog as it opens on these customers or documents."""
        if records is None:
            records = self.customer
        return Form(
            self.env[WIZARD]
            .with_user(user or self.issuer)
            .with_context(active_model=records._name, active_ids=records.ids, **context)
        )

    def wizard(self, user=None, **values):
        """The dialog created by RPC, without the form's restrictions."""
        values = {
            "partner_ids": [Command.set(self.customer.ids)],
            "amount": 250.0,
            "date": "2023-06-01",
            "reason_id": self.reward_reason.id,
            **values,
        }
        return self.env[WIZARD].with_user(user or self.issuer).create(values)

    def issued(self, action):
        """The credits that the dialog's action opens."""
        moves = self.env["account.move"]
        if action.get("res_id"):
            return moves.browse(action["res_id"])
        return moves.search(action["domain"], order="id")
