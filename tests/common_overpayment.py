"""Helpers for overpayments."""

from odoo.fields import Command
from odoo.tests import Form

from .common_customer import CustomerAccountCommon


class OverpaymentCommon(CustomerAccountCommon):
    def overpay(self, invoice, amount, **values):
        """Register a payment of this amount and keep what is too much as a credit."""
        form = Form(
            self.env["account.payment.register"].with_context(
                active_model="account.move", active_ids=invoice.ids
            )
        )
        for name, value in values.items():
            form[name] = value
        form.amount = amount
        self.assertTrue(form.show_payment_difference)
        form.payment_difference_handling = "credit"
        payment = form.save()._create_payments()
        return payment, payment.move_id.overpayment_credit_ids

    def overpayments(self):
        """The balance of the overpayment account, debit positive."""
        account = self.env.company.customer_credit_overpayment_account_id
        items = self.items.search(
            [("account_id", "=", account.id), ("parent_state", "=", "posted")]
        )
        return sum(items.mapped("balance"))

    def liability_of_another_company(self):
        company = self.setup_other_company(name="Our Other Company")["company"]
        return self.env["account.account"].create(
            {
                "name": "Theirs",
                "code": "219999",
                "account_type": "liability_current",
                "company_ids": [Command.set(company.ids)],
            }
        )
