"""E-invoices of credits follow the public schemas and the rules of EN 16931."""

from .common_adjustment import AdjustmentCommon
from .common_e_invoice import EInvoiceCommon
from .common_e_invoice_rules import are_there, find_mistakes

#: The formats that are EN 16931; the others have rules of their own, or none.
EUROPEAN = ("account.edi.xml.ubl_bis3", "account.edi.xml.ubl_de", "account.edi.xml.ubl_nl")


class TestEInvoiceRules(EInvoiceCommon, AdjustmentCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.chair = cls.env["product.product"].create({"name": "Chair", "default_code": "CHAIR"})

    def setUp(self):
        super().setUp()
        if not are_there():
            self.skipTest("the Python packages factur-x and saxonche are not installed")

    @classmethod
    def line(cls, price, quantity=1.0, tax=None, **values):
        return super().line(price, quantity, tax, **{"product_id": cls.chair.id, **values})

    def get_credits(self):
        """Credits of every kind, each posted."""
        invoice = self.invoice(
            self.line(33.33, quantity=3, tax=self.tax_21), self.line(0.07, tax=self.tax_6)
        )
        reason = self.env["account.customer.credit.reason"].create({"name": "Bonus"})
        mixed = [
            self.line(-100.0, tax=self.tax_21),
            self.line(12.34, quantity=-3, tax=self.tax_6, discount=10.0),
            self.line(7.5, tax=self.tax_21),
        ]
        partly_used = self.customer_document([self.line(-250.0, tax=self.tax_21)], post=True)
        self.apply(partly_used, self.invoice(self.line(100.0, tax=self.tax_21)))
        return {
            "reward": self.customer_document([self.line(-250.0, tax=self.tax_21)], post=True),
            "mixed": self.customer_document(mixed, post=True),
            "partly used": partly_used,
            "part of an invoice": self.adjust(invoice, amount=10.01),
            "rest of an invoice": self.adjust(invoice),
            "of a period": self.customer_document(
                [self.line(-250.0, tax=self.tax_21)],
                post=True,
                credit_reason_id=reason.id,
                description="Bonus for 2022 & thanks",
                credit_period_from="2022-01-01",
                credit_period_to="2022-12-31",
            ),
        }

    def check(self, kind, builders):
        credits = self.get_credits()
        for name in builders:
            contents = []
            for credit in credits.values():
                content, errors = self.env[name]._export_invoice(credit)
                self.assertFalse(errors)
                contents.append(content)
            mistakes = find_mistakes(kind, contents)
            self.assertEqual(dict(zip(credits, mistakes, strict=True)), dict.fromkeys(credits, []))

    def test_factur_x(self):
        self.check("facturx", ["account.edi.xml.cii"])

    def test_european_ubl(self):
        self.check("ubl", EUROPEAN)

    def test_other_ubl_is_as_wrong_as_core(self):
        """Formats that are no EN 16931: what its rules find is what they find in core's file."""
        credit, credit_note = self.credit_and_credit_note(
            [self.line(-100.0, tax=self.tax_21), self.line(7.5, tax=self.tax_6)]
        )
        for name, builder in self.get_builders().items():
            if name in (*EUROPEAN, "account.edi.xml.cii"):
                continue
            with self.subTest(format=name):
                ours, cores = find_mistakes(
                    "ubl", [builder._export_invoice(move)[0] for move in (credit, credit_note)]
                )
                self.assertEqual(ours, cores)
                self.assertFalse([mistake for mistake in ours if "Element '" in mistake])

    def test_the_rules_find_a_mistake(self):
        """A credit that is exported as it is entered is refused: these tests can fail."""
        credit = self.customer_document([self.line(-250.0, tax=self.tax_21)], post=True)
        content, _errors = self.env["account.edi.xml.ubl_bis3"]._export_invoice(credit)
        wrong = content.replace(b">250.0<", b">-250.0<").replace(b">302.50<", b">302.51<")
        self.assertNotEqual(wrong, content)
        self.assertTrue(find_mistakes("ubl", [wrong])[0])
