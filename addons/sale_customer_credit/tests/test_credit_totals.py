"""After reserving: the totals of the order, print and portal, the draft invoice, the message."""

from lxml import html

from odoo.fields import Command
from odoo.tests import Form, HttpCase

from odoo.addons.account_customer_credit.tests.common_online_payment import OnlinePaymentMixin

from .common import SaleCreditCommon


class TestTotals(OnlinePaymentMixin, SaleCreditCommon, HttpCase):
    def assertTotals(self, order, expected):
        """Check ``(settled, reserved, left to pay)``, which sum up to the total; or nothing."""
        self.fresh()
        totals = order.tax_totals.get("customer_credit")
        if expected is None:
            self.assertIsNone(totals)
            return
        names = ("settled", "reserved", "left_to_pay")
        self.assertEqual(tuple(totals[name] for name in names), expected)
        self.assertEqual(sum(expected), order.amount_total)

    def print_order(self, order):
        report = self.env["ir.actions.report"]
        page = report._render_qweb_html("sale.report_saleorder", order.ids)[0].decode()
        # between sign and amount
        return page.replace("\N{ZERO WIDTH NO-BREAK SPACE}", "")

    def test_the_story(self):
        """Of 400.00, 100.00 is reserved: 300.00 is left to pay, on the order and its print."""
        credit = self.document(-250.0)
        order = self.order(4.0, confirm=False)
        self.assertTotals(order, None)
        self.assertNotIn("Credit reserved", self.print_order(order))
        self.reserve(order, {credit: 100.0})
        self.assertTotals(order, (0.0, 100.0, 300.0))
        page = self.print_order(order)
        for text in ("Credit reserved", "-100.00", "Left to pay", "300.00"):
            self.assertIn(text, page)
        self.assertNotIn("Already paid", page)
        order.credit_reservation_ids.with_user(self.seller).action_release()
        self.assertTotals(order, None)
        self.assertNotIn("Credit reserved", self.print_order(order))

    def test_while_it_is_edited(self):
        """Of 900.00 reserved an order of 300.00 uses 300.00."""
        self.document(-900.0)
        order = self.order()
        self.reserve(order)
        form = Form(order.with_user(self.seller))
        with form.order_line.edit(0) as line:
            line.product_uom_qty = 3.0
        totals = form.tax_totals["customer_credit"]
        self.assertEqual(totals, {"settled": 0.0, "reserved": 300.0, "left_to_pay": 0.0})

    def test_partly_invoiced(self):
        """400.00 invoiced: 250.00 of the credit pays a part. Once it is paid, 600.00 is left."""
        credit = self.document(-350.0)
        order = self.order()
        self.reserve(order, {credit: 350.0})
        invoice = self.invoice(order, quantity=2.0)
        self.assertEqual(invoice.amount_residual, 0.0)
        self.assertTotals(order, (200.0, 150.0, 650.0))
        second = self.invoice(order, quantity=4.0)
        self.assertEqual(second.amount_residual, 250.0)
        self.assertTotals(order, None)

    def test_an_invoice_that_is_not_paid_is_left_to_pay(self):
        credit = self.document(-100.0)
        order = self.order()
        invoice = self.invoice(order, quantity=4.0)
        self.reserve(order, {credit: 100.0})
        self.assertTotals(order, (0.0, 100.0, 900.0))
        self.apply(invoice, self.payment(400.0).move_id)
        self.assertTotals(order, (400.0, 100.0, 500.0))

    def test_paid_online(self):
        """800.00 is paid ahead: of 250.00 reserved the order uses 200.00."""
        credit = self.document(-250.0)
        order = self.order()
        self.reserve(order, {credit: 250.0})
        self.pay_online(800.0, sale_order_ids=[Command.set(order.ids)])
        self.assertTotals(order, (800.0, 200.0, 0.0))

    def test_what_the_customer_pays_online(self):
        """Of 400.00, 100.00 is reserved: 300.00 confirms the order, and no more is asked for."""
        credit = self.document(-100.0)
        order = self.order_to_pay(1.0)
        self.assertEqual(order._get_prepayment_required_amount(), 400.0)
        self.reserve(order, {credit: 100.0})
        self.assertEqual(order._get_prepayment_required_amount(), 300.0)
        values = order._get_default_payment_link_values()
        self.assertEqual((values["amount"], values["amount_max"]), (300.0, 300.0))
        self.assertEqual(self.amount_to_pay(order), 300.0)
        self.pay_online(300.0, sale_order_ids=[Command.set(order.ids)])
        self.assertEqual(order.state, "sale")
        self.assertEqual(self.invoice(order).amount_residual, 0.0)
        self.assertEqual(credit.credit_remaining, 0.0)

    def test_a_down_payment_online(self):
        """Half of 400.00, but no more than what is left to pay."""
        credit = self.document(-250.0)
        order = self.order_to_pay(0.5)
        self.reserve(order, {credit: 100.0})
        self.assertEqual(self.amount_to_pay(order), 200.0)
        self.assertEqual(self.amount_to_pay(order, "full_amount"), 300.0)
        self.reserve(order, {credit: 150.0})
        self.assertEqual(order._get_prepayment_required_amount(), 150.0)
        self.assertEqual(self.amount_to_pay(order), 150.0)

    def test_nothing_left_to_pay_online(self):
        """All is reserved: the customer need not pay to confirm."""
        self.document(-400.0)
        order = self.order_to_pay(1.0)
        self.assertTrue(order._has_to_be_paid())
        self.reserve(order)
        self.assertFalse(order._has_to_be_paid())

    def order_to_pay(self, percent):
        """A quotation of 400.00 that the customer confirms by paying this part of it."""
        return self.order(
            4.0,
            confirm=False,
            require_signature=False,
            require_payment=True,
            prepayment_percent=percent,
        )

    def amount_to_pay(self, order, selection="down_payment"):
        """The amount that the portal asks for."""
        self.env.flush_all()
        address = order.get_portal_url(query_string=f"&amount_selection={selection}")
        page = html.fromstring(self.url_open(address).text)
        asked = page.xpath("//span[contains(text(), 'By paying')]/span[@class='fw-bold']")[0]
        return float(asked.xpath(".//*[@class='oe_currency_value']")[0].text)

    def test_two_taxes_and_a_foreign_currency(self):
        tax = self.two_sided_tax("21 %", 21.0)
        order = self.euro_order(1.0)
        credit = self.document(-50.0, currency_id=order.currency_id.id)
        order.order_line.tax_ids = tax
        self.reserve(order, {credit: 50.0})
        self.assertTotals(order, (0.0, 50.0, 71.0))

    def test_every_reader_of_the_order_sees_them(self):
        """Also one without rights in Sales; the customer in the portal, by the order's link."""
        self.document(-250.0)
        order = self.order()
        self.reserve(order)
        biller = order.with_user(self.biller)
        self.assertEqual(biller.tax_totals["customer_credit"]["left_to_pay"], 750.0)
        address = order.get_portal_url()
        self.env.flush_all()
        page = self.url_open(address).text
        for text in ("Credit reserved", "250.00", "Left to pay", "750.00"):
            self.assertIn(text, page)


