"""The printed credit memo."""

from datetime import date

from lxml import html

from odoo.fields import Command

from .common import CustomerCreditCommon


class TestCreditMemo(CustomerCreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reward = cls.env.ref("account_customer_credit.product_customer_reward")
        cls.tax = cls.env["account.tax"].create({"name": "21 %", "amount": 21.0})
        cls.term = cls.env["account.payment.term"].create(
            {
                "name": "2/7 Net 30",
                "note": "Pay within 30 days",
                "display_on_invoice": True,
                "early_discount": True,
                "discount_days": 7,
                "discount_percentage": 2.0,
                "line_ids": [
                    Command.create({"value_amount": 100, "nb_days": 30}),
                ],
            }
        )

    def text(self, moves, report="account.report_invoice_with_payments", **data):
        content, _kind = self.env["ir.actions.report"]._render_qweb_html(report, moves.ids, data)
        text = html.fromstring(content).text_content().replace("\ufeff", "")
        return " ".join(text.split())

    def credit(self, lines=None, **values):
        lines = lines or [
            Command.create(
                {
                    "product_id": self.reward.id,
                    "name": "[REW] Customer Reward",
                    "price_unit": -250.0,
                }
            )
        ]
        values = {
            "credit_reason_id": self.env.ref("account_customer_credit.credit_reason_reward").id,
            "description": "Credit memo to extend Spring 2023 promotion.",
            "invoice_payment_term_id": self.term.id,
            **values,
        }
        return self.customer_document(lines, **values)

    def test_memo_of_the_story(self):
        credit = self.credit()
        credit.action_post()
        text = self.text(credit)
        for words in (
            f"Credit Memo {credit.name}",
            "Credit Date",
            "Reward or promotion",
            "Credit memo to extend Spring 2023 promotion.",
            "Customer Reward",
            "-250.00",
            "Credit remaining",
            "No payment is due",
        ):
            self.assertIn(words, text)
        for words in (
            "Invoice Date",
            "Due Date",
            "Payment Communication",
            "Pay within 30 days",
            "due if paid before",
            "Amount Due",
            "Scan this QR",
            "PAY IN A FLASH",
            "REW",  # our product code
        ):
            self.assertNotIn(words, text)

    def test_no_bank_account_to_pay_to_and_no_qr_code(self):
        self.env["res.partner.bank"].create(
            {
                "acc_number": "BE68539007547034",
                "partner_id": self.env.company.partner_id.id,
                "allow_out_payment": True,
            }
        )
        self.env.company.qr_code = True
        credit = self.credit(payment_reference="+++000/0000/00097+++")
        credit.action_post()
        text = self.text(credit)
        self.assertNotIn("BE68", text)
        self.assertNotIn("+++", text)
        invoice = self.customer_document([self.line(250.0)], post=True)
        self.assertIn(invoice.payment_reference, self.text(invoice))

    def test_titles_of_every_state(self):
        credit = self.credit()
        self.assertIn("Draft Credit Memo", self.text(credit))
        self.assertIn("Draft Proforma Credit Memo", self.text(credit, proforma=True))
        self.assertNotIn("Credit remaining", self.text(credit))
        credit.action_post()
        self.assertIn("Proforma Credit Memo", self.text(credit, proforma=True))
        credit.button_cancel()
        self.assertIn("Cancelled Credit Memo", self.text(credit))
        self.assertIn("Cancelled Proforma Credit Memo", self.text(credit, proforma=True))

    def test_mixed_with_invoices_from_the_list(self):
        credit = self.credit()
        invoice = self.customer_document([self.line(100.0)], invoice_payment_term_id=self.term.id)
        (credit + invoice).action_post()
        text = self.text(credit + invoice)
        self.assertIn(f"Credit Memo {credit.name}", text)
        self.assertIn(f"Invoice {invoice.name}", text)
        self.assertEqual(text.count("Due Date"), 1)
        self.assertEqual(text.count("Credit remaining"), 1)

    def test_what_was_applied_and_refunded(self):
        credit = self.credit()
        invoice = self.customer_document([self.line(100.0)], invoice_date="2023-06-09")
        (credit + invoice).action_post()
        items = (credit + invoice)._get_open_receivable_items()
        items._apply_receivables(dict.fromkeys(items, 100.0), day=date(2023, 6, 10))
        text = self.text(credit)
        # One sign throughout: 250.00 less 100.00 is 150.00.
        self.assertRegex(text, rf"Applied to {invoice.name} 06/10/2023 \$.-100\.00")
        self.assertRegex(text, r"Credit remaining \$.-150\.00")
        payment = (
            self.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=credit.ids)
            .create({"payment_date": "2023-06-12"})
            ._create_payments()
        )
        text = self.text(credit)
        self.assertRegex(text, rf"Refunded by {payment.move_id.name} 06/12/2023 \$.-150\.00")
        self.assertRegex(text, r"Credit remaining \$.0\.00")
        self.assertIn("used in full", text)

    def test_positive_amounts_of_what_it_was_used_for(self):
        self.env.company.customer_credit_print_amounts = "positive"
        credit = self.credit()
        invoice = self.customer_document([self.line(100.0)])
        (credit + invoice).action_post()
        self.apply(credit, invoice)
        text = self.text(credit)
        self.assertRegex(text, rf"Applied to {invoice.name} \S+ \$.100\.00")
        self.assertRegex(text, r"Credit remaining \$.150\.00")
        self.assertNotRegex(text, r"-\d")

    def test_the_customers_number_and_contact(self):
        """A credit for a company names the company's contact for invoices."""
        credit = self.credit(ref="PO-77")
        self.assertIn("Customer PO PO-77", self.text(credit))
        self.assertNotIn("Reference", self.text(credit))
        self.assertNotIn("Attention", self.text(credit))
        contact = self.env["res.partner"].create(
            {"name": "Erica Dawson", "parent_id": self.customer.id, "type": "invoice"}
        )
        self.assertIn("Attention Erica Dawson", self.text(credit))
        text = self.text(self.credit(partner_id=contact.id))
        self.assertEqual(text.count("Erica Dawson"), 1)
        self.assertIn("Montboro School District, Erica Dawson", text)

    def test_the_customers_number_of_the_original_invoice(self):
        invoice = self.customer_document([self.line(400.0)], post=True, ref="PO-77")
        credit = self.credit(reversed_entry_id=invoice.id, ref=f"Adjustment of {invoice.name}")
        text = self.text(credit)
        self.assertIn("Customer PO PO-77", text)
        self.assertNotIn("Adjustment of", text)

    def test_product_codes(self):
        """A code that Odoo wrote before the text is not printed; one that a person wrote is."""
        for name, printed in (
            ("[REW] Customer Reward", "Customer Reward"),
            ("[REW]", "[REW]"),
            ("[OLD] Reward, your article [REW]", "[OLD] Reward, your article [REW]"),
        ):
            line = Command.create(
                {"product_id": self.reward.id, "name": name, "price_unit": -1.0}
            )
            credit = self.credit([line])
            with self.subTest(name):
                self.assertEqual(credit.invoice_line_ids._get_credit_memo_text(), printed)
        invoice = self.customer_document(
            [Command.create({"product_id": self.reward.id, "name": "[REW] X", "price_unit": 1.0})]
        )
        self.assertIn("[REW] X", self.text(invoice))

    def test_reason_and_description_once(self):
        credit = self.credit(description=" reward or promotion ")
        self.assertEqual(self.text(credit).lower().count("reward or promotion"), 1)
        credit = self.credit(description="customer reward")
        self.assertEqual(self.text(credit).lower().count("customer reward"), 1)

    def test_an_entry_is_not_named(self):
        credit = self.credit()
        credit.action_post()
        item = credit._get_open_receivable_items()
        entry = self.env["account.move"].create(
            {
                "date": "2023-06-10",
                "line_ids": [
                    Command.create(
                        {
                            "account_id": account.id,
                            "partner_id": self.customer.id,
                            "balance": balance,
                        }
                    )
                    for account, balance in (
                        (item.account_id, 50.0),
                        (self.company_data["default_account_revenue"], -50.0),
                    )
                ],
            }
        )
        entry.action_post()
        self.apply(credit, entry)
        text = self.text(credit)
        self.assertRegex(text, r"Adjustment \S+ \$.-50\.00")
        self.assertNotIn(entry.name, text)

    def test_original_invoice(self):
        invoice = self.customer_document([self.line(400.0)], post=True)
        credit = self.credit(reversed_entry_id=invoice.id)
        self.assertIn(f"Original invoice: {invoice.name}", self.text(credit))

    def test_positive_amounts_by_company_setting(self):
        """Each amount is turned once, of whichever factor was negative, and nothing is stored."""
        self.env.company.customer_credit_print_amounts = "positive"
        credit = self.credit(
            [
                Command.create({"display_type": "line_section", "name": "Returned"}),
                self.line(100.0, quantity=-3, tax=self.tax, name="Books"),
                self.line(-7.0, name="Shipping"),
                self.line(2.0, name="Restocking"),
            ]
        )
        credit.action_post()
        for _print in range(2):  # a second print must not turn them again
            text = self.text(credit)
            for amount in ("300.00", "3.00", "63.00", "7.00", "-2.00", "305.00", "368.00"):
                self.assertRegex(text, rf"(?<![\d,.]){amount}")
            for amount in ("-300.00", "-3.00", "-63.00", "-7.00", "-305.00", "-368.00"):
                self.assertNotIn(amount, text)
        self.assertEqual(credit.amount_total, -368.0)
        self.assertEqual(credit.tax_totals["total_amount_currency"], -368.0)
        self.assertEqual(credit.invoice_line_ids[1].quantity, -3)
        self.env.company.customer_credit_print_amounts = "entered"
        self.assertIn("-368.00", self.text(credit))

    def test_positive_amounts_leave_invoices_alone(self):
        self.env.company.customer_credit_print_amounts = "positive"
        invoice = self.customer_document([self.line(100.0), self.line(-30.0)], post=True)
        text = self.text(invoice)
        self.assertIn("-30.00", text)
        self.assertRegex(text, r"\$.70\.00")

    def test_core_credit_note_prints_as_core_has_it(self):
        note = self.customer_document([self.line(100.0)], move_type="out_refund", post=True)
        text = self.text(note)
        self.assertIn("Credit Note", text)
        self.assertNotIn("Credit Memo", text)
