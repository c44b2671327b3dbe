"""Issue Credit for many customers at once: one each, all of them or none."""

from odoo.exceptions import UserError
from odoo.fields import Command

from .common_issue import IssueCreditCommon


class TestIssueCreditMany(IssueCreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.schools = cls.env["res.partner"].create(
            [
                {"name": f"{name} School District", "is_company": True}
                for name in ("Ashton", "Berwick", "Colton")
            ]
        )

    def many(self, partners, **values):
        return self.wizard(partner_ids=[Command.set(partners.ids)], **values)

    def test_the_same_promotion_for_every_school(self):
        """Chosen on the list of customers: three credits of 40.00, each posted, each tied out."""
        dialog = self.dialog(self.schools)
        dialog.amount = 40.0
        self.assertIn("3 credits, ", dialog.notice)
        self.assertIn("120.00", dialog.notice)
        credits = self.issued(dialog.save().action_issue())
        self.assertEqual(credits.partner_id, self.schools)
        self.assertEqual(set(credits.mapped("state")), {"posted"})
        self.assertEqual(credits.mapped("amount_total"), [-40.0] * 3)
        self.assertEqual(len(set(credits.mapped("name"))), 3)
        for school in self.schools:
            self.assertFigures(-40.0, 0.0, 40.0, 0.0, partner=school)
            self.assertTiesOut(school)

    def test_contacts_of_one_company_count_once(self):
        teacher = self.env["res.partner"].create(
            {"name": "Jo March", "parent_id": self.schools[0].id}
        )
        dialog = self.dialog(self.schools + teacher + self.contact)
        dialog.amount = 40.0
        self.assertIn("One credit per company", dialog.notice)
        self.assertIn("Ashton School District", dialog.notice)
        self.assertNotIn("Montboro", dialog.notice)
        self.assertIn("4 credits, ", dialog.notice)
        credits = self.issued(dialog.save().action_issue())
        self.assertEqual(credits.partner_id, self.schools + self.contact)
        self.assertTiesOut(self.schools[0])
        self.assertTiesOut(self.customer)

    def test_all_or_none_and_the_customer_is_named(self):
        """One customer's tax cannot be booked: none gets a credit, and the clerk learns whose."""
        tax = self.two_sided_tax("Reward tax", 5.0)
        berwick = self.schools[1]
        position = self.env["account.fiscal.position"].create({"name": "Turned round"})
        tax.copy(
            {
                "name": "Larger than the credit",
                "amount": -150.0,
                "fiscal_position_ids": [Command.set(position.ids)],
                "original_tax_ids": [Command.set(tax.ids)],
            }
        )
        berwick.property_account_position_id = position
        before = self.env["account.move"].search_count([])
        wizard = self.many(self.schools, tax_ids=[Command.set(tax.ids)])
        with (
            self.assertRaisesRegex(UserError, "No credit was issued.*Berwick School District"),
            self.env.cr.savepoint(),
        ):
            wizard.action_issue()
        self.assertEqual(self.env["account.move"].search_count([]), before)

    def test_refused_when_posting_the_customer_is_named(self):
        """Core posts nothing on an archived account, and one customer's receivable is one."""
        account = self.receivable.copy({"name": "Receivables of schools"})
        self.schools[2].property_account_receivable_id = account
        account.active = False
        with (
            self.assertRaisesRegex(UserError, "No credit was issued.*Colton School District"),
            self.env.cr.savepoint(),
        ):
            self.many(self.schools).action_issue()
        self.assertFalse(self.env["account.move"].search([("partner_id", "in", self.schools.ids)]))

    def test_archived_customer_in_the_selection(self):
        self.schools[1].active = False
        with self.assertRaisesRegex(UserError, "Archived customers: Berwick School District"):
            self.many(self.schools).action_issue()

    def test_above_the_limit_all_stay_drafts(self):
        """Taxes take one of them above the limit: all stay drafts, one asks."""
        self.company.customer_credit_limit = 40.0
        tax = self.two_sided_tax("VAT 21", 21.0)
        position = self.env["account.fiscal.position"].create({"name": "No taxes"})
        tax.copy(
            {
                "name": "Free",
                "amount": 0.0,
                "fiscal_position_ids": [Command.set(position.ids)],
                "original_tax_ids": [Command.set(tax.ids)],
            }
        )
        self.schools[:2].property_account_position_id = position
        wizard = self.many(
            self.schools, user=self.clerk, amount=40.0, tax_ids=[Command.set(tax.ids)]
        )
        self.assertTrue(wizard.needs_approval)
        for total in (40.0, 48.4):
            self.assertIn(self.company.currency_id.format(total), wizard.notice)
        credits = self.issued(wizard.action_request_approval())
        self.assertEqual(set(credits.mapped("state")), {"draft"})
        asked = credits.filtered(lambda credit: credit._get_credit_approval_activities())
        self.assertEqual(asked.partner_id, self.schools[2])

    def test_drafts_for_many(self):
        credits = self.issued(self.many(self.schools).action_create_draft())
        self.assertEqual(set(credits.mapped("state")), {"draft"})
        self.assertEqual(len(credits), 3)
        for school in self.schools:
            self.assertTiesOut(school)

    def test_the_same_customer_alone_and_among_many_gets_the_same(self):
        tax = self.two_sided_tax("VAT 21", 21.0)
        alone = self.issued(
            self.many(self.schools[:1], tax_ids=[Command.set(tax.ids)]).action_issue()
        )
        among = self.issued(
            self.many(self.schools, tax_ids=[Command.set(tax.ids)]).action_issue()
        )[:1]
        self.assertBooksAsCreditNote(alone, among)
