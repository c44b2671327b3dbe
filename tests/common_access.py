"""Five roles, a record of every kind to try them on, and the door that a client uses."""

from contextlib import contextmanager

from odoo.exceptions import AccessDenied, AccessError, MissingError, UserError
from odoo.fields import Command
from odoo.service.model import call_kw
from odoo.tests import new_test_user

from ..models.receivable_choices import StatementChoices
from .common_customer import TODAY
from .common_write_off import WriteOffCommon

ADDON = "account_customer_credit"
#: The roles, in the order of the table's columns.
ROLES = {
    "anonymous": "Nobody logged in",
    "portal": "Another customer, in the portal",
    "internal": "Internal user without rights",
    "billing": "Billing user",
    "stranger": "Another company's accountant",
}


class Undo(Exception):
    """What a call did is not kept."""


class AccessCommon(WriteOffCommon):
    """Everything belongs to one company and one customer, with amounts and words that are found
    nowhere else; one of the roles, the billing user, works there."""

    SECRETS = ("217.43", "217,43", "Promised-Quietly")
    #: An internal user may know who the customers are.
    NAME = "Montboro"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        other = cls.setup_other_company(name="Another Company")["company"]
        own = cls.env.company
        cls.users = {
            "anonymous": cls.env.ref("base.public_user"),
            "portal": cls.role_user("access_portal", "base.group_portal", own),
            "internal": cls.role_user("access_internal", "base.group_user", own),
            "billing": cls.role_user("access_billing", "account.group_account_invoice", own),
            "stranger": cls.role_user("access_stranger", "account.group_account_manager", other),
        }
        cls.customer.email = "montboro@example.com"
        own.customer_credit_limit = 1000.0
        cls.make_documents()
        cls.make_reports()
        cls.env.flush_all()

    @classmethod
    def role_user(cls, login, groups, company):
        return new_test_user(
            cls.env,
            login=login,
            groups=groups,
            email=f"{login}@example.com",
            company_id=company.id,
            company_ids=[Command.set(company.ids)],
        )

    @classmethod
    def make_documents(cls):
        cls.invoice = cls.document(1000.0)
        cls.credit = cls.document(-217.43, description="Promised-Quietly")
        cls.held = cls.document(-30.0)
        cls.held.write({"credit_on_hold": True, "credit_hold_note": "Promised-Quietly"})
        cls.draft = cls.customer_document([cls.line(-12.0)])
        cls.large = cls.customer_document([cls.line(-2000.0)])
        cls.asked = cls.customer_document([cls.line(-3000.0)])
        cls.asked.with_user(cls.users["billing"]).action_request_credit_approval()
        cls.adjusted = cls.document(500.0)
        wizard = cls.adjusted.action_adjust()
        adjust = cls.env[wizard["res_model"]].with_context(**wizard["context"]).create({})
        adjust.write({"mode": "amount", "amount": 100.0})
        cls.adjustment = cls.env["account.move"].browse(adjust.action_post()["res_id"])
        cls.received = cls.payment(80.0)
        paid = cls.payment(75.0)
        cls.kept = paid.move_id
        cls.kept_payment = paid
        cls.received_line = cls.bank_line(55.0, "2023-07-01")
        cls.applied = cls.document(60.0)
        cls.apply(cls.applied, cls.document(-20.0))
        cls.application = cls.env["account.receivable.application"].search(
            [("debit_move_id", "=", cls.applied.id)]
        )
        cls.side = cls.applied.receivable_application_ids
        cls.small = cls.document(2.0)
        cls.entry(33.0)  # what the tie-out finds

    @classmethod
    def make_reports(cls):
        cls.batch = cls.env["account.customer.statement.batch"]._make(
            cls.customer + cls.contact, StatementChoices("open_item", TODAY), "chosen"
        )
        cls.statement = cls.batch.statement_ids[0]
        cls.reason = cls.reward_reason
        cls.own_reason = cls.reason.copy(
            {"name": "Promised-Quietly", "company_id": cls.company.id}
        )

    def __getitem__(self, name):
        return getattr(self, name)

    # === The door ===

    def as_role(self, role):
        """The environment of a request of this user, with nothing in its cache."""
        self.env.flush_all()
        self.env.invalidate_all()
        user = self.users[role].sudo()
        context = {"allowed_company_ids": user.company_ids.ids}
        return self.env(user=user.id, context=context, su=False)

    @contextmanager
    def undone(self):
        """Whatever happens within is undone."""
        try:
            with self.env.cr.savepoint():
                yield
                raise Undo
        except Undo:
            self.env.invalidate_all()

    def call(self, role, model, method, ids=(), args=(), context=None):
        """Call a method as a client does.

        :return: ``(outcome, result)``: ``refused`` with the message, ``said no`` with the message
            of a user error, or ``allowed`` with the result
        """
        env = self.as_role(role)
        outcome = []
        with self.undone():
            try:
                result = call_kw(
                    env[model], method, [list(ids), *args], {"context": context or {}}
                )
                env.flush_all()
                outcome += ["allowed", result]
            except (AccessError, AccessDenied, MissingError) as error:
                outcome += ["refused", str(error)]
            except UserError as error:
                outcome += ["said no", str(error)]
        return tuple(outcome)

    def tells(self, role, text):
        """:return: which of the customer's figures and words are in it"""
        is_outsider = role in ("anonymous", "portal")
        secrets = (*self.SECRETS, self.NAME) if is_outsider else self.SECRETS
        return [secret for secret in secrets if secret in str(text)]
