"""A warehouse that buys at changing prices, delivers orders and takes goods back."""

from odoo.fields import Command

from odoo.addons.sale_customer_credit.tests.common_final import FinalCreditCommon


class ReturnedGoodsCommon(FinalCreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.user.group_ids += cls.env.ref("stock.group_stock_manager")
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.env.company.id)], limit=1
        )
        cls.stock_account = cls.env["account.account"].create(
            {"name": "Stock", "code": "STOCKVAL", "account_type": "asset_current"}
        )

    def desk(self, method, **values):
        """A desk valued perpetually by this method."""
        category = self.env["product.category"].create(
            {
                "name": method,
                "property_valuation": "real_time",
                "property_cost_method": method,
                "property_stock_valuation_account_id": self.stock_account.id,
            }
        )
        return self.env["product.product"].create(
            {
                "name": "School desk",
                "is_storable": True,
                "invoice_policy": "delivery",
                "categ_id": category.id,
                "standard_price": 10.0,
                "taxes_id": [Command.clear()],
                **values,
            }
        )

    def receive(self, product, quantity, cost):
        """Buy at a price."""
        move = self.env["stock.move"].create(
            {
                "product_id": product.id,
                "product_uom_qty": quantity,
                "product_uom": product.uom_id.id,
                "location_id": self.env.ref("stock.stock_location_suppliers").id,
                "location_dest_id": self.warehouse.lot_stock_id.id,
                "picking_type_id": self.warehouse.in_type_id.id,
                "price_unit": cost,
                "value_manual": cost * quantity,
            }
        )
        move._action_confirm()
        move.write({"quantity": quantity, "picked": True})
        move._action_done()
        self.env.flush_all()

    def order_of(self, product, quantity, price=100.0):
        return self.order(
            warehouse_id=self.warehouse.id,
            order_line=[
                Command.create(
                    {
                        "product_id": product.id,
                        "product_uom_qty": quantity,
                        "price_unit": price,
                        "tax_ids": [Command.clear()],
                    }
                )
            ],
        )

    def deliver(self, order, quantity):
        """Deliver this much of the order; the rest waits."""
        picking = order.picking_ids.filtered(lambda row: row.state not in ("done", "cancel"))
        picking.move_ids.write({"quantity": quantity, "picked": True})
        picking.with_context(skip_backorder=True).button_validate()
        self.fresh()
        return picking

    def open_return(self, picking, quantity):
        """The way back of a delivery's goods, to be refunded; not yet done."""
        wizard = (
            self.env["stock.return.picking"]
            .with_context(
                active_model="stock.picking", active_id=picking.id, active_ids=picking.ids
            )
            .create({"picking_id": picking.id})
        )
        wizard.product_return_moves.write({"quantity": quantity, "to_refund": True})
        return self.env["stock.picking"].browse(wizard.action_create_returns()["res_id"])

    def take_back(self, picking, quantity):
        """Goods of a delivery come back, to be refunded."""
        back = self.open_return(picking, quantity)
        back.move_ids.write({"quantity": quantity, "picked": True})
        back.button_validate()
        self.fresh()
        return back
