"""Issue Credit refuses bad input before anything is written, and says the way out."""

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from .common_issue import WIZARD, IssueCreditCommon


class TestIssueCreditRefused(IssueCreditCommon):
    def assertRefused(self, words, user=None, **values):
        """Both buttons refuse, for any user, and change nothing."""
        moves = self.env["account.move"]
        before = moves.search_count([])
        for button in ("action_create_draft", "action_issue", "action_request_approval"):
            with (
                self.subTest(button=button, **values),
                self.assertRaisesRegex(UserError, words),
                self.env.cr.savepoint(),
            ):
                getattr(self.wizard(user, **values), button)()
        self.assertEqual(moves.search_count([]), before)

    def test_amounts_that_are_none(self):
        self.assertRefused("greater than zero", amount=0.0)
        self.assertRefused("greater than zero", amount=-250.0)
        self.assertRefused("not a number", amount=float("nan"))
        self.assertRefused("not a number", amount=float("inf"))
        self.assertRefused("too many decimals", amount=250.005)
        self.assertRefused("too many decimals", amount=0.001)

    def test_decimals_are_the_currencys(self):
        yen = self.setup_other_currency("JPY", rates=[("2023-01-01", 100.0)])
        self.assertRefused("too many decimals", amount=0.5, currency_id=yen.id)
        dinar = self.setup_other_currency("KWD", rates=[("2023-01-01", 0.3)], rounding=0.001)
        wizard = self.wizard(amount=250.125, currency_id=dinar.id)
        self.assertEqual(self.issued(wizard.action_issue()).amount_total, -250.125)

    def test_a_sum_of_floats_is_no_extra_decimal(self):
        credit = self.issued(self.wizard(amount=0.1 + 0.2).action_issue())
        self.assertEqual(credit.amount_total, -0.3)

    def test_no_customer(self):
        self.assertRefused("Choose the customer", partner_ids=[Command.clear()])

    def test_archived(self):
        account = self.revenue.copy({"name": "Old revenue"})
        account.active = False
        self.assertRefused("archived", account_id=account.id)
        tax = self.two_sided_tax("Old tax", 5.0)
        tax.active = False
        self.assertRefused("Old tax", tax_ids=[Command.set(tax.ids)])
        product = self.env["product.product"].create({"name": "Old product", "active": False})
        self.assertRefused("Old product", product_id=product.id)
        reason = self.goodwill.copy({"name": "Old reason", "active": False})
        self.assertRefused("Old reason", reason_id=reason.id)
        (self.contact + self.customer).active = False
        self.assertRefused("Montboro School District")

    def test_of_another_company(self):
        other = self.setup_other_company(name="Issue Elsewhere")
        company = other["company"]
        product = self.env["product.product"].create({"name": "Theirs", "company_id": company.id})
        partner = self.env["res.partner"].create({"name": "Theirs", "company_id": company.id})
        reason = self.goodwill.copy({"company_id": company.id})
        for values in (
            {"product_id": product.id},
            {"partner_ids": [Command.set(partner.ids)]},
            {"reason_id": reason.id},
            {"account_id": other["default_account_revenue"].id},
            {"tax_ids": [Command.set(other["default_tax_sale"].ids)]},
            {"journal_id": other["default_journal_sale"].id},
        ):
            with self.subTest(**values):
                wizard = self.wizard().sudo()
                wizard.write(values)
                with self.assertRaisesRegex(UserError, "another company"):
                    wizard.with_user(self.env.user).sudo(False).action_issue()
        self.assertRefused("not selected|access", company_id=company.id)

    def test_accounts_journals_and_taxes_of_another_kind(self):
        data = self.company_data
        for account in (self.receivable, data["default_account_payable"]):
            self.assertRefused("receivable, payable", account_id=account.id)
        self.assertRefused("sales journal", journal_id=data["default_journal_misc"].id)
        self.assertRefused("sales tax", tax_ids=[Command.set(data["default_tax_purchase"].ids)])

    def test_no_journal(self):
        journals = self.env["account.journal"].search(
            [("type", "=", "sale"), ("company_id", "=", self.company.id)]
        )
        journals.active = False
        self.assertRefused("Journal is missing")

    def test_company_without_customer_credits(self):
        self.company.customer_credit_enabled = False
        self.assertRefused("does not use customer credits")
        dialog = self.dialog()
        dialog.amount = 10.0
        self.assertIn("does not use customer credits", dialog.notice)

    def test_reason_that_the_company_asks_for(self):
        self.company.customer_credit_reason_required = True
        self.assertRefused("requires a reason", reason_id=False)
        self.company.customer_credit_reason_required = False
        self.assertTrue(self.wizard(reason_id=False).action_issue())

    def test_taxes_that_turn_the_sign(self):
        tax = self.two_sided_tax("More than all", -150.0)
        self.assertRefused("not a credit", tax_ids=[Command.set(tax.ids)])

    def test_who_may_not(self):
        for user in (self.auditor, self.salesperson, self.portal):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self.wizard(user)

    def test_defaults_in_the_callers_context_do_not_count(self):
        """What a program puts in the context does not change what is made."""
        wizard = self.wizard(amount=5000.0).with_context(
            default_move_type="out_refund",
            default_state="posted",
            default_name="X",
            disable_abnormal_invoice_detection=False,
        )
        credit = self.issued(wizard.action_issue())
        self.assertRecordValues(credit, [{"move_type": "out_invoice", "state": "posted"}])
        self.assertNotEqual(credit.name, "X")

    def test_above_the_limit_without_anybody_to_ask(self):
        group = self.env.ref("account_customer_credit.group_customer_credit_issuer")
        group.all_user_ids.group_ids -= group + self.env.ref("account.group_account_manager")
        with self.assertRaisesRegex(UserError, "Ask an administrator"):
            self.wizard(self.clerk).action_request_approval()
        self.assertEqual(self.issued(self.wizard(self.clerk).action_issue()).state, "draft")
        self.assertEqual(self.env[WIZARD]._get_partners_of_context(), self.partners)
