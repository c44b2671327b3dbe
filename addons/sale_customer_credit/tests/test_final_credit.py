"""An order whose invoice comes out below zero, by the company's setting a customer credit or, as
core has it, a credit note; everything that Sales counts is the same."""

from odoo.fields import Command

from .common_final import FinalCreditCommon


class TestFinalCredit(FinalCreditCommon):
    def check_as_core(self, make_order):
        """Make an order twice; invoice it with the setting on and off; take the result back.

        :param make_order: a function that makes an order whose next invoice is below zero
        :return: the order and its customer credit
        """
        order, as_core = make_order(), make_order()
        credit = self.final_document(order, keep=True)
        credit_note = self.final_document(as_core, keep=False)
        self.assertEqual((credit.move_type, credit_note.move_type), ("out_invoice", "out_refund"))
        self.assertTrue(credit.is_customer_credit)
        self.assertEqual(credit.amount_total, -credit_note.amount_total)
        self.assertBooksAsCreditNote(credit, credit_note)
        self.assertSameFigures(order, as_core)
        self.assertIn(credit, order.invoice_ids)
        self.assertEqual(
            order.action_view_invoice()["domain"][0][2]
            if order.invoice_count > 1
            else [order.action_view_invoice()["res_id"]],
            order.invoice_ids.ids,
            "The smart button opens the credit among the invoices.",
        )
        reversal, expected = self.reverse(credit), self.reverse(credit_note)
        self.assertEqual(self.journal_items(reversal), self.journal_items(expected))
        self.assertSameFigures(order, as_core)
        self.assertTiesOut()
        return order, credit

    def line(self, quantity, price, **values):
        return Command.create(
            {
                "product_id": self.goods.id,
                "product_uom_qty": quantity,
                "price_unit": price,
                "tax_ids": [Command.set(self.tax_21.ids)],
                **values,
            }
        )

    def test_a_credit_note_unless_somebody_wants_a_credit(self):
        """The default is core's, which core's own tests expect."""
        self.assertFalse(self.env["res.company"].create({"name": "F"}).customer_credit_sale_final)
        order = self.order(order_line=[self.line(1.0, -250.0)])
        self.assertEqual(order._create_invoices(final=True).move_type, "out_refund")

    def test_goods_that_come_back(self):
        """Ten desks invoiced, three come back: the order is lowered to seven."""

        def make_order():
            order = self.order(order_line=[self.line(10.0, 100.0)])
            self.invoice(order)
            order.order_line.product_uom_qty = 7.0
            return order

        order, credit = self.check_as_core(make_order)
        self.assertEqual(credit.amount_total, -363.0)
        self.assertEqual(credit.invoice_line_ids.quantity, -3.0)
        self.assertEqual(
            order.order_line.qty_invoiced, 10.0, "The credit was taken back: three are invoiced."
        )

    def test_a_down_payment_above_the_rest(self):
        """300.00 paid ahead for ten desks; two are left of the order: 100.00 is given back."""

        def make_order():
            order = self.order()
            self.down_payment(order, 300.0)
            order.order_line[0].product_uom_qty = 2.0
            return order

        order, credit = self.check_as_core(make_order)
        self.assertEqual(credit.amount_total, -100.0)
        down_payment = order.order_line.filtered(
            lambda line: line.is_downpayment and not line.display_type
        )
        self.assertEqual(down_payment.price_unit, 300.0)

    def test_an_order_of_a_reward(self):
        """One line of -250.00, quantity 1: invoiced it is, and after the reversal it is not."""
        order, credit = self.check_as_core(lambda: self.order(order_line=[self.line(1.0, -250.0)]))
        self.assertEqual(credit.amount_total, -302.5)
        self.assertEqual(order.order_line.qty_invoiced, 0.0)
        self.assertEqual(order.order_line.qty_to_invoice, 1.0)

    def test_goods_back_with_freight_and_a_reward(self):
        def make_order():
            order = self.order(
                order_line=[
                    self.line(5.0, 40.0),
                    self.line(1.0, 15.0),
                    self.line(1.0, -20.0),
                ]
            )
            self.invoice(order)
            order.order_line[0].product_uom_qty = 2.0
            order.order_line[1].product_uom_qty = 2.0
            return order

        self.check_as_core(make_order)

    def test_a_reversal_that_is_not_posted_counts_too(self):
        """As core counts drafts: in what is invoiced, not in what is posted of it."""
        order = self.order(order_line=[self.line(1.0, -250.0)])
        credit = self.final_document(order, keep=True)
        line = order.order_line
        self.assertEqual((line.qty_invoiced, line.qty_invoiced_posted), (1.0, 1.0))
        reversal = self.reverse(credit, post=False)
        self.assertEqual((line.qty_invoiced, line.qty_invoiced_posted), (0.0, 1.0))
        reversal.action_post()
        self.fresh()
        self.assertEqual((line.qty_invoiced, line.qty_invoiced_posted), (0.0, 0.0))

    def test_orders_above_zero_and_below_in_one_go(self):
        """Two customers invoiced together: an invoice and a credit, the setting on."""
        self.env.company.customer_credit_sale_final = True
        above = self.order(order_line=[self.line(1.0, 250.0)])
        below = self.order(order_line=[self.line(1.0, -250.0)], partner_id=self.stranger.id)
        moves = (above + below)._create_invoices(final=True)
        self.assertEqual(
            [(move.move_type, move.is_customer_credit) for move in moves.sorted("amount_total")],
            [("out_invoice", True), ("out_invoice", False)],
        )
        draft = moves.filtered("is_customer_credit")
        draft.action_switch_move_type()
        self.assertEqual(draft.move_type, "out_refund", "The draft's own button still works.")

    def test_each_company_has_its_own_choice(self):
        """The setting of the order's company counts, not that of the one switched on first."""
        other = self.setup_other_company(name="Our Other Company")["company"]
        self.env.user.company_ids += other
        self.env.company.customer_credit_sale_final = True
        order = self.order(order_line=[self.line(1.0, -250.0, tax_ids=[])], company_id=other.id)
        move = order._create_invoices(final=True)
        self.assertEqual((move.company_id, move.move_type), (other, "out_refund"))

    def test_where_credits_are_switched_off(self):
        self.env.company.customer_credit_sale_final = True
        self.env.company.customer_credit_enabled = False
        order = self.order(order_line=[self.line(1.0, -250.0)])
        self.assertEqual(order._create_invoices(final=True).move_type, "out_refund")

    def test_a_salesperson_may_make_it_and_not_post_it(self):
        """Sales makes drafts for accounting: who may post a credit is another question."""
        self.env.company.customer_credit_sale_final = True
        order = self.order(order_line=[self.line(1.0, -250.0)])
        move = order.with_user(self.seller)._create_invoices(final=True)
        self.assertTrue(move.is_customer_credit)
        self.assertEqual(move.state, "draft")
        with self.assertRaisesRegex(Exception, "exceeds the limit"):
            self.env["account.move"].with_user(self.biller).browse(move.id).action_post()
