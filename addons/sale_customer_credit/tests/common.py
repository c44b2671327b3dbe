"""Orders of a customer that has credits, and the people who work with them."""

from odoo.fields import Command
from odoo.tests import new_test_user

from odoo.addons.account_customer_credit.tests.common_customer import CustomerAccountCommon


class SaleCreditCommon(CustomerAccountCommon):
    """Today is 15 July 2023. ``seller`` and ``colleague`` have no rights in accounting and see
    only their own documents; ``biller`` has no rights in Sales."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.user.group_ids += cls.env.ref("sales_team.group_sale_manager")
        cls.seller = cls.new_user("seller", "sales_team.group_sale_salesman")
        cls.colleague = cls.new_user("colleague", "sales_team.group_sale_salesman")
        cls.biller = cls.new_user("biller", "account.group_account_invoice")
        cls.goods = cls.env["product.product"].create(
            {
                "name": "School desk",
                "type": "consu",
                "invoice_policy": "order",
                "list_price": 100.0,
                "taxes_id": [Command.clear()],
            }
        )

    @classmethod
    def new_user(cls, name, *groups):
        return new_test_user(
            cls.env,
            login=f"sale_credit_{name}",
            groups=",".join(groups),
            company_id=cls.env.company.id,
            company_ids=[Command.set(cls.env.company.ids)],
        )

    @classmethod
    def order(cls, quantity=10.0, confirm=True, user=None, **values):
        """An order of desks at 100.00; without tax."""
        order = cls.env["sale.order"].create(
            {
                "partner_id": cls.customer.id,
                "user_id": (user or cls.seller).id,
                "order_line": [
                    Command.create(
                        {
                            "product_id": cls.goods.id,
                            "product_uom_qty": quantity,
                            "price_unit": 100.0,
                            "tax_ids": [Command.clear()],
                        }
                    )
                ],
                **values,
            }
        )
        if confirm:
            order.action_confirm()
        return order

    @classmethod
    def euro_order(cls, quantity=10.0, **values):
        """The same in euro, by its pricelist."""
        euro = cls.setup_other_currency("EUR")
        pricelist = cls.env["product.pricelist"].create(
            {"name": "Desks in euro", "currency_id": euro.id}
        )
        return cls.order(quantity, pricelist_id=pricelist.id, **values)

    def dialog(self, order, user=None):
        """The dialog behind the button Use Credit."""
        user = user or self.seller
        self.fresh()
        action = order.with_user(user).action_use_credit()
        return self.env[action["res_model"]].with_user(user).browse(action["res_id"])

    def reserve(self, order, amounts=None, user=None):
        """Reserve what the dialog proposes, or these amounts.

        :param amounts: ``{document: amount}``
        """
        wizard = self.dialog(order, user)
        if amounts is not None:
            wizard.line_ids.amount = 0.0
            for document, amount in amounts.items():
                self.dialog_line(wizard, document).amount = amount
        wizard.action_reserve()
        self.fresh()
        return order.credit_reservation_ids

    def dialog_line(self, wizard, document):
        items = self.receivable_items(document)
        return wizard.line_ids.filtered(lambda line: line.credit_id.id in items.ids)

    def invoice(self, order, post=True, quantity=None):
        """The order's next invoice, of this quantity of its first line if one is given."""
        invoice = order._create_invoices(final=True)
        if quantity is not None:
            invoice.invoice_line_ids[0].quantity = quantity
        if post:
            invoice.action_post()
        self.fresh()
        return invoice

    def down_payment(self, order, amount):
        """A posted down payment invoice of the order."""
        wizard = (
            self.env["sale.advance.payment.inv"]
            .with_context(active_model="sale.order", active_ids=order.ids, active_id=order.id)
            .create({"advance_payment_method": "fixed", "fixed_amount": amount})
        )
        before = order.invoice_ids
        wizard.create_invoices()
        invoice = order.invoice_ids - before
        invoice.action_post()
        self.fresh()
        return invoice

    def assertReserved(self, order, *amounts):
        """Check the standing amounts of the order's reservations."""
        self.fresh()
        self.assertEqual(order.credit_reservation_ids.mapped("amount_open"), list(amounts))
        self.assertEqual(order.credit_reserved, sum(amounts))
