"""Past days, after something was taken back and settled again or came back as something else."""

from datetime import date

from odoo.exceptions import UserError

from .common_customer import ReceivableAccountCommon

JUNE_20, JUNE_28, JUNE_29 = date(2023, 6, 20), date(2023, 6, 28), date(2023, 6, 29)
JULY_1 = date(2023, 7, 1)


class TestApplicationHistory(ReceivableAccountCommon):
    """An invoice of 1 June, 100.00, that a payment of 20 June settled until 1 July."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.register = cls.env["account.receivable.application"]
        cls.other = cls.env["res.partner"].create({"name": "Hill Street Museum"})

    def setUp(self):
        super().setUp()
        self.invoice = self.document(100.0, invoice_payment_term_id=False)
        self.paid = self.payment(100.0, date=JUNE_20)
        self.settle(self.invoice, self.paid, JUNE_20)
        self.unapply(self.invoice, JULY_1)

    def settle(self, document, other, day=None):
        items = self.receivable_items(document, getattr(other, "move_id", other))
        return items._apply_receivables(dict.fromkeys(items, 100.0), day=day)

    def unapply(self, document, day):
        rows = self.register.search([("debit_move_id", "=", document.id)])
        rows.filtered("partial_id")._unapply(day, "Wrong invoice")

    def open_on(self, day, *partners):
        """What is open of each item on that day, by the aging."""
        rows = self.env["account.receivable.aging"].with_context(as_of=day.isoformat())
        domain = [("partner_id", "in", [partner.id for partner in partners or [self.customer]])]
        return {row.move_id: row.amount_residual for row in rows.search(domain)}

    def again(self, document, **values):
        """Reset to draft, corrected, posted once more."""
        document.button_draft()
        document.write(values)
        document.action_post()

    def assertPastTiesOut(self):
        for day in (JUNE_20, JUNE_29, JULY_1):
            for partner in (self.customer, self.other):
                self.assertAgesAsLedger(day, partner)
        self.assertTiesOut()

    # === Settled once more ===

    def test_an_item_is_not_settled_twice_on_one_day(self):
        credit = self.document(-100.0)
        with self.assertRaisesRegex(UserError, f"{self.invoice.name} was applied .* 07/01/2023"):
            self.settle(self.invoice, credit, JUNE_28)
        self.assertEqual(self.left_of(credit), 100.0)
        self.settle(self.invoice, credit, JULY_1)
        self.assertEqual(self.open_on(JUNE_29)[credit], -100.0)
        self.assertNotIn(self.invoice, self.open_on(JUNE_29))
        self.assertPastTiesOut()

    def test_a_payment_dated_back_settles_it_when_it_was_free(self):
        wizard = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=self.invoice.ids
        )
        second = wizard.create({"payment_date": JUNE_28})._create_payments()
        self.assertEqual(self.invoice.amount_residual, 0.0)
        self.assertEqual(
            self.open_on(JUNE_29), {second.move_id: -100.0}, "The first payment settled it then."
        )
        self.assertEqual(self.open_on(JULY_1), {self.paid.move_id: -100.0})
        self.assertPastTiesOut()

    def test_posted_again_as_it_was_it_keeps_its_past(self):
        self.again(self.invoice, ref="PO 77")
        self.assertEqual(self.open_on(JUNE_29), {})
        self.assertPastTiesOut()

    # === Come back as something else ===

    def test_another_customers_invoice_was_never_settled(self):
        self.again(self.invoice, partner_id=self.other.id)
        self.assertEqual(
            self.open_on(JUNE_29, self.customer, self.other),
            {self.invoice: 100.0, self.paid.move_id: -100.0},
        )
        self.assertPastTiesOut()
        statement = self.env["account.move.line"]._get_statement_applications(
            self.other, date(2023, 6, 1), date(2023, 7, 15)
        )
        self.assertEqual(statement, [], "Another customer's payment is not on it.")
        self.again(self.invoice, partner_id=self.customer.id)
        self.assertEqual(self.open_on(JUNE_29), {}, "It is the old one again.")
        self.assertPastTiesOut()

    def test_on_another_account_it_was_never_settled(self):
        account = self.receivable.copy({"code": "121099"})
        self.invoice.button_draft()
        item = self.invoice.line_ids.filtered(lambda line: line.display_type == "payment_term")
        item.account_id = account
        self.invoice.action_post()
        self.assertEqual(
            self.open_on(JUNE_29), {self.invoice: 100.0, self.paid.move_id: -100.0}
        )
        self.assertPastTiesOut()

    def test_of_another_amount_it_was_never_settled(self):
        self.invoice.button_draft()
        self.invoice.invoice_line_ids.price_unit = 60.0
        self.invoice.action_post()
        self.assertEqual(
            self.open_on(JUNE_29), {self.invoice: 60.0, self.paid.move_id: -100.0}
        )
        self.assertPastTiesOut()

    def test_the_register_keeps_what_no_day_counts(self):
        self.again(self.invoice, partner_id=self.other.id)
        rows = self.register.search([("debit_move_id", "=", self.invoice.id)])
        self.assertEqual(len(rows), 2)
        self.assertTrue(all(rows.mapped("is_superseded")))
        with self.assertRaises(UserError):
            rows.is_superseded = False
