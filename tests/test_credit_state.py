"""What a credit was used for, as its ribbon says it; payment_state stays core's."""

from odoo.addons.account_receivable.tests.common_customer import TODAY

from .common_write_off import WriteOffCommon


class TestCreditState(WriteOffCommon):
    def refund(self, credit, amount=None):
        dialog = self.env["account.customer.credit.refund"].browse(
            credit.action_refund_credit()["res_id"]
        )
        if amount:
            dialog.line_ids.amount = amount
        return dialog.action_refund()

    def assertState(self, credit, state):
        self.env.invalidate_all()
        self.assertEqual(credit.credit_state, state)

    def test_from_open_to_used(self):
        credit = self.document(-250.0)
        self.assertState(credit, "open")
        first = self.document(100.0)
        self.apply(first, credit)
        self.assertState(credit, "partly_used")
        self.apply(self.document(150.0), credit)
        self.assertState(credit, "used")
        first.receivable_application_ids.application_id._unapply(TODAY, "The other invoice")
        self.assertState(credit, "partly_used")

    def test_refunded_or_written_off_only_when_all_of_it_was(self):
        credit, other = self.document(-250.0), self.document(-80.0)
        self.refund(credit)
        self.assertState(credit, "refunded")
        self.apply(self.document(50.0), other)
        self.refund(other, 30.0)
        self.assertState(other, "used")
        small = self.document(-3.0)
        self.write_off(small)
        self.assertState(small, "written_off")
        mixed = self.left_of(-250.0, 3.0)
        self.write_off(mixed)
        self.assertState(mixed, "used")

    def test_reversed(self):
        credit = self.document(-250.0)
        reversal = self.env["account.move.reversal"].with_context(
            active_model="account.move", active_ids=credit.ids
        )
        values = {"journal_id": credit.journal_id.id, "reason": "Issued by mistake"}
        reversal.create(values).reverse_moves()
        self.assertState(credit, "open")
        credit.reversal_move_ids.action_post()
        self.assertState(credit, "reversed")

    def test_only_posted_customer_credits_have_one(self):
        draft = self.customer_document([self.line(-250.0)])
        note = self.document(80.0, move_type="out_refund")
        for document in (draft, self.document(100.0), note):
            self.assertState(document, False)
        draft.action_post()
        self.assertState(draft, "open")
        draft.button_draft()
        self.assertState(draft, False)

    def test_the_form_has_one_ribbon(self):
        """The widgets of core and ours: never two at once, and none says Paid on a credit."""
        arch = self.env["account.move"].get_view(view_type="form")["arch"]
        self.assertIn('title="Used"', arch)
        for title in ("Paid", "In Payment", "Partial", "Reversed"):
            with self.subTest(title=title):
                self.assertRegex(arch, rf'title="{title}"[^>]*invisible="[^"]*is_customer_credit')
