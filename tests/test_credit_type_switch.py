"""A draft whose type is switched, and switched back, is what it was."""

from odoo.exceptions import UserError, ValidationError

from .common import CustomerCreditCommon


class TestCreditTypeSwitch(CustomerCreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tax_21 = cls.two_sided_tax("21 %", 21.0)

    def get_content(self, move):
        return (
            move.move_type,
            move.amount_total,
            move.is_customer_credit,
            [(line.quantity, line.price_unit) for line in move.invoice_line_ids],
            self.journal_items(move),
        )

    def test_there_and_back(self):
        for lines in (
            [self.line(-100.0, tax=self.tax_21)],
            [self.line(30.0, quantity=-2, tax=self.tax_21), self.line(5.0)],
        ):
            credit = self.customer_document(lines)
            before = self.get_content(credit)
            credit.action_switch_move_type()
            self.assertEqual(credit.move_type, "out_refund")
            self.assertEqual(credit.amount_total, -before[1])
            self.assertFalse(credit.is_customer_credit)
            self.assertEqual(self.journal_items(credit), before[4], "booked the same")
            credit.action_switch_move_type()
            self.assertEqual(self.get_content(credit), before)

    def test_a_switched_credit_is_posted_as_a_credit_note(self):
        credit = self.customer_document([self.line(-100.0, tax=self.tax_21)])
        credit.action_switch_move_type()
        credit.action_post()
        self.assertEqual((credit.move_type, credit.amount_total), ("out_refund", 121.0))
        with self.assertRaises(ValidationError):
            credit.action_switch_move_type()

    def test_cores_documents_switch_as_core_has_them(self):
        """Whoever chose the wrong type keeps the amounts."""
        for move_type, other in (("out_refund", "out_invoice"), ("out_invoice", "out_refund")):
            move = self.customer_document([self.line(100.0)], move_type=move_type)
            move.action_switch_move_type()
            self.assertEqual((move.move_type, move.amount_total), (other, 100.0))

    def test_where_credits_are_not_used_it_switches_as_in_core(self):
        self.env.company.customer_credit_enabled = False
        draft = self.customer_document([self.line(-100.0, tax=self.tax_21)])
        draft.action_switch_move_type()
        draft.action_switch_move_type()
        self.assertEqual((draft.move_type, draft.amount_total), ("out_invoice", 121.0))

    def test_many_at_once(self):
        credit = self.customer_document([self.line(-100.0)])
        invoice = self.customer_document([self.line(40.0)])
        moves = credit + invoice
        moves.action_switch_move_type()
        self.assertEqual(moves.mapped("amount_total"), [100.0, 40.0])
        moves.action_switch_move_type()
        self.assertEqual(moves.mapped("amount_total"), [-100.0, 40.0])

    def test_deleting(self):
        """A draft credit can be deleted, a posted one cannot: core's rules."""
        draft = self.customer_document([self.line(-100.0)])
        draft.unlink()
        self.assertFalse(draft.exists())
        credit = self.customer_document([self.line(-100.0)], post=True)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            credit.unlink()
        self.assertEqual(credit.state, "posted")
