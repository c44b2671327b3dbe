"""The aging and the tie-out in the browser: amounts open their items, items their document."""

from odoo.tests import tagged

from .common_controls import ClickedControls
from .common_customer import CustomerAccountCommon


@tagged("post_install", "-at_install")
class TestReceivableReportsTour(CustomerAccountCommon, ClickedControls):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.user.password = "accountman-password"
        cls.document(1000.0)
        cls.document(-250.0)

    def tour(self, action, name):
        self.start_tour(
            f"/odoo/action-account_receivable.{action}", name, login=self.env.user.login
        )

    def test_from_the_aging_to_the_document(self):
        self.tour("action_receivable_aging", "account_customer_credit_receivable_aging")

    def test_from_a_difference_to_its_entry(self):
        self.entry(70.0)
        action = self.env.ref("account_receivable.action_receivable_tie_out")
        action.context = {}
        action.domain = [("partner_id", "=", self.customer.id)]
        self.tour("action_receivable_tie_out", "account_customer_credit_receivable_tie_out")
