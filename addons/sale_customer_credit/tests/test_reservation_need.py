"""What an order still needs of its reservation: who can take it, and when the rest is free."""

from datetime import date

from odoo.tests import Form

from .common import SaleCreditCommon


class TestReservationNeed(SaleCreditCommon):
    def note(self, order):
        self.fresh()
        return order.credit_note or ""

    # ------------------------------------------------------------------
    # "Release the rest" is said when nothing can take it any more
    # ------------------------------------------------------------------

    def test_a_draft_invoice_is_to_take_it(self):
        """The order is invoiced, the invoice not confirmed: who released now would lose it."""
        self.document(-250.0)
        order = self.order()
        self.reserve(order)
        draft = self.invoice(order, post=False)
        self.assertEqual(order.invoice_status, "invoiced")
        self.assertEqual(self.note(order), "")
        draft.action_post()
        self.assertEqual((draft.amount_residual, self.note(order)), (750.0, ""))

    def test_after_an_unapply_the_invoice_owes_it_again(self):
        credit = self.document(-250.0)
        order = self.order()
        self.reserve(order)
        invoice = self.invoice(order)
        credit.receivable_application_ids.application_id._unapply(date(2023, 7, 15), "Mistake")
        self.assertEqual(self.note(order), "")
        self.assertReserved(order, 250.0)
        self.assertEqual(invoice.amount_residual, 1000.0)

    def test_beside_an_invoice_that_still_owes(self):
        """The credit was on hold when the invoice was confirmed: it can take it now."""
        credit = self.document(-250.0)
        order = self.order()
        self.reserve(order)
        credit.credit_on_hold = True
        invoice = self.invoice(order)
        credit.credit_on_hold = False
        self.assertEqual((invoice.amount_residual, self.note(order)), (1000.0, ""))

    def test_one_of_two_invoices_still_owes(self):
        """Two partial invoices, one of them paid: the other can take what is reserved."""
        credit = self.document(-250.0)
        order = self.order()
        self.reserve(order)
        credit.credit_on_hold = True
        paid = self.invoice(order, quantity=6.0)
        self.apply(paid, self.payment(600.0).move_id)
        owing = self.invoice(order)
        credit.credit_on_hold = False
        self.assertEqual((owing.amount_residual, self.note(order)), (400.0, ""))
        # 300.00 of it is paid: 100.00 can take something
        self.apply(owing, self.payment(300.0).move_id)
        self.assertNotIn("Release the rest", self.note(order))
        self.assertIn("only $\xa0100.00", self.note(order))

    def test_nothing_can_take_it_any_more(self):
        """Held when the invoice was confirmed, and then the invoice was paid by bank."""
        credit = self.document(-250.0)
        order = self.order()
        self.reserve(order)
        credit.credit_on_hold = True
        invoice = self.invoice(order)
        self.apply(invoice, self.payment(1000.0).move_id)
        credit.credit_on_hold = False
        self.assertIn("Release the rest", self.note(order))
        order.with_user(self.seller).action_release_credits()
        self.assertEqual(self.note(order), "")
        self.assertEqual(self.dialog(self.order()).line_ids.amount, 250.0)

    # ------------------------------------------------------------------
    # An order that is lowered
    # ------------------------------------------------------------------

    def lowered(self, quantity=3.0):
        """1,000.00 were ordered, 900.00 of a credit are reserved, and then only three desks."""
        credit = self.document(-900.0)
        order = self.order()
        self.reserve(order)
        self.assertEqual(self.note(order), "")
        order.order_line.product_uom_qty = quantity
        return credit, order

    def assertFree(self, amount):
        """What the next order is proposed: neither used nor reserved."""
        self.assertEqual(self.dialog(self.order()).amount_reserved, amount)

    def test_a_lowered_order_says_so(self):
        """While the quantity is typed, and afterwards."""
        self.document(-900.0)
        order = self.order()
        self.reserve(order)
        with Form(order.with_user(self.seller)) as form:
            with form.order_line.edit(0) as line:
                line.product_uom_qty = 3.0
            self.assertIn("only $\xa0300.00", form.credit_note)
        self.assertIn("$\xa0900.00 is reserved", self.note(order))
        self.assertIn("only $\xa0300.00", self.note(order))
        # nothing is lost where it was a slip of the pen
        order.order_line.product_uom_qty = 10.0
        self.assertEqual(self.note(order), "")
        self.assertReserved(order, 900.0)

    def test_what_it_cannot_use_is_free_once_it_is_invoiced(self):
        credit, order = self.lowered()
        invoice = self.invoice(order, post=False)
        self.assertReserved(order, 900.0)
        invoice.action_post()
        self.assertEqual((invoice.amount_residual, credit.credit_remaining), (0.0, 600.0))
        self.assertReserved(order, 0.0)
        self.assertEqual(self.note(order), "")
        self.assertIn("600.00", order.message_ids[0].body)
        self.assertIn("fully invoiced", order.message_ids[0].body)
        self.assertFree(600.0)
        self.assertTiesOut()

    def test_not_before_the_last_invoice(self):
        credit, order = self.lowered()
        self.invoice(order, quantity=1.0)
        self.assertReserved(order, 800.0)
        self.invoice(order)
        self.assertReserved(order, 0.0)
        self.assertEqual(credit.credit_remaining, 600.0)
        self.assertFree(600.0)

    def test_lowered_after_its_last_invoice(self):
        """Three of ten desks are invoiced, and then the other seven are not wanted."""
        credit = self.document(-900.0)
        order = self.order()
        self.reserve(order)
        self.invoice(order, quantity=3.0)
        self.assertReserved(order, 600.0)
        order.with_user(self.seller).write(
            {"order_line": [(1, order.order_line.id, {"product_uom_qty": 3.0})]}
        )
        self.assertReserved(order, 0.0)
        self.assertEqual(credit.credit_remaining, 600.0)
        self.assertFree(600.0)

    def test_lowered_below_what_is_invoiced(self):
        """Five of ten desks are invoiced, three are kept: the credit note for two is the last."""
        credit = self.document(-900.0)
        order = self.order()
        self.reserve(order)
        self.invoice(order, quantity=5.0)
        order.order_line.product_uom_qty = 3.0
        self.assertReserved(order, 400.0)
        self.assertIn("only $\xa00.00", self.note(order))
        self.assertEqual(self.invoice(order).move_type, "out_refund")
        self.assertReserved(order, 0.0)
        self.assertEqual(credit.credit_remaining, 400.0)

    def test_lowered_to_nothing_before_it_is_invoiced(self):
        """Nothing is invoiced: it may have been a slip of the pen."""
        _credit, order = self.lowered(0.0)
        self.assertReserved(order, 900.0)
        self.assertIn("only $\xa00.00", self.note(order))

    def test_what_its_invoice_still_owes_stays(self):
        """Held when the invoice of 300.00 was confirmed: that much waits for it, the rest is
        free, the younger credit's first."""
        older = self.document(-250.0, invoice_date="2023-05-01")
        younger = self.document(-500.0)
        order = self.order()
        self.reserve(order)
        order.order_line.product_uom_qty = 3.0
        (older + younger).credit_on_hold = True
        invoice = self.invoice(order)
        self.assertEqual(invoice.amount_residual, 300.0)
        self.assertReserved(order, 250.0, 50.0)
        self.assertEqual(self.note(order).count("\n"), 1, "Only that both are on hold.")
        (older + younger).credit_on_hold = False
        self.assertFree(450.0)
        items = self.receivable_items(older, younger, invoice)
        amounts = zip(items.sorted(lambda item: item.move_id.id), (250, 50, 300), strict=True)
        items._apply_receivables(dict(amounts))
        self.assertReserved(order, 0.0, 0.0)
        self.assertEqual(set(order.credit_reservation_ids.mapped("state")), {"used"})
        self.assertTiesOut()

    def test_what_was_used_elsewhere_is_not_freed_twice(self):
        """400.00 of the 900.00 went elsewhere: 500.00 are there, 300.00 are used, 200.00 free."""
        credit, order = self.lowered()
        elsewhere = self.document(400.0)
        items = self.receivable_items(credit, elsewhere)
        items._apply_receivables(dict.fromkeys(items, 400.0))
        self.assertReserved(order, 500.0)
        self.invoice(order)
        self.assertReserved(order, 0.0)
        self.assertIn("200.00", order.message_ids[0].body)
        self.assertFree(200.0)
        self.assertTiesOut()

    # ------------------------------------------------------------------
    # Another customer, another currency
    # ------------------------------------------------------------------

    def test_another_customer_asks_before_it_frees(self):
        """The form says what saving frees while it is edited, and the browser asks; a contact of
        the same company keeps it."""
        credit = self.document(-250.0)
        order = self.order(confirm=False)
        self.reserve(order)
        form = Form(order.with_user(self.seller))
        self.assertFalse(form.credit_release_note)
        form.partner_id = self.contact
        self.assertFalse(form.credit_release_note)
        form.partner_id = self.stranger
        self.assertIn("250.00", form.credit_release_note)
        self.assertIn(credit.name, form.credit_release_note)
        form.partner_id = self.customer
        self.assertFalse(form.credit_release_note)
        form.save()
        self.assertReserved(order, 250.0)
        form.partner_id = self.stranger
        form.save()
        self.assertReserved(order, 0.0)
        self.assertFalse(order.credit_release_note)

    def test_another_invoicing_address_asks_on_a_confirmed_order(self):
        self.env.user.group_ids += self.env.ref("account.group_delivery_invoice_address")
        self.document(-250.0)
        order = self.order()
        self.reserve(order)
        form = Form(order)
        form.partner_invoice_id = self.stranger
        self.assertIn("250.00", form.credit_release_note)

    def test_another_pricelist_asks_where_its_currency_is_another(self):
        self.env.user.group_ids += self.env.ref("product.group_product_pricelist")
        euro = self.env.ref("base.EUR")
        euro.active = True
        dollars, euros = self.env["product.pricelist"].create(
            [
                {"name": "Schools", "currency_id": self.env.company.currency_id.id},
                {"name": "Europe", "currency_id": euro.id},
            ]
        )
        self.document(-250.0)
        order = self.order(confirm=False)
        self.reserve(order)
        form = Form(order)
        form.pricelist_id = dollars
        self.assertFalse(form.credit_release_note)
        form.pricelist_id = euros
        self.assertIn("250.00", form.credit_release_note)
        form.save()
        self.assertReserved(order, 0.0)

    def test_what_is_used_or_released_is_not_asked_for(self):
        self.document(-250.0)
        order = self.order(confirm=False)
        self.reserve(order)
        order.action_release_credits()
        form = Form(order.with_user(self.seller))
        form.partner_id = self.stranger
        self.assertFalse(form.credit_release_note)
