"""Credits of a customer in a branch, another company, another currency or on another account: they
are found, and said."""

from datetime import date

from odoo.exceptions import UserError
from odoo.tests import Form

from .common_customer import CustomerAccountCommon


class TestCreditsElsewhere(CustomerAccountCommon):
    def dialog(self, action, customer=None):
        env = customer.env if customer else self.env
        return env[action["res_model"]].browse(action["res_id"])

    def branch(self):
        """A branch of our company that has sold to the customer, and owes it 140.00."""
        head = self.env.company
        branch = self.env["res.company"].create({"name": "Northside Branch", "parent_id": head.id})
        self.env.user.company_ids += branch
        self.customer.with_company(branch).property_account_receivable_id = self.receivable
        credit = self.env["account.move"].with_company(branch).create(
            {
                "move_type": "out_invoice",
                "partner_id": self.customer.id,
                "invoice_date": "2023-06-01",
                "invoice_line_ids": [self.line(-140.0, account_id=self.revenue.id)],
            }
        )
        credit.action_post()
        self.assertEqual(credit.company_id, branch)
        return branch, credit

    def test_a_credit_of_a_branch_is_refunded_from_the_head_office(self):
        """The tab shows Open Credits 140.00 of the branch, so Refund sends them back there."""
        branch, credit = self.branch()
        customer = self.in_companies(self.env.company, branch)
        self.assertEqual(customer.ar_open_credits, 140.0)
        dialog = self.dialog(customer.action_refund_credit(), customer)
        self.assertRecordValues(
            dialog, [{"company_id": branch.id, "amount": 140.0, "other_credits": ""}]
        )
        action = dialog.action_refund()
        payment = self.env["account.payment"].browse(action["res_id"])
        self.assertEqual((payment.company_id, payment.amount), (branch, 140.0))
        self.assertEqual(credit.credit_remaining, 0.0)
        with self.assertRaisesRegex(UserError, "no open credits to refund"):
            customer.action_refund_credit()

    def test_the_current_company_comes_first(self):
        """30.00 here and 140.00 in the branch: the dialog has the 30.00, and names the others."""
        branch, credit = self.branch()
        own = self.document(-30.0, invoice_date="2023-07-01")
        customer = self.in_companies(self.env.company, branch)
        dialog = self.dialog(customer.action_refund_credit(), customer)
        self.assertEqual(dialog.line_ids.move_id, own)
        self.assertRegex(dialog.other_credits, r"140\.00.*Northside Branch")
        other = self.dialog(dialog.action_show_others(), customer)
        self.assertEqual(other.line_ids.move_id, credit)
        self.assertRegex(other.other_credits, r"30\.00")
        again = self.dialog(other.action_show_others(), customer)
        self.assertEqual(again.line_ids.move_id, own)
        # what is not switched on is not there
        customer = self.in_companies(self.env.company)
        dialog = self.dialog(customer.action_refund_credit(), customer)
        self.assertFalse(dialog.other_credits)

    def test_two_currencies(self):
        """EUR 5.00 of May and 500.00 of ours: the dialog has the 500.00, and says 5.00 €."""
        euro = self.setup_other_currency("EUR")
        small = self.document(-5.0, currency_id=euro.id, invoice_date="2023-05-02")
        credit = self.document(-500.0)
        dialog = self.dialog(self.customer.action_refund_credit())
        self.assertEqual(dialog.line_ids.move_id, credit)
        self.assertRegex(dialog.other_credits, "5[.,]00.*€|€.*5[.,]00")
        self.assertIn("500.00", self.dialog(dialog.action_show_others()).other_credits)
        dialog.action_refund()
        dialog = self.dialog(self.customer.action_refund_credit())
        self.assertEqual(dialog.line_ids.move_id, small)
        self.assertFalse(dialog.other_credits)

    def test_two_receivable_accounts(self):
        account = self.receivable.copy({"name": "Receivable until June"})
        old = self.entry(-40.0, account=account, date_maturity=date(2023, 6, 10))
        credit = self.document(-100.0)
        dialog = self.dialog(self.customer.action_refund_credit())
        self.assertEqual(dialog.line_ids.move_id, credit)
        self.assertIn(account.display_name, dialog.other_credits)
        self.assertEqual(self.dialog(dialog.action_show_others()).line_ids.move_id, old)
        # who chose a document meant that one
        dialog = self.dialog(credit.action_refund_credit())
        self.assertFalse(dialog.other_credits)

    def test_the_screen(self):
        """The hint and its button are there where something else is open."""
        self.document(-500.0)
        self.entry(-40.0, account=self.receivable.copy())
        with Form(self.dialog(self.customer.action_refund_credit())) as form:
            self.assertIn("40.00", form.other_credits)

    def test_apply_in_the_company_that_has_something_to_apply(self):
        """Here only an invoice; 1,000.00 invoiced and 250.00 credited in our other company."""
        company = self.two_companies()
        invoice = self.document(100.0)
        customer = self.in_companies(self.env.company, company)
        dialog = self.dialog(customer.action_apply_credit(), customer)
        self.assertEqual(dialog.company_id, company)
        self.assertEqual(dialog.credit_line_ids.mapped("amount"), [250.0])
        self.assertFalse(dialog.other_companies)
        credit = self.document(-20.0)
        dialog = self.dialog(customer.action_apply_credit(), customer)
        self.assertEqual(dialog.company_id, self.env.company)
        self.assertEqual(dialog.other_companies, company.display_name)
        self.assertEqual(dialog.credit_line_ids.item_id.move_id, credit)
        dialog.action_apply()
        self.assertEqual(invoice.amount_residual, 80.0)

    def test_credits_and_invoices_in_two_companies(self):
        """A credit in one company cannot settle an invoice of the other: a message says so."""
        company = self.two_companies()
        self.document(100.0)
        credits = self.env["account.move"].search(
            [("company_id", "=", company.id), ("amount_total", "<", 0)]
        )
        invoices = self.env["account.move"].search(
            [("company_id", "=", company.id), ("amount_total", ">", 0)]
        )
        invoices.button_draft()
        invoices.button_cancel()
        self.assertEqual(credits.credit_remaining, 250.0)
        customer = self.in_companies(self.env.company, company)
        with self.assertRaisesRegex(UserError, "Open credits of .* are in .*Our Other Company"):
            customer.action_apply_credit()
