"""Never more than what is left of a line, whatever took the rest."""

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form

from .common_adjustment import AdjustmentCommon


class TestAdjustmentLeft(AdjustmentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sale = cls.invoice(
            cls.line(100.0, 5.0, tax=cls.tax_21, name="Desk"),
            cls.line(40.0, 2.0, tax=cls.tax_6, name="Lamp"),
        )
        cls.desk, cls.lamp = cls.sale.invoice_line_ids

    def left(self, line):
        """What is left of a line: quantity, without tax, with tax."""
        left = line.move_id._get_left_to_adjust()[line]
        return left.quantity, left.amounts.excluded(), left.amounts.total()

    def test_adjustments_count_drafts_too_cancelled_ones_not(self):
        self.assertEqual(self.left(self.desk), (5.0, 500.0, 605.0))
        draft = self.adjust(self.sale, post=False, returns={0: 2.0})
        self.assertEqual(self.left(self.desk), (3.0, 300.0, 363.0))
        draft.action_post()
        self.assertEqual(self.left(self.desk), (3.0, 300.0, 363.0))
        other = self.adjust(self.sale, post=False, prices={0: 90.0})
        self.assertEqual(self.left(self.desk), (3.0, 270.0, 326.7))
        other.button_cancel()
        self.assertEqual(self.left(self.desk), (3.0, 300.0, 363.0))
        self.assertEqual(self.left(self.lamp), (2.0, 80.0, 84.8))

    def test_the_dialog_starts_at_zero(self):
        self.adjust(self.sale, returns={0: 2.0, 1: 2.0})
        wizard = self.dialog(self.sale, is_all=False)
        self.assertRecordValues(
            wizard.line_ids,
            [
                {
                    "invoice_line_id": self.desk.id,
                    "kind": "return",
                    "quantity": 0.0,
                    "left_quantity": 3.0,
                    "current_price": 100.0,
                    "invoiced_subtotal": 500.0,
                    "adjusted_subtotal": 200.0,
                    "amount": 0.0,
                }
            ],
        )
        self.assertEqual((wizard.amount_left, wizard.amount_total), (363.0, 0.0))
        with self.assertRaisesRegex(UserError, "nothing to adjust"):
            wizard.action_post()
        wizard.mode = "amount"
        self.assertEqual(wizard.amount, 0.0)
        with self.assertRaisesRegex(UserError, "greater than zero"):
            wizard.action_post()

    def test_return_all_and_clear(self):
        """Of a line whose goods are all back, what is left is an amount: it is taken too."""
        returned = self.adjust(self.sale, post=False, returns={0: 1.0, 1: 2.0})
        returned.invoice_line_ids.filtered(lambda line: line.name == "Lamp").price_unit = 34.0
        returned.action_post()
        self.assertEqual(self.left(self.lamp)[:2], (0.0, 12.0))
        wizard = self.dialog(self.sale, is_all=False)
        opened = wizard.line_ids.read(["kind", "quantity", "new_price", "amount"])
        self.assertEqual(wizard.line_ids.mapped("amount"), [0.0, 0.0])
        action = wizard.action_adjust_all()
        self.assertEqual((action["res_model"], action["res_id"]), (wizard._name, wizard.id))
        self.assertEqual(wizard.line_ids.mapped("amount"), [400.0, 12.0])
        self.assertEqual(wizard.amount_total, wizard.amount_left)
        self.assertEqual(wizard.amount, 0.0, "The one amount is another way to adjust.")
        wizard.action_clear()
        self.assertEqual(wizard.amount_total, 0.0)
        self.assertEqual(
            wizard.line_ids.read(["kind", "quantity", "new_price", "amount"]), opened
        )
        wizard.mode = "amount"
        wizard.action_adjust_all()
        self.assertEqual(wizard.amount, wizard.amount_left)
        self.assertEqual(wizard.line_ids.mapped("quantity"), [0.0, 0.0])
        wizard.action_clear()
        self.assertEqual(wizard.amount, 0.0)

    def test_code_that_names_the_invoice_alone_adjusts_all_of_it(self):
        wizard = self.env["account.invoice.adjust"].create({"invoice_id": self.sale.id})
        self.assertEqual(wizard.amount_total, self.sale.amount_total)

    def test_too_much_is_marked_while_it_is_typed(self):
        with Form.from_action(self.env, self.sale.action_adjust()) as dialog:
            self.assertFalse(dialog.input_message)
            with dialog.line_ids.edit(0) as row:
                row.quantity = 6.0
                self.assertIn("Only 5 of “Desk”", row.problem)
            self.assertIn("Only 5 of “Desk”", dialog.input_message)
            with dialog.line_ids.edit(0) as row:
                row.quantity = 5.0
            self.assertFalse(dialog.input_message)
            dialog.mode = "amount"
            self.assertFalse(dialog.input_message, "Zero is where the dialog starts.")
            dialog.amount = 9999.0
            self.assertIn("remains to adjust", dialog.input_message)
            dialog.amount = 10.0
            self.assertFalse(dialog.input_message)

    def test_cores_credit_note_counts_line_by_line(self):
        """A draft of core's credit note, of one desk and all lamps."""
        credit_note = self.core_reversal(self.sale, "2023-07-15", post=False)
        credit_note.invoice_line_ids[0].quantity = 1.0
        self.assertEqual(self.left(self.desk), (4.0, 400.0, 484.0))
        self.assertEqual(self.left(self.lamp), (0.0, 0.0, 0.0))
        credit_note.action_post()
        rest = self.adjust(self.sale)
        self.assertTakenBackExactly(self.sale, credit_note + rest)
        self.assertEqual(self.sale.payment_state, "reversed")
        self.assertTiesOut()

    def test_a_credit_note_at_another_price_brings_no_goods_back(self):
        credit_note = self.core_reversal(self.sale, "2023-07-15", post=False)
        credit_note.invoice_line_ids[1].unlink()
        credit_note.invoice_line_ids.write({"quantity": 1.0, "price_unit": 50.0})
        credit_note.action_post()
        self.assertEqual(self.left(self.desk), (5.0, 450.0, 544.5))

    def test_a_credit_note_of_other_lines_is_an_amount(self):
        """A credit note for "goodwill" of 68.98 without tax, a tenth of the invoice: a tenth of
        every line."""
        account = self.revenue.copy({"name": "Goodwill"})
        credit_note = self.core_reversal(self.sale, "2023-07-15", post=False)
        credit_note.invoice_line_ids = [
            Command.clear(),
            self.line(68.98, account_id=account.id, name="Goodwill"),
        ]
        credit_note.action_post()
        self.assertEqual(self.left(self.desk), (5.0, 450.0, 544.5))
        self.assertEqual(self.left(self.lamp), (2.0, 72.0, 76.32))
        self.assertEqual(self.dialog(self.sale).amount_left, 620.82)

    def test_a_hand_made_credit_that_names_the_invoice_counts(self):
        self.customer_document(
            [self.line(-50.0, tax=self.tax_21, name="Desk")],
            reversed_entry_id=self.sale.id,
            post=True,
        )
        self.assertEqual(self.left(self.desk), (5.0, 450.0, 544.5))

    def test_more_credited_than_was_sold_leaves_nothing(self):
        """Core lets a credit note exceed its invoice; nothing less than nothing is left."""
        credit_note = self.core_reversal(self.sale, "2023-07-15", post=False)
        credit_note.invoice_line_ids[0].quantity = 50.0
        credit_note.action_post()
        self.assertEqual(self.left(self.desk), (0.0, 0.0, 0.0))
        with self.assertRaisesRegex(UserError, "already fully credited"):
            self.dialog(self.sale)

    # === Early payment ===

    def test_an_early_payment_discount_counts(self):
        """Of 121.00 Montboro paid 2 % less. Taking it all back gives back what was paid."""
        for computation, left, tax in (
            ("included", 118.58, 20.58),
            ("excluded", 119.0, 21.0),
            ("mixed", 118.58, 20.58),
        ):
            with self.subTest(computation):
                invoice = self.invoice(
                    self.line(60.0, tax=self.tax_21, name="Desk"),
                    self.line(40.0, tax=self.tax_21, name="Lamp"),
                    invoice_payment_term_id=self.early_payment_term(computation).id,
                )
                self.assertEqual(self.dialog(invoice).amount_left, invoice.amount_total)
                self.pay_early(invoice)
                wizard = self.dialog(invoice)
                adjustment = self.env["account.move"].browse(wizard.action_post()["res_id"])
                self.assertEqual(adjustment.amount_untaxed, -98.0)
                self.assertEqual(adjustment.amount_tax, -tax)
                self.assertEqual(adjustment.credit_remaining, left)
                with self.assertRaisesRegex(UserError, "already fully credited"):
                    self.dialog(invoice)

    def test_taxes_are_the_same_before_an_early_payment_and_after(self):
        """The terms lower the tax on the invoice, whenever it is paid: an adjustment takes back
        the same tax before and after an early payment. Whole, in halves, line by line."""
        term = self.early_payment_term("mixed")
        roads = {
            "whole": [{}],
            "halves": [{"returns": {0: 5.0, 1: 1.5}}, {}],
            "line by line": [{"returns": {1: 3.0}}, {"returns": {0: 10.0}}],
        }
        for rate in (6.0, 7.7, 17.0, 19.6, 21.0, 25.5):
            tax = self.two_sided_tax(f"{rate} %", rate)
            for road, steps in roads.items():
                with self.subTest(rate=rate, road=road):
                    before, after = (
                        self.invoice(
                            self.line(100.0, 10.0, tax=tax),
                            self.line(33.37, 3.0, tax=tax),
                            invoice_payment_term_id=term.id,
                        )
                        for _twin in range(2)
                    )
                    self.pay_early(after)
                    for step in steps:
                        first, second = self.adjust(before, **step), self.adjust(after, **step)
                        self.assertEqual(second.amount_tax, first.amount_tax)
                    left = self.invoice_left(after)
                    self.assertEqual(left, self.invoice_left(before))
                    self.assertEqual(left, 0.0)

    def invoice_left(self, invoice):
        left = invoice._get_left_to_adjust().values()
        return invoice.currency_id.round(sum(part.amounts.total() for part in left))

    # === Drafts that are edited, and two at the same time ===

    def test_an_edited_draft_takes_no_more_than_what_is_left(self):
        self.adjust(self.sale, returns={0: 2.0})
        draft = self.adjust(self.sale, post=False, returns={0: 3.0})
        draft.invoice_line_ids.quantity = -4.0
        with self.assertRaisesRegex(UserError, r"“Desk”.*only.*363\.00.*3"):
            draft.action_post()
        with self.assertRaisesRegex(UserError, "Desk"):
            draft.write({"state": "posted"})
        draft.invoice_line_ids.write({"quantity": -3.0, "price_unit": 100.5})
        with self.assertRaisesRegex(UserError, "Desk"):
            draft.action_post()
        draft.invoice_line_ids.write({"quantity": -2.5, "price_unit": 100.0})
        draft.action_post()
        self.assertEqual(self.left(self.desk), (0.5, 50.0, 60.5))
        self.assertTiesOut()

    def test_lines_added_to_a_draft_count_in_its_total(self):
        draft = self.adjust(self.sale, post=False)
        draft.invoice_line_ids = [self.line(-1.0, name="Something else")]
        with self.assertRaisesRegex(UserError, r"only.*689\.80"):
            draft.action_post()
        # a fee for taking it back is less, not more
        draft.invoice_line_ids.filtered(lambda line: line.name == "Something else").price_unit = 9
        draft.action_post()
        self.assertEqual(draft.amount_total, -680.8)

    def test_two_drafts_at_the_same_time(self):
        """Two clerks opened the dialog at the same time, and each made a draft of everything. The
        first draft can be posted, whichever is tried first."""
        first, second = self.dialog(self.sale), self.dialog(self.sale)
        first = self.env["account.move"].browse(first.action_create_draft()["res_id"])
        with self.assertRaises(UserError):
            second.action_create_draft()
        second = first.copy({"reversed_entry_id": self.sale.id})
        for line, source in zip(second.invoice_line_ids, first.invoice_line_ids, strict=True):
            line.adjusted_line_id = source.adjusted_line_id
        with self.assertRaisesRegex(UserError, "Desk"), self.env.cr.savepoint():
            second.action_post()
        with self.assertRaisesRegex(UserError, "Desk"), self.env.cr.savepoint():
            (first + second).action_post()
        first.action_post()
        with self.assertRaisesRegex(UserError, "Desk"), self.env.cr.savepoint():
            second.action_post()
        self.assertEqual(self.sale.payment_state, "reversed")
        self.assertTiesOut()

    def test_a_draft_of_another_invoice_or_currency_is_refused(self):
        draft = self.adjust(self.sale, post=False, returns={0: 1.0})
        other = self.invoice(self.line(100.0))
        draft.reversed_entry_id = other
        with self.assertRaisesRegex(UserError, "use Adjust"):
            draft.action_post()
        draft.reversed_entry_id = False
        with self.assertRaisesRegex(UserError, "use Adjust"):
            draft.action_post()

    def test_the_invoice_of_a_draft_must_be_posted(self):
        draft = self.adjust(self.sale, post=False, returns={0: 1.0})
        self.sale.button_draft()
        with self.assertRaisesRegex(UserError, "Confirm the invoice first"):
            draft.action_post()
        (self.sale + draft).action_post()
        self.assertEqual(self.sale.amount_residual, 568.8)

    def test_a_free_line_comes_back_for_nothing(self):
        invoice = self.invoice(self.line(100.0, name="Desk"), self.line(0.0, 2.0, name="Gift"))
        adjustment = self.adjust(invoice)
        self.assertEqual(adjustment.invoice_line_ids.mapped("quantity"), [-1.0, -2.0])
        self.assertEqual(self.left(invoice.invoice_line_ids[1]), (0.0, 0.0, 0.0))
