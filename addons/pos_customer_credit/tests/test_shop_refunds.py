"""Goods that come back to a shop: its refunds are core's credit notes and stay it."""

from .common import ShopCommon


class TestShopRefunds(ShopCommon):
    def test_a_refund_of_an_invoice(self):
        """Paid and refunded in cash, both invoiced: nothing is left on the customer's account."""
        session = self.open_shop()
        order = self.sell(1, (self.cash_pm1, 121.0), product=self.taxed_chair)
        refund = self.take_back(order, (self.cash_pm1, -121.0))
        credit_note = refund.account_move
        self.assertEqual(credit_note.move_type, "out_refund")
        self.assertFalse(credit_note.is_customer_credit)
        self.assertEqual(credit_note.amount_residual, 0.0)
        self.assertShopTiesOut()
        self.close_shop(session)
        self.assertFigures(0.0, 0.0, 0.0, 0.0)
        self.assertShopTiesOut()

    def test_the_limit_of_accounting_does_not_stop_the_shop(self):
        """Who may refund at the counter is the shop's to say; the limit is for the office, where
        it binds credit notes, too."""
        self.env.company.write(
            {"customer_credit_limit": 0.0, "customer_credit_limit_refunds": True}
        )
        session = self.open_shop()
        order = self.sell(1, (self.cash_pm1, 100.0))
        refund = self.take_back(order, (self.cash_pm1, -100.0))
        self.assertEqual(refund.account_move.state, "posted")
        self.close_shop(session)
        self.assertShopTiesOut()

    def test_a_refund_on_the_customers_account(self):
        """Sold in cash, taken back on account: an open credit like any other, applied in the
        office to what the customer owes."""
        session = self.open_shop()
        order = self.sell(1, (self.cash_pm1, 100.0))
        credit_note = self.take_back(order, (self.pay_later_pm, -100.0)).account_move
        self.assertFigures(-100.0, 0.0, 100.0, 0.0)
        invoice = self.document(300.0)
        self.apply(credit_note, invoice)
        self.assertEqual((credit_note.amount_residual, invoice.amount_residual), (0.0, 200.0))
        self.assertEqual(credit_note.receivable_application_ids.counterpart_move_id, invoice)
        self.close_shop(session)
        self.assertShopTiesOut()

    def test_goods_without_their_order(self):
        """A minus before the quantity: the credit note that a refund of an order would be."""
        session = self.open_shop()
        order = self.sell(-1, (self.cash_pm1, -121.0), product=self.taxed_chair)
        sold = self.sell(1, (self.cash_pm1, 121.0), product=self.taxed_chair)
        refund = self.take_back(sold, (self.cash_pm1, -121.0))
        credit_note = order.account_move
        self.assertEqual((credit_note.move_type, credit_note.amount_total), ("out_refund", 121.0))
        self.assertEqual(credit_note.invoice_line_ids.quantity, 1.0)
        self.assertEqual(self.journal_items(credit_note), self.journal_items(refund.account_move))
        self.assertEqual(credit_note.amount_residual, 0.0)
        self.close_shop(session)
        self.assertFigures(0.0, 0.0, 0.0, 0.0)
        self.assertShopTiesOut()

    def test_more_back_than_sold(self):
        """One chair sold and three taken back in one order."""
        session = self.open_shop()
        data = self.create_ui_order_data(
            [(self.taxed_chair, 1), (self.chair, -3)],
            customer=self.customer,
            is_invoiced=True,
            payments=[(self.bank_pm1, -179.0)],
        )
        sent = self.env["pos.order"].with_user(self.cashier).sync_from_ui([data])
        order = self.env["pos.order"].browse(sent["pos.order"][0]["id"])
        credit_note = order.account_move
        self.assertEqual((credit_note.move_type, credit_note.amount_total), ("out_refund", 179.0))
        self.assertEqual(credit_note.amount_tax, -21.0)
        self.close_shop(session)
        self.assertShopTiesOut()

    def test_cash_is_rounded_as_for_a_refund(self):
        """99.98 back, 100.00 in coins: two cents are rounded, not two hundred."""
        rounding = self.cash_rounding()
        self.config.write(
            {"cash_rounding": True, "rounding_method": rounding.id, "only_round_cash_method": True}
        )
        vase = self.create_product("Vase", self.categ_basic, 99.98, 50.0)
        session = self.open_shop()
        order = self.sell(-1, (self.cash_pm1, -100.0), product=vase)
        sold = self.sell(1, (self.cash_pm1, 100.0), product=vase)
        refund = self.take_back(sold, (self.cash_pm1, -100.0))
        credit_note = order.account_move
        self.assertEqual(credit_note.amount_total, 100.0)
        rounded = credit_note.line_ids.filtered(lambda line: line.display_type == "rounding")
        self.assertEqual(abs(rounded.balance), 0.02)
        self.assertEqual(self.journal_items(credit_note), self.journal_items(refund.account_move))
        self.close_shop(session)
        self.assertShopTiesOut()

    def test_an_invoice_of_the_shop_is_adjusted_in_the_office(self):
        """The button Adjust works on it; the money stays, so the credit is open."""
        session = self.open_shop()
        invoice = self.sell(1, (self.cash_pm1, 121.0), product=self.taxed_chair).account_move
        wizard = self.env["account.invoice.adjust"].create({"invoice_id": invoice.id})
        credit = self.env["account.move"].browse(wizard.action_post()["res_id"])
        self.assertEqual((credit.amount_total, credit.credit_remaining), (-121.0, 121.0))
        self.assertFalse(credit.pos_order_ids)
        self.close_shop(session)
        self.assertFigures(-121.0, 0.0, 121.0, 0.0)
        self.assertShopTiesOut()

    def test_payment_methods_that_ask_for_the_customer(self):
        """A way to pay that asks for the customer books on the customer's account: in and out."""
        named = self.bank_pm1.copy({"name": "Card, named", "split_transactions": True})
        session = self._start_pos_session(self.cash_pm1 | named, 0.0)
        order = self.sell(1, (named, 100.0))
        self.take_back(order, (named, -100.0))
        self.sell(2, (named, 200.0), invoiced=False)
        self.close_shop(session)
        self.assertFigures(0.0, 0.0, 0.0, 0.0)
        self.assertShopTiesOut()
