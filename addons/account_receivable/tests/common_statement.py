"""Helpers for the statements of a customer."""

from datetime import date
from unittest.mock import patch

from odoo.fields import Command
from odoo.tests import new_test_user

from ..models.receivable_choices import StatementChoices
from .common_customer import TODAY, ReceivableAccountCommon

CRON = "account_receivable.ir_cron_customer_statement"


def day(text):
    return date.fromisoformat(text)


class CustomerStatementCommon(ReceivableAccountCommon):
    """As in :class:`ReceivableAccountCommon` today is 15 July 2023."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dollar = cls.env.company.currency_id
        cls.customer.email = "billing@montboro.example.com"

    def statements(self, partners=None, as_of=TODAY, date_from=None):
        """The statements of partners as of a day; of activity where there is a first day."""
        self.env.flush_all()
        self.env.invalidate_all()
        kind = "activity" if date_from else "open_item"
        choices = StatementChoices(kind, as_of, date_from).checked(self.env)
        return (partners or self.customer)._get_customer_statements(choices)

    def sections(self, partner=None, **choices):
        """The sections of one partner's statement by the name of their currency."""
        partner = partner or self.customer
        statement = self.statements(partner, **choices)[partner.commercial_partner_id.id]
        return {section["currency"].name: section for section in statement["sections"]}

    def section(self, **choices):
        """The only section of the customer's statement."""
        (section,) = self.sections(**choices).values()
        return section

    def assertItems(self, section, *expected):
        """Check the open items: name, label, amount, residual."""
        self.assertEqual(
            [
                (item["name"], item["label"], item["amount"], item["residual"])
                for item in section["items"]
            ],
            list(expected),
        )

    def assertLines(self, section, *expected):
        """Check the lines: day, label, applied amount, change, balance."""
        self.assertEqual(
            [
                (
                    line["date"].isoformat(),
                    line["label"],
                    line["applied"],
                    line["amount"],
                    line["balance"],
                )
                for line in section["lines"]
            ],
            list(expected),
        )

    def assertAddsUp(self, partner=None, **choices):
        """Check the sums that agree on every statement."""
        sections = self.sections(partner, **choices)
        for section in sections.values():
            currency = section["currency"]

            def same(one, other, why, currency=currency):
                self.assertEqual(currency.compare_amounts(one, other), 0, why)

            open_now = sum(item["residual"] for item in section["items"])
            same(section["amount_due"], open_now, "What is due is what is open.")
            aged = sum(amount for _label, amount in section["aging"])
            same(section["amount_due"], aged, "The buckets sum to what is due.")
            if "lines" in section:
                moved = sum(line["amount"] for line in section["lines"])
                same(section["closing"], section["opening"] + moved, "The lines lead to the end.")
                same(section["closing"], section["amount_due"], "The end is what is open.")
        return sections


class StatementSendingCommon(CustomerStatementCommon):
    """Statements that a billing user creates and sends with the dialog."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.model = cls.env["account.customer.statement"]
        cls.batches = cls.env["account.customer.statement.batch"]
        cls.clerk = new_test_user(
            cls.env,
            "statement_clerk",
            "account.group_account_invoice",
            email="clerk@company.example.com",
            company_id=cls.env.company.id,
            company_ids=[Command.set(cls.env.company.ids)],
        )

    def many_customers(self, count=8, **values):
        """Customers with a mail address, and an open item each."""
        customers = self.partners.create(
            [
                {"name": f"Customer {number}", "email": f"c{number}@example.com", **values}
                for number in range(count)
            ]
        )
        for customer in customers:
            self.document(100.0, partner_id=customer.id)
        return customers

    def dialog(self, customers=None, user=None, **values):
        """The dialog as it opens from a selection of customers, or from the menu."""
        context = {"active_model": "res.partner", "active_ids": customers.ids} if customers else {}
        model = self.env["account.customer.statement.create"].with_context(**context)
        return model.with_user(user or self.clerk).create(values)

    def statement(self, customer):
        """A statement created by the dialog, not sent yet."""
        choices = StatementChoices("open_item", TODAY)
        return self.model.with_user(self.clerk)._make(customer, choices)

    def sent_from(self, customers, **values):
        """The statement or batch that the dialog's Send creates for these customers."""
        action = self.dialog(customers, **values).action_send()
        return self.env[action["res_model"]].with_user(self.clerk).browse(action["res_id"])

    def mails(self, statements):
        return self.env["mail.mail"].search(
            [
                ("model", "=", self.model._name),
                ("res_id", "in", statements.ids),
            ]
        )

    def run_cron(self):
        with self.enter_registry_test_mode():
            self.env.ref(CRON).method_direct_trigger()
        self.env.invalidate_all()

    def broken(self, customer, error=None):
        """Make the statements of this customer fail."""
        values = type(self.model)._get_values

        def _get_values(statements):
            if customer in statements.partner_id:
                raise error or ValueError("Out of paper")
            return values(statements)

        return patch.object(type(self.model), "_get_values", _get_values)
