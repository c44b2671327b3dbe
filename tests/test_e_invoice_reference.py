"""What an e-invoice says of a credit that core's credit note leaves out: why, and for what."""

from lxml import etree

from odoo.exceptions import ValidationError

from .common_adjustment import AdjustmentCommon
from .common_e_invoice import EInvoiceCommon


class TestEInvoiceReference(EInvoiceCommon, AdjustmentCommon):
    def test_reason_and_description_are_the_note(self):
        reason = self.env["account.customer.credit.reason"].create({"name": "Damaged goods"})
        credit = self.customer_document(
            [self.line(-250.0, tax=self.tax_21)],
            post=True,
            credit_reason_id=reason.id,
            description="Two chairs of order 17",
            narration="<p>Thank you</p>",
        )
        note = "Damaged goods\nTwo chairs of order 17\nThank you"
        for name, builder in self.get_builders().items():
            with self.subTest(format=name):
                text, _errors = self.export(builder, credit)
                self.assertIn(note, text)

    def test_the_credited_invoice_is_named(self):
        invoice = self.customer_document([self.line(250.0, tax=self.tax_21)], post=True)
        credit = self.customer_document(
            [self.line(-250.0, tax=self.tax_21)],
            post=True,
            reversed_entry_id=invoice.id,
            invoice_date="2023-07-01",
        )
        for name, builder in self.get_builders().items():
            with self.subTest(format=name):
                root = etree.fromstring(builder._export_invoice(credit)[0])
                named = root.xpath(
                    "//*[local-name()='BillingReference' or "
                    "local-name()='InvoiceReferencedDocument']"
                )
                self.assertEqual(len(named), 1)
                texts = [text.strip() for text in named[0].itertext() if text.strip()]
                self.assertEqual(
                    [text.replace("-", "") for text in texts],
                    [invoice.name.replace("-", ""), "20230601"],
                )

    def test_the_credited_period_is_named(self):
        credit = self.customer_document(
            [self.line(-250.0, tax=self.tax_21)],
            post=True,
            credit_period_from="2022-01-01",
            credit_period_to="2022-12-31",
        )
        text, _errors = self.export(self.env["account.edi.xml.ubl_bis3"], credit)
        self.assertIn("<cbc:StartDate>2022-01-01</cbc:StartDate>", text)
        self.assertIn("<cbc:EndDate>2022-12-31</cbc:EndDate>", text)
        root = etree.fromstring(self.env["account.edi.xml.cii"]._export_invoice(credit)[0])
        period = root.xpath("//*[local-name()='BillingSpecifiedPeriod']")
        self.assertEqual(len(period), 1)
        self.assertEqual(
            [text.strip() for text in period[0].itertext() if text.strip()],
            ["20220101", "20221231"],
        )

    def test_a_period_has_two_days(self):
        credit = self.customer_document([self.line(-250.0)])
        refused = [("2022-01-01", False), (False, "2022-01-01"), ("2022-02-01", "2022-01-31")]
        for start, end in refused:
            with self.subTest(start=start, end=end), self.assertRaises(ValidationError):
                credit.write({"credit_period_from": start, "credit_period_to": end})

    def test_an_adjustment_of_all_is_exported_as_cores_reversal(self):
        invoices = [
            self.customer_document(
                [self.line(33.33, quantity=3, tax=self.tax_21), self.line(0.07, tax=self.tax_6)],
                post=True,
            )
            for _index in range(2)
        ]
        credit = self.adjust(invoices[0])
        reversal = self.core_reversal(invoices[1], credit.invoice_date)
        for name, builder in self.get_builders().items():
            with self.subTest(format=name):
                lines, expected = [
                    self.get_amounts(etree.fromstring(builder._export_invoice(move)[0]))
                    for move in (credit, reversal)
                ]
                self.assertEqual(lines, expected)

    def test_a_part_of_a_line_keeps_its_exact_amounts(self):
        """The cents that an adjustment takes are those of the file."""
        invoice = self.customer_document(
            [self.line(33.33, quantity=3, tax=self.tax_21), self.line(0.07, tax=self.tax_6)],
            post=True,
        )
        for adjustment in (
            self.adjust(invoice, amount=10.01),
            self.adjust(invoice, returns={0: 1}),
            self.adjust(invoice),
        ):
            with self.subTest(adjustment=adjustment.amount_total):
                self.assertTrue(adjustment.is_customer_credit)
                root = etree.fromstring(
                    self.env["account.edi.xml.ubl_bis3"]._export_invoice(adjustment)[0]
                )
                amounts = [
                    float(root.findtext(f".//{{*}}LegalMonetaryTotal/{{*}}{name}"))
                    for name in ("TaxExclusiveAmount", "TaxInclusiveAmount", "PayableAmount")
                ]
                self.assertEqual(
                    amounts, [-adjustment.amount_untaxed, -adjustment.amount_total, 0.0]
                )

    def get_amounts(self, root):
        """The amounts, quantities and rates of a file, with the names of their elements."""
        return [
            (etree.QName(element).localname, float(element.text))
            for element in root.iter()
            if isinstance(element.tag, str)
            and etree.QName(element).localname.endswith(("Amount", "Quantity", "Percent"))
        ]
