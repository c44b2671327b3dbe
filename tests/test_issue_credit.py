"""Issue Credit: from a customer to a posted customer credit in two clicks."""

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form

from .common_issue import WIZARD, IssueCreditCommon


class TestIssueCredit(IssueCreditCommon):
    # === The story ===

    def test_a_reward_for_montboro(self):
        """The clerk opens the dialog on the customer, types 250, chooses the reason, which brings
        the product, and clicks Issue."""
        dialog = self.dialog()
        self.assertFalse(dialog.reason_id, "A reason that nobody chose would be printed.")
        self.assertFalse(dialog.product_id)
        dialog.reason_id = self.reward_reason
        self.assertEqual(dialog.product_id, self.reward)
        dialog.amount = 250.0
        self.assertEqual(dialog.tax_totals["total_amount_currency"], -250.0)
        self.assertFalse(dialog.notice)
        action = dialog.save().action_issue()

        credit = self.issued(action)
        self.assertRecordValues(
            credit,
            [
                {
                    "state": "posted",
                    "move_type": "out_invoice",
                    "is_customer_credit": True,
                    "partner_id": self.customer.id,
                    "amount_total": -250.0,
                    "credit_remaining": 250.0,
                    "credit_reason_id": self.reward_reason.id,
                    "title": "Montboro School District - REW",
                }
            ],
        )
        self.assertRecordValues(
            credit.invoice_line_ids,
            [
                {
                    "product_id": self.reward.id,
                    "quantity": 1.0,
                    "price_unit": -250.0,
                    "account_id": self.reward.property_account_income_id.id,
                    "tax_ids": [],
                }
            ],
        )
        self.assertFigures(-250.0, 0.0, 250.0, 0.0)
        self.assertTiesOut(self.customer)

    def test_it_is_what_the_same_invoice_typed_by_hand_is(self):
        """Issued, a credit has the journal items of core's credit note of that amount."""
        tax = self.two_sided_tax("VAT 21", 21.0)
        credit = self.issued(
            self.wizard(reason_id=self.goodwill.id, tax_ids=[Command.set(tax.ids)]).action_issue()
        )
        note = self.customer_document(
            [self.line(250.0, tax=tax, account_id=credit.invoice_line_ids.account_id.id)],
            move_type="out_refund",
            # as core's own reversal: not the day on which it happens to be entered
            invoice_date_due="2023-06-01",
            post=True,
        )
        self.assertBooksAsCreditNote(credit, note)
        self.assertEqual(credit.amount_total, -302.5)
        self.assertTiesOut(self.customer)

    def test_draft_is_opened_for_a_last_look(self):
        credit = self.issued(self.wizard(description="Spring promotion").action_create_draft())
        self.assertRecordValues(
            credit, [{"state": "draft", "amount_total": -250.0, "description": "Spring promotion"}]
        )
        self.assertTiesOut(self.customer)

    def test_the_company_is_billed_at_its_invoicing_address(self):
        self.contact.type = "invoice"
        dialog = self.dialog()
        self.assertEqual(dialog.billing_partner_ids[:], self.contact)
        dialog.amount = 1.0
        self.assertEqual(self.issued(dialog.save().action_issue()).partner_id, self.contact)

    def test_a_contact_that_was_chosen_is_billed(self):
        credit = self.issued(
            self.wizard(partner_ids=[Command.set(self.contact.ids)]).action_issue()
        )
        self.assertEqual(credit.partner_id, self.contact)
        self.assertEqual(credit.commercial_partner_id, self.customer)
        self.assertTiesOut(self.customer)

    def test_from_the_list_of_invoices(self):
        """The customers of the chosen documents are proposed; of vendor bills, nobody."""
        invoice = self.document(1000.0)
        bill = self.env["account.move"].create(
            {"move_type": "in_invoice", "partner_id": self.stranger.id}
        )
        self.assertEqual(self.dialog(invoice + bill).partner_ids[:], self.customer)
        self.assertFalse(self.dialog(bill).partner_ids[:])
        self.assertFalse(Form(self.env[WIZARD].with_user(self.issuer)).partner_ids[:])

    # === What the reason proposes ===

    def test_reason_proposes_product_account_and_taxes(self):
        tax = self.two_sided_tax("Promotion tax", 10.0)
        account = self.revenue.copy({"name": "Promotions"})
        product = self.env["product.product"].create({"name": "Spring Promotion"})
        reason = self.env["account.customer.credit.reason"].create(
            {"name": "Spring", "product_id": product.id, "tax_ids": [Command.set(tax.ids)]}
        )
        reason.account_id = account
        dialog = self.dialog()
        dialog.reason_id = reason
        self.assertEqual(dialog.product_id, product)
        self.assertEqual(dialog.account_id, account)
        self.assertEqual(dialog.tax_ids[:], tax)
        dialog.reason_id = self.reward_reason
        self.assertEqual(dialog.product_id, self.reward)
        self.assertEqual(dialog.account_id, self.reward.property_account_income_id)
        self.assertFalse(dialog.tax_ids[:])

    def test_each_company_has_the_reasons_account_and_taxes_of_its_own(self):
        other = self.setup_other_company(name="Issue Elsewhere")
        account = self.revenue.copy({"name": "Promotions"})
        taxes = self.company_data["default_tax_sale"] + other["default_tax_sale"]
        reason = self.env["account.customer.credit.reason"].create(
            {"name": "Spring", "tax_ids": [Command.set(taxes.ids)], "account_id": account.id}
        )
        self.env.user.company_ids += other["company"]
        dialog = Form(
            self.env[WIZARD].with_context(
                allowed_company_ids=[self.company.id, other["company"].id],
                active_model="res.partner",
                active_ids=self.customer.ids,
            )
        )
        dialog.reason_id = reason
        self.assertEqual(dialog.account_id, account)
        self.assertEqual(dialog.tax_ids[:], self.company_data["default_tax_sale"])
        dialog.company_id = other["company"]
        dialog.reason_id = reason
        self.assertEqual(dialog.account_id, other["default_journal_sale"].default_account_id)
        self.assertEqual(dialog.tax_ids[:], other["default_tax_sale"])
        dialog.amount = 100.0
        credit = self.issued(dialog.save().action_issue())
        self.assertEqual(credit.company_id, other["company"])
        self.assertEqual(credit.line_ids.account_id.company_ids, other["company"])

    def test_reason_of_one_company_takes_nothing_of_another(self):
        other = self.setup_other_company(name="Issue Elsewhere")
        reason = self.env["account.customer.credit.reason"].create({"name": "Spring"})
        with self.assertRaises(UserError):
            reason.account_id = other["default_account_revenue"]

    # === What the amount means ===

    def test_the_amount_is_a_price_as_on_any_invoice(self):
        """With a tax on top, 100 comes to 121; with the tax included, 100 is all of it."""
        for included, total in ((False, -121.0), (True, -100.0)):
            with self.subTest(included=included):
                tax = self.two_sided_tax(
                    f"VAT {included}",
                    21.0,
                    price_include_override="tax_included" if included else "tax_excluded",
                )
                dialog = self.dialog()
                dialog.reason_id = self.goodwill
                dialog.tax_ids.clear()
                dialog.tax_ids.add(tax)
                dialog.amount = 100.0
                self.assertEqual(dialog.tax_totals["total_amount_currency"], total)
                credit = self.issued(dialog.save().action_issue())
                self.assertEqual(credit.amount_total, total)
                self.assertEqual(credit.amount_tax, dialog.tax_totals["tax_amount_currency"])
                self.assertTiesOut(self.customer)

    def test_what_is_shown_is_what_is_booked_where_terms_lower_the_tax(self):
        tax = self.two_sided_tax("VAT 21", 21.0)
        self.customer.property_payment_term_id = self.early_payment_term("mixed")
        dialog = self.dialog()
        dialog.tax_ids.add(tax)
        dialog.amount = 333.33
        credit = self.issued(dialog.save().action_issue())
        self.assertAlmostEqual(credit.amount_total, dialog.tax_totals["total_amount_currency"])
        self.assertTiesOut(self.customer)

    def test_fiscal_position_changes_taxes_and_account(self):
        tax = self.two_sided_tax("VAT 21", 21.0)
        export_account = self.revenue.copy({"name": "Export"})
        export = self.env["account.fiscal.position"].create(
            {
                "name": "Export",
                "account_ids": [
                    Command.create(
                        {"account_src_id": self.revenue.id, "account_dest_id": export_account.id}
                    )
                ],
            }
        )
        no_tax = tax.copy(
            {
                "name": "Export 0",
                "amount": 0.0,
                "fiscal_position_ids": [Command.set(export.ids)],
                "original_tax_ids": [Command.set(tax.ids)],
            }
        )
        self.customer.property_account_position_id = export
        dialog = self.dialog()
        dialog.reason_id = self.goodwill
        dialog.account_id = self.revenue
        dialog.tax_ids.clear()
        dialog.tax_ids.add(tax)
        dialog.amount = 100.0
        self.assertEqual(dialog.tax_totals["total_amount_currency"], -100.0)
        credit = self.issued(dialog.save().action_issue())
        self.assertEqual(credit.invoice_line_ids.tax_ids, no_tax)
        self.assertEqual(credit.invoice_line_ids.account_id, export_account)
        self.assertEqual(credit.fiscal_position_id, export)

    def test_foreign_currency(self):
        currency = self.setup_other_currency("EUR", rates=[("2023-01-01", 0.5)])
        credit = self.issued(self.wizard(currency_id=currency.id, amount=50.0).action_issue())
        self.assertEqual((credit.amount_total, credit.amount_total_signed), (-50.0, -100.0))
        self.assertTiesOut(self.customer)

    def test_without_a_product_the_reason_is_the_line_in_the_customers_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.goodwill.with_context(lang="fr_FR").name = "Geste commercial"
        self.customer.lang = "fr_FR"
        credit = self.issued(self.wizard(reason_id=self.goodwill.id).action_issue())
        self.assertEqual(credit.invoice_line_ids.name, "Geste commercial")

    # === The limit ===

    def test_above_the_limit_the_draft_is_kept(self):
        """The dialog says so first; Issue by a program keeps the draft and posts nothing."""
        self.company.customer_credit_limit = 100.0
        dialog = self.dialog(user=self.clerk)
        dialog.amount = 100.0
        self.assertFalse(dialog.needs_approval)
        dialog.amount = 100.01
        self.assertTrue(dialog.needs_approval)
        self.assertIn("100.00", dialog.notice)
        credit = self.issued(dialog.save().action_issue())
        self.assertEqual(credit.state, "draft")
        self.assertTrue(credit.with_user(self.clerk).needs_credit_approval)
        self.assertFalse(credit._get_credit_approval_activities())

    def test_up_to_the_limit_a_clerk_issues(self):
        self.company.customer_credit_limit = 250.0
        self.assertEqual(self.issued(self.wizard(self.clerk).action_issue()).state, "posted")

    def test_one_click_makes_the_draft_and_asks_for_its_approval(self):
        action = self.wizard(self.clerk).action_request_approval()
        credit = self.issued(action)
        activity = credit._get_credit_approval_activities()
        self.assertIn(activity.user_id, credit._get_credit_issuers())
        self.approve(credit, self.issuer)
        credit.with_user(self.clerk).action_post()
        self.assertEqual(credit.state, "posted")
        self.assertTiesOut(self.customer)

    def test_limit_counts_the_taxes_and_the_currency(self):
        self.company.customer_credit_limit = 110.0
        tax = self.two_sided_tax("VAT 21", 21.0)
        wizard = self.wizard(self.clerk, amount=100.0, tax_ids=[Command.set(tax.ids)])
        self.assertTrue(wizard.needs_approval)
        currency = self.setup_other_currency("EUR", rates=[("2023-01-01", 0.5)])
        for amount, beyond in ((55.0, False), (55.01, True)):
            wizard = self.wizard(self.clerk, amount=amount, currency_id=currency.id)
            self.assertEqual(wizard.needs_approval, beyond)
            state = self.issued(wizard.action_issue()).state
            self.assertEqual(state, "draft" if beyond else "posted")

    # === Locked periods ===

    def test_in_a_locked_period_the_date_moves_and_the_dialog_says_so(self):
        self.company.fiscalyear_lock_date = "2023-06-30"
        dialog = self.dialog()
        dialog.amount = 10.0
        self.assertFalse(dialog.notice)
        dialog.date = "2023-06-01"
        self.assertIn("07/15/2023", dialog.notice)
        credit = self.issued(dialog.save().action_issue())
        self.assertEqual(credit.date.isoformat(), "2023-07-15")
        self.assertEqual(credit.invoice_date.isoformat(), "2023-06-01")
        self.assertTiesOut(self.customer)
