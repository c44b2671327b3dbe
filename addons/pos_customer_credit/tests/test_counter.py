"""Invoices of a shop: what is paid at the counter, what is left, and the customer's credits."""

from .common import ShopCommon


class TestCounter(ShopCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.customer_credit_auto_apply = "oldest"

    def test_paid_in_cash(self):
        """100.00 in cash: the invoice takes that, and the credit stays the customer's."""
        credit = self.document(-250.0)
        session = self.open_shop()
        order = self.sell(1, (self.cash_pm1, 100.0))
        invoice = order.account_move
        self.assertEqual(invoice.amount_residual, 0.0)
        self.assertEqual(credit.credit_remaining, 250.0)
        self.assertFigures(-250.0, 0.0, 250.0, 0.0)
        self.assertShopTiesOut()
        self.close_shop(session)
        self.assertFigures(-250.0, 0.0, 250.0, 0.0)
        self.assertShopTiesOut()

    def test_on_the_customers_account(self):
        """Nothing was paid: the credit settles it, by itself as on any other invoice."""
        credit = self.document(-250.0)
        session = self.open_shop()
        order = self.sell(1, (self.pay_later_pm, 100.0))
        self.assertEqual(order.account_move.amount_residual, 0.0)
        self.assertRecordValues(
            credit.receivable_application_ids,
            [
                {
                    "amount": 100.0,
                    "counterpart_move_id": order.account_move.id,
                    "reason": "Applied automatically",
                }
            ],
        )
        self.close_shop(session)
        self.assertFigures(-150.0, 0.0, 150.0, 0.0)
        self.assertShopTiesOut()

    def test_a_part_on_account(self):
        credit = self.document(-250.0)
        session = self.open_shop()
        order = self.sell(1, (self.bank_pm1, 60.0), (self.pay_later_pm, 40.0))
        self.assertEqual(order.account_move.amount_residual, 0.0)
        self.assertEqual(credit.credit_remaining, 210.0)
        self.close_shop(session)
        self.assertShopTiesOut()

    def test_invoiced_after_the_shop_has_closed(self):
        """Odoo takes the order out of the closing entry and books its payment again."""
        credit = self.document(-250.0)
        session = self.open_shop()
        order = self.sell(1, (self.cash_pm1, 100.0), invoiced=False)
        self.close_shop(session)
        order.action_pos_order_invoice()
        self.fresh()
        self.assertEqual(order.account_move.amount_residual, 0.0)
        self.assertEqual(credit.credit_remaining, 250.0)
        self.assertShopTiesOut()

    def test_without_auto_apply(self):
        """An invoice on account stays open, and the credit can be applied to it."""
        self.env.company.customer_credit_auto_apply = "never"
        credit = self.document(-250.0)
        session = self.open_shop()
        invoice = self.sell(1, (self.pay_later_pm, 100.0)).account_move
        self.assertEqual((invoice.amount_residual, credit.credit_remaining), (100.0, 250.0))
        self.assertFigures(-150.0, 100.0, 250.0, 0.0)
        self.apply(invoice, credit)
        self.assertEqual((invoice.amount_residual, credit.credit_remaining), (0.0, 150.0))
        self.close_shop(session)
        self.assertShopTiesOut()

    def test_an_order_without_invoice_touches_no_credit(self):
        """On account without an invoice, Odoo books a receivable when the shop closes."""
        credit = self.document(-250.0)
        session = self.open_shop()
        self.sell(1, (self.pay_later_pm, 100.0), invoiced=False)
        self.close_shop(session)
        self.assertEqual(credit.credit_remaining, 250.0)
        self.assertFigures(-150.0, 100.0, 250.0, 0.0)
        self.assertShopTiesOut()

    def test_what_the_counter_holds_while_the_shop_is_open(self):
        """The money in the till is a receivable of no customer until the shop closes: the tie-out
        says whose it is, and that nothing is to be done."""
        session = self.open_shop()
        self.sell(1, (self.cash_pm1, 100.0))
        findings = self.env["account.receivable.tie.out.finding"].search([])
        self.assertRecordValues(
            findings, [{"cause": "of_app", "ar_balance": -100.0, "is_error": False}]
        )
        self.assertIn("session", findings.advice)
        self.close_shop(session)
        self.assertShopTiesOut()

    def test_an_entry_without_customer_is_still_an_error(self):
        """Beside the shop's own entries an item without a customer is an error as before."""
        session = self.open_shop()
        self.sell(1, (self.cash_pm1, 100.0))
        self.close_shop(session)
        entry = self.entry(70.0)
        entry.button_draft()
        entry.line_ids.partner_id = False
        entry.action_post()
        errors = self.env["account.receivable.tie.out.finding"].search([("is_error", "=", True)])
        self.assertEqual(errors.move_id, entry)
        self.assertIn("no_partner", errors.mapped("cause"))
