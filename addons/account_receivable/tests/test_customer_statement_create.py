"""The dialog that makes statements: for whom, of what, and what it refuses."""

from lxml import html

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

    # === Filters ===

    def balances(self):
        """Customers that owe 100.00 (past due), 50.00 (not due), nothing in all, and -30.00."""
        late, early, even, credit = self.partners.create(
            [{"name": name} for name in ("Late", "Early", "Even", "Credit")]
        )
        self.document(100.0, partner_id=late.id)
        self.document(50.0, partner_id=early.id, invoice_date="2023-07-10")
        for amount in (20.0, -20.0):
            self.document(amount, partner_id=even.id)
        self.document(-30.0, partner_id=credit.id)
        return late, early, even, credit

    def test_filters(self):
        late, early, even, credit = self.balances()
        everyone = late + early + even + credit
        for values, expected in (
            ({}, everyone),
            ({"balances": "not_zero"}, late + early + credit),
            ({"balances": "due"}, late + early),
            ({"balances": "credit"}, credit),
            ({"past_due_only": True}, late),
            ({"past_due_only": True, "balances": "credit"}, self.partners),
            ({"minimum": 30.0}, late + early + credit),
            ({"minimum": 30.01}, late + early),
            ({"minimum": 50.0, "balances": "credit"}, self.partners),
            # On 10 June the invoice of 1 June was not due.
            ({"past_due_only": True, "date": "2023-06-10"}, self.partners),
        ):
            with self.subTest(values):
                dialog = self.dialog(selection="all", **values)
                self.assertEqual(dialog._get_customers() & everyone, expected)
                self.assertEqual(dialog.customer_count, len(dialog._get_customers()))
                dialog = self.dialog(everyone, **values)
                self.assertEqual(dialog._get_customers(), expected)

    def test_the_minimum_is_in_company_currency(self):
        euro = self.setup_other_currency("EUR", rates=[("2023-01-01", 0.5)])
        self.document(100.0, currency_id=euro.id)
        self.assertTrue(self.dialog(self.customer, minimum=200.0)._get_customers())
        self.assertFalse(self.dialog(self.customer, minimum=200.01)._get_customers())

    def test_two_currencies_that_cancel_out_are_not_zero(self):
        euro = self.setup_other_currency("EUR", rates=[("2023-01-01", 0.5)])
        self.document(100.0, currency_id=euro.id)
        self.document(-200.0)
        dialog = self.dialog(self.customer, balances="not_zero")
        self.assertEqual(dialog._get_customers(), self.customer)

    def test_selected_customers_without_open_items_have_a_zero_balance(self):
        self.assertEqual(self.dialog(self.stranger)._get_customers(), self.stranger)
        for values in ({"balances": "not_zero"}, {"past_due_only": True}, {"minimum": 1.0}):
            self.assertFalse(self.dialog(self.stranger, **values)._get_customers())

    # === Before anything is sent ===

    def recipients(self, dialog):
        """The text of the list of recipients."""
        text = html.fromstring(str(dialog.recipients)).text_content()
        return " ".join(text.replace("\ufeff", "").split())

    def test_who_gets_it_at_which_address_and_who_does_not(self):
        """Who has no address comes first."""
        self.document(1000.0)
        self.document(-2000.0, partner_id=self.stranger.id)
        dialog = self.dialog(self.customer + self.stranger)
        self.assertEqual(
            self.recipients(dialog),
            "Recipients: 1 by email, 1 without an email address. Print their statements, or enter "
            "an address first. Customer Email to Past Due Balance "
            "Nothing Bought No email address $ 0.00 $ -2,000.00 "
            "Montboro School District billing@montboro.example.com $ 1,000.00 $ 1,000.00",
        )
        self.contact.write({"type": "invoice", "email": "erica@montboro.example.com"})
        dialog = self.dialog(self.customer)
        words = self.recipients(dialog)
        self.assertIn("Recipients: 1 by email.", words)
        self.assertIn("Erica Dawson, erica@montboro.example.com", words)
        self.stranger.active = False
        self.assertIn("Nothing Bought Archived", self.recipients(self.dialog(self.stranger)))
        self.assertFalse(self.dialog(selection="chosen").recipients)
        self.assertFalse(self.model.search([("partner_id", "=", self.customer.id)]))

    def test_the_recipients_are_those_who_get_it(self):
        customers = self.many_customers(3)
        customers[1].email = False
        words = self.recipients(self.dialog(customers))
        batch = self.sent_from(customers)
        for statement in batch.statement_ids:
            is_told = f"{statement.partner_id.name} No email address" in words
            self.assertEqual(statement.state, "skipped" if is_told else "sent")

    def test_a_long_list_is_cut(self):
        customers = self.partners.create([{"name": f"C {number}"} for number in range(103)])
        dialog = self.dialog(customers)
        self.assertEqual(dialog.customer_count, 103)
        self.assertIn("And 3 more.", self.recipients(dialog))

    def test_a_preview_creates_nothing(self):
        customers = self.many_customers(7)
        dialog = self.dialog(customers, kind="activity", date_from="2023-06-01")
        action = dialog.action_preview()
        self.assertEqual(action["url"], f"/account_receivable/statements/{dialog.id}.pdf")
        previews = dialog._get_previews()
        self.assertEqual(previews.partner_id, customers[:5])
        self.assertEqual({*previews.mapped("kind")}, {"activity"})
        self.assertIn("100.00", previews[0].amount_due)
        self.assertFalse(self.model.search([("partner_id", "in", customers.ids)]))

    # === Refused ===

    def test_refusals_say_the_way_out(self):
        nobody = self.dialog(selection="chosen")
        early = self.dialog(selection="all", date="1990-01-01")
        future = self.dialog(self.customer, date="2023-07-16")
        backwards = self.dialog(
            self.customer, kind="activity", date="2023-06-01", date_from="2023-06-02"
        )
        endless = self.dialog(self.customer, kind="activity")
        endless.date_from = False
        none = self.dialog(self.stranger, balances="due")
        below = self.dialog(self.customer, minimum=-1.0)
        for dialog, words in (
            (nobody, "Select at least one customer"),
            (early, "has open items as of 01/01/1990"),
            (future, "is in the future"),
            (backwards, "after the as-of date"),
            (endless, "Enter the From date"),
            (none, "No customer matches these filters"),
            (below, "Enter a minimum balance of zero or more"),
        ):
            for button in ("action_preview", "action_send", "action_print"):
                with self.subTest(words), self.assertRaisesRegex(UserError, words):
                    getattr(dialog, button)()
        self.assertFalse(self.model.search([("partner_id", "=", self.customer.id)]))

    def test_bad_dates_are_refused_without_the_dialog_too(self):
        for values in ({"date": "2023-07-16"}, {"kind": "activity"}):
            with self.assertRaises(UserError):
                self.model.sudo().create({"partner_id": self.customer.id, **values})
            with self.assertRaises(UserError):
                self.batches.sudo().create(values)
