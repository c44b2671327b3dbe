"""Another addon asks something before it posts: the dialogs hand that on, and say what waits."""

from unittest.mock import patch

from odoo.fields import Command

from .common_issue import IssueCreditCommon

#: As an addon returns it from a method: without views, which the client needs.
CONFIRMATION = {
    "type": "ir.actions.act_window",
    "name": "Confirm Entries",
    "res_model": "validate.account.move",
    "view_mode": "form",
    "target": "new",
}


class TestPostingAnswer(IssueCreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ashton, cls.berwick = cls.env["res.partner"].create(
            [{"name": "Ashton School District"}, {"name": "Berwick School District"}]
        )

    def asking(self, model, asks=None, answer=CONFIRMATION):
        """``action_post`` of an addon that posts all but what ``asks`` finds."""
        post = type(self.env[model]).action_post

        def action_post(records):
            asked = records.filtered(asks or (lambda record: True))
            post(records - asked)
            return dict(answer) if answer else answer

        return patch.object(type(self.env[model]), "action_post", action_post)

    def assertHandedOn(self, action, *drafts):
        """Who clicked sees the question, and before it what is a draft still."""
        self.assertEqual(action["tag"], "display_notification")
        for name in drafts:
            self.assertIn(name, action["params"]["message"])
        self.assertEqual(action["params"]["next"]["res_model"], "validate.account.move")
        self.assertEqual(action["params"]["next"]["views"], [(False, "form")])

    def issue(self, partners):
        return self.wizard(partner_ids=[Command.set(partners.ids)]).action_issue()

    def credit_of(self, partner):
        return self.env["account.move"].search([("partner_id", "=", partner.id)])

    def test_one_of_a_batch_waits_for_a_confirmation(self):
        with self.asking("account.move", lambda move: move.partner_id == self.berwick):
            action = self.issue(self.ashton + self.berwick)
        self.assertHandedOn(action, "Berwick")
        self.assertNotIn("Ashton", action["params"]["message"])
        self.assertEqual(self.credit_of(self.ashton).state, "posted")
        self.assertEqual(self.credit_of(self.berwick).state, "draft")

    def test_many_drafts_are_named_briefly(self):
        partners = self.partners.create([{"name": f"School {n}"} for n in range(7)])
        with self.asking("account.move"):
            message = self.issue(partners)["params"]["message"]
        self.assertEqual(message.count("School"), 5)
        self.assertIn("...", message)

    def test_an_answer_beside_posting_is_opened_instead_of_the_credit(self):
        with self.asking("account.move", lambda move: move.browse()):
            action = self.issue(self.ashton)
        self.assertEqual(action["res_model"], "validate.account.move")
        self.assertEqual(self.credit_of(self.ashton).state, "posted")

    def test_a_draft_that_stays_without_a_question_is_said_and_opened(self):
        with self.asking("account.move", answer=None):
            action = self.issue(self.ashton)
        self.assertIn("Ashton", action["params"]["message"])
        self.assertEqual(action["params"]["next"]["res_id"], self.credit_of(self.ashton).id)
        self.assertTrue(action["params"]["next"]["views"])

    def test_an_adjustment_waits(self):
        invoice = self.document(100.0)
        wizard = self.env["account.invoice.adjust"].create({"invoice_id": invoice.id})
        with self.asking("account.move"):
            action = wizard.action_post()
        self.assertHandedOn(action, "Montboro")
        self.assertEqual(invoice.reversal_move_ids.state, "draft")
        self.assertEqual(invoice.amount_residual, 100.0)

    def test_a_refund_waits_and_the_credit_stays_open(self):
        credit = self.document(-250.0)
        self.env.user.group_ids += self.env.ref(
            "account_customer_credit.group_customer_credit_refunder"
        )
        dialog = self.env["account.customer.credit.refund"].browse(
            credit.action_refund_credit()["res_id"]
        )
        with self.asking("account.payment"):
            action = dialog.action_refund()
        self.assertHandedOn(action, "Montboro")
        self.assertEqual(credit.credit_remaining, 250.0)
        payment = self.env["account.payment"].search([("partner_id", "=", self.customer.id)])
        self.assertEqual(payment.state, "draft")
        payment.action_post()
        self.assertTiesOut()

    def test_keeping_an_overpayment_never_stops_half_way(self):
        """Its entry is the program's own: nobody is asked about it."""
        payment = self.payment(80.0)
        with self.asking("account.move"):
            payment.action_keep_as_credit()
        self.assertFigures(-80.0, 0.0, 80.0, 0.0)
        self.assertTiesOut()
