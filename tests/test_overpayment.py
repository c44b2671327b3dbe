"""Overpayment: what a customer paid too much becomes a credit."""

from datetime import date

from lxml import html

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import new_test_user

from odoo.addons.account_receivable.models.receivable_choices import StatementChoices

from .common_overpayment import OverpaymentCommon


class TestOverpayment(OverpaymentCommon):
    def test_120_paid_for_100(self):
        """The invoice is paid; 20 stand as a credit; the overpayment account is at zero."""
        invoice = self.document(100.0)
        payment, credit = self.overpay(invoice, 120.0, payment_date="2023-07-03")
        account = self.env.company.customer_credit_overpayment_account_id
        self.assertEqual(account.account_type, "liability_current")
        self.assertRecordValues(
            payment.move_id.line_ids.sorted("balance"),
            [
                {"account_id": self.receivable.id, "balance": -100.0},
                {"account_id": account.id, "balance": -20.0},
                {"account_id": payment.outstanding_account_id.id, "balance": 120.0},
            ],
        )
        self.assertRecordValues(
            credit.line_ids.sorted("balance"),
            [
                {"account_id": self.receivable.id, "balance": -20.0, "tax_ids": []},
                {"account_id": account.id, "balance": 20.0, "tax_ids": []},
            ],
        )
        self.assertRecordValues(
            credit,
            [
                {
                    "is_customer_credit": True,
                    "state": "posted",
                    "invoice_date": date(2023, 7, 3),
                    "partner_id": self.customer.id,
                    "credit_remaining": 20.0,
                    "overpayment_move_id": payment.move_id.id,
                    "amount_tax": 0.0,
                }
            ],
        )
        self.assertIn(payment.name, credit.description)
        self.assertEqual(payment.overpayment_credit_count, 1)
        self.assertEqual(payment.action_open_overpayment_credits()["res_id"], credit.id)
        self.assertEqual(credit.credit_reason_id.name, "Overpayment")
        self.assertIn(invoice.payment_state, ("paid", "in_payment"))
        self.assertEqual(self.overpayments(), 0.0)
        self.assertEqual(self.fresh().ar_balance, -20.0)
        self.assertTiesOut()

        # the account is made once
        self.overpay(self.document(10.0), 11.0)
        self.assertEqual(self.env.company.customer_credit_overpayment_account_id, account)
        self.assertEqual(self.overpayments(), 0.0)

    def test_it_is_no_sale(self):
        invoice = self.document(100.0)
        _payment, credit = self.overpay(invoice, 120.0)
        report = self.env["account.invoice.report"]
        self.env.flush_all()
        self.assertTrue(report.search([("move_id", "=", invoice.id)]))
        self.assertFalse(report.search([("move_id", "=", credit.id)]))
        self.assertFalse(credit._need_ubl_cii_xml("ubl_bis3"))

    def test_in_a_foreign_currency(self):
        euro = self.setup_other_currency("EUR", rates=[("2023-01-01", 0.5), ("2023-07-01", 0.3)])
        invoice = self.document(100.0, currency_id=euro.id)
        _payment, credit = self.overpay(invoice, 133.33, payment_date="2023-07-03")
        self.assertRecordValues(
            credit,
            [{"currency_id": euro.id, "credit_remaining": 33.33, "amount_total": -33.33}],
        )
        self.assertEqual(self.overpayments(), 0.0)
        self.assertTiesOut()

    def test_a_billing_user_keeps_what_came_in(self):
        """No promise is made: the limit for credits does not bind."""
        clerk = new_test_user(
            self.env,
            "overpayment_clerk",
            "account.group_account_invoice",
            company_id=self.env.company.id,
            company_ids=[Command.set(self.env.company.ids)],
        )
        invoice = self.document(100.0)
        wizard = (
            self.env["account.payment.register"]
            .with_user(clerk)
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"amount": 120.0, "payment_difference_handling": "credit"})
        )
        payment = wizard._create_payments()
        self.assertEqual(payment.move_id.overpayment_credit_ids.credit_remaining, 20.0)
        self.assertEqual(payment.move_id.overpayment_credit_ids.create_uid, clerk)

    def test_resetting_the_payment_takes_the_credit_with_it(self):
        invoice = self.document(100.0)
        payment, credit = self.overpay(invoice, 120.0)
        payment.action_draft()
        self.assertEqual(credit.state, "cancel")
        self.assertIn(payment.name, credit.message_ids[0].body)
        self.assertEqual(self.overpayments(), 0.0)
        # posted again, it keeps its overpayment again
        payment.action_post()
        again = payment.move_id.overpayment_credit_ids - credit
        self.assertRecordValues(again, [{"state": "posted", "credit_remaining": 20.0}])
        self.assertEqual(self.overpayments(), 0.0)

    def test_cancelling_the_payment_takes_the_credit_with_it(self):
        payment, credit = self.overpay(self.document(100.0), 120.0)
        payment.action_cancel()
        self.assertEqual(credit.state, "cancel")
        self.assertEqual(self.overpayments(), 0.0)
        self.assertEqual(self.fresh().ar_balance, 100.0)
        self.assertTiesOut()

    def test_a_used_credit_keeps_its_payment(self):
        payment, credit = self.overpay(self.document(100.0), 120.0)
        other = self.document(50.0)
        self.apply(other, credit)
        for undo in (payment.action_draft, payment.action_cancel):
            with self.assertRaisesRegex(UserError, f"{other.name}.*Unapply"), self.cr.savepoint():
                undo()
        self.env.invalidate_all()
        self.assertEqual((credit.state, payment.move_id.state), ("posted", "posted"))
        credit.receivable_application_ids.application_id._unapply(date(2023, 7, 15), "Mistake")
        payment.action_draft()
        self.assertEqual(credit.state, "cancel")

    def test_the_credit_does_not_leave_without_its_payment(self):
        payment, credit = self.overpay(self.document(100.0), 120.0)
        with self.assertRaisesRegex(UserError, "was created from"):
            credit.button_draft()
        with self.assertRaisesRegex(UserError, "was created from"):
            credit.button_cancel()
        self.assertEqual(payment.move_id.state, "posted")

    def test_what_is_left_of_a_payment_becomes_a_credit(self):
        """300 came in unasked; 100 were applied; the other 200 become a document."""
        payment = self.payment(300.0)
        self.apply(self.document(100.0), payment.move_id)
        action = payment.action_keep_as_credit()
        credit = self.env["account.move"].browse(action["res_id"])
        self.assertRecordValues(
            credit,
            [
                {
                    "is_customer_credit": True,
                    "credit_remaining": 200.0,
                    "invoice_date": date(2023, 7, 15),
                    "overpayment_move_id": payment.move_id.id,
                }
            ],
        )
        self.assertFalse(payment.move_id._get_open_receivable_items())
        self.assertEqual(self.overpayments(), 0.0)
        self.assertEqual(self.fresh().ar_balance, -200.0)
        self.assertTiesOut()
        with self.assertRaisesRegex(UserError, "money left"):
            payment.action_keep_as_credit()
        payment.action_draft()
        self.assertEqual(credit.state, "cancel")
        self.assertEqual(self.overpayments(), 0.0)

    def test_what_is_left_of_a_bank_line_becomes_a_credit(self):
        euro = self.setup_other_currency("EUR", rates=[("2023-01-01", 0.5)])
        line = self.bank_line(80.0, "2023-07-01")
        credit = self.env["account.move"].browse(line.move_id.action_keep_as_credit()["res_id"])
        self.assertEqual(credit.credit_remaining, 80.0)
        payment = self.payment(33.33, currency_id=euro.id)
        credit = self.env["account.move"].browse(payment.action_keep_as_credit()["res_id"])
        self.assertEqual((credit.credit_remaining, credit.currency_id), (33.33, euro))
        self.assertEqual(self.overpayments(), 0.0)
        self.assertTiesOut()

    def test_the_memo_names_the_customers_payment(self):
        """In the customer's format of dates, and without our entries."""
        self.env["res.lang"]._activate_lang("en_GB")
        self.customer.lang = "en_GB"
        payment = self.payment(70.0, date="2023-06-20")
        line = self.bank_line(80.0, "2023-07-01")
        too_much, overpaid = self.overpay(self.document(100.0), 120.0, payment_date="2023-07-03")
        for money, credit, said in (
            (payment.move_id, None, f"{payment.name} of $ 70.00 on 20/06/2023"),
            (line.move_id, None, f"{line.move_id.name} of $ 80.00 on 01/07/2023"),
            (too_much.move_id, overpaid, f"{too_much.name} of $ 120.00 on 03/07/2023"),
        ):
            if not credit:
                money.action_keep_as_credit()
                credit = money.overpayment_credit_ids.filtered("is_customer_credit")
            content, _kind = self.env["ir.actions.report"]._render_qweb_html(
                "account.report_invoice_with_payments", credit.ids
            )
            text = " ".join(html.fromstring(content).text_content().split())
            text = text.replace("\xa0", " ").replace("\ufeff", "")
            with self.subTest(said):
                self.assertEqual(text.count(f"Overpayment with payment {said}"), 1)
                self.assertNotIn("MISC", text)
                self.assertNotIn("Source", text)

    def test_the_statement_says_that_the_payment_was_kept(self):
        """And not that something was adjusted, nor the number of our entry."""
        payment = self.payment(70.0)
        payment.action_keep_as_credit()
        credit = payment.move_id.overpayment_credit_ids.filtered("is_customer_credit")
        choices = StatementChoices("activity", date(2023, 7, 15), date(2023, 6, 1))
        statement = self.customer._get_customer_statements(choices)[self.customer.id]
        (section,) = statement["sections"]
        self.assertEqual(
            [
                (line["label"], line["number"], line["amount"])
                for line in section["lines"]
                if line["amount"]
            ],
            [
                ("Payment", payment.move_id.name, -70.0),
                ("Payment Kept as Credit", None, 70.0),
                ("Credit Memo", credit.name, -70.0),
            ],
        )
        self.assertNotIn("MISC", " ".join(line["number"] or "" for line in section["lines"]))

    def test_the_credit_stands_where_the_money_stood(self):
        """The customer's receivable account has changed since: a credit on the new one could not
        settle what is open on the old one."""
        old = self.receivable.copy({"name": "Receivable until June"})
        self.customer.property_account_receivable_id = old
        invoice, payment = self.document(100.0), self.payment(50.0)
        self.customer.property_account_receivable_id = self.receivable
        _payment, credit = self.overpay(invoice, 120.0)
        payment.action_keep_as_credit()
        kept = payment.move_id.overpayment_credit_ids.filtered("is_customer_credit")
        self.assertEqual(self.receivable_items(credit, kept).account_id, old)
        self.assertFalse(self.items.search([("account_id", "=", self.receivable.id)]))
        self.assertEqual(self.overpayments(), 0.0)
        self.assertTiesOut()

    def test_in_a_branch(self):
        """The credit is the company's that has the money, whichever comes first in the menu."""
        head = self.env.company
        branch = self.env["res.company"].create({"name": "Branch", "parent_id": head.id})
        self.env.user.company_ids += branch
        self.customer.with_company(branch).property_account_receivable_id = self.receivable
        for company, other in ((head, branch), (branch, head)):
            payments = self.env["account.payment"].with_company(company)
            payment = payments.create({"amount": 50.0, "partner_id": self.customer.id})
            payment.action_post()
            self.assertEqual(payment.move_id.company_id, company)
            switched_on = (other + company).ids
            payment.with_context(allowed_company_ids=switched_on).action_keep_as_credit()
            documents = payment.move_id.overpayment_credit_ids
            self.assertEqual(len(documents), 2)
            self.assertEqual(documents.company_id, company)
