"""What is chosen of the A/R aging, who may read it, what it opens, and its print."""

from datetime import date

from lxml import html

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, new_test_user

from ..models.receivable_choices import AgingChoices
from .common_aging import ReceivableAgingCommon


class TestReceivableAgingChoices(ReceivableAgingCommon):
    # === Bad input ===

    def test_a_day_that_is_none_is_refused_with_a_sentence(self):
        for value in ("nonsense", "2023-13-01", 42, {"a": 1}, b"2023-06-30"):
            with self.subTest(value=value), self.assertRaisesRegex(UserError, "not a valid date"):
                self.aging(as_of=value).search([])
        with self.assertRaisesRegex(UserError, "is in the future"):
            self.aging(as_of="2023-07-16").search([])
        with self.assertRaisesRegex(UserError, "one as-of date"):
            self.aging(as_of=["2023-06-30", "2023-05-31"]).search([])
        with self.assertRaisesRegex(UserError, "not a valid value for aging_credits"):
            self.aging(aging_credits="'; DROP TABLE").search([])
        with self.assertRaisesRegex(UserError, "not a valid value for aging_basis"):
            self.aging(aging_basis=["due"]).search([])

    def test_what_the_search_bar_sends_is_understood(self):
        self.document(1000.0)
        for value in (["2023-06-30"], "2023-06-30", date(2023, 6, 30), "2023-06-30 12:00:00"):
            self.assertEqual(self.totals(as_of=value)["not_due"], 1000.0)
        for value in (None, False, "", []):
            self.assertEqual(self.totals(as_of=value)["days_1"], 1000.0)

    # === Who may ===

    def test_who_may_read_it(self):
        self.document(1000.0)
        self.env.flush_all()
        aging = self.env["account.receivable.aging"]
        domain = [("partner_id", "=", self.customer.id)]
        for groups in ("account.group_account_invoice", "account.group_account_readonly"):
            user = new_test_user(self.env, groups, groups=f"base.group_user,{groups}")
            self.assertEqual(len(aging.with_user(user).search(domain)), 1, groups)
        for groups in ("base.group_user", "base.group_portal"):
            user = new_test_user(self.env, groups, groups=groups)
            with self.assertRaises(AccessError, msg=groups):
                aging.with_user(user).search(domain)
        other = self.setup_other_company(name="Elsewhere")["company"]
        stranger = new_test_user(
            self.env,
            "stranger",
            groups="base.group_user,account.group_account_manager",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        self.assertFalse(aging.with_user(stranger).search(domain))
        forged = aging.with_user(stranger).with_context(allowed_company_ids=self.env.company.ids)
        with self.assertRaises(AccessError):
            forged.search(domain)

    # === What opens ===

    def test_every_row_opens_its_document(self):
        invoice, payment = self.document(1000.0), self.payment(100.0)
        rows = self.aging().search([("partner_id", "=", self.customer.id)], order="id")
        actions = [row.action_open_document() for row in rows]
        self.assertEqual(
            [(action["res_model"], action["res_id"]) for action in actions],
            [("account.move", invoice.id), ("account.payment", payment.id)],
        )

    def test_the_customers_tab_opens_the_customers_aging(self):
        self.document(1000.0, partner_id=self.contact.id)
        self.document(77.0, partner_id=self.stranger.id)
        action = self.contact.action_open_ar_aging()
        rows = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(rows.mapped("amount_residual"), [1000.0])

    def test_the_print_from_one_customers_aging_has_no_others(self):
        self.document(1000.0)
        self.document(77.0, partner_id=self.stranger.id)
        shown = self.contact.action_open_ar_aging()
        for _turn in range(2):  # from the tab, and again from what the dialog showed
            action = self.aging(**shown["context"]).action_choose()
            dialog = self.env[action["res_model"]].browse(action["res_id"])
            self.assertEqual(dialog.partner_ids, self.customer)
            self.assertEqual(dialog._get_aging()["totals"]["amount_residual"], 1000.0)
            shown = dialog.action_show()

    def test_the_aging_of_deleted_customers_is_nobodys(self):
        for value in ([2**30], [2**30, 2**30], [], None):
            action = self.aging(aging_partner_ids=value).action_choose()
            dialog = self.env[action["res_model"]].browse(action["res_id"])
            self.assertFalse(dialog.partner_ids)

    # === The dialog, the print, the spreadsheet ===

    def dialog(self, **values):
        self.env.flush_all()
        return self.env["account.receivable.aging.print"].create(values)

    def test_the_dialog_starts_with_what_is_shown_and_shows_what_is_chosen(self):
        self.document(1000.0)
        shown = self.aging(as_of="2023-06-30", aging_credits="column")
        action = shown.action_choose()
        dialog = self.env[action["res_model"]].browse(action["res_id"])
        self.assertRecordValues(
            dialog, [{"as_of": date(2023, 6, 30), "basis": "due", "credits": "column"}]
        )
        with Form(dialog) as form:
            form.basis = "invoice"
            form.partner_ids.add(self.contact)
        action = dialog.action_show()
        self.assertEqual(action["domain"], [("partner_id", "in", self.customer.ids)])
        self.assertEqual(
            action["context"],
            {
                "search_default_group_by_partner": 1,
                "aging_partner_ids": self.customer.ids,
                "search_default_as_of": "2023-06-30",
                "search_default_by_invoice_date": 1,
                "search_default_credits_in_column": 1,
            },
        )

    def test_who_left_is_still_chosen(self):
        """The customer is archived, the salesperson works elsewhere; the invoice is open."""
        salesperson = new_test_user(self.env, "salesperson", "account.group_account_invoice")
        self.document(1000.0, invoice_user_id=salesperson.id)
        self.document(77.0, partner_id=self.stranger.id)
        salesperson.active = False
        self.customer.active = False
        for choice in (
            {"partner_ids": [(6, 0, self.customer.ids)]},
            {"user_ids": [(6, 0, salesperson.ids)]},
        ):
            dialog = self.dialog(**choice)
            self.env.invalidate_all()
            self.assertEqual(dialog._get_aging()["totals"]["amount_residual"], 1000.0)

    def test_the_print_says_what_the_rows_say(self):
        self.document(1000.0)
        self.document(-250.0)
        self.document(77.0, partner_id=self.stranger.id)
        partners = (self.customer + self.stranger).ids
        dialog = self.dialog(
            partner_ids=[(6, 0, partners)], credits="column", show_items=True, as_of="2023-07-01"
        )
        aging = dialog._get_aging()
        self.assertEqual(aging["choices"], AgingChoices(date(2023, 7, 1), "due", "column"))
        self.assertEqual(
            [(row["name"], row["amounts"]["amount_residual"]) for row in aging["customers"]],
            [("Montboro School District", 750.0), ("Nothing Bought", 77.0)],
        )
        self.assertEqual(aging["totals"]["open_credits"], -250.0)
        self.assertEqual(aging["totals"]["amount_residual"], 827.0)
        text = self.printed(dialog)
        for words in ("Montboro School District", "-250.00", "1,000.00", "827.00", "07/01/2023"):
            self.assertIn(words, text)

    def printed(self, dialog):
        content, _type = self.env["ir.actions.report"]._render_qweb_html(
            "account_receivable.report_receivable_aging", dialog.ids
        )
        text = " ".join(html.fromstring(content).itertext())
        # Odoo keeps a minus and its number together by a character of no width.
        return " ".join(text.replace("\ufeff", "").split())

    def test_the_print_says_when_and_what_was_chosen(self):
        self.document(1000.0)
        text = self.printed(self.dialog(as_of="2023-07-10"))
        for words in (
            "A/R Aging as of 07/10/2023",
            "Printed on",
            "Page of",
            "Amounts in USD , aged by Due Date | Open credits: Aged with invoices |",
            "Customers: all | Salespeople: all | Accounts: all",
            "Not Due 1-30 days 31-60 days 61-90 days 91-120 days Older than 120 days Total",
        ):
            self.assertIn(words, text)
        text = self.printed(
            self.dialog(
                basis="invoice",
                credits="column",
                partner_ids=[(6, 0, self.customer.ids)],
                user_ids=[(6, 0, self.env.user.ids)],
                account_ids=[(6, 0, self.receivable.ids)],
            )
        )
        for words in (
            "aged by Invoice Date | Open credits: In a separate column |",
            f"Customers: Montboro School District | Salespeople: {self.env.user.name} | "
            f"Accounts: {self.receivable.display_name}",
            "0 Days 1-30 days",
        ):
            self.assertIn(words, text)

    def test_the_print_has_percents_of_the_total(self):
        self.document(1000.0)
        self.document(500.0, invoice_date="2023-07-01")
        self.document(-300.0)
        dialog = self.dialog(credits="column", partner_ids=[(6, 0, self.customer.ids)])
        self.assertIn(
            "Total 500.00 1,000.00 0.00 0.00 0.00 0.00 -300.00 1,200.00 "
            "Percent of Total 41.7% 83.3% 0.0% 0.0% 0.0% 0.0% -25.0% 100.0%",
            self.printed(dialog),
        )
        self.document(-1200.0)
        self.assertNotIn("Percent", self.printed(dialog))

    def test_nothing_open_is_said(self):
        dialog = self.dialog(partner_ids=[(6, 0, self.stranger.ids)])
        self.assertIn("No open items on this date.", self.printed(dialog))

    def test_a_future_day_is_refused_in_the_dialog(self):
        with self.assertRaisesRegex(ValidationError, "cannot be in the future"):
            self.dialog(as_of="2023-07-16")

    def test_an_account_that_is_no_receivable_is_refused(self):
        with self.assertRaisesRegex(ValidationError, "is not a receivable account"):
            self.dialog(account_ids=[(6, 0, self.revenue.ids)])

    def test_the_aging_of_one_account(self):
        account = self.receivable.copy({"name": "Other Receivables"})
        self.document(1000.0)
        self.entry(70.0, account=account)
        dialog = self.dialog(account_ids=[(6, 0, account.ids)])
        self.assertEqual(dialog._get_aging()["totals"]["amount_residual"], 70.0)

    # === Reading ===

    def test_the_reads_run_where_nothing_can_be_written(self):
        """On a replica: Odoo sends a method there that is marked, and the database refuses
        every statement that writes."""
        self.document(1000.0)
        self.entry(70.0)
        self.env.flush_all()
        reads = [
            lambda env: env["account.receivable.aging"].search([]).mapped("amount_residual"),
            lambda env: env["account.receivable.aging"].search([])[:1].action_open_document(),
            lambda env: env["account.receivable.tie.out"].search([])[:1].action_open_row(),
            lambda env: env["account.receivable.tie.out"].search([])[:1].action_open_items(),
            lambda env: (
                env["account.receivable.tie.out.finding"].search([])[:1].action_open_entry()
            ),
            lambda env: env["res.partner"].browse(self.customer.id).action_open_ar_aging(),
            lambda env: env["res.partner"].browse(self.customer.id).action_open_ar_balance(),
            lambda env: env["res.partner"].browse(self.customer.id).ar_balance,
        ]
        for model, method in (
            ("account.receivable.aging", "action_open_document"),
            ("account.receivable.tie.out", "action_open_row"),
            ("account.receivable.tie.out", "action_open_items"),
            ("account.receivable.tie.out.finding", "action_open_entry"),
            ("res.partner", "action_open_ar_aging"),
            ("res.partner", "action_open_ar_balance"),
        ):
            self.assertTrue(getattr(type(self.env[model]), method)._readonly, method)
        savepoint = self.env.cr.savepoint(flush=False)
        self.env.cr.execute("SET LOCAL transaction_read_only = on")
        for read in reads:
            self.env.invalidate_all(flush=False)
            self.assertTrue(read(self.env))
        self.env.cr.execute("SHOW transaction_read_only")
        self.assertEqual(self.env.cr.fetchone(), ("on",))
        savepoint.close(rollback=True)
