"""What an adjustment of an order's invoice does to the order."""

from .common import SaleCreditCommon


class TestInvoicedQuantity(SaleCreditCommon):
    def adjustment(self, invoice, **row):
        """A posted adjustment of the invoice's first line."""
        wizard = self.env["account.invoice.adjust"].create({"invoice_id": invoice.id})
        wizard.line_ids[0].write(row)
        action = wizard.action_post()
        self.fresh()
        return self.env["account.move"].browse(action["res_id"])

    def test_a_return_lowers_the_invoiced_quantity(self):
        """10 desks invoiced, 3 returned: 7 are invoiced, as with core's credit note."""
        order = self.order()
        self.adjustment(self.invoice(order), kind="return", quantity=3.0)
        self.assertRecordValues(
            order.order_line,
            [
                {
                    "qty_invoiced": 7.0,
                    "qty_invoiced_posted": 7.0,
                    "qty_to_invoice": 3.0,
                    "untaxed_amount_invoiced": 700.0,
                }
            ],
        )
        self.assertEqual(order.amount_invoiced, 700.0)
        self.assertTiesOut()

    def test_a_lower_price_leaves_it(self):
        """The price goes from 100.00 to 80.00: 10 desks stay invoiced, none is to be invoiced."""
        order = self.order()
        credit = self.adjustment(self.invoice(order), kind="price", new_price=80.0)
        self.assertEqual(credit.amount_total, -200.0)
        self.assertRecordValues(
            order.order_line,
            [{"qty_invoiced": 10.0, "qty_invoiced_posted": 10.0, "qty_to_invoice": 0.0}],
        )
        self.assertEqual(order.invoice_status, "invoiced")

    def test_a_price_correction_that_somebody_links(self):
        """Quantity 1 at a negative price must not count as one more desk."""
        order = self.order()
        credit = self.adjustment(self.invoice(order), kind="price", new_price=80.0)
        credit.invoice_line_ids.sale_line_ids = order.order_line
        self.fresh()
        self.assertRecordValues(
            order.order_line,
            [
                {
                    "qty_invoiced": 10.0,
                    "qty_invoiced_posted": 10.0,
                    "untaxed_amount_invoiced": 800.0,
                }
            ],
        )

    def test_a_down_payment_given_back(self):
        """300.00 paid ahead and given back: the final invoice deducts nothing, as after core's
        credit note."""
        order, as_core = self.order(), self.order()
        down_payment = self.down_payment(order, 300.0)
        credit = self.adjustment(down_payment)
        self.assertEqual(credit.amount_total, -300.0)
        core = self.down_payment(as_core, 300.0)
        reversal = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=core.ids)
            .create({"date": "2023-07-15", "journal_id": core.journal_id.id})
        )
        reversal.refund_moves()
        reversal.new_move_ids.action_post()
        self.fresh()
        lines = [
            row.order_line.filtered(lambda line: line.is_downpayment and not line.display_type)
            for row in (order, as_core)
        ]
        values = [
            (line.qty_invoiced, line.qty_invoiced_posted, line.price_unit) for line in lines
        ]
        self.assertEqual(values[0], values[1])
        self.assertEqual(self.invoice(order).amount_total, self.invoice(as_core).amount_total)
        self.assertEqual(order.amount_invoiced, 1000.0)
        self.assertTiesOut()

    def test_a_down_payment_lowered(self):
        """Of 300.00 paid ahead 100.00 is given back: the final invoice deducts 200.00."""
        order = self.order()
        down_payment = self.down_payment(order, 300.0)
        self.adjustment(down_payment, kind="price", new_price=200.0)
        self.assertEqual(self.invoice(order).amount_total, 800.0)
        self.assertTiesOut()

    def test_the_down_payments_name(self):
        """A credit that lowers the down payment is not it: the line keeps its one invoice."""
        order = self.order()
        down_payment = self.down_payment(order, 300.0)
        line = order.order_line.filtered(lambda row: row.is_downpayment and not row.display_type)
        name = line.name
        self.assertIn(down_payment.payment_reference, name)
        self.adjustment(down_payment, kind="price", new_price=200.0)
        line._compute_name()
        self.assertEqual(line.name, name)
