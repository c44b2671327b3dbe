"""What no story needs and a person clicks all the same: every other button, and what it does."""

from odoo.fields import Command
from odoo.tests import new_test_user

from odoo.addons.account_receivable.tests.common_customer import TODAY
from odoo.addons.account_receivable.tests.common_statement import StatementSendingCommon

from .common_controls import ClickedControls
from .common_customer import CustomerAccountCommon

ACTION = "/odoo/action-account_customer_credit"
RECEIVABLE = "/odoo/action-account_receivable"
LIMITED = "account.group_account_invoice"


class TestControlsTours(CustomerAccountCommon, StatementSendingCommon, ClickedControls):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.user = new_test_user(
            cls.env,
            login="controls",
            groups="account.group_account_manager,base.group_partner_manager,"
            "account_customer_credit.group_customer_credit_issuer,"
            "account_customer_credit.group_customer_credit_write_off",
            company_id=cls.env.company.id,
            company_ids=[Command.set(cls.env.company.ids)],
        )

    def play(self, address, tour, user=None):
        login = (user or self.user).login
        self.start_tour(address, f"account_customer_credit_{tour}", login=login)
        self.env.invalidate_all()

    def at(self, record):
        return f"/odoo/m-{record._name}/{record.id}"

    def kept_of(self, entry):
        """The totals of the credits that stand for what this entry had left."""
        credits = entry.overpayment_credit_ids.filtered("is_customer_credit")
        return credits.mapped("amount_total")

    def small_balances_are_written_off(self):
        bad_debts = self.revenue.copy({"name": "Bad debts"})
        unclaimed = self.revenue.copy({"name": "Unclaimed"})
        self.env.company.write(
            {
                "customer_credit_write_off_limit": 5.0,
                "customer_credit_write_off_invoice_account_id": bad_debts.id,
                "customer_credit_write_off_credit_account_id": unclaimed.id,
            }
        )

    def statement_batch(self, count=2):
        customers = self.many_customers(count)
        customers[-1].write({"name": "Lakeside", "email": False})
        dialog = self.env["account.customer.statement.create"].create(
            {"selection": "chosen", "partner_ids": [Command.set(customers.ids)]}
        )
        return dialog._make()[1]

    # === On the customer's record ===

    def test_figures_open_their_items(self):
        self.document(1000.0)
        self.document(-250.0)
        self.play(f"/odoo/customers/{self.customer.id}", "customer_figures")

    def test_a_draft_from_the_customer(self):
        self.play(f"/odoo/customers/{self.customer.id}", "issue_draft")
        credit = self.env["account.move"].search([("partner_id", "=", self.customer.id)])
        self.assertEqual((credit.state, credit.amount_total), ("draft", -30.0))

    def test_items_on_two_accounts(self):
        self.document(1000.0)
        self.document(-250.0)
        self.customer.property_account_receivable_id = self.receivable.copy(
            {"name": "Other Receivables"}
        )
        self.document(500.0)
        self.document(-100.0)
        self.play(f"/odoo/customers/{self.customer.id}", "two_accounts")

    def test_statements_of_selected_customers(self):
        self.play("/odoo/action-account.res_partner_action_customer", "statements_of_some")

    # === On documents ===

    def test_the_list_of_invoices(self):
        """The older invoice is due later."""
        self.document(900.0, invoice_date="2023-05-01", invoice_date_due="2023-09-01",
                      invoice_payment_term_id=False)
        self.document(800.0)
        self.document(-250.0)
        self.play("/odoo/customer-invoices", "document_list")

    def test_write_off_from_the_list(self):
        self.small_balances_are_written_off()
        self.document(-2.0)
        self.play("/odoo/customer-invoices", "document_write_off")

    def test_hold_and_history_of_a_credit(self):
        invoice, credit = self.document(1000.0), self.document(-250.0)
        items = self.receivable_items(invoice, credit)
        items._apply_receivables(dict.fromkeys(items, 100.0))
        self.play(f"/odoo/customer-invoices/{credit.id}", "hold")
        self.assertFalse(credit.credit_on_hold)
        self.assertEqual(credit.credit_remaining, 150.0)

    def test_an_adjustment_as_a_draft(self):
        invoice = self.document(100.0)
        self.play(f"/odoo/customer-invoices/{invoice.id}", "adjust_draft")
        self.assertEqual(invoice.reversal_move_ids.mapped("state"), ["draft"])

    def new_clerk(self):
        return new_test_user(
            self.env,
            login="controls_clerk",
            groups=LIMITED,
            company_id=self.env.company.id,
            company_ids=[Command.set(self.env.company.ids)],
        )

    def test_a_request_is_declined(self):
        clerk = self.new_clerk()
        credit = self.customer_document([self.line(-250.0)])
        credit.with_user(clerk).action_request_credit_approval()
        self.play(f"/odoo/customer-invoices/{credit.id}", "declined")
        self.assertEqual(credit.state, "draft")
        self.assertEqual(credit.activity_ids.user_id, clerk)

    def test_a_clerk_asks_for_approval(self):
        clerk = self.new_clerk()
        credit = self.customer_document([self.line(-250.0)])
        self.play(f"/odoo/customer-invoices/{credit.id}", "ask_for_approval", user=clerk)
        self.assertTrue(credit._get_credit_approval_activities())

    def test_an_issuer_approves_what_was_on_the_screen(self):
        """Somebody edits the draft while it is on the screen: twice the button says so, and shows
        it; then what it shows is approved."""
        credit = self.customer_document([self.line(-100.0)])
        self.play(f"/odoo/customer-invoices/{credit.id}", "approve_what_is_seen")
        self.assertEqual(credit.credit_approver_id, self.user)
        self.assertEqual((credit.amount_total, credit.title), (-5000.0, "Spring promotion"))

    def test_a_credit_is_reversed_and_entered_again(self):
        credit = self.document(-250.0)
        self.play(f"/odoo/customer-invoices/{credit.id}", "reentered")
        self.assertEqual(credit.reversal_move_ids.amount_total, 250.0)
        self.assertEqual(credit.credit_state, "reversed")

    def test_a_payment_is_kept_as_a_credit(self):
        self.document(1000.0)
        payment = self.payment(80.0)
        self.play(self.at(payment), "payment_kept")
        self.assertEqual(self.kept_of(payment.move_id), [-80.0])
        self.assertTiesOut()

    def test_an_entry_of_the_bank_is_kept_as_a_credit(self):
        entry = self.payment(80.0).move_id
        self.play(self.at(entry), "entry_kept")
        self.assertEqual(self.kept_of(entry), [-80.0])

    def test_the_worklist_of_open_credits(self):
        self.small_balances_are_written_off()
        credit = self.document(-250.0)
        self.document(100.0)
        self.document(-2.0)
        credit.write({"credit_on_hold": True, "credit_hold_note": "Not yet inspected"})
        self.play(f"{ACTION}.action_open_credits", "open_credit_list")
        self.assertEqual(credit.credit_owner_id, self.user)
        self.assertFalse(credit.credit_on_hold)

    # === Reports ===

    def test_every_menu_opens(self):
        self.apply(self.document(1000.0), self.document(-250.0))
        self.play("/odoo/customer-invoices", "menus")

    def test_the_aging_as_a_file(self):
        self.document(1000.0)
        self.play(f"{RECEIVABLE}.action_receivable_aging", "aging_dialog")

    def test_the_buttons_of_the_tie_out(self):
        self.document(750.0)
        self.entry(70.0)
        action = self.env.ref("account_receivable.action_receivable_tie_out")
        action.context = {}
        action.domain = [("partner_id", "=", self.customer.id)]
        self.play(f"{RECEIVABLE}.action_receivable_tie_out", "tie_out_buttons")

    # === Statements ===

    def test_statements_printed_and_sent_from_the_list(self):
        self.document(1000.0)
        self.play(f"{RECEIVABLE}.action_customer_statement", "statement_buttons")
        statement = self.env["account.customer.statement"].search(
            [("partner_id", "=", self.customer.id)]
        )
        self.assertEqual(statement.mapped("state"), ["sent"])

    def test_a_statement_printed_and_sent(self):
        self.document(1000.0)
        statement = self.env["account.customer.statement"].sudo().create(
            {"partner_id": self.customer.id, "date": TODAY}
        )
        self.play(self.at(statement), "statement_form")
        self.assertEqual(statement.state, "sent")

    def test_a_batch_printed_sent_and_tried_again(self):
        batch = self.statement_batch()
        self.play(self.at(batch), "statement_batch")
        self.assertEqual((batch.sent_count, batch.skipped_count), (1, 1))

    def test_a_batch_is_stopped_and_goes_on(self):
        batch = self.statement_batch(8)
        batch.action_send()
        self.play(self.at(batch), "statement_stop")
        self.assertEqual(batch.state, "sending")