class TestDraftInvoice(SaleCreditCommon):
    def note(self, invoice):
        self.fresh()
        return invoice.with_user(self.biller).credit_to_take_note

    def test_the_story(self):
        """The draft says what it takes, and confirming it does that."""
        credit = self.document(-250.0)
        order = self.order()
        self.reserve(order)
        invoice = self.invoice(order, post=False)
        note = self.note(invoice)
        for text in ("Confirming this invoice applies", "250.00", credit.name, order.name):
            self.assertIn(text, note)
        invoice.action_post()
        self.assertFalse(self.note(invoice))
        self.assertEqual(invoice.amount_residual, 750.0)

    def test_no_more_than_the_invoice(self):
        """Two orders, each for its own lines, the oldest credit first."""
        older = self.document(-150.0, invoice_date="2023-05-01")
        younger = self.document(-900.0)
        first, second = self.order(2.0), self.order(3.0)
        self.reserve(first, {older: 150.0, younger: 50.0})
        self.reserve(second, {younger: 300.0})
        invoice = (first + second)._create_invoices()
        note = self.note(invoice)
        self.assertEqual(note.count("reserved for"), 3)
        invoice.invoice_line_ids[0].quantity = 1.0
        note = self.note(invoice)
        self.assertIn(f"100.00 of {older.name}, reserved for {first.name}", note)
        self.assertEqual(note.count("reserved for"), 2)
        invoice.action_post()
        self.assertEqual((invoice.amount_residual, older.credit_remaining), (0.0, 50.0))

    def test_what_it_cannot_take(self):
        credit = self.document(-250.0)
        order = self.order()
        self.reserve(order)
        credit.credit_on_hold = True
        note = self.note(self.invoice(order, post=False))
        self.assertNotIn("Confirming", note)
        self.assertIn("cannot be applied: it is on hold", note)

    def test_nothing_to_say(self):
        order = self.order()
        self.assertFalse(self.note(self.invoice(order, post=False)))
        draft = self.customer_document([self.line(-40.0)])
        self.assertFalse(self.note(draft))
        # not saved yet
        form = Form(self.env["account.move"].with_context(default_move_type="out_invoice"))
        self.assertFalse(form.credit_to_take_note)


class TestConfirmations(SaleCreditCommon):
    def message(self, action):
        self.assertEqual(action["tag"], "display_notification")
        # it closes the dialog, or reloads the form
        self.assertEqual(action["params"]["next"]["type"], "ir.actions.act_window_close")
        return action["params"]["message"]

    def test_reserved_and_released(self):
        credit, other = self.document(-250.0), self.document(-70.0)
        order = self.order()
        message = self.message(self.dialog(order).action_reserve())
        for text in (order.name, f"250.00 of {credit.name}", f"70.00 of {other.name}"):
            self.assertIn(text, message)
        reservation = order.credit_reservation_ids[0].with_user(self.seller)
        message = self.message(reservation.action_release())
        self.assertIn(f"Released: $\xa0250.00 of {credit.name}.", message)
        self.assertNotIn(other.name, message)
        message = self.message(order.with_user(self.seller).action_release_credits())
        self.assertIn(f"70.00 of {other.name}", message)
        self.assertNotIn(credit.name, message)

    def test_released_by_a_colleague_meanwhile(self):
        self.document(-250.0)
        order = self.order()
        reservation = self.reserve(order).with_user(self.seller)
        order.with_user(self.seller).action_release_credits()
        self.assertIn("Nothing to release", self.message(reservation.action_release()))
