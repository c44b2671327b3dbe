"""The register: every application and unapplication, dated, for good."""

from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user

from ..models.applications.application_details import ApplicationDetails
from .common_customer import ReceivableAccountCommon


class TestApplicationRegister(ReceivableAccountCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.register = cls.env["account.receivable.application"]

    def rows(self, *moves):
        """What the register says of these documents, oldest first."""
        ids = [move.id for move in moves]
        return self.register.search(
            ["|", ("debit_move_id", "in", ids), ("credit_move_id", "in", ids)], order="id"
        )

    def test_a_credit_applied_and_unapplied_leaves_two_rows(self):
        """Applied on 10 July, taken back on 14 July: both days stay."""
        invoice, credit = self.document(1000.0), self.document(-250.0)
        items = self.receivable_items(invoice, credit)
        items._apply_receivables(
            dict.fromkeys(items, 250.0), day=date(2023, 7, 10), reason="Agreed by phone"
        )
        self.assertRecordValues(
            self.rows(invoice),
            [
                {
                    "kind": "application",
                    "date": date(2023, 7, 10),
                    "partner_id": self.customer.id,
                    "company_id": self.env.company.id,
                    "account_id": self.receivable.id,
                    "debit_move_id": invoice.id,
                    "credit_move_id": credit.id,
                    "debit_name": invoice.name,
                    "credit_name": credit.name,
                    "amount": 250.0,
                    "debit_amount_currency": 250.0,
                    "credit_amount_currency": 250.0,
                    "is_exchange": False,
                    "user_id": self.env.uid,
                    "reason": "Agreed by phone",
                }
            ],
        )
        self.assertTiesOut()

        self.rows(invoice)._unapply(date(2023, 7, 14), "Wrong invoice")
        application, unapplication = self.rows(invoice)
        self.assertRecordValues(
            unapplication,
            [
                {
                    "kind": "unapplication",
                    "date": date(2023, 7, 14),
                    "application_id": application.id,
                    "amount": -250.0,
                    "debit_amount_currency": -250.0,
                    "reason": "Wrong invoice",
                }
            ],
        )
        self.assertEqual(application.date, date(2023, 7, 10), "History stands.")
        self.assertEqual(self.left_of(credit), 250.0)
        self.assertTiesOut()
        for document in (invoice, credit):
            message = document.message_ids[0].body
            for words in ("unapplied", "250.00", invoice.name, credit.name, "Wrong invoice"):
                self.assertIn(words, message)

    def test_whatever_way_it_happened(self):
        """Core's list of outstanding items, a payment, a reconciled bank line, a reversal."""
        invoice, credit = self.document(1000.0), self.document(-100.0)
        invoice.js_assign_outstanding_line(self.receivable_items(credit).id)
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({"amount": 300.0, "payment_date": "2023-06-25"})._create_payments()
        bank_line = self.bank_line(200.0, "2023-07-01")
        self.apply(invoice, bank_line.move_id)
        self.assertRecordValues(
            self.rows(invoice),
            [
                # a click of today on documents of June
                {"amount": 100.0, "date": date(2023, 7, 15)},
                # a payment settles its invoice on its own day
                {"amount": 300.0, "date": date(2023, 6, 25)},
                # so does a line of the bank, whenever it is matched
                {"amount": 200.0, "date": date(2023, 7, 1)},
            ],
        )
        self.assertTiesOut()

        other = self.document(80.0)
        other._reverse_moves([{"invoice_date": "2023-06-05", "date": "2023-06-05"}], cancel=True)
        self.assertRecordValues(self.rows(other), [{"amount": 80.0, "date": date(2023, 6, 5)}])
        self.assertTiesOut()

    def test_documents_posted_and_settled_in_one_go(self):
        """Nothing is in the database yet when they are settled; the names are known."""
        documents = self.document(100.0, post=False) + self.document(-100.0, post=False)
        self.env.flush_all()
        documents.action_post()
        self.receivable_items(*documents).reconcile()
        row = self.rows(documents[0])
        self.assertEqual((row.debit_name, row.credit_name), tuple(documents.mapped("name")))

    def test_core_taking_a_reconciliation_back_is_written_down(self):
        invoice, credit = self.document(1000.0), self.document(-250.0)
        self.apply(invoice, credit)
        partial = self.receivable_items(credit).matched_debit_ids
        credit.js_remove_outstanding_partial(partial.id)
        self.assertRecordValues(
            self.rows(credit),
            [
                {"kind": "application", "amount": 250.0, "partial_id": False},
                {"kind": "unapplication", "amount": -250.0, "partial_id": False},
            ],
        )
        self.assertTiesOut()

    def test_exchange_differences_are_marked(self):
        """An invoice of 100 EUR at 0.5, a payment of it at 0.4: the company loses on the rate."""
        currency = self.setup_other_currency(
            "EUR", rates=[("2023-06-01", 0.5), ("2023-06-20", 0.4)]
        )
        invoice = self.document(100.0, currency_id=currency.id)
        payment = self.payment(100.0, currency_id=currency.id)
        self.apply(invoice, payment.move_id)
        application = self.rows(invoice)
        self.assertRecordValues(
            application,
            [{"amount": 200.0, "debit_amount_currency": 100.0, "is_exchange": False}],
        )
        exchange = self.rows(payment.move_id) - application
        self.assertRecordValues(
            exchange,
            [{"amount": 50.0, "credit_amount_currency": 0.0, "is_exchange": True}],
        )
        self.assertTiesOut()
        with self.assertRaisesRegex(UserError, "exchange difference"):
            exchange._unapply(date(2023, 7, 15), "No")
        application._unapply(date(2023, 7, 15), "Bounced")
        self.assertEqual(sum(self.rows(payment.move_id).mapped("amount")), 0.0)
        self.assertTiesOut()

    def test_payables_are_not_in_it(self):
        bill = self.customer_document(
            [self.line(100.0)], move_type="in_invoice", post=True, date="2023-06-01"
        )
        refund = self.customer_document(
            [self.line(100.0)], move_type="in_refund", post=True, date="2023-06-01"
        )
        (bill + refund).line_ids.filtered(
            lambda line: line.account_type == "liability_payable"
        ).reconcile()
        self.assertEqual(bill.payment_state, "reversed")
        self.assertFalse(self.rows(bill))

    def test_nobody_edits_or_deletes(self):
        invoice, credit = self.document(1000.0), self.document(-250.0)
        self.apply(invoice, credit)
        rows = self.rows(invoice)
        for change in (
            lambda: rows.write({"amount": 1.0}),
            lambda: rows.sudo().write({"date": "2023-01-01"}),
            lambda: rows.sudo().unlink(),
        ):
            with self.assertRaisesRegex(UserError, "cannot be changed"):
                change()
        with self.assertRaises(AccessError):
            rows.unlink()
        clerk = new_test_user(self.env, "register_clerk", "account.group_account_invoice")
        self.assertEqual(rows.with_user(clerk).mapped("amount"), [250.0])
        with self.assertRaises(AccessError):
            self.register.with_user(clerk).create(
                {
                    "kind": "application",
                    "date": "2023-06-01",
                    "company_id": self.env.company.id,
                    "account_id": self.receivable.id,
                    "debit_currency_id": self.env.company.currency_id.id,
                    "credit_currency_id": self.env.company.currency_id.id,
                }
            )
        stranger = new_test_user(self.env, "register_stranger", "base.group_user")
        with self.assertRaises(AccessError):
            rows.with_user(stranger).read(["amount"])

    def test_another_companys_applications_are_not_shown(self):
        company = self.two_companies()
        documents = self.env["account.move"].search(
            [("company_id", "=", company.id), ("partner_id", "=", self.customer.id)]
        )
        self.apply(*documents)
        self.assertTrue(self.rows(*documents))
        clerk = new_test_user(self.env, "own_company_clerk", "account.group_account_invoice")
        self.assertFalse(self.register.with_user(clerk).search([("company_id", "=", company.id)]))
        self.assertFalse(
            self.env["account.receivable.application.side"]
            .with_user(clerk)
            .search([("move_id", "in", documents.ids)])
        )

    def test_nothing_is_dated_in_a_locked_period(self):
        """June is locked: an application of a June payment takes effect on 1 July."""
        invoice = self.document(1000.0)
        payment = self.payment(300.0)
        self.env.company.fiscalyear_lock_date = date(2023, 6, 30)
        items = self.receivable_items(invoice, payment.move_id)
        items.with_context(**ApplicationDetails.of_documents(self.env)).reconcile()
        self.assertEqual(self.rows(invoice).date, date(2023, 7, 1))
        self.env.company.fiscalyear_lock_date = date(2023, 7, 5)
        with self.assertRaisesRegex(UserError, "locked period.*07/06/2023"):
            self.rows(invoice)._unapply(date(2023, 7, 3), "Too early")
        self.rows(invoice)._unapply(date(2023, 7, 6), "In time")

    def test_what_takes_effect_later_can_be_taken_back_now(self):
        """An invoice of 1 August is confirmed in July, and takes a credit. That was a mistake."""
        credit, invoice = self.document(-100.0), self.document(100.0, invoice_date="2023-08-01")
        self.apply(credit, invoice)
        row = self.rows(invoice)
        self.assertEqual(row.date, date(2023, 8, 1))
        wizard = self.env["account.receivable.unapply"].browse(row.action_open_unapply()["res_id"])
        wizard.reason = "Meant for another invoice"
        for day in (date(2023, 7, 15), date(2023, 8, 2)):
            with self.assertRaisesRegex(UserError, "to 08/01/2023"):
                row._unapply(day, "Mistake")
        wizard.action_unapply()
        self.assertEqual((self.left_of(credit), invoice.amount_residual), (100.0, 100.0))
        self.assertTiesOut()
        invoice.button_draft()

    def test_who_applied_may_be_deleted(self):
        """A customer who paid in the portal deletes the login, as core allows."""
        user = new_test_user(self.env, "leaves_soon", "account.group_account_invoice")
        credit, invoice = self.document(-100.0), self.document(100.0)
        self.receivable_items(credit, invoice).with_user(user).reconcile()
        row = self.rows(invoice)
        self.assertEqual(row.user_id, user)
        user.unlink()
        self.env.invalidate_all()
        self.assertRecordValues(row, [{"user_id": False, "amount": 100.0}])

    def test_an_existing_database_is_filled_once(self):
        """Applications made before the addon was there get the dates that core reports."""
        invoice, payment = self.document(1000.0), self.payment(300.0)
        self.apply(invoice, payment.move_id)
        self.env.cr.execute(
            "DELETE FROM account_receivable_application WHERE debit_move_id = %s", [invoice.id]
        )
        self.env.invalidate_all()
        self.assertFalse(self.rows(invoice))
        count = self.register.search_count([])
        self.register.init()
        self.register.init()
        self.assertEqual(self.register.search_count([]), count + 1)
        self.assertRecordValues(
            self.rows(invoice),
            [{"kind": "application", "amount": 300.0, "date": date(2023, 6, 20)}],
        )

    def test_a_reconciliation_without_a_date_is_filled_in(self):
        """Of years before Odoo dated them: the later item's date, as core's reports have it."""
        invoice, payment = self.document(1000.0), self.payment(300.0)
        self.apply(invoice, payment.move_id)
        partial = self.rows(invoice).partial_id
        for query in (
            "DELETE FROM account_receivable_application WHERE partial_id = %s",
            "UPDATE account_partial_reconcile SET max_date = NULL WHERE id = %s",
        ):
            self.env.cr.execute(query, [partial.id])
        self.env.invalidate_all()
        self.register.init()
        self.assertEqual(self.rows(invoice).date, date(2023, 6, 20))

    def test_a_client_cannot_backdate_by_its_context(self):
        invoice, credit = self.document(1000.0), self.document(-250.0)
        items = self.receivable_items(invoice, credit)
        items.with_context(receivable_application={"day": "2023-06-02"}).reconcile()
        self.assertEqual(self.rows(invoice).date, date(2023, 7, 15))

    def test_a_deleted_payment_leaves_its_name(self):
        invoice, payment = self.document(1000.0), self.payment(300.0)
        self.apply(invoice, payment.move_id)
        name = payment.name
        self.rows(invoice)._unapply(date(2023, 7, 15), "Bounced")
        payment.action_draft()
        payment.move_id.name = False
        payment.unlink()
        application, unapplication = self.rows(invoice)
        self.assertEqual(application.credit_name, name)
        self.assertFalse(application.credit_move_id)
        self.assertEqual(application.amount + unapplication.amount, 0.0)
