"""The A/R aging: what was open at the end of a day, by age; its total is the ledger."""

from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, new_test_user

from ..models.receivable_choices import AgingChoices
from ..reports.account_receivable_aging import BUCKETS
from .common_customer import CustomerAccountCommon


class TestReceivableAging(CustomerAccountCommon):
    """It is 15 July 2023."""

    def aging(self, **context):
        self.env.flush_all()
        return self.env["account.receivable.aging"].with_context(**context)

    def totals(self, partner=None, **context):
        """The columns of one customer that are not empty, and the total."""
        domain = [("partner_id", "=", (partner or self.customer).id)]
        names = (*BUCKETS, "open_credits", "amount_residual")
        ((*amounts,),) = self.aging(**context)._read_group(
            domain, [], [f"{name}:sum" for name in names]
        )
        return {name: float(amount) for name, amount in zip(names, amounts, strict=True) if amount}

    def test_each_bucket_holds_what_is_due_in_its_days(self):
        """One invoice at both ends of every bucket; due dates count, not invoice dates."""
        for day, amount in (
            ("2023-07-15", 1.0),  # due today: not past due
            ("2023-07-14", 2.0),  # 1
            ("2023-06-15", 4.0),  # 30
            ("2023-06-14", 8.0),  # 31
            ("2023-05-16", 16.0),  # 60
            ("2023-05-15", 32.0),  # 61
            ("2023-04-16", 64.0),  # 90
            ("2023-04-15", 128.0),  # 91
            ("2023-03-17", 256.0),  # 120
            ("2023-03-16", 512.0),  # 121
        ):
            self.document(
                amount,
                invoice_date="2023-01-02",
                invoice_payment_term_id=False,
                invoice_date_due=day,
            )
        self.assertEqual(
            self.totals(),
            {
                "not_due": 1.0,
                "days_1": 6.0,
                "days_2": 24.0,
                "days_3": 96.0,
                "days_4": 384.0,
                "older": 512.0,
                "amount_residual": 1023.0,
            },
        )
        # all of them are 194 days old
        self.assertEqual(
            self.totals(aging_basis="invoice"), {"older": 1023.0, "amount_residual": 1023.0}
        )

    def test_a_credit_is_aged_with_the_invoices_and_lowers_the_total(self):
        self.document(1000.0)  # due 1 July
        self.document(-250.0, invoice_date="2023-05-01")  # due 31 May
        aged = {"days_1": 1000.0, "days_2": -250.0, "amount_residual": 750.0}
        self.assertEqual(self.totals(), aged)
        self.assertEqual(self.totals(aging_credits="aged"), aged)
        self.assertEqual(
            self.totals(aging_credits="column"),
            {"days_1": 1000.0, "open_credits": -250.0, "amount_residual": 750.0},
        )
        self.assertEqual(
            self.totals(aging_credits="total"), {"days_1": 1000.0, "amount_residual": 750.0}
        )

    def test_everything_on_the_customers_account_counts_as_what_it_is(self):
        """Invoice, credit, core's credit note, a payment, a bank line and an entry."""
        documents = [
            self.document(1000.0),
            self.document(-250.0),
            self.document(30.0, move_type="out_refund"),
            self.payment(100.0).move_id,
            self.bank_line(5.0, "2023-07-01").move_id,
            self.entry(7.0),
        ]
        self.document(9999.0, post=False)
        rows = self.aging().search([("partner_id", "=", self.customer.id)], order="id")
        self.assertEqual(
            rows.mapped("kind"),
            ["invoice", "customer_credit", "credit_note", "payment", "payment", "entry"],
        )
        self.assertEqual(rows.mapped("kind"), rows.line_id.mapped("receivable_kind"))
        self.assertEqual(rows.move_id, self.env["account.move"].union(*documents))
        self.assertEqual(sum(rows.mapped("amount_residual")), 1000 - 250 - 30 - 100 - 5 + 7)
        self.assertEqual(
            self.fresh().ar_balance, self.totals()["amount_residual"], "The A/R balance."
        )

    def test_the_aging_as_of_june_printed_in_august_is_the_june_one(self):
        """Applied in July, taken back, paid: June stays June."""
        invoice, credit = self.document(1000.0), self.document(-250.0)
        items = self.receivable_items(invoice, credit)
        june = self.totals(as_of="2023-06-30")
        self.assertEqual(june, {"not_due": 750.0, "amount_residual": 750.0})
        items._apply_receivables(dict.fromkeys(items, 250.0), day=date(2023, 7, 10))
        self.assertEqual(self.totals(), {"days_1": 750.0, "amount_residual": 750.0})
        rows = self.aging(as_of="2023-07-09").search([("partner_id", "=", self.customer.id)])
        self.assertEqual(rows.mapped("amount_residual"), [1000.0, -250.0])
        rows = self.aging(as_of="2023-07-10").search([("partner_id", "=", self.customer.id)])
        self.assertEqual(rows.mapped("amount_residual"), [750.0], "The credit is used.")

        row = self.env["account.receivable.application"].search(
            [("debit_move_id", "=", invoice.id)]
        )
        row._unapply(date(2023, 7, 12), "Wrong invoice")
        for day, amounts in (
            ("2023-07-09", [1000.0, -250.0]),
            ("2023-07-10", [750.0]),
            ("2023-07-11", [750.0]),
            ("2023-07-12", [1000.0, -250.0]),
        ):
            rows = self.aging(as_of=day).search([("partner_id", "=", self.customer.id)])
            self.assertEqual(rows.mapped("amount_residual"), amounts, day)
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({"payment_date": "2023-07-14"})._create_payments()
        self.assertEqual(self.totals(as_of="2023-06-30"), june)
        self.assertEqual(self.totals(), {"days_1": -250.0, "amount_residual": -250.0})

    def test_a_document_that_left_the_ledger_settled_nothing(self):
        """Applied on 20 June, taken back on 10 July. Then the invoice is cancelled, or dated
        anew: the ledger of June has lost it, and so the credit was open in June."""
        credit = self.document(-250.0)
        for leave, as_of_today in (
            (lambda invoice: invoice.button_cancel(), -250.0),
            (lambda invoice: (invoice.write({"date": "2023-07-05"}), invoice.action_post()), 0.0),
        ):
            invoice = self.document(250.0)
            items = self.receivable_items(invoice, credit)
            items._apply_receivables(dict.fromkeys(items, 250.0), day=date(2023, 6, 20))
            row = self.env["account.receivable.application"].search(
                [("debit_move_id", "=", invoice.id)]
            )
            row._unapply(date(2023, 7, 10), "Wrong invoice")
            self.assertEqual(self.totals(as_of="2023-06-30"), {})
            invoice.button_draft()
            leave(invoice)
            for day in ("2023-06-10", "2023-06-30", "2023-07-06", "2023-07-15"):
                self.assertAgesAsLedger(day)
            self.assertEqual(self.totals(as_of="2023-06-30")["amount_residual"], -250.0)
            self.assertEqual(self.totals().get("amount_residual", 0.0), as_of_today)

    def test_each_record_keeps_the_day_it_was_read_for(self):
        """The same item read as of two days: neither shows the other's amount."""
        invoice = self.document(1000.0)
        payment = self.payment(400.0)
        items = self.receivable_items(invoice, payment.move_id)
        items._apply_receivables(dict.fromkeys(items, 400.0), day=date(2023, 7, 10))
        item = self.receivable_items(invoice).id
        june = self.aging(as_of="2023-06-30").browse(item)
        today = self.aging().browse(item)
        self.assertEqual((june.amount_residual, today.amount_residual), (1000.0, 600.0))
        self.assertEqual((june.days, today.days), (-1, 14))
        self.assertEqual((june.bucket, today.bucket), ("not_due", "days_1"))

    def test_what_is_dated_later_is_not_there_yet(self):
        self.document(1000.0)
        self.payment(300.0, date="2023-07-20")
        self.assertEqual(self.totals(), {"days_1": 1000.0, "amount_residual": 1000.0})
        self.assertEqual(self.totals(as_of="2023-05-31"), {}, "Before the first entry.")

    def test_instalments_are_aged_each_by_its_own_date(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "Half now, half in 60 days",
                "line_ids": [
                    (0, 0, {"value": "percent", "value_amount": 50, "nb_days": 0}),
                    (0, 0, {"value": "percent", "value_amount": 50, "nb_days": 60}),
                ],
            }
        )
        self.document(-250.0, invoice_payment_term_id=term.id)
        self.assertEqual(
            self.totals(), {"days_2": -125.0, "not_due": -125.0, "amount_residual": -250.0}
        )

    def test_documents_in_another_currency(self):
        """Aged in company currency, as booked; the document's own amount stands beside."""
        euro = self.setup_other_currency("EUR", rates=[("2023-01-01", 0.5), ("2023-07-01", 0.4)])
        self.document(100.0, currency_id=euro.id)
        rows = self.aging().search([("partner_id", "=", self.customer.id)])
        self.assertRecordValues(
            rows,
            [
                {
                    "currency_id": euro.id,
                    "amount_residual_currency": 100.0,
                    "amount_residual": 200.0,
                    "days_1": 200.0,
                    "report_currency_id": self.env.company.currency_id.id,
                }
            ],
        )

    def test_several_companies_in_their_currencies(self):
        """Another company's books in euros count at the rate of the as-of date."""
        euro = self.setup_other_currency("EUR", rates=[("2023-01-01", 0.5), ("2023-07-01", 0.4)])
        other = self.two_companies(currency_id=euro.id)
        self.document(100.0)
        own, both = [self.env.company.id], [self.env.company.id, other.id]
        self.assertEqual(self.totals(allowed_company_ids=own)["amount_residual"], 100.0)
        self.assertEqual(
            self.totals(allowed_company_ids=both)["amount_residual"], 100.0 + 750.0 / 0.4
        )
        self.assertEqual(
            self.totals(allowed_company_ids=both, as_of="2023-06-30")["amount_residual"],
            100.0 + 750.0 / 0.5,
        )
        self.assertEqual(
            self.in_companies(self.env.company, other).ar_balance,
            self.totals(allowed_company_ids=both)["amount_residual"],
        )

    def test_by_salesperson(self):
        """A document's own; a payment's is the customer's."""
        seller = new_test_user(self.env, "seller", groups="base.group_user")
        keeper = new_test_user(self.env, "keeper", groups="base.group_user")
        self.customer.user_id = keeper
        self.document(1000.0, invoice_user_id=seller.id)
        self.payment(400.0)
        totals = self.aging()._read_group(
            [("partner_id", "=", self.customer.id)], ["user_id"], ["amount_residual:sum"]
        )
        self.assertEqual(dict(totals), {seller: 1000.0, keeper: -400.0})

    # === Limits ===

    def test_the_companys_limits_make_the_columns(self):
        self.env.company.write(
            {
                "customer_credit_aging_limit_1": 7,
                "customer_credit_aging_limit_2": 14,
                "customer_credit_aging_limit_3": 21,
                "customer_credit_aging_limit_4": 28,
            }
        )
        self.document(1000.0)  # 14 days past due
        self.assertEqual(self.totals(), {"days_2": 1000.0, "amount_residual": 1000.0})
        described = self.aging().fields_get(["days_2", "older", "bucket"])
        self.assertEqual(described["days_2"]["string"], "8-14")
        self.assertEqual(described["older"]["string"], "Older than 28")
        self.assertIn(("days_1", "1-7"), described["bucket"]["selection"])

    def test_limits_that_do_not_rise_are_refused(self):
        with self.assertRaisesRegex(ValidationError, "30, 30, 90, 120 days"):
            self.env.company.customer_credit_aging_limit_2 = 30
        with self.assertRaisesRegex(ValidationError, "above zero"):
            self.env.company.customer_credit_aging_limit_1 = 0

    # === Bad input ===

    def test_a_day_that_is_none_is_refused_with_a_sentence(self):
        for value in ("nonsense", "2023-13-01", 42, {"a": 1}, b"2023-06-30"):
            with self.subTest(value=value), self.assertRaisesRegex(UserError, "is no date"):
                self.aging(as_of=value).search([])
        with self.assertRaisesRegex(UserError, "lies in the future"):
            self.aging(as_of="2023-07-16").search([])
        with self.assertRaisesRegex(UserError, "one day"):
            self.aging(as_of=["2023-06-30", "2023-05-31"]).search([])
        with self.assertRaisesRegex(UserError, "no choice of aging_credits"):
            self.aging(aging_credits="'; DROP TABLE").search([])
        with self.assertRaisesRegex(UserError, "no choice of aging_basis"):
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
                "search_default_as_of": "2023-06-30",
                "search_default_by_invoice_date": 1,
                "search_default_credits_in_column": 1,
            },
        )

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
        html, _type = self.env["ir.actions.report"]._render_qweb_html(
            "account_customer_credit.report_receivable_aging", dialog.ids
        )
        # Odoo keeps a minus and its number together by a character of no width.
        text = " ".join(html.decode().replace("\ufeff", "").split())
        for words in ("Montboro School District", "-250.00", "1,000.00", "827.00", "07/01/2023"):
            self.assertIn(words, text)

    def test_nothing_open_is_said(self):
        dialog = self.dialog(partner_ids=[(6, 0, self.stranger.ids)])
        html, _type = self.env["ir.actions.report"]._render_qweb_html(
            "account_customer_credit.report_receivable_aging", dialog.ids
        )
        self.assertIn("Nothing was open on that day.", html.decode())

    def test_a_future_day_is_refused_in_the_dialog(self):
        with self.assertRaisesRegex(UserError, "today, or of a day in the past"):
            self.dialog(as_of="2023-07-16")
