"""What a customer credit books, compared with core's credit note."""

from odoo.fields import Command
from odoo.tests import Form

from .common import CustomerCreditCommon


class TestCreditJournalItems(CustomerCreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tax_21 = cls.env["account.tax"].create({"name": "21 %", "amount": 21.0})
        refund_account = cls.company_data["default_account_tax_sale"].copy({"code": "252999"})
        tags = cls.env["account.account.tag"].create(
            [
                {"name": name, "applicability": "taxes", "country_id": cls.tax_21.country_id.id}
                for name in ("invoice base", "invoice tax", "refund base", "refund tax")
            ]
        )
        for document_type, base_tag, tax_tag in (
            ("invoice", tags[0], tags[1]),
            ("refund", tags[2], tags[3]),
        ):
            repartition = cls.tax_21[f"{document_type}_repartition_line_ids"]
            repartition.filtered(lambda r: r.repartition_type == "base").tag_ids = base_tag
            repartition.filtered(lambda r: r.repartition_type == "tax").write(
                {"tag_ids": [Command.set(tax_tag.ids)], "account_id": refund_account.id}
            )
        cls.tax_21.invoice_repartition_line_ids.filtered(
            lambda r: r.repartition_type == "tax"
        ).account_id = cls.company_data["default_account_tax_sale"]

    def test_reward_without_tax(self):
        credit, _note = self.check_books_as_credit_note([self.line(-250.0)])
        self.assertEqual(credit.amount_residual, -250.0)

    def test_negative_price_with_tax(self):
        self.check_books_as_credit_note([self.line(-100.0, tax=self.tax_21)])

    def test_negative_quantity_with_tax(self):
        self.check_books_as_credit_note([self.line(100.0, quantity=-2, tax=self.tax_21)])

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
            ["invoice base", "invoice tax"],
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

    def test_early_payment_terms(self):
        for computation in ("included", "excluded", "mixed"):
            with self.subTest(computation):
                term = self.env["account.payment.term"].create(
                    {
                        "name": f"2/7 Net 30 {computation}",
                        "early_discount": True,
                        "discount_days": 7,
                        "discount_percentage": 2.0,
                        "early_pay_discount_computation": computation,
                        "line_ids": [Command.create({"value_amount": 100, "nb_days": 30})],
                    }
                )
                credit, _note = self.check_books_as_credit_note(
                    [self.line(-100.0, tax=self.tax_21), self.line(-10.0)],
                    invoice_payment_term_id=term.id,
                )
                self.assertFalse(
                    credit._is_eligible_for_early_payment_discount(credit.currency_id, False)
                )

    def test_mixed_early_payment_in_a_foreign_currency(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "2/7 mixed",
                "early_discount": True,
                "discount_days": 7,
                "discount_percentage": 2.0,
                "early_pay_discount_computation": "mixed",
                "line_ids": [Command.create({"value_amount": 100, "nb_days": 30})],
            }
        )
        currency = self.setup_other_currency("EUR", rates=[("2023-01-01", 0.5)])
        credit, _note = self.check_books_as_credit_note(
            [self.line(-100.0, tax=self.tax_21)],
            invoice_payment_term_id=term.id,
            currency_id=currency.id,
        )
        self.assertTrue(credit.line_ids.filtered(lambda line: line.display_type == "epd"))

    def test_early_payment_discount_decides_the_sign(self):
        """The discount lowers the tax by 0.38: what the lines call -0.10 is an invoice of 0.28."""
        term = self.env["account.payment.term"].create(
            {
                "name": "2/7 mixed",
                "early_discount": True,
                "discount_days": 7,
                "discount_percentage": 2.0,
                "early_pay_discount_computation": "mixed",
                "line_ids": [Command.create({"value_amount": 100, "nb_days": 30})],
            }
        )
        invoice = self.customer_document(
            [self.line(108.80), self.line(-90.0, tax=self.tax_21)],
            invoice_payment_term_id=term.id,
        )
        self.assertEqual(invoice.amount_total, 0.28)
        self.assertFalse(invoice.is_customer_credit)
        self.assertFalse(invoice.is_on_credit_side)
        self.assertEqual(
            set(invoice.line_ids.tax_repartition_line_id.mapped("document_type")), {"invoice"}
        )

    def test_rounding_per_document_decides_the_sign(self):
        """Lines that each round to nothing or a cent; the document as a whole is below zero."""
        self.env.company.tax_calculation_rounding_method = "round_globally"
        lines = [self.line(-0.02, tax=self.tax_21) for _n in range(9)] + [self.line(0.21)]
        credit, _note = self.check_books_as_credit_note(lines)
        self.assertEqual(credit.amount_total, -0.01)

    def test_cash_rounding(self):
        for strategy in ("add_invoice_line", "biggest_tax"):
            for price in (-100.01, -99.98):
                with self.subTest(strategy=strategy, price=price):
                    rounding = self.env["account.cash.rounding"].create(
                        {
                            "name": "0.05",
                            "rounding": 0.05,
                            "strategy": strategy,
                            "profit_account_id": self.company_data["default_account_revenue"].id,
                            "loss_account_id": self.company_data["default_account_expense"].id,
                            "rounding_method": "HALF-UP",
                        }
                    )
                    self.check_books_as_credit_note(
                        [self.line(price, tax=self.tax_21)], invoice_cash_rounding_id=rounding.id
                    )

    def test_cash_rounding_takes_a_small_credit_to_zero(self):
        """The rule: 0.00 is an invoice, so it is no credit; its lines stay booked on the side they
        are on, and nothing of it can be applied."""
        rounding = self.env["account.cash.rounding"].create(
            {
                "name": "0.05",
                "rounding": 0.05,
                "strategy": "add_invoice_line",
                "profit_account_id": self.company_data["default_account_revenue"].id,
                "loss_account_id": self.company_data["default_account_expense"].id,
                "rounding_method": "HALF-UP",
            }
        )
        lines = [self.line(-0.02)]
        nothing = self.customer_document(lines, invoice_cash_rounding_id=rounding.id)
        credit_note = self.customer_document(
            self.mirrored(lines), move_type="out_refund", invoice_cash_rounding_id=rounding.id
        )
        self.assertEqual(nothing.amount_total, 0.0)
        self.assertFalse(nothing.is_customer_credit)
        (nothing + credit_note).action_post()
        self.assertBooksAsCreditNote(nothing, credit_note)
        self.assertEqual(nothing.credit_remaining, 0.0)

    def test_instalments_in_a_foreign_currency(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "30 % now, 70 % in 60 days",
                "line_ids": [
                    Command.create({"value": "percent", "value_amount": 30, "nb_days": 0}),
                    Command.create({"value": "percent", "value_amount": 70, "nb_days": 60}),
                ],
            }
        )
        currency = self.setup_other_currency("EUR", rates=[("2023-01-01", 0.7301)])
        credit, _note = self.check_books_as_credit_note(
            [self.line(-100.33, tax=self.tax_21)],
            invoice_payment_term_id=term.id,
            currency_id=currency.id,
        )
        self.assertEqual(len(credit.line_ids.filtered("date_maturity")), 2)

    def test_taxes_of_every_kind(self):
        create_tax = self.env["account.tax"].create
        included = create_tax(
            {"name": "incl.", "amount": 21.0, "price_include_override": "tax_included"}
        )
        on_top = create_tax({"name": "base", "amount": 5.0, "include_base_amount": True})
        fixed = create_tax({"name": "fixed", "amount_type": "fixed", "amount": 1.5})
        division = create_tax(
            {"name": "div", "amount_type": "division", "amount": 10.0}
        )
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
        credit, credit_note = self.check_books_as_credit_note(
            [self.line(-100.0, tax=self.tax_21)]
        )
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
