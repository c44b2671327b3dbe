"""An approval is for what was seen: whom, how much, on which accounts and taxes."""

from collections import Counter
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time
from psycopg2 import Error as DatabaseError

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form

from .common_roles import RolesCommon

#: What the ORM itself writes.
AUTOMATIC = ("id", "create_uid", "create_date", "write_uid", "write_date")


class CreditApprovalCommon(RolesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.issuer = cls.roles["admin"]
        cls.tax = cls.two_sided_tax("VAT 10", 10.0)
        cls.euro = cls.setup_other_currency("EUR", rates=[("2023-01-01", 0.5)])

    def draft(self, price=-250.0, **values):
        """-250.00 and 10 % tax, in euros, each of which is 2.00 of the company's."""
        return self.customer_document(
            [self.line(price, tax=self.tax)], **{"currency_id": self.euro.id, **values}
        )

    def approved(self, price=-250.0, **values):
        credit = self.draft(price, **values)
        self.approve(credit, self.issuer)
        return credit

    def edit(self, records, vals):
        self.call("billing", records, "write", vals)

    def item(self, credit, kind):
        return credit.line_ids.filtered(lambda line: line.display_type == kind)

    def assertNotPosted(self, credit):
        with self.assertRaisesRegex(UserError, "exceeds the limit"), self.env.cr.savepoint():
            self.call("billing", credit, "action_post")
        self.assertEqual(credit.state, "draft")

    def assertPosted(self, credit):
        self.call("billing", credit, "action_post")
        self.assertEqual(credit.state, "posted")

    def booked(self, credit):
        """Whom, how much in both currencies, on which accounts and taxes."""
        return sorted(
            (
                line.display_type,
                line.account_id.id,
                line.partner_id.id,
                line.currency_id.id,
                line.currency_id.round(line.amount_currency),
                line.company_currency_id.round(line.balance),
                sorted(line.tax_ids.ids),
                line.tax_repartition_line_id.id,
                sorted(line.tax_tag_ids.ids),
                str(line.date_maturity or ""),
            )
            for line in credit.line_ids
            if line.account_id
        )


class TestCreditApprovalRequest(CreditApprovalCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.billing = cls.roles["billing"]

    def request(self, credit):
        self.call("billing", credit, "action_request_credit_approval")
        return credit.credit_approver_asked_id

    def decline(self, credit, reason, user):
        dialog = (
            self.env["account.customer.credit.decline"]
            .with_user(user)
            .with_context(active_model="account.move", active_ids=credit.ids)
            .create({"reason": reason})
        )
        return dialog.action_decline()

    def test_a_request_waits_for_an_issuer(self):
        credit = self.draft()
        self.assertTrue(credit.with_user(self.billing).hide_post_button)
        self.assertFalse(credit.with_user(self.issuer).hide_post_button)
        self.assertIn(self.request(credit), credit._get_credit_issuers())
        self.approve(credit, self.issuer)
        self.env.invalidate_all()
        self.assertFalse(credit.credit_approver_asked_id)
        self.assertFalse(credit.with_user(self.billing).hide_post_button)
        self.assertPosted(credit)

    def test_a_declined_credit_stays_a_draft_and_its_clerk_reads_why(self):
        credit = self.draft()
        issuer = self.request(credit)
        with self.assertRaisesRegex(UserError, "Enter a reason"):
            self.decline(credit, "  ", issuer)
        self.decline(credit, "The desks were not <b>returned</b>", issuer)
        self.assertEqual(credit.state, "draft")
        self.assertFalse(credit.credit_approver_id)
        self.assertFalse(credit.credit_approver_asked_id)
        activity = credit.activity_ids
        self.assertEqual(activity.user_id, self.billing)
        self.assertIn("&lt;b&gt;returned", activity.note)
        self.assertNotPosted(credit)
        self.assertTrue(self.request(credit), "It can be requested again.")

    def test_only_an_issuer_declines_and_only_what_waits(self):
        credit = self.draft()
        with self.assertRaisesRegex(UserError, "not waiting for approval"):
            self.decline(credit, "No", self.issuer)
        self.request(credit)
        with self.assertRaises(AccessError):
            self.decline(credit, "No", self.billing)
        self.assertTrue(credit.credit_approver_asked_id)

    def test_requests_are_spread_over_the_issuers(self):
        issuers = self.draft()._get_credit_issuers()
        self.assertGreater(len(issuers), 1)
        asked = Counter(self.request(self.draft()) for _number in range(2 * len(issuers)))
        self.assertEqual(asked, dict.fromkeys(issuers, 2))

    def test_without_an_issuer_the_request_says_whom_to_ask(self):
        credit = self.draft()
        with (
            patch.object(type(credit), "_get_credit_issuers", lambda self: self.env["res.users"]),
            self.assertRaisesRegex(UserError, "has no one to approve"),
        ):
            self.request(credit)


class TestCreditApproval(CreditApprovalCommon):
    # === Whom, how much, where ===

    def test_it_is_for_the_customer_who_gets_the_receivable(self):
        credit = self.approved()
        self.edit(credit, {"commercial_partner_id": self.neighbour.id})
        self.assertNotPosted(credit)
        self.assertFalse(credit.credit_approver_id)

    def test_it_is_for_the_customer_of_each_item(self):
        credit = self.approved()
        self.edit(self.item(credit, "payment_term"), {"partner_id": self.neighbour.id})
        self.assertNotPosted(credit)

    def test_it_is_for_the_amount_in_the_companys_currency(self):
        """-275.00 euros stay -275.00 euros, and would be 5,000.00 of the company's."""
        credit = self.approved()
        product, tax, term = (
            self.item(credit, kind) for kind in ("product", "tax", "payment_term")
        )
        self.assertEqual((product.balance, tax.balance, term.balance), (500.0, 50.0, -550.0))
        self.edit(
            credit,
            {
                "line_ids": [
                    Command.update(product.id, {"balance": 4950.0}),
                    Command.update(term.id, {"balance": -5000.0}),
                ]
            },
        )
        self.assertEqual(credit.amount_total, -275.0)
        self.assertNotPosted(credit)

    def test_it_is_for_the_accounts_and_the_taxes(self):
        account = self.revenue.copy({"name": "Elsewhere"})
        receivable = self.receivable.copy({"name": "Other Receivables"})
        tag = self.env["account.account.tag"].create(
            {"name": "Another box", "applicability": "taxes"}
        )
        other_tax = self.two_sided_tax("Other 10", 10.0)
        for kind, vals in (
            ("product", {"account_id": account.id}),
            ("product", {"tax_ids": [Command.set(other_tax.ids)]}),
            ("product", {"tax_tag_ids": [Command.set(tag.ids)]}),
            ("tax", {"account_id": account.id}),
            ("tax", {"tax_tag_ids": [Command.set(tag.ids)]}),
            ("tax", {"tax_repartition_line_id": other_tax.refund_repartition_line_ids[1].id}),
            ("payment_term", {"account_id": receivable.id}),
            ("payment_term", {"date_maturity": "2029-01-01"}),
        ):
            with self.subTest(kind=kind, **vals):
                credit = self.approved()
                self.edit(self.item(credit, kind), vals)
                self.assertNotPosted(credit)

    def two_taxes(self, **values):
        """10 % each on -250.00; -300.00 in all."""
        taxes = self.tax + self.two_sided_tax("Other 10", 10.0)
        return self.customer_document(
            [self.line(-250.0, tax=taxes)], currency_id=self.euro.id, **values
        )

    def test_typed_taxes_are_what_is_booked(self):
        """Two taxes of 10 % typed as 30.00 and 20.00, which dating the credit must not undo."""
        taxes = self.tax + self.two_sided_tax("Other 10", 10.0)
        credit = self.customer_document(
            [self.line(-250.0, tax=taxes)], currency_id=self.euro.id, invoice_date=False
        )
        typed = zip(self.item(credit, "tax"), (30.0, 20.0), strict=True)
        self.edit(
            credit,
            {"line_ids": [Command.update(tax.id, {"amount_currency": new}) for tax, new in typed]},
        )
        self.approve(credit, self.issuer)
        self.assertPosted(credit)
        self.assertEqual(self.item(credit, "tax").mapped("amount_currency"), [30.0, 20.0])

    # === What was on the screen ===

    def opened(self, credit):
        """What the form shows the issuer, and remembers."""
        (values,) = self.call("admin", credit, "read", ["amount_total", "credit_approval_version"])
        return values["amount_total"], values["credit_approval_version"]

    def test_who_saw_100_does_not_approve_5000(self):
        credit = self.draft(-100.0, currency_id=self.company.currency_id.id)
        seen, version = self.opened(credit)
        self.assertEqual(seen, -110.0)
        self.edit(credit.invoice_line_ids, {"price_unit": -5000.0})
        with self.assertRaisesRegex(UserError, "has changed since you opened it. Review it ag"):
            self.call("admin", credit, "action_approve_credit", version)
        self.assertFalse(credit.credit_approver_id)
        self.assertNotPosted(credit)

        seen, version = self.opened(credit)
        self.assertEqual(seen, -5500.0)
        self.call("admin", credit, "action_approve_credit", version)
        self.assertPosted(credit)

    def test_what_is_no_part_of_it_may_change_meanwhile(self):
        credit = self.draft()
        _seen, version = self.opened(credit)
        self.edit(credit, {"title": "Spring promotion", "narration": "Thank you"})
        self.call("admin", credit, "action_approve_credit", version)
        self.assertPosted(credit)

    def test_nobody_approves_a_credit_without_opening_it(self):
        """By a program without a version, or several at once from a list, which shows totals."""
        credits = self.draft() + self.draft()
        _seen, version = self.opened(credits[0])
        for records, arguments in (
            (credits[0], []),
            (credits[0], [False]),
            (credits[0], [True]),
            (credits, []),
            (credits, [version]),
        ):
            with (
                self.subTest(records=records, arguments=arguments),
                self.assertRaisesRegex(UserError, "review it|has changed"),
            ):
                self.call("admin", records, "action_approve_credit", *arguments)
        self.assertFalse(credits.credit_approver_id)

    def test_the_version_is_only_for_users_who_may_approve(self):
        credit = self.draft()
        for role in ("billing", "auditor", "internal", "portal", "foreign"):
            with self.subTest(role=role), self.assertRaises(AccessError):
                self.call(role, credit, "read", ["credit_approval_version"])

    def test_a_form_that_is_edited_has_no_version_of_its_own(self):
        """It is what was read, whatever another user has made of the draft meanwhile."""
        credit = self.draft()
        form = Form(credit.with_user(self.issuer))
        version = form.credit_approval_version
        self.assertTrue(version)
        self.edit(credit.invoice_line_ids, {"price_unit": -5000.0})
        form.invoice_payment_term_id = self.fixed_amount_term()
        self.assertIn(form.credit_approval_version, (version, False))

    # === What core does by itself ===

    def test_looking_and_recomputing_is_no_edit(self):
        with freeze_time("2023-06-01"):
            credit = self.approved(invoice_date=False)
        with freeze_time("2023-08-15"):
            Form(credit.with_user(self.roles["billing"])).save()
            self.edit(credit, {"title": "Spring promotion", "narration": "Thank you"})
            self.edit(credit.invoice_line_ids, {"name": credit.invoice_line_ids.name})
            for name in ("date", "amount_total", "invoice_date_due", "invoice_currency_rate"):
                self.env.add_to_compute(credit._fields[name], credit)
            for name in ("partner_id", "account_id", "tax_ids", "currency_id", "price_unit"):
                self.env.add_to_compute(credit.line_ids._fields[name], credit.line_ids)
            self.env.flush_all()
            self.assertTrue(credit.credit_approver_id)
            self.assertPosted(credit)
        self.assertEqual(credit.invoice_date.isoformat(), "2023-08-15")

    def test_items_made_anew_are_the_same_content(self):
        credit = self.draft(invoice_payment_term_id=self.fixed_amount_term().id)
        seen, version = self.opened(credit)
        items = self.item(credit, "payment_term") + self.item(credit, "tax")
        (line,) = credit.invoice_line_ids
        for price in (0.0, line.price_unit):
            self.edit(line, {"price_unit": price})
        self.assertNotEqual(items & credit.line_ids, items)
        self.assertEqual(self.opened(credit), (seen, version))
        self.call("admin", credit, "action_approve_credit", version)
        self.assertPosted(credit)

    def test_without_a_date_it_is_for_the_amount_in_its_currency(self):
        """Posting dates it, at that day's rate, which is no edit."""
        with freeze_time("2023-06-01"):
            credit = self.approved(invoice_date=False)
        # The database's clock is not frozen: core asks whether the rate is still that of this day.
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE account_move SET create_date = '2023-06-01' WHERE id = %s", [credit.id]
        )
        self.env["res.currency.rate"].create(
            {"name": "2023-08-01", "rate": 0.25, "currency_id": self.euro.id}
        )
        with freeze_time("2023-08-15"):
            self.assertPosted(credit)
        self.assertEqual((credit.amount_total, credit.amount_total_signed), (-275.0, -1100.0))

    def test_the_clock_books_what_was_scheduled(self):
        """Whatever the rate is by then; updating the rate is an edit."""
        with freeze_time("2023-05-01"):
            credits = self.draft() + self.draft()
            for credit in credits:
                credit.with_user(self.issuer)._post()
        self.assertEqual(set(credits.mapped("auto_post")), {"at_date"})
        booked = self.booked(credits[0])
        self.env["res.currency.rate"].create(
            {"name": "2023-05-15", "rate": 0.25, "currency_id": self.euro.id}
        )
        clock = self.env.ref("base.user_root")
        with freeze_time("2023-06-01"):
            credits[0].with_user(clock)._post()
            self.assertEqual(credits[0].state, "posted")
            self.assertEqual(self.booked(credits[0]), booked)
            with self.assertRaises(UserError), self.env.cr.savepoint():
                self.call("billing", credits[1], "refresh_invoice_currency_rate")
            self.call("admin", credits[1], "refresh_invoice_currency_rate")
            credits[1].with_user(clock)._post()
            self.assertEqual(credits[1].amount_total_signed, -1100.0)


    def test_posting_may_move_an_approved_credit_out_of_a_closed_period(self):
        """By hand, whether the clock was to post it or not."""
        with freeze_time("2023-05-01"):
            scheduled = self.draft()
            scheduled.with_user(self.issuer)._post()
            approved = self.approved()
        self.company.fiscalyear_lock_date = "2023-06-30"
        for credit in (approved, scheduled):
            with self.subTest(auto_post=credit.auto_post):
                self.assertPosted(credit)
                self.assertGreater(str(credit.date), "2023-06-30")

    def test_an_edit_of_something_else_allows_nothing_that_was_scheduled(self):
        """A clerk makes it 5,000.00 behind the form; the issuer, who has seen 250.00, gives it a
        title. The clock still asks for somebody who looks at it."""
        with freeze_time("2023-05-01"):
            credit = self.draft()
            credit.with_user(self.issuer)._post()
            self.edit(credit.invoice_line_ids, {"price_unit": -5000.0})
            self.call("admin", credit, "write", {"title": "Spring promotion"})
        with freeze_time("2023-06-01"):
            clock = self.env.ref("base.user_root")
            with self.assertRaisesRegex(UserError, "edited after it was scheduled"):
                credit.with_user(clock)._post()
            self.approve(credit, self.issuer)
            credit.with_user(clock)._post()
        self.assertEqual(credit.state, "posted")

    def test_an_issuers_own_edit_is_allowed_with_the_schedule(self):
        with freeze_time("2023-05-01"):
            credit = self.draft()
            credit.with_user(self.issuer)._post()
            line = Command.update(credit.invoice_line_ids.id, {"price_unit": -300.0})
            self.call("admin", credit, "write", {"invoice_line_ids": [line]})
        with freeze_time("2023-06-01"):
            credit.with_user(self.env.ref("base.user_root"))._post()
        self.assertEqual(credit.amount_total, -330.0)


class TestCreditApprovalFields(CreditApprovalCommon):
    """Every field that there is, of whatever addon: what a billing user writes on an approved
    draft either voids the approval or leaves whom, how much, accounts and taxes as approved."""

    def fields_of(self, model):
        return [
            field
            for name, field in sorted(self.env[model]._fields.items())
            if field.store and name not in AUTOMATIC and field.type not in ("one2many", "binary")
        ]

    def other_values(self, record, field):
        """Some values that are none of this field's."""
        value = record[field.name]
        if field.type == "boolean":
            return [not value]
        if field.type in ("integer", "float", "monetary"):
            return [value + 7, -value or 1]
        if field.type in ("char", "text", "html"):
            return ["Another", False]
        if field.type == "date":
            return [(value + timedelta(400)).isoformat() if value else "2024-02-29", False]
        if field.type == "datetime":
            return ["2024-02-29 12:00:00", False]
        if field.type == "selection":
            return [key for key in field.get_values(self.env) if key != value][:4] + [False]
        if field.type in ("many2one", "many2many"):
            others = self.env[field.comodel_name].sudo().with_context(active_test=False)
            domain = [("id", "not in", value.ids)]
            if "company_id" in others._fields:
                domain.append(("company_id", "in", [False, self.company.id]))
            ids = others.search(domain, limit=2, order="id desc").ids
            if field.type == "many2one":
                return [*ids, False]
            return [[Command.set(ids)], [Command.set([])]]
        if field.type == "many2one_reference":
            return [value + 1]
        return [{}, False]

    def attack(self, credit, record, name, value, expected):
        """:return: what came of it; the draft stays as it was"""
        savepoint = self.env.cr.savepoint()
        try:
            try:
                self.edit(record, {name: value})
            except (UserError, DatabaseError):
                return "refused"
            except Exception as error:  # a value that core itself stumbles over
                return f"refused: {type(error).__name__}"
            self.env.invalidate_all()
            if not credit._is_credit_approved():
                return "void"
            self.assertEqual(self.booked(credit), expected["draft"])
            try:
                self.call("billing", credit, "action_post")
            except (UserError, DatabaseError):
                return "not posted"
            except Exception as error:
                return f"not posted: {type(error).__name__}"
            if credit.state == "posted":
                self.assertEqual(self.booked(credit), expected["posted"])
            return "the same"
        finally:
            savepoint.rollback()
            savepoint.close(rollback=False)
            self.env.invalidate_all()

    def check_every_field(self, kinds, **values):
        """
        :param kinds: of the items that are written to, besides the document itself
        """
        credit = self.approved(
            invoice_payment_term_id=self.fixed_amount_term().id,
            **values,
        )
        expected = {"draft": self.booked(credit)}
        with self.env.cr.savepoint() as savepoint:
            self.assertPosted(credit)
            expected["posted"] = self.booked(credit)
            savepoint.rollback()
        self.env.invalidate_all()
        outcomes = Counter()
        items = [self.item(credit, kind)[:1] for kind in kinds]
        for record in (credit, *items):
            for field in self.fields_of(record._name):
                for value in self.other_values(record, field):
                    with self.subTest(
                        record=record.display_type if record in items else "document",
                        field=field.name,
                        value=value,
                    ):
                        outcome = self.attack(credit, record, field.name, value, expected)
                        outcomes[outcome] += 1
        self.env.invalidate_all()
        self.assertTrue(credit._is_credit_approved(), "Each attack began with an approved draft.")
        for outcome in ("refused", "void", "the same"):
            self.assertGreater(outcomes[outcome], 20, outcomes)

    def test_of_a_dated_credit(self):
        self.check_every_field([])

    def test_of_a_credit_that_posting_dates(self):
        """Values that are only used when core recomputes, which it does then, must count too."""
        self.check_every_field(["product", "tax", "payment_term"], invoice_date=False)
