"""doc/guide.md, story by story: each is played in the browser, on the demo data."""

from odoo.fields import Command

from .common_guide import GuideCommon

INVOICES = "/odoo/customer-invoices"
ACTION = "/odoo/action-account_customer_credit"
RECEIVABLE = "/odoo/action-account_receivable"


class TestGuideTours(GuideCommon):
    def invoice(self, name):
        return f"{INVOICES}/{self.demo(name).id}"

    def customer(self, name):
        return f"/odoo/customers/{self.demo(f'partner_{name}').id}"

    def send(self, document):
        wizard = self.env["account.move.send.wizard"].with_context(
            active_model="account.move", active_ids=document.ids
        )
        wizard.create({}).action_send_and_print()

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

    def test_issue_a_credit_from_the_customer(self):
        self.play("issue_credit", self.customer("library"))
        self.assertRecordValues(
            self.newest("library"),
            [{"is_customer_credit": True, "amount_total": -75.0, "state": "posted"}],
        )

    def test_ask_for_approval_and_approve(self):
        self.play("request_approval", self.customer("library"), login="jo")
        credit = self.newest("library")
        self.assertEqual((credit.state, credit.amount_total), ("draft", -400.0))
        self.play("approve_credit", f"{INVOICES}/{credit.id}")
        self.assertEqual(credit.state, "posted")

    def test_adjust_an_invoice(self):
        self.play("adjust_invoice", self.invoice("invoice_60041"))
        adjustment = self.newest("library")
        self.assertEqual(adjustment.amount_total, -340.0)
        self.assertEqual(adjustment.reversed_entry_id, self.demo("invoice_60041"))

    def test_apply_and_unapply(self):
        self.play("apply_credit", self.invoice("invoice_library_credit"))
        credit = self.demo("invoice_library_credit")
        self.assertEqual(credit.receivable_application_ids.mapped("amount"), [100.0, -100.0])

    def test_refund(self):
        self.play("refund_credit", self.invoice("invoice_library_credit"))
        self.assertEqual(self.demo("invoice_library_credit").credit_refunded, 150.0)

    def test_pay_with_a_credit(self):
        self.play("pay_with_credits", self.invoice("invoice_60060"))
        self.assertEqual(self.demo("invoice_library_credit").credit_applied, 150.0)

    def test_keep_an_overpayment(self):
        self.play("overpayment", self.invoice("invoice_60060"))
        self.assertEqual(self.newest("library").credit_remaining, 40.0)

    def test_work_through_the_open_credits(self):
        self.play("open_credits", f"{ACTION}.action_open_credits")
        self.assertTrue(self.demo("invoice_library_credit").credit_on_hold)

    def test_write_off_a_small_balance(self):
        invoice = self.demo("invoice_60048")
        self.assertEqual(invoice.amount_residual, 2.5)
        self.play("write_off", self.invoice("invoice_60048"))
        self.assertEqual(invoice.amount_residual, 0.0)

    def test_the_customers_tab(self):
        self.play("customer_tab", self.customer("montboro"))

    def test_aging(self):
        self.play("aging", f"{RECEIVABLE}.action_receivable_aging")

    def test_tie_out_and_a_difference(self):
        self.play("tie_out", f"{RECEIVABLE}.action_receivable_tie_out")
        library = self.demo("partner_library")
        receivable = library.property_account_receivable_id
        entry = self.env["account.move"].create(
            {
                "move_type": "entry",
                "date": "2023-06-12",
                "line_ids": [
                    Command.create(
                        {"account_id": account.id, "partner_id": library.id, "balance": balance}
                    )
                    for account, balance in (
                        (receivable, 70.0),
                        (self.demo("journal_montboro").default_account_id, -70.0),
                    )
                ],
            }
        )
        entry.action_post()
        self.play("tie_out_difference", f"{RECEIVABLE}.action_receivable_tie_out")

    def test_a_statement_for_one_customer(self):
        self.play("statement", self.customer("library"))
        statement = self.env["account.customer.statement"].sudo().create(
            {
                "partner_id": self.demo("partner_library").id,
                "kind": "activity",
                "date_from": "2023-04-01",
            }
        )
        self.print_picture(
            "statement", "account_receivable.report_customer_statement", statement
        )

    def test_statements_for_everybody(self):
        (self.demo("partner_library") + self.demo("partner_noor")).email = False
        self.play("statement_batch", f"{RECEIVABLE}.action_customer_statement_batch")

    def test_what_the_customer_sees(self):
        self.send(self.demo("invoice_library_credit"))  # before, its print says "Proforma"
        self.play("portal", "/my", login="library")
        self.play("portal_statement", "/my/statement", login="library")

    def test_reverse_a_credit(self):
        self.play("reverse_credit", self.invoice("invoice_library_credit"))
        self.assertEqual(self.newest("library").amount_total, 150.0)

    def test_a_used_credit_is_not_reset_to_draft(self):
        credit, invoice = self.demo("invoice_library_credit"), self.demo("invoice_60041")
        items = (credit + invoice).line_ids.filtered(
            lambda line: line.account_type == "asset_receivable"
        )
        items.reconcile()
        self.play("reset_refused", self.invoice("invoice_library_credit"))
        self.assertEqual(credit.state, "posted")

    def test_settings(self):
        self.play("settings", "/odoo/action-account.action_account_config", login="admin")
