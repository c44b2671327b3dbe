"""doc/guide.md, story by story: each is played in the browser, on the demo data."""

from .common_guide import GuideCommon

INVOICES = "/odoo/customer-invoices"


class TestGuideTours(GuideCommon):
    def newest(self, customer):
        """The document of this customer that was made last."""
        return self.env["account.move"].search(
            [("commercial_partner_id", "=", self.demo(f"partner_{customer}").id)],
            order="id desc",
            limit=1,
        )

    def test_enter_a_credit_like_an_invoice(self):
        self.play("enter_credit", INVOICES)
        credit = self.newest("montboro")
        self.assertRecordValues(
            credit, [{"is_customer_credit": True, "amount_total": -250.0, "state": "posted"}]
        )
        self.print_picture("credit_memo", "account.report_invoice_with_payments", credit)
