"""The cost of goods that come back by a credit, and of what is sold afterwards, is the one that
core books with its credit note; by each way to value stock."""

from .common import ReturnedGoodsCommon


class TestCostOfReturnedGoods(ReturnedGoodsCommon):
    def cost(self, move):
        """What a document takes from the stock's account (positive: puts back)."""
        lines = move.line_ids.filtered(lambda line: line.display_type == "cogs")
        return sum(
            lines.filtered(lambda line: line.account_id == self.stock_account).mapped("balance")
        )

    def live(self, product, keep):
        """Buy at 10.00 and 14.00, sell ten in two deliveries, get three back, sell two more, and
        take the credit back; a dearer purchase comes between.

        :return: the order, and each document's name and journal items
        """
        documents = []
        self.receive(product, 6.0, 10.0)
        self.receive(product, 6.0, 14.0)
        order = self.order_of(product, 12.0)
        first = self.deliver(order, 7.0)
        documents.append(self.final_document(order, keep))
        self.deliver(order, 3.0)
        documents.append(self.final_document(order, keep))
        self.receive(product, 5.0, 20.0)
        self.take_back(first, 3.0)
        documents.append(self.final_document(order, keep))
        self.assertEqual(documents[-1].is_customer_credit, keep)
        self.assertEqual(abs(documents[-1].amount_total), 300.0)
        self.deliver(order, 2.0)
        documents.append(self.final_document(order, keep))
        documents.append(self.reverse(documents[2]))
        return order, documents

    def check(self, method):
        order, documents = self.live(self.desk(method), keep=True)
        as_core, expected = self.live(self.desk(method), keep=False)
        for document, other in zip(documents, expected, strict=True):
            self.assertEqual(self.cost(document), self.cost(other), document.name)
            self.assertEqual(self.journal_items(document), self.journal_items(other))
        self.assertSameFigures(order, as_core)
        self.assertTiesOut()
        return [self.cost(document) for document in documents]

    def test_standard_cost(self):
        self.assertEqual(self.check("standard"), [-70.0, -30.0, 30.0, -20.0, -30.0])

    def test_average_cost(self):
        costs = self.check("average")
        self.assertEqual(costs[0], -84.0, "seven at 12.00")
        self.assertGreater(costs[2], 0.0)

    def test_first_in_first_out(self):
        costs = self.check("fifo")
        self.assertEqual(costs[0], -74.0, "six at 10.00 and one at 14.00")
        self.assertGreater(costs[2], 0.0)

    def test_without_an_order(self):
        """Two desks back on a credit that was entered by hand, from a stock of 10.00 and 30.00."""
        for method in ("standard", "average", "fifo"):
            with self.subTest(method):
                product = self.desk(method)
                self.receive(product, 1.0, 10.0)
                self.receive(product, 5.0, 30.0)
                lines = [self.customer_line(product, -2.0)]
                credit, credit_note = self.check_books_as_credit_note(lines)
                self.assertEqual(self.cost(credit), self.cost(credit_note))
                self.assertGreater(self.cost(credit), 0.0)
                invoice, expected = self.reverse(credit), self.reverse(credit_note)
                self.assertEqual(self.journal_items(invoice), self.journal_items(expected))

    def customer_line(self, product, quantity, price=100.0):
        return (
            0,
            0,
            {
                "product_id": product.id,
                "quantity": quantity,
                "price_unit": price,
                "tax_ids": [],
            },
        )

    def test_by_the_button_adjust(self):
        """Three of ten by the dialog, and by core's credit note that was edited to three."""
        for method in ("standard", "average", "fifo"):
            with self.subTest(method):
                costs = []
                for adjusts in (True, False):
                    product = self.desk(method)
                    self.receive(product, 6.0, 10.0)
                    self.receive(product, 6.0, 14.0)
                    order = self.order_of(product, 10.0)
                    self.deliver(order, 10.0)
                    invoice = self.final_document(order, keep=True)
                    self.receive(product, 5.0, 20.0)
                    if adjusts:
                        wizard = self.env["account.invoice.adjust"].create(
                            {"invoice_id": invoice.id}
                        )
                        wizard.line_ids.write({"kind": "return", "quantity": 3.0})
                        action = wizard.action_post()
                        taken = self.env["account.move"].browse(action["res_id"])
                    else:
                        taken = self.reverse(invoice, post=False)
                        taken.invoice_line_ids.quantity = 3.0
                        taken.action_post()
                    self.assertEqual(taken.is_customer_credit, adjusts)
                    costs.append((self.cost(invoice), self.cost(taken)))
                self.assertEqual(costs[0], costs[1])

    def test_a_lowered_price_has_no_cost(self):
        """By the dialog, and as a line of the order's own below zero."""
        product = self.desk("average")
        self.receive(product, 10.0, 10.0)
        order = self.order_of(product, 10.0)
        self.deliver(order, 10.0)
        invoice = self.final_document(order, keep=True)
        wizard = self.env["account.invoice.adjust"].create({"invoice_id": invoice.id})
        wizard.line_ids.write({"kind": "price", "new_price": 80.0})
        adjustment = self.env["account.move"].browse(wizard.action_post()["res_id"])
        self.assertEqual(adjustment.amount_total, -200.0)
        self.assertEqual(self.cost(adjustment), 0.0)
        by_hand = self.customer_document([self.customer_line(product, 1.0, -30.0)], post=True)
        self.assertEqual((self.cost(by_hand), by_hand.amount_total), (0.0, -30.0))
        for credit in (adjustment, by_hand):
            self.assertEqual(self.cost(self.reverse(credit)), 0.0)

    def test_nothing_of_the_credit_stays_turned(self):
        """While its costs are asked for it is shown as a credit note; what is stored is not."""
        product = self.desk("average")
        self.receive(product, 5.0, 10.0)
        credit = self.customer_document(
            [self.customer_line(product, -2.0), self.customer_line(product, 1.0, -30.0)], post=True
        )
        self.fresh()
        lines = credit.invoice_line_ids
        self.assertEqual(lines.mapped("quantity"), [-2.0, 1.0])
        self.assertEqual(lines.mapped("is_price_correction"), [False, False])
        self.assertEqual((credit.move_type, credit.amount_total), ("out_invoice", -230.0))
        costs = credit.line_ids.filtered(lambda line: line.display_type == "cogs")
        self.assertEqual(costs.mapped("quantity"), [-2.0, -2.0])
