"""A credit is in the ledger as somebody saw and confirmed it, or not at all."""

from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.fields import Command

from .common_adjustment import AdjustmentCommon


class TestChangedTotal(AdjustmentCommon):
    """Another addon gives the customer 9.99 more on every document: an automatic discount."""

    def discounted(self, moves):
        for move in moves.filtered("is_customer_credit"):
            move.write({"invoice_line_ids": [self.line(-9.99, name="Discount")]})

    def discount_on_create(self):
        model = self.env.registry["account.move"]
        original = model.create

        def create(moves, vals_list):
            created = original(moves, vals_list)
            self.discounted(created)
            return created

        return patch.object(model, "create", create)

    def discount_while_posting(self):
        """After core's checks, before the document is in the ledger."""
        model = self.env.registry["account.move.line"]
        original = model._create_analytic_lines

        def create_analytic_lines(lines):
            self.discounted(lines.move_id)
            return original(lines)

        return patch.object(model, "_create_analytic_lines", create_analytic_lines)

    def assertChanged(self):
        return self.assertRaisesRegex(UserError, r"100\.00.*109\.99.*discount")

    def test_an_adjustment_with_a_discount_added_is_not_made(self):
        invoice = self.invoice(self.line(100.0), self.line(50.0))
        wizard = self.dialog(invoice, mode="amount", amount=100.0)
        for button in (wizard.action_create_draft, wizard.action_post):
            with self.discount_on_create(), self.assertChanged(), self.env.cr.savepoint():
                button()
        self.assertFalse(invoice.reversal_move_ids, "Nothing is left behind.")

    def test_an_adjustment_that_changes_when_it_is_posted_stays_a_draft(self):
        invoice = self.invoice(self.line(100.0), self.line(50.0))
        draft = self.adjust(invoice, post=False, amount=100.0)
        with self.discount_while_posting(), self.assertChanged(), self.env.cr.savepoint():
            draft.action_post()
        self.assertRecordValues(draft, [{"state": "draft", "amount_total": -100.0}])

    def test_a_credit_that_changes_when_it_is_posted_stays_a_draft(self):
        draft = self.customer_document([self.line(-100.0)])
        with self.discount_while_posting(), self.assertChanged(), self.env.cr.savepoint():
            draft.action_post()
        self.assertRecordValues(draft, [{"state": "draft", "amount_total": -100.0}])

    def test_an_issued_credit_with_a_discount_added_is_not_made(self):
        wizard = self.env["account.customer.credit.issue"].create(
            {"partner_ids": [Command.set(self.customer.ids)], "amount": 100.0}
        )
        for button in (wizard.action_create_draft, wizard.action_issue):
            with self.discount_on_create(), self.assertChanged(), self.env.cr.savepoint():
                button()
