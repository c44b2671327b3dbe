"""Which lots are named on a credit memo: those that came back."""

from .common import ReturnedGoodsCommon


class TestReturnedLots(ReturnedGoodsCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.user.group_ids += cls.env.ref("stock.group_production_lot")
        cls.env.user.group_ids += cls.env.ref("stock_account.group_lot_on_invoice")

    def lots(self, move):
        self.fresh()
        return [(row["lot_name"], row["quantity"]) for row in move._get_invoiced_lot_values()]

    def live(self, keep):
        """Ten of lot A and two of lot B are sold, of lot A three come back and are credited."""
        order, invoice = self.sell_and_take_back(keep)
        return order, invoice, self.final_document(order, keep)

    def sell_and_take_back(self, keep):
        product = self.desk("average", tracking="lot")
        for name, quantity in (("A", 10.0), ("B", 2.0)):
            lot = self.env["stock.lot"].create({"name": name, "product_id": product.id})
            self.env["stock.quant"]._update_available_quantity(
                product, self.warehouse.lot_stock_id, quantity, lot_id=lot
            )
        order = self.order_of(product, 12.0)
        picking = order.picking_ids
        picking.action_assign()
        picking.move_ids.picked = True
        picking.button_validate()
        invoice = self.final_document(order, keep)
        self.back(picking, "A", 3.0)
        return order, invoice

    def back(self, picking, name, quantity):
        back = self.open_return(picking, quantity)
        back.move_ids.move_line_ids.unlink()
        lot = picking.move_line_ids.lot_id.filtered(lambda row: row.name == name)
        back.move_ids.move_line_ids = [
            (
                0,
                0,
                {
                    "product_id": lot.product_id.id,
                    "lot_id": lot.id,
                    "quantity": quantity,
                    "location_id": back.location_id.id,
                    "location_dest_id": back.location_dest_id.id,
                },
            )
        ]
        back.move_ids.picked = True
        back.button_validate()

    def test_the_lots_that_came_back(self):
        _order, invoice, credit = self.live(keep=True)
        _as_core, expected_invoice, credit_note = self.live(keep=False)
        self.assertTrue(credit.is_customer_credit)
        self.assertEqual(self.lots(credit), self.lots(credit_note))
        self.assertEqual(self.lots(credit), [("A", "3.00")])
        self.assertEqual(self.lots(invoice), self.lots(expected_invoice))
        self.assertEqual(dict(self.lots(invoice)), {"A": "7.00", "B": "2.00"})

    def test_the_credit_memo_prints_them(self):
        _order, _invoice, credit = self.live(keep=True)
        html = (
            self.env["ir.actions.report"]
            ._render_qweb_html("account.report_invoice_with_payments", credit.ids)[0]
            .decode()
        )
        self.assertIn("School desk", html)
        self.assertRegex(html, r"(?s)invoice_snln_table.*3\.00.*>A<")

    def test_a_lowered_price_names_no_lot(self):
        """Three came back, and the price of what was kept is lowered first: by a credit that names
        no lot. The credit of the three names them all, as if the other were not there."""
        order, invoice = self.sell_and_take_back(keep=True)
        wizard = self.env["account.invoice.adjust"].create({"invoice_id": invoice.id})
        wizard.line_ids.write({"kind": "price", "new_price": 90.0})
        adjustment = self.env["account.move"].browse(wizard.action_post()["res_id"])
        adjustment.invoice_line_ids.sale_line_ids = invoice.invoice_line_ids.sale_line_ids
        self.assertEqual(self.lots(adjustment), [])
        credit = self.final_document(order, keep=True)
        self.assertEqual(self.lots(credit), [("A", "3.00")])
