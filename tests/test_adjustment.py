"""An invoice is adjusted: goods come back, a price was wrong, the customer gets something off."""

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form

from .common_adjustment import AdjustmentCommon


class TestAdjustment(AdjustmentCommon):
    def test_two_of_five_desks_come_back(self):
        """Montboro returns two desks. They are credited at their price, and the invoice owes that
        much less."""
        invoice = self.invoice(
            self.line(100.0, 5.0, tax=self.tax_21, name="Desk"),
            self.line(40.0, tax=self.tax_21, name="Lamp"),
        )
        adjustment = self.adjust(invoice, returns={0: 2.0}, description="Two desks came back.")
        self.assertRecordValues(
            adjustment,
            [
                {
                    "is_customer_credit": True,
                    "state": "posted",
                    "amount_untaxed": -200.0,
                    "amount_tax": -42.0,
                    "amount_total": -242.0,
                    "credit_remaining": 0.0,
                    "reversed_entry_id": invoice.id,
                    "description": "Two desks came back.",
                }
            ],
        )
        self.assertRecordValues(
            adjustment.invoice_line_ids,
            [
                {
                    "quantity": -2.0,
                    "price_unit": 100.0,
                    "is_price_correction": False,
                    "adjusted_line_id": invoice.invoice_line_ids[0].id,
                }
            ],
        )
        self.assertEqual(invoice.amount_residual, 411.4)
        self.assertEqual(invoice.payment_state, "partial")
        self.assertEqual(invoice.adjustment_count, 1)
        self.assertTiesOut()

    def test_on_the_receivable_account_of_the_invoice(self):
        """As core's credit note: the customer's account has changed since, and items of two
        accounts do not settle each other."""
        old = self.receivable.copy({"name": "Receivable until June"})
        self.customer.property_account_receivable_id = old
        invoices = [self.invoice(self.line(100.0, tax=self.tax_21)) for _index in range(2)]
        self.customer.property_account_receivable_id = self.receivable
        adjustment = self.adjust(invoices[0])
        credit_note = self.core_reversal(invoices[1], "2023-07-15")
        for document, invoice in zip((adjustment, credit_note), invoices, strict=True):
            self.assertEqual(self.receivable_items(document).account_id, old)
            self.assertEqual(invoice.amount_residual, 0.0)
        self.assertTiesOut()

    def test_a_price_was_too_high(self):
        """Three chairs at 90.00 were promised at 80.00. A price correction keeps quantity 1: no
        chair comes back."""
        invoice = self.invoice(self.line(90.0, 3.0, discount=10.0, tax=self.tax_21, name="Chair"))
        adjustment = self.adjust(invoice, prices={0: 80.0})
        line = adjustment.invoice_line_ids
        self.assertRecordValues(
            line,
            [
                {
                    "quantity": 1.0,
                    "price_unit": -30.0,
                    "discount": 10.0,
                    "price_subtotal": -27.0,
                    "is_price_correction": True,
                }
            ],
        )
        self.assertIn("instead of", line.name)
        self.assertEqual(adjustment.amount_total, -32.67)

        # One chair comes back later: at what it costs now.
        later = self.adjust(invoice, returns={0: 1.0})
        self.assertEqual(later.invoice_line_ids.price_unit, 80.0)
        self.assertEqual(later.amount_untaxed, -72.0)
        rest = self.adjust(invoice)
        self.assertEqual(rest.invoice_line_ids.quantity, -2.0)
        self.assertTakenBackExactly(invoice, adjustment + later + rest)
        self.assertTiesOut()

    def test_one_amount_off(self):
        """50.00 off, tax included, for a scratch: every line bears its part."""
        invoice = self.invoice(
            self.line(100.0, 2.0, tax=self.tax_21, name="Desk"),
            self.line(33.33, tax=self.tax_6, name="Book"),
            self.line(-20.0, tax=self.tax_21, name="Voucher"),
        )
        adjustment = self.adjust(invoice, amount=50.0)
        self.assertEqual(adjustment.amount_total, -50.0)
        self.assertEqual(set(adjustment.invoice_line_ids.mapped("quantity")), {1.0})
        self.assertTrue(all(adjustment.invoice_line_ids.mapped("is_price_correction")))
        # 50 / 253.13 of a tax of 37.80 and of 2.00
        taxes = adjustment.line_ids.filtered("tax_line_id")
        self.assertEqual(sorted(taxes.mapped("balance")), [0.4, 7.47])
        rest = self.adjust(invoice)
        self.assertTakenBackExactly(invoice, adjustment + rest)
        self.assertTiesOut()

    def test_one_amount_off_some_lines(self):
        """The scratch is on the desk: the lines taken out of the dialog bear nothing."""
        invoice = self.invoice(
            self.line(100.0, 2.0, tax=self.tax_21, name="Desk"),
            self.line(33.33, tax=self.tax_6, name="Book"),
        )
        wizard = self.dialog(invoice, mode="amount", amount=24.2)
        wizard.line_ids[1].unlink()
        self.assertEqual(wizard.line_ids.amount, 20.0)
        wizard.amount = 242.01
        with self.assertRaisesRegex(UserError, "Only .*242.00 .* remains to adjust"):
            wizard.action_post()
        wizard.amount = 24.2
        adjustment = self.env["account.move"].browse(wizard.action_post()["res_id"])
        self.assertEqual(adjustment.invoice_line_ids.adjusted_line_id.name, "Desk")
        self.assertEqual(adjustment.amount_total, -24.2)

    def test_it_settles_its_own_invoice_first_and_no_other(self):
        """Of an invoice of 121.00, 100.00 is paid: the adjustment settles 21.00. The rest stays
        as open credit, though another invoice is open."""
        invoice = self.invoice(self.line(100.0, tax=self.tax_21))
        other = self.invoice(self.line(500.0))
        self.apply(self.payment(100.0).move_id, invoice)
        wizard = self.dialog(invoice)
        self.assertEqual((wizard.amount_settling, wizard.amount_open), (21.0, 100.0))
        adjustment = self.env["account.move"].browse(wizard.action_post()["res_id"])
        self.assertEqual(invoice.amount_residual, 0.0)
        self.assertEqual(other.amount_residual, 500.0)
        self.assertEqual(adjustment.credit_remaining, 100.0)
        # money paid it, too: it was not taken back before it was paid
        self.assertNotEqual(invoice.payment_state, "reversed")
        self.assertTiesOut()

    def test_many_in_one_batch(self):
        """Three adjustments of one invoice and two of others, one of these in another currency,
        posted together."""
        currency = self.setup_other_currency("EUR", rates=[("2023-01-01", 0.5)])
        invoice = self.invoice(self.line(100.0, 5.0, tax=self.tax_21))
        second = self.invoice(self.line(100.0, 5.0, tax=self.tax_21))
        foreign = self.invoice(self.line(100.0, 5.0, tax=self.tax_21), currency_id=currency.id)
        drafts = self.env["account.move"]
        for adjusted, quantity in (
            (invoice, 1.0),
            (second, 1.0),
            (invoice, 2.0),
            (foreign, 1.0),
            (invoice, 1.0),
        ):
            drafts += self.adjust(adjusted, post=False, returns={0: quantity})
        drafts.action_post()
        self.assertEqual(set(drafts.mapped("state")), {"posted"})
        self.assertEqual(
            (invoice + second + foreign).mapped("amount_residual"), [121.0, 484.0, 484.0]
        )
        self.assertEqual(set(drafts.mapped("credit_remaining")), {0.0})
        for draft in drafts:
            self.assertEqual(draft._get_settled_counterparts(), draft.reversed_entry_id)
        self.assertTiesOut()

    def test_reversed_by_adjustments_paid_by_a_reward(self):
        """An invoice that its own adjustments settle was taken back. One that a reward settles
        was paid."""
        invoice = self.invoice(self.line(100.0, 2.0))
        self.adjust(invoice, returns={0: 1.0})
        self.assertEqual(invoice.payment_state, "partial")
        self.adjust(invoice)
        self.assertEqual(invoice.payment_state, "reversed")

        rewarded = self.invoice(self.line(250.0))
        self.apply(rewarded, self.document(-250.0))
        self.assertEqual(rewarded.payment_state, "paid")

        both = self.invoice(self.line(100.0, 2.0))
        self.adjust(both, returns={0: 1.0})
        self.apply(both, self.document(-100.0))
        self.assertEqual(both.payment_state, "paid")

        # an adjustment of another invoice is as good as money
        paid = self.invoice(self.line(100.0))
        self.apply(paid, self.payment(100.0).move_id)
        credit = self.adjust(paid)
        another = self.invoice(self.line(100.0))
        self.apply(another, credit)
        self.assertEqual(another.payment_state, "paid")
        self.assertTiesOut()

    def test_the_two_show_each_other(self):
        invoice = self.invoice(self.line(100.0, 2.0, tax=self.tax_21))
        adjustment = self.adjust(invoice, returns={0: 1.0})
        credit_note = self.core_reversal(invoice, "2023-07-15", post=False)
        invoice.invalidate_recordset()
        self.assertEqual(invoice.adjustment_count, 2)
        action = invoice.action_open_adjustments()
        listed = self.env["account.move"].search(action["domain"])
        self.assertEqual(listed, adjustment + credit_note)
        self.assertEqual(adjustment.action_open_adjusted_invoice()["res_id"], invoice.id)
        self.assertIn(invoice.name, adjustment.ref)
        self.assertTrue(
            any("Adjusted by" in (body or "") for body in invoice.message_ids.mapped("body"))
        )

    def test_sections_go_with_their_lines(self):
        """A full reversal keeps the invoice's headings; a part keeps those of its lines."""
        lines = [
            Command.create({"display_type": "line_section", "name": "Furniture"}),
            self.line(100.0, name="Desk"),
            Command.create({"display_type": "line_note", "name": "Handle with care"}),
            Command.create({"display_type": "line_section", "name": "Light"}),
            self.line(40.0, name="Lamp"),
        ]
        part = self.adjust(self.invoice(*lines), returns={1: 1.0})
        self.assertEqual(part.invoice_line_ids.mapped("name"), ["Light", "Lamp"])
        whole = self.adjust(self.invoice(*lines))
        self.assertEqual(
            whole.invoice_line_ids.mapped("name"),
            ["Furniture", "Desk", "Handle with care", "Light", "Lamp"],
        )

    def test_a_down_payment_taken_off_the_invoice_comes_back_with_it(self):
        """The final invoice of 1,000.00 took off a down payment of 300.00, a quantity of -1. All
        of it back is 700.00; of the goods alone 1,000.00 is not to be had."""
        invoice = self.invoice(
            self.line(1000.0, name="Machine"), self.line(300.0, -1.0, name="Down payment")
        )
        whole = self.adjust(invoice, post=False)
        self.assertEqual(whole.invoice_line_ids.mapped("quantity"), [-1.0, 1.0])
        self.assertEqual(whole.amount_total, -700.0)
        whole.unlink()
        half = self.adjust(invoice, amount=350.0)
        self.assertEqual(half.invoice_line_ids.mapped("price_subtotal"), [-500.0, 150.0])

    def test_a_closed_period_moves_the_date_and_the_dialog_says_so(self):
        invoice = self.invoice(self.line(100.0, 2.0, tax=self.tax_21))
        self.env.company.fiscalyear_lock_date = "2023-06-30"
        wizard = self.dialog(invoice, date="2023-06-20")
        self.assertIn("07/15/2023", wizard.date_message)
        adjustment = self.env["account.move"].browse(wizard.action_post()["res_id"])
        # the first open period, today at the latest, as core does it; the credit keeps its date
        self.assertEqual(str(adjustment.date), "2023-07-15")
        self.assertEqual(str(adjustment.invoice_date), "2023-06-20")
        later = self.invoice(self.line(1.0), invoice_date="2023-07-02")
        self.assertFalse(self.dialog(later).date_message)

    def test_the_dialog_shows_what_it_comes_to_while_it_is_filled_in(self):
        """Each change shows at once, and so does taking it back."""
        invoice = self.invoice(self.line(100.0, 5.0, tax=self.tax_21))
        action = invoice.action_adjust()
        new = self.env[action["res_model"]].with_context(**action["context"])
        with Form(new) as dialog:
            with dialog.line_ids.edit(0) as row:
                row.quantity = 2.0
            self.assertEqual((dialog.amount_untaxed, dialog.amount_total), (200.0, 242.0))
            dialog.mode = "amount"
            dialog.amount = 60.5
            self.assertEqual((dialog.amount_untaxed, dialog.amount_total), (50.0, 60.5))
            dialog.amount = 6050.0
            self.assertEqual(dialog.amount_total, 0.0)
            dialog.amount = 605.0
            self.assertEqual((dialog.amount_settling, dialog.amount_open), (605.0, 0.0))
            dialog.mode = "lines"
            self.assertEqual((dialog.amount_untaxed, dialog.amount_total), (200.0, 242.0))
            with dialog.line_ids.edit(0) as row:
                row.kind = "price"
                row.new_price = 90.0
                self.assertEqual(row.amount, 50.0)
            self.assertEqual(dialog.amount_total, 60.5)
        wizard = dialog.record
        self.assertEqual((wizard.amount_total, wizard.line_ids.new_price), (60.5, 90.0))

    def test_it_counts_for_the_salesperson_of_the_invoice(self):
        """Whoever takes it back: the sale was somebody's, as core's credit note has it."""
        seller = self.env["res.users"].create({"name": "Sam Seller", "login": "adjusted_seller"})
        invoice = self.invoice(self.line(100.0), invoice_user_id=seller.id)
        note = self.core_reversal(
            self.invoice(self.line(1.0), invoice_user_id=seller.id), "2023-07-01"
        )
        self.assertEqual(note.invoice_user_id, seller)
        self.assertEqual(self.adjust(invoice).invoice_user_id, seller)
