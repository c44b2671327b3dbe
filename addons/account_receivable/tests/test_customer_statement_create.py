"""The dialog that makes statements: for whom, of what, and what it refuses."""

from odoo.exceptions import UserError
from odoo.tests import Form

from .common_statement import StatementSendingCommon


class TestCustomerStatementCreate(StatementSendingCommon):
    def test_an_invoice_and_a_credit_that_wait_for_each_other_are_open_items(self):
        """100.00 and -100.00 come to nothing, and both are on the statement."""
        self.document(100.0)
        self.document(-100.0)
        dialog = self.dialog(selection="all")
        self.assertIn(self.customer, dialog._get_customers())
        choices = dict(dialog._fields["selection"]._description_selection(self.env))
        self.assertEqual(choices["all"], "All customers with open items")

    def test_everybody_with_open_items(self):
        customers = self.many_customers(2)
        self.document(50.0, partner_id=self.contact.id)
        self.apply(
            self.document(70.0, partner_id=self.stranger.id),
            self.document(-70.0, partner_id=self.stranger.id),
        )
        dialog = self.dialog(selection="all")
        self.assertEqual(
            dialog._get_customers() & (customers + self.customer + self.stranger),
            customers + self.customer,
        )
        self.assertEqual(dialog.customer_count, len(dialog._get_customers()))
        dialog.date = "2023-05-31"
        self.assertFalse(dialog._get_customers() & (customers + self.customer))

    def test_a_contact_and_its_company_are_one_customer(self):
        dialog = self.dialog(self.contact + self.customer)
        self.assertEqual(dialog.partner_ids, self.customer)
        self.assertEqual(dialog.customer_count, 1)
        statement = self.model.sudo().create({"partner_id": self.contact.id})
        self.assertEqual(statement.partner_id, self.customer)

    def test_an_archived_customer_still_owes(self):
        self.document(50.0, partner_id=self.stranger.id)
        self.stranger.active = False
        self.assertIn(self.stranger, self.dialog(selection="all")._get_customers())

    def test_an_archived_customer_is_chosen_and_printed(self):
        """The letter for somebody who left goes on paper; a mail is skipped, and says why."""
        self.document(50.0, partner_id=self.stranger.id)
        self.stranger.write({"active": False, "email": "left@example.com"})
        dialog = self.dialog(self.stranger)
        self.assertEqual((dialog.selection, dialog.customer_count), ("chosen", 1))
        self.assertEqual(dialog.partner_ids, self.stranger)
        self.env.invalidate_all()
        report = dialog.action_print()
        statement = self.model.browse(report["context"]["active_ids"])
        self.assertEqual((statement.partner_id, statement.state), (self.stranger, "printed"))
        self.assertIn("50.00", statement.amount_due)
        skipped = self.sent_from(self.stranger)
        self.assertEqual(skipped.state, "skipped")
        self.assertIn("is archived", skipped.message)

    def test_one_of_several_is_archived(self):
        """Each selected customer gets a statement, or a note that no mail was sent."""
        customers = self.many_customers(3)
        customers[1].active = False
        batch = self.sent_from(customers)
        self.assertEqual(batch.statement_ids.partner_id, customers)
        self.assertRecordValues(batch, [{"sent_count": 2, "skipped_count": 1}])

    def test_what_is_deleted_or_no_customer_selects_nobody(self):
        model = self.env["account.customer.statement.create"].with_user(self.clerk)
        for active_model, *selections in (
            ("res.partner", 2**30, [2**30], [], None),
            ("res.company", "nonsense", {"a": 1}, [7]),
            ("no.model", [7]),
            (42, [7]),
        ):
            for active_ids in selections:
                context = {"active_model": active_model, "active_ids": active_ids}
                dialog = model.with_context(**context).create({})
                self.assertRecordValues(dialog, [{"selection": "all", "partner_ids": []}])

    def test_what_the_dialog_proposes(self):
        dialog = Form(self.env["account.customer.statement.create"].with_user(self.clerk))
        self.assertEqual((dialog.selection, dialog.kind), ("all", "open_item"))
        dialog.kind = "activity"
        self.assertEqual(str(dialog.date_from), "2023-07-01")
        dialog.date = "2023-06-20"
        self.assertEqual(str(dialog.date_from), "2023-06-01")

    def test_refusals_say_the_way_out(self):
        nobody = self.dialog(selection="chosen")
        early = self.dialog(selection="all", date="1990-01-01")
        future = self.dialog(self.customer, date="2023-07-16")
        backwards = self.dialog(
            self.customer, kind="activity", date="2023-06-01", date_from="2023-06-02"
        )
        endless = self.dialog(self.customer, kind="activity")
        endless.date_from = False
        for dialog, words in (
            (nobody, "Select at least one customer"),
            (early, "has open items as of 01/01/1990"),
            (future, "is in the future"),
            (backwards, "after the as-of date"),
            (endless, "Enter the From date"),
        ):
            for button in ("action_send", "action_print"):
                with self.subTest(words), self.assertRaisesRegex(UserError, words):
                    getattr(dialog, button)()
        self.assertFalse(self.model.search([("partner_id", "=", self.customer.id)]))

    def test_bad_dates_are_refused_without_the_dialog_too(self):
        for values in ({"date": "2023-07-16"}, {"kind": "activity"}):
            with self.assertRaises(UserError):
                self.model.sudo().create({"partner_id": self.customer.id, **values})
            with self.assertRaises(UserError):
                self.batches.sudo().create(values)
