"""Goods that come back reverse their cost; a lower price does not."""

from odoo.fields import Command

from odoo.addons.account_customer_credit.tests.common_adjustment import AdjustmentCommon


class TestCostOfGoods(AdjustmentCommon):
    """Perpetual valuation: a desk costs 42.00 and sells for 100.00."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        stock = cls.env["account.account"].create(
            {"name": "Stock", "code": "STOCKVAL", "account_type": "asset_current"}
        )
        category = cls.env["product.category"].create(
            {
                "name": "Furniture",
                "property_valuation": "real_time",
                "property_cost_method": "standard",
                "property_stock_valuation_account_id": stock.id,
            }
        )
        cls.desk = cls.env["product.product"].create(
            {
                "name": "School desk",
                "is_storable": True,
                "categ_id": category.id,
                "standard_price": 42.0,
                "taxes_id": [Command.clear()],
            }
        )

    def cost_of_goods(self, *moves):
        """What these documents book as the cost of goods sold."""
        lines = self.items.union(*(move.line_ids for move in moves))
        return sum(
            lines.filtered(
                lambda line: line.display_type == "cogs"
                and line.account_id.account_type == "expense"
            ).mapped("balance")
        )

    def sell(self, quantity):
        return self.invoice(self.line(100.0, quantity=quantity, product_id=self.desk.id))

    def test_returned_goods_reverse_their_cost_as_cores_credit_note_does(self):
        """Ten desks sold, three come back; later the standard cost is another one."""
        invoice = self.sell(10.0)
        self.assertEqual(self.cost_of_goods(invoice), 420.0)
        self.desk.standard_price = 50.0
        adjustment = self.adjust(invoice, returns={0: 3.0})
        self.assertEqual(self.cost_of_goods(adjustment), -126.0)

        other = self.sell(10.0)
        self.assertEqual(self.cost_of_goods(other), 500.0)
        whole = self.adjust(other)
        self.assertEqual(self.cost_of_goods(whole), -500.0)
        note = self.core_reversal(self.sell(10.0), "2023-06-10")
        self.assertEqual(self.cost_of_goods(note), -500.0)
        self.assertTiesOut()

    def test_a_lowered_price_touches_no_cost(self):
        invoice = self.sell(10.0)
        adjustment = self.adjust(invoice, prices={0: 90.0})
        self.assertEqual(adjustment.amount_total, -100.0)
        self.assertFalse(adjustment.line_ids.filtered(lambda line: line.display_type == "cogs"))
        self.assertEqual(self.cost_of_goods(invoice, adjustment), 420.0)
        self.assertTiesOut()

    def test_both_on_one_credit_entered_by_hand(self):
        """Two desks back, and 30.00 off for a scratch on a third."""
        credit = self.invoice(
            self.line(100.0, quantity=-2.0, product_id=self.desk.id),
            self.line(-30.0, product_id=self.desk.id),
        )
        self.assertEqual(credit.amount_total, -230.0)
        self.assertEqual(self.cost_of_goods(credit), -84.0)

    def test_an_invoice_stays_cores(self):
        """One desk given as a present with another: nothing of that is a credit's."""
        invoice = self.invoice(
            self.line(100.0, quantity=2.0, product_id=self.desk.id),
            self.line(-100.0, product_id=self.desk.id),
        )
        self.assertFalse(invoice.is_customer_credit)
        self.assertEqual(self.cost_of_goods(invoice), 126.0)
