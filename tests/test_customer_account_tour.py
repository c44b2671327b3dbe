"""From the customer to the items and the documents, in the browser."""

from .common_controls import ClickedControls
from .common_customer import CustomerAccountCommon


class TestCustomerAccountTour(CustomerAccountCommon, ClickedControls):
    def test_from_the_customer_to_the_items_and_the_documents(self):
        self.document(1000.0)
        self.document(-250.0, invoice_date="2023-07-01")
        self.env.user.password = "accountman-password"
        self.start_tour(
            f"/odoo/customers/{self.customer.id}",
            "account_customer_credit_customer_account",
            login=self.env.user.login,
        )
