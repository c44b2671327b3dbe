"""The worklist of open credits: how old, whose, and which are on hold."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tools.safe_eval import safe_eval

from .common_issue import IssueCreditCommon


class TestOpenCreditsWorklist(IssueCreditCommon):
    def worklist(self, user=None, *filters):
        """This customer's documents in the worklist, the oldest first, with these filters on."""
        moves = self.env["account.move"].with_user(user or self.env.user)
        action = self.env.ref("account_customer_credit.action_open_credits")
        domain = safe_eval(action.domain) + [("commercial_partner_id", "=", self.customer.id)]
        for name in filters:
            domain += safe_eval(self.filter_domain(name), {"uid": moves.env.uid})
        return moves.search(domain, order="invoice_date, id")

    def filter_domain(self, name):
        view = self.env.ref("account_customer_credit.view_open_credit_search")
        (node,) = view._get_combined_arch().xpath(f"//filter[@name='{name}']")
        return node.get("domain")

    def hold(self, credits, note="Return not yet inspected", user=None):
        wizard = (
            self.env["account.customer.credit.hold"]
            .with_user(user or self.clerk)
            .with_context(tracking_disable=False, mail_notrack=False)
            .create({"move_ids": [Command.set(credits.ids)], "note": note})
        )
        return wizard.action_hold()

    # === The story ===

    def test_what_is_left_to_be_used_the_oldest_first(self):
        """Monday morning: a credit note of January, half used; a credit of March; one of June.
        Invoices, drafts and what is used up are no work."""
        note = self.document(300.0, move_type="out_refund", invoice_date="2023-01-10")
        march = self.document(-100.0, invoice_date="2023-03-01")
        june = self.document(-250.0)
        used = self.document(-80.0)
        invoice = self.document(230.0)
        self.customer_document([self.line(-5.0)])
        self.apply(used, invoice)
        self.assertEqual(invoice.amount_residual, 150.0)
        self.apply(note, invoice)

        self.assertEqual(self.worklist(), note + march + june)
        self.assertRecordValues(
            self.worklist(),
            [
                {
                    "credit_age": 186,
                    "amount_total_in_currency_signed": -300.0,
                    "amount_residual_signed": -150.0,
                    "amount_residual_in_currency_signed": -150.0,
                },
                {
                    "credit_age": 136,
                    "amount_total_in_currency_signed": -100.0,
                    "amount_residual_signed": -100.0,
                    "amount_residual_in_currency_signed": -100.0,
                },
                {
                    "credit_age": 44,
                    "amount_total_in_currency_signed": -250.0,
                    "amount_residual_signed": -250.0,
                    "amount_residual_in_currency_signed": -250.0,
                },
            ],
        )
        # What the list sums is what the customer's record shows as open credits.
        total = sum(self.worklist().mapped("amount_residual_signed"))
        self.assertEqual(self.fresh().ar_open_credits, -total)
        self.assertEqual(self.worklist(None, "older_than_90"), note + march)
        self.assertEqual(self.worklist(None, "older_than_180"), note)
        self.assertTiesOut(self.customer)

    def test_age_is_counted_to_the_day(self):
        ninety = self.document(-1.0, invoice_date="2023-04-16")
        older = self.document(-1.0, invoice_date="2023-04-15")
        self.assertEqual((ninety + older).mapped("credit_age"), [90, 91])
        self.assertEqual(self.worklist(None, "older_than_90"), older)

    def test_age_only_of_what_is_open(self):
        invoice, credit = self.document(50.0), self.document(-50.0)
        draft = self.customer_document([self.line(-5.0)])
        self.apply(invoice, credit)
        self.assertEqual((invoice + credit + draft).mapped("credit_age"), [0, 0, 0])

    def test_foreign_currency(self):
        currency = self.setup_other_currency("EUR", rates=[("2023-01-01", 0.5)])
        credit = self.document(-50.0, currency_id=currency.id)
        self.assertEqual(credit.amount_residual_in_currency_signed, -50.0)
        self.assertEqual(credit.amount_residual_signed, -100.0)
        self.assertEqual(self.worklist(), credit)
        self.assertTiesOut(self.customer)

    # === Owner ===

    def test_who_posts_a_credit_looks_after_it(self):
        credit = self.issued(self.wizard().action_issue())
        self.assertEqual(credit.credit_owner_id, self.issuer)
        self.assertEqual(self.worklist(self.issuer, "mine"), credit)
        self.assertFalse(self.worklist(self.clerk, "mine"))
        note = self.customer_document([self.line(10.0)], move_type="out_refund")
        note.with_user(self.clerk).action_post()
        self.assertEqual(note.credit_owner_id, self.clerk)
        invoice = self.document(10.0)
        self.assertFalse(invoice.credit_owner_id)

    def test_an_owner_who_was_chosen_stays(self):
        credit = self.customer_document([self.line(-10.0)], credit_owner_id=self.clerk.id)
        credit.action_post()
        self.assertEqual(credit.credit_owner_id, self.clerk)

    def test_posted_by_the_clock_it_is_the_salespersons(self):
        credit = self.customer_document([self.line(-10.0)], invoice_user_id=self.clerk.id)
        self.approve(credit, self.issuer)
        credit.with_user(self.env.ref("base.user_root")).action_post()
        self.assertEqual(credit.credit_owner_id, self.clerk)

    def test_handing_over_a_batch(self):
        credits = self.document(-10.0) + self.document(-20.0)
        credits.with_user(self.clerk).action_assign_credits_to_me()
        self.assertEqual(credits.credit_owner_id, self.clerk)
        credits.credit_owner_id = False
        self.assertEqual(self.worklist(None, "without_owner"), credits)

    def test_owner_must_work_in_the_company(self):
        elsewhere = self.setup_other_company(name="Owner Elsewhere")["company"]
        stranger = self.new_user("owner_stranger", "account.group_account_invoice", elsewhere)
        with self.assertRaises(UserError):
            self.document(-10.0).credit_owner_id = stranger

    # === Hold ===

    def test_hold_with_a_reason_and_release(self):
        """Returned goods are not inspected yet: two credits are put on hold, one is released."""
        first, second, third = (self.document(-amount) for amount in (10.0, 20.0, 30.0))
        self.cr.flush()  # the chatter follows what happens after the documents were made
        self.hold(first + second)
        self.assertEqual(self.worklist(None, "on_hold"), first + second)
        self.assertEqual(self.worklist(None, "not_on_hold"), third)
        self.assertEqual(first.credit_hold_note, "Return not yet inspected")
        self.cr.flush()
        changes = first.message_ids.sudo().tracking_value_ids
        self.assertIn("Return not yet inspected", changes.mapped("new_value_char"))
        self.assertEqual(first.message_ids[0].author_id, self.clerk.partner_id)

        (first + third).with_user(self.clerk).action_release_credits()
        self.assertFalse(first.credit_on_hold)
        self.assertFalse(first.credit_hold_note)
        self.assertEqual(self.worklist(None, "on_hold"), second)

    def test_on_hold_it_can_still_be_applied_by_hand(self):
        credit, invoice = self.document(-50.0), self.document(50.0)
        self.hold(credit)
        self.apply(credit, invoice)
        self.assertEqual(invoice.payment_state, "paid")
        self.assertTiesOut(self.customer)

    def test_hold_needs_a_note(self):
        for note in (False, "", "  "):
            with self.assertRaisesRegex(UserError, "Enter a reason"):
                self.hold(self.document(-10.0), note)

    def test_only_open_credits_are_held_released_and_assigned(self):
        invoice, used, counterpart = self.document(70.0), self.document(-50.0), self.document(50.0)
        self.apply(used, counterpart)
        draft = self.customer_document([self.line(-5.0)])
        for move in (invoice, used, draft):
            credits = self.document(-10.0) + move
            for refused in (
                lambda credits=credits: self.hold(credits),
                credits.action_release_credits,
                credits.action_assign_credits_to_me,
            ):
                with self.assertRaisesRegex(UserError, "an open credit"), self.env.cr.savepoint():
                    refused()
            self.assertFalse(any(credits.mapped("credit_on_hold")))
        with self.assertRaises(UserError):
            self.hold(self.env["account.move"])
        with self.assertRaisesRegex(ValidationError, "cannot be put on hold"):
            invoice.credit_on_hold = True

    def test_a_copy_has_no_owner_and_no_hold(self):
        credit = self.document(-10.0)
        self.hold(credit)
        self.assertRecordValues(
            credit.copy(),
            [{"credit_on_hold": False, "credit_hold_note": False, "credit_owner_id": False}],
        )

    # === Rights ===

    def test_who_sees_the_worklist_and_who_works_on_it(self):
        credit = self.document(-10.0)
        self.assertEqual(self.worklist(self.auditor), credit)
        self.assertEqual(self.worklist(self.clerk), credit)
        with self.assertRaises(AccessError):
            self.worklist(self.salesperson)
        with self.assertRaises(AccessError):
            self.worklist(self.portal, "on_hold")
        for user in (self.auditor, self.salesperson, self.portal):
            with self.subTest(user=user.login):
                with self.assertRaises(AccessError), self.env.cr.savepoint():
                    self.hold(credit, user=user)
                with self.assertRaises(AccessError), self.env.cr.savepoint():
                    credit.with_user(user).action_assign_credits_to_me()
                with self.assertRaises(AccessError), self.env.cr.savepoint():
                    credit.with_user(user).write({"credit_on_hold": True})

    def test_menu_is_for_accounting(self):
        menu = self.env.ref("account_customer_credit.menu_open_credits")
        visible = self.env["ir.ui.menu"]
        for user, sees in ((self.clerk, True), (self.auditor, True), (self.salesperson, False)):
            ids = visible.with_user(user)._visible_menu_ids()
            self.assertEqual(menu.id in ids, sees, user.login)
