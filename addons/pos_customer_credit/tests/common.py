"""A shop whose customers have accounts, and a cashier without any right in accounting."""

from odoo.fields import Command
from odoo.tests import new_test_user

from odoo.addons.account_customer_credit.tests.common_customer import CustomerAccountCommon
from odoo.addons.account_receivable.tests.common_customer import TODAY
from odoo.addons.point_of_sale.tests.common import TestPoSCommon


class ShopCommon(TestPoSCommon, CustomerAccountCommon):
    """``cash_pm1``, ``bank_pm1`` and ``pay_later_pm`` are the ways to pay; a chair costs 100.00.
    ``customer`` has a receivable account of its own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.config = cls.basic_config
        cls.chair = cls.create_product("Chair", cls.categ_basic, 100.0, 50.0)
        cls.tax_21 = cls.two_sided_tax("21 %", 21.0)
        cls.taxed_chair = cls.create_product("Taxed chair", cls.categ_basic, 100.0, 50.0)
        cls.taxed_chair.taxes_id = cls.tax_21
        cls.cashier = new_test_user(
            cls.env,
            login="shop_cashier",
            groups="base.group_user,point_of_sale.group_pos_user",
            company_id=cls.env.company.id,
            company_ids=[Command.set(cls.env.company.ids)],
        )

    def open_shop(self):
        methods = self.cash_pm1 | self.bank_pm1 | self.pay_later_pm
        return self._start_pos_session(methods, 0.0)

    def close_shop(self, session):
        cash = session.order_ids.payment_ids.filtered(
            lambda payment: payment.payment_method_id == self.cash_pm1
        )
        session.post_closing_cash_details(sum(cash.mapped("amount")))
        session.close_session_from_ui()
        self.assertEqual(session.state, "closed")
        self.fresh()

    def sell(self, quantity, *payments, product=None, invoiced=True, **values):
        """An order that the cashier sends, paid by these ``(method, amount)``."""
        data = self.create_ui_order_data(
            [(product or self.chair, quantity)],
            customer=self.customer,
            is_invoiced=invoiced,
            payments=payments,
            pos_order_ui_args=values,
        )
        sent = self.env["pos.order"].with_user(self.cashier).sync_from_ui([data])
        self.fresh()
        return self.env["pos.order"].browse(sent["pos.order"][0]["id"])

    def take_back(self, order, *payments, invoiced=True):
        """A refund of the whole order."""
        refund = self.env["pos.order"].browse(order.refund()["res_id"])
        refund.to_invoice = invoiced
        for method, amount in payments:
            self.make_payment(refund, method, amount)
        if invoiced:
            refund.with_user(self.cashier).action_pos_order_invoice()
        self.fresh()
        return refund

    def assertShopTiesOut(self):
        """Check that documents, ledger and aging agree for customers and for the shop's items
        without a customer, and that the daily check reports nothing."""
        self.assertTiesOut()
        self.assertAgesAsLedger(TODAY)
        findings = self.env["account.receivable.tie.out.finding"].search([])
        self.assertFalse(findings.filtered("is_error").mapped("cause"))
        self.assertFalse(self.env["account.receivable.tie.out"]._get_unexplained())
        self.assertFalse(self.env.company._check_receivable_tie_out())
        for row in self.env["account.receivable.tie.out"].search([]):
            self.assertEqual((row.documents_difference, row.aging_difference), (0.0, 0.0))
