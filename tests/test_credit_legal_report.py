"""A credit that a tax office would be told of in the wrong way is refused, with the way out."""

from unittest.mock import patch

from odoo.exceptions import UserError

from .common import CustomerCreditCommon


class TestCreditLegalReport(CustomerCreditCommon):
    def with_report(self, applies, ready=()):
        """Odoo with one more report to a tax office, as a localisation adds it."""
        report = {"label": "Tax Office 1.0", "is_applicable": applies}
        Send = self.env.registry["account.move.send"]
        Move = self.env.registry["account.move"]
        self.enterContext(
            patch.object(Send, "_get_all_extra_edis", lambda _self: {"tax_office": report})
        )
        self.enterContext(
            patch.object(Move, "_get_reports_ready_for_credits", lambda _self: set(ready))
        )

    def test_a_credit_that_would_be_reported(self):
        self.with_report(lambda move: move.state == "posted")
        credit = self.customer_document([self.line(-100.0)])
        with self.assertRaisesRegex(UserError, "Tax Office 1.0.*Make a credit note instead"):
            credit.action_post()
        invoice = self.customer_document([self.line(100.0)], post=True)
        note = self.customer_document([self.line(100.0)], move_type="out_refund", post=True)
        self.assertEqual((invoice + note).mapped("state"), ["posted", "posted"])

    def test_nothing_stays_of_it(self):
        self.with_report(lambda move: move.state == "posted")
        invoice = self.customer_document([self.line(100.0)], post=True)
        credit = self.customer_document([self.line(-100.0)], reversed_entry_id=invoice.id)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            credit.action_post()
        credit.invalidate_recordset()
        self.assertEqual(credit.state, "draft")
        self.assertEqual(invoice.amount_residual, 100.0)

    def test_a_credit_that_is_not_reported(self):
        self.with_report(lambda move: False)
        credit = self.customer_document([self.line(-100.0)], post=True)
        self.assertEqual(credit.state, "posted")

    def test_a_report_that_knows_credits(self):
        self.with_report(lambda move: move.state == "posted", ready=["tax_office"])
        credit = self.customer_document([self.line(-100.0)], post=True)
        self.assertEqual(credit.state, "posted")
