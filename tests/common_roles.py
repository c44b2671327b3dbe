"""One user of each role, and calls like those of a client."""

from contextlib import contextmanager
from copy import deepcopy

from odoo.fields import Command
from odoo.service.model import call_kw
from odoo.tests import new_test_user
from odoo.tools import mute_logger

from .common_customer import CustomerAccountCommon

ISSUER = "account_customer_credit.group_customer_credit_issuer"
REFUNDER = "account_customer_credit.group_customer_credit_refunder"


class RolesCommon(CustomerAccountCommon):
    """``admin`` has all rights of the company, ``billing`` those of a billing user without any of
    ours, ``auditor`` reads; ``internal`` has no right in accounting, ``portal`` is another
    customer's contact, ``foreign`` administers the accounting of another company only."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env.company
        own = cls.env.companies
        cls.foreign_data = cls.setup_other_company(name="Our Other Company")
        cls.foreign_company = cls.foreign_data["company"]
        cls.env.user.company_ids = own
        cls.env.user.company_id = cls.company
        # As `portal` comes from elsewhere, so does what it could read by right.
        cls.neighbour = cls.env["res.partner"].create({"name": "Another Customer"})
        cls.roles = {
            "portal": cls.role("role_portal", "base.group_portal"),
            "internal": cls.role("role_internal", "base.group_user,base.group_partner_manager"),
            "foreign": cls.role(
                "role_foreign",
                "account.group_account_user,account.group_account_manager",
                cls.foreign_company,
            ),
            "billing": cls.role("role_billing", "account.group_account_invoice"),
            "auditor": cls.role("role_auditor", "account.group_account_readonly"),
            "admin": cls.role(
                "role_admin", "account.group_account_user,account.group_account_manager"
            ),
        }
        cls.roles["portal"].partner_id.parent_id = cls.neighbour

    @classmethod
    def role(cls, login, groups, company=None):
        company = company or cls.env.company
        return new_test_user(
            cls.env,
            login,
            groups,
            email=f"{login}@example.com",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )

    def call(self, role, records, method, *args, context=None, **kwargs):
        """The answer of a method to a client of this role, called like the server does."""
        self.env.flush_all()
        self.env.invalidate_all()
        model = self.env(context={})[records._name].with_user(self.roles[role])
        if not getattr(getattr(type(model), method), "_api_model", False):
            args = (records.ids, *args)
        if context is not None:
            kwargs["context"] = context
        # a client keeps what it sent; core writes into it
        result = call_kw(model, method, deepcopy(list(args)), kwargs)
        model.env.flush_all()  # what is still to be computed is computed by who called
        return result

    @contextmanager
    def rolled_back(self):
        """Roll back what happens in the block, whether it ends well or not."""
        with mute_logger("odoo.sql_db"), self.env.cr.savepoint() as savepoint:
            yield
            savepoint.rollback()
