"""A credit with a tax that is withheld on payment, where Odoo's module for them is installed
(`APPS=l10n_account_withholding_tax make test TESTS=tests/test_refund_withholding.py`)."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common_customer import CustomerAccountCommon


@tagged("post_install_l10n", "post_install", "-at_install")
class TestRefundWithholding(CustomerAccountCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if "is_withholding_tax_on_payment" not in cls.env["account.tax"]._fields:
            cls.skipTest(cls, "l10n_account_withholding_tax is not installed.")
        cls.vat = cls.env["account.tax"].create({"name": "21 %", "amount": 21.0})
        cls.withheld = cls.env["account.tax"].create(
            {"name": "Income Tax 10 %", "amount": -10.0, "is_withholding_tax_on_payment": True}
        )
        cls.env.company.withholding_tax_base_account_id = cls.revenue.copy()

    def refunding(self, documents):
        """The refund dialog of these documents."""
        action = documents.action_refund_credit()
        return self.env[action["res_model"]].browse(action["res_id"])

    def taxed(self, amount, **values):
        """A document of this amount with 21 % VAT, of which 10 % is withheld when it is paid."""
        line = self.line(amount, tax=self.vat + self.withheld)
        return self.customer_document([line], post=True, **values)

    def test_the_tax_is_not_sent_back_with_a_credit(self):
        """100.00 and 21.00 VAT, 10.00 of it to be withheld: 111.00 are to be paid, and the dialog
        would pay 121.00. It refuses; for a credit note instead, core pays what is owed."""
        credit = self.taxed(-100.0)
        self.assertEqual(credit.credit_remaining, 121.0)
        before = self.env["account.payment"].search_count([])
        with self.assertRaisesRegex(UserError, f"{credit.name}.*Income Tax 10 %.*credit note"):
            self.refunding(credit).action_refund()
        self.assertEqual(self.env["account.payment"].search_count([]), before)
        self.assertEqual(credit.credit_remaining, 121.0)
        credit._reverse_moves(cancel=True)
        self.assertEqual(credit.credit_remaining, 0.0)
        note = self.taxed(100.0, move_type="out_refund")
        with self.assertRaisesRegex(UserError, f"Use Pay on.*{note.name}"):
            self.refunding(note).action_refund()
        register = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=note.ids
        )
        wizard = register.create({})
        self.assertEqual(wizard.withholding_net_amount, 111.0)

    def test_of_several_the_others_are_refunded(self):
        """Set to zero in the dialog, the credit with the tax stays, and 50.00 go back."""
        credit, other = self.taxed(-100.0), self.document(-50.0)
        dialog = self.refunding(credit + other)
        with self.assertRaisesRegex(UserError, "withholding tax"):
            dialog.action_refund()
        dialog.line_ids.filtered(lambda line: line.move_id == credit).amount = 0.0
        dialog.action_refund()
        self.assertEqual((credit.credit_remaining, other.credit_remaining), (121.0, 0.0))
