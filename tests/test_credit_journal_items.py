"""What a customer credit books, compared with core's credit note."""

from odoo.fields import Command
from odoo.tests import Form

from .common import CustomerCreditCommon


class TestCreditJournalItems(CustomerCreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tax_21 = cls.two_sided_tax("21 %", 21.0)

    def test_reward_without_tax(self):
        credit, _note = self.check_books_as_credit_note([self.line(-250.0)])
        self.assertEqual(credit.amount_residual, -250.0)

    def test_negative_price_with_tax(self):
        self.check_books_as_credit_note([self.line(-100.0, tax=self.tax_21)])

    def test_negative_quantity_with_tax(self):
        self.check_books_as_credit_note([self.line(100.0, quantity=-2, tax=self.tax_21)])

    def test_no_context_from_outside_chooses_the_side(self):
        lines = [self.line(-100.0, tax=self.tax_21)]
        values = {"move_type": "out_invoice", "partner_id": self.customer.id}
        forged = {"customer_credit_tax_side": True, "customer_credit_direction": True}
        credit = (
            self.env["account.move"]
            .with_context(**forged)
            .create({**values, "invoice_date": "2023-06-01", "invoice_line_ids": lines})
        )
        note = self.customer_document(self.mirrored(lines), move_type="out_refund")
        self.assertBooksAsCreditNote(credit, note)

    def test_mixed_signs(self):
        self.check_books_as_credit_note(
            [
                self.line(-300.0, tax=self.tax_21),
                self.line(100.0, tax=self.tax_21),
                self.line(12.0),
                self.line(10.0, quantity=-1),
            ]
        )

    def test_untaxed_lines_outweigh_taxed_ones_only_with_tax(self):
        """+100 at 0 % and -90 at 21 % make -8.90: a credit, though its untaxed sum is +10."""
        self.check_books_as_credit_note([self.line(100.0), self.line(-90.0, tax=self.tax_21)])

    def test_invoice_that_is_below_zero_only_without_tax_stays_an_invoice(self):
        """-100 at 0 % and +90 at 21 % make +8.90: an invoice, booked as one."""
        invoice = self.customer_document(
            [self.line(-100.0), self.line(90.0, tax=self.tax_21)], post=True
        )
        self.assertFalse(invoice.is_customer_credit)
        self.assertEqual(
            invoice.line_ids.tax_tag_ids.sorted("name").mapped("name"),
            ["21 % invoice base", "21 % invoice tax"],
        )

    def test_untaxed_line_flips_a_draft_with_tax_there_and_back(self):
        lines = [self.line(50.0, tax=self.tax_21), self.line(10.0)]
        invoice = self.customer_document(lines)
        as_invoice = self.journal_items(invoice)
        untaxed = invoice.invoice_line_ids[1]

        invoice.write({"invoice_line_ids": [Command.update(untaxed.id, {"price_unit": -200.0})]})
        credit_note = self.customer_document(
            [self.line(-50.0, tax=self.tax_21), self.line(200.0)], move_type="out_refund"
        )
        self.assertTrue(invoice.is_customer_credit)
        self.assertBooksAsCreditNote(invoice, credit_note)

        untaxed.price_unit = 10.0
        self.assertFalse(invoice.is_customer_credit)
        self.assertEqual(self.journal_items(invoice), as_invoice)

    def test_form_flips_a_draft(self):
        invoice = self.customer_document([self.line(50.0, tax=self.tax_21), self.line(10.0)])
        with Form(invoice) as form, form.invoice_line_ids.edit(1) as line:
            line.price_unit = -200.0
        credit_note = self.customer_document(
            [self.line(-50.0, tax=self.tax_21), self.line(200.0)], move_type="out_refund"
        )
        self.assertBooksAsCreditNote(invoice, credit_note)
        with Form(invoice) as form:
            form.invoice_line_ids.remove(1)
        self.assertFalse(invoice.is_customer_credit)
        self.assertEqual(
            invoice.line_ids.tax_repartition_line_id.mapped("document_type"), ["invoice"]
        )

    def test_storno(self):
        self.env.company.account_storno = True
        lines = [self.line(-300.0, tax=self.tax_21), self.line(100.0)]
        self.check_books_as_credit_note(lines)

    def test_storno_there_and_back(self):
        self.env.company.account_storno = True
        invoice = self.customer_document([self.line(50.0, tax=self.tax_21), self.line(10.0)])
        as_invoice = self.journal_items(invoice)
        invoice.invoice_line_ids[1].price_unit = -200.0
        credit_note = self.customer_document(
            [self.line(-50.0, tax=self.tax_21), self.line(200.0)], move_type="out_refund"
        )
        self.assertBooksAsCreditNote(invoice, credit_note)
        invoice.invoice_line_ids[1].price_unit = 10.0
        self.assertEqual(self.journal_items(invoice), as_invoice)

    def test_taxes_of_every_kind(self):
        create_tax = self.env["account.tax"].create
        included = create_tax(
            {"name": "incl.", "amount": 21.0, "price_include_override": "tax_included"}
        )
        on_top = create_tax({"name": "base", "amount": 5.0, "include_base_amount": True})
        fixed = create_tax({"name": "fixed", "amount_type": "fixed", "amount": 1.5})
        division = create_tax({"name": "div", "amount_type": "division", "amount": 10.0})
        group = create_tax(
            {
                "name": "group",
                "amount_type": "group",
                "children_tax_ids": [Command.set((on_top + fixed).ids)],
            }
        )
        for taxes in (
            included,
            on_top + self.tax_21,
            fixed,
            division,
            group,
            included + fixed + on_top,
        ):
            for price, quantity in ((-100.0, 3), (33.33, -3)):
                with self.subTest(taxes=taxes.mapped("name"), price=price, quantity=quantity):
                    self.check_books_as_credit_note(
                        [
                            self.line(price, quantity=quantity, tax=taxes, discount=12.5),
                            self.line(10.0, tax=self.tax_21),
                        ]
                    )

    def test_sections_notes_and_discounts(self):
        self.check_books_as_credit_note(
            [
                Command.create({"display_type": "line_section", "name": "Returned"}),
                self.line(100.0, quantity=-1, tax=self.tax_21, discount=10.0),
                Command.create({"display_type": "line_note", "name": "Damaged in transit"}),
            ]
        )

    def test_cash_basis_tax_is_due_when_the_credit_is_refunded(self):
        self.env.company.tax_exigibility = True
        cash_basis_account = self.company_data["default_account_tax_sale"].copy({"code": "252998"})
        cash_basis_account.reconcile = True
        self.tax_21.write(
            {
                "tax_exigibility": "on_payment",
                "cash_basis_transition_account_id": cash_basis_account.id,
            }
        )
        credit, credit_note = self.check_books_as_credit_note([self.line(-100.0, tax=self.tax_21)])
        for move in credit + credit_note:
            self.env["account.payment.register"].with_context(
                active_model="account.move", active_ids=move.ids
            ).create({"payment_date": "2023-06-10"})._create_payments()
        self.assertBooksAsCreditNote(
            credit.tax_cash_basis_created_move_ids, credit_note.tax_cash_basis_created_move_ids
        )
        self.assertTrue(credit.tax_cash_basis_created_move_ids.line_ids.tax_tag_ids)

    def test_fiscal_position(self):
        tax_6 = self.env["account.tax"].create(
            {"name": "6 %", "amount": 6.0, "original_tax_ids": [Command.set(self.tax_21.ids)]}
        )
        position = self.env["account.fiscal.position"].create({"name": "Abroad"})
        tax_6.fiscal_position_ids = position
        self.product_a.taxes_id = self.tax_21
        line = Command.create({"product_id": self.product_a.id, "price_unit": -100.0})
        credit, _note = self.check_books_as_credit_note([line], fiscal_position_id=position.id)
        self.assertEqual(credit.invoice_line_ids.tax_ids, tax_6)

    def test_discount_allocated_to_its_own_account(self):
        self.env.company.account_discount_expense_allocation_id = self.company_data[
            "default_account_expense"
        ]
        self.check_books_as_credit_note([self.line(-100.0, tax=self.tax_21, discount=10.0)])
