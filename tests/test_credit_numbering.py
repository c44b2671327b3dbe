"""One list, one series; or the journal's credit-note series, which stays one."""

from odoo.exceptions import UserError

from .common import CustomerCreditCommon


class TestCreditNumbering(CustomerCreditCommon):
    def separate_series(self):
        self.env.company.customer_credit_refund_sequence = True
        self.company_data["default_journal_sale"].refund_sequence = True

    def test_credits_in_the_credit_note_series(self):
        self.separate_series()
        documents = self.env["account.move"]
        for move_type, price in (
            ("out_invoice", 1.0),
            ("out_invoice", -1.0),
            ("out_invoice", -1.0),
            ("out_refund", 1.0),
            ("out_invoice", 1.0),
            ("out_invoice", -1.0),
            ("out_refund", 1.0),
        ):
            documents += self.customer_document([self.line(price)], move_type=move_type, post=True)
        self.assertEqual(
            documents.mapped("name"),
            [
                "INV/2023/00001",
                "RINV/2023/00001",
                "RINV/2023/00002",
                "RINV/2023/00003",
                "INV/2023/00002",
                "RINV/2023/00004",
                "RINV/2023/00005",
            ],
        )
        with self.assertRaisesRegex(UserError, "separately"):
            self.env["account.resequence.wizard"].with_context(
                active_model="account.move", active_ids=documents[:2].ids
            ).create({"first_name": "INV/2023/00010"})

    def test_a_number_keeps_its_series_whatever_the_document_turns_into(self):
        self.separate_series()
        invoice = self.customer_document([self.line(100.0)], post=True)
        credit = self.customer_document([self.line(-10.0)], post=True)
        self.assertEqual((invoice + credit).mapped("name"), ["INV/2023/00001", "RINV/2023/00001"])
        (invoice + credit).button_draft()
        for document, price, words in (
            (credit, 10.0, "RINV/2023/00001 has a credit note number"),
            (invoice, -100.0, "^INV/2023/00001 has an invoice number"),
        ):
            document.invoice_line_ids.price_unit = price
            with self.assertRaisesRegex(UserError, words):
                document.action_post()
        invoice.button_cancel()
        credit.button_cancel()
        for move_type, price, name in (
            ("out_invoice", 1.0, "INV/2023/00002"),
            ("out_invoice", -1.0, "RINV/2023/00002"),
            ("out_refund", 1.0, "RINV/2023/00003"),
        ):
            document = self.customer_document([self.line(price)], move_type=move_type, post=True)
            self.assertEqual(document.name, name)
        self.assertFalse(document.copy().number_series)

    def test_the_setting_leaves_the_numbers_before_it_alone(self):
        """Switched on and off in the middle of a year: both series go on where they were."""
        company = self.env.company
        company.customer_credit_refund_sequence = False
        self.company_data["default_journal_sale"].refund_sequence = True

        def numbers():
            return [
                self.customer_document([self.line(price)], move_type=move_type, post=True).name
                for move_type, price in (
                    ("out_invoice", 1.0),
                    ("out_refund", 1.0),
                    ("out_invoice", -1.0),
                )
            ]

        self.assertEqual(numbers(), ["INV/2023/00001", "RINV/2023/00001", "INV/2023/00002"])
        before = self.env["account.move"].search([("name", "=", "INV/2023/00002")])
        company.customer_credit_refund_sequence = True
        self.assertEqual(numbers(), ["INV/2023/00003", "RINV/2023/00002", "RINV/2023/00003"])
        before.button_draft()
        before.action_post()
        self.assertEqual(before.name, "INV/2023/00002", "Its number is from before.")
        company.customer_credit_refund_sequence = False
        self.assertEqual(numbers(), ["INV/2023/00004", "RINV/2023/00004", "INV/2023/00005"])

    def test_a_number_taken_anew_is_of_the_series_of_today(self):
        """Its number cleared after the setting was switched off, a credit goes to the invoices."""
        self.separate_series()
        credit = self.customer_document([self.line(-1.0)], post=True)
        self.assertEqual((credit.name, credit.number_series), ("RINV/2023/00001", "credit_note"))
        self.env.company.customer_credit_refund_sequence = False
        credit.button_draft()
        credit.name = False
        credit.action_post()
        invoice = self.customer_document([self.line(1.0)], post=True)
        self.assertEqual((credit + invoice).mapped("name"), ["INV/2023/00001", "INV/2023/00002"])
        self.assertFalse(credit.number_series)

    def test_credits_of_before_the_setting_are_renumbered(self):
        self.company_data["default_journal_sale"].refund_sequence = True
        self.env.company.customer_credit_refund_sequence = False
        self.customer_document([self.line(1.0)], post=True)
        credit = self.customer_document([self.line(-1.0)], post=True)
        self.separate_series()
        wizard = (
            self.env["account.resequence.wizard"]
            .with_context(active_model="account.move", active_ids=credit.ids)
            .create({"first_name": "RINV/2023/00001"})
        )
        wizard.resequence()
        documents = self.customer_document([self.line(-1.0)], post=True)
        documents += self.customer_document([self.line(1.0)], post=True)
        self.assertEqual(
            (credit + documents).mapped("name"),
            ["RINV/2023/00001", "RINV/2023/00002", "INV/2023/00002"],
        )

    def test_one_series_unless_asked_for(self):
        self.company_data["default_journal_sale"].refund_sequence = True
        first = self.customer_document([self.line(1.0)], post=True)
        credit = self.customer_document([self.line(-1.0)], post=True)
        self.assertEqual((first + credit).mapped("name"), ["INV/2023/00001", "INV/2023/00002"])
