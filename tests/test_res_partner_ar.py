"""What a customer owes, on the customer's record."""

from datetime import date, timedelta

from freezegun import freeze_time
from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, HttpCase, new_test_user, tagged

from .common import CustomerCreditCommon

TODAY = date(2023, 7, 15)
FIGURES = ("ar_balance", "ar_open_invoices", "ar_open_credits", "ar_overdue")


class CustomerAccountCommon(CustomerCreditCommon):
    """It is 15 July 2023. Documents are dated 1 June and due 30 days later unless said."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time(TODAY))
        cls.net30 = cls.env.ref("account.account_payment_term_30days")
        cls.customer.is_company = True
        cls.contact = cls.env["res.partner"].create(
            {"name": "Erica Dawson", "parent_id": cls.customer.id}
        )
        cls.stranger = cls.env["res.partner"].create({"name": "Nothing Bought"})
        cls.partners = cls.env["res.partner"]
        cls.items = cls.env["account.move.line"]
        cls.receivable = cls.company_data["default_account_receivable"]
        cls.revenue = cls.company_data["default_account_revenue"]

    @classmethod
    def document(cls, amount, **values):
        """A posted customer document of this total."""
        values = {"post": True, "invoice_payment_term_id": cls.net30.id, **values}
        return cls.customer_document([cls.line(amount)], **values)

    @classmethod
    def payment(cls, amount, partner=None, **values):
        """A posted payment from (a negative one: to) the customer, not applied to anything."""
        payment = cls.env["account.payment"].create(
            {
                "amount": abs(amount),
                "payment_type": "inbound" if amount > 0 else "outbound",
                "partner_type": "customer",
                "partner_id": (partner or cls.customer).id,
                "date": "2023-06-20",
                **values,
            }
        )
        payment.action_post()
        return payment

    @classmethod
    def entry(cls, amount, partner=None, account=None, **values):
        """A posted miscellaneous entry that debits (negative: credits) the customer."""
        move = cls.env["account.move"].create(
            {
                "move_type": "entry",
                "date": "2023-06-10",
                "line_ids": [
                    Command.create(
                        {
                            "account_id": (account or cls.receivable).id,
                            "partner_id": (partner or cls.customer).id,
                            "balance": amount,
                            **values,
                        }
                    ),
                    Command.create({"account_id": cls.revenue.id, "balance": -amount}),
                ],
            }
        )
        move.action_post()
        return move

    def receivable_items(self, *moves):
        return self.items.union(*(move.line_ids for move in moves)).filtered(
            lambda line: line.account_type == "asset_receivable"
        )

    def apply(self, *moves):
        """Reconcile what these moves hold on the customer's account."""
        self.receivable_items(*moves).reconcile()

    def fresh(self, partner=None):
        """The customer as a new request reads it."""
        self.env.invalidate_all()
        return partner or self.customer

    def assertFigures(self, balance, invoices, credits_, overdue, partner=None):
        """The four figures, and the promise that the parts make the balance."""
        partner = self.fresh(partner)
        self.assertRecordValues(
            partner,
            [
                {
                    "ar_balance": balance,
                    "ar_open_invoices": invoices,
                    "ar_open_credits": credits_,
                    "ar_overdue": overdue,
                }
            ],
        )
        self.assertEqual(
            partner.ar_currency_id.compare_amounts(balance, invoices - credits_),
            0,
            "The A/R balance is the open invoices less the open credits.",
        )


@tagged("post_install", "-at_install")
class TestCustomerAccount(CustomerAccountCommon):
    # === Stories ===

    def test_a_reward_shows_as_a_negative_balance(self):
        """Montboro has paid its invoices and gets a reward of 250.00: we owe Montboro 250.00."""
        invoice = self.document(8737.50)
        payment = self.payment(8737.50)
        self.apply(invoice, payment.move_id)
        self.assertFigures(0.0, 0.0, 0.0, 0.0)

        credit = self.document(-250.0, invoice_date="2023-07-01")

        self.assertFigures(-250.0, 0.0, 250.0, 0.0)
        self.assertEqual(self.customer.ar_document_ids.ids, [credit.id, invoice.id])
        self.assertEqual(self.customer.ar_open_document_ids, credit)

    def test_the_life_of_an_account(self):
        """Each event moves the figures as the clerk expects."""
        self.assertFigures(0.0, 0.0, 0.0, 0.0)

        invoice = self.document(1000.0)
        self.assertFigures(1000.0, 1000.0, 0.0, 1000.0)

        later = self.document(400.0, invoice_date="2023-07-10")
        self.assertFigures(1400.0, 1400.0, 0.0, 1000.0)

        credit = self.document(-250.0)
        self.assertFigures(1150.0, 1400.0, 250.0, 1000.0)

        self.apply(invoice, credit)
        self.assertFigures(1150.0, 1150.0, 0.0, 750.0)

        payment = self.payment(900.0)
        self.assertFigures(250.0, 1150.0, 900.0, 750.0)

        self.apply(invoice, payment.move_id)
        self.assertFigures(250.0, 400.0, 150.0, 0.0)

        credit_note = self.document(60.0, move_type="out_refund")
        self.assertFigures(190.0, 400.0, 210.0, 0.0)

        self.apply(later, payment.move_id, credit_note)
        self.assertFigures(190.0, 190.0, 0.0, 0.0)

    def test_a_refund_closes_the_credit(self):
        """Money sent back is a debit: it meets the credit, and nothing stays open."""
        credit = self.document(-250.0)
        refund = self.payment(-250.0)
        self.assertFigures(0.0, 250.0, 250.0, 250.0)
        self.apply(credit, refund.move_id)
        self.assertFigures(0.0, 0.0, 0.0, 0.0)

    def test_unapplying_opens_the_items_again(self):
        invoice, credit = self.document(1000.0), self.document(-250.0)
        self.apply(invoice, credit)
        self.assertFigures(750.0, 750.0, 0.0, 750.0)
        self.receivable_items(credit).remove_move_reconcile()
        self.assertFigures(750.0, 1000.0, 250.0, 1000.0)

    # === What counts ===

    def test_whatever_is_open_on_a_receivable_account_counts(self):
        other_account = self.receivable.copy()
        self.entry(70.0)
        self.entry(-20.0)
        self.entry(5.0, account=other_account)
        self.assertFigures(55.0, 75.0, 20.0, 75.0)

    def test_a_receivable_account_counts_from_the_day_it_is_one(self):
        account = self.receivable.copy()
        account.account_type = "asset_current"
        self.entry(30.0, account=account)
        self.assertFigures(0.0, 0.0, 0.0, 0.0)
        account.account_type = "asset_receivable"
        self.items.search([("account_id", "=", account.id)]).date_maturity = "2023-06-10"
        self.assertFigures(30.0, 30.0, 0.0, 30.0)

    def test_payables_do_not_count(self):
        self.customer_document([self.line(500.0)], move_type="in_invoice", post=True)
        self.assertFigures(0.0, 0.0, 0.0, 0.0)

    def test_drafts_and_cancelled_documents_do_not_count(self):
        for amount in (300.0, -120.0):
            with self.subTest(amount=amount):
                draft = self.document(amount, post=False)
                cancelled = self.document(amount, post=False)
                cancelled.button_cancel()
                reopened = self.document(amount)
                reopened.button_draft()
                self.assertFigures(0.0, 0.0, 0.0, 0.0)
                draft.action_post()
                self.assertEqual(self.fresh().ar_balance, amount)
                draft.button_draft()

    def test_a_total_of_zero_is_nothing_open(self):
        document = self.customer_document([self.line(100.0), self.line(-100.0)], post=True)
        self.assertFigures(0.0, 0.0, 0.0, 0.0)
        self.assertEqual(self.customer.ar_document_ids, document)
        self.assertFalse(self.customer.ar_open_document_ids)

    def test_instalments_are_open_one_by_one(self):
        """30 % at once, the rest at the end of the next month: only the first is overdue."""
        self.document(
            1000.0, invoice_payment_term_id=self.pay_terms_b.id, invoice_date="2023-07-01"
        )
        self.assertFigures(1000.0, 1000.0, 0.0, 300.0)

    def test_overdue_starts_the_day_after_the_due_date(self):
        self.document(100.0, invoice_payment_term_id=False, invoice_date_due=TODAY)
        self.assertFigures(100.0, 100.0, 0.0, 0.0)
        with freeze_time(TODAY + timedelta(days=1)):
            self.assertFigures(100.0, 100.0, 0.0, 100.0)

    def test_credits_do_not_lower_what_is_overdue(self):
        self.document(100.0)
        self.document(-80.0)
        self.assertFigures(20.0, 100.0, 80.0, 100.0)

    def test_an_entry_without_due_date_is_due_when_booked(self):
        entry = self.entry(40.0)
        self.assertFalse(self.receivable_items(entry).date_maturity)
        self.assertFigures(40.0, 40.0, 0.0, 40.0)
        self.assertEqual(self.receivable_items(entry).days_past_due, 35)

    # === Contacts and companies of the customer ===

    def test_a_contact_shows_its_company(self):
        """Payments and entries may be booked on a contact; all of it is the company's."""
        self.document(1000.0, partner_id=self.contact.id)
        self.payment(300.0, partner=self.contact)
        self.entry(-50.0, partner=self.contact)
        self.assertFigures(650.0, 1000.0, 350.0, 1000.0)
        self.assertFigures(650.0, 1000.0, 350.0, 1000.0, partner=self.contact)

    def test_a_company_of_the_group_has_its_own_account(self):
        subsidiary = self.env["res.partner"].create(
            {"name": "Montboro Library", "is_company": True, "parent_id": self.customer.id}
        )
        self.document(70.0, partner_id=subsidiary.id)
        self.document(1000.0)
        self.assertFigures(70.0, 70.0, 0.0, 70.0, partner=subsidiary)
        self.assertFigures(1000.0, 1000.0, 0.0, 1000.0)

    def test_a_contact_that_joins_a_company_brings_its_items_and_documents(self):
        person = self.env["res.partner"].create({"name": "Bob"})
        invoice = self.document(90.0, partner_id=person.id)
        person.parent_id = self.customer
        self.assertFigures(90.0, 90.0, 0.0, 90.0)
        self.assertEqual(self.customer.ar_document_ids, invoice)
        self.assertEqual(person.ar_open_document_ids, invoice)

    def test_an_archived_contact_still_counts(self):
        self.payment(300.0, partner=self.contact)
        self.contact.active = False
        self.assertFigures(-300.0, 0.0, 300.0, 0.0)

    def test_a_contact_of_somebody_without_receivables(self):
        self.assertFigures(0.0, 0.0, 0.0, 0.0, partner=self.stranger)

    def test_a_customer_that_is_being_typed_in(self):
        self.document(-250.0)
        typed = self.partners.new({"name": "Somebody"})
        self.assertEqual([typed[figure] for figure in FIGURES], [0.0] * 4)
        self.assertFalse(typed.ar_document_ids + typed.ar_open_document_ids)
        typed.parent_id = self.customer
        self.assertEqual(typed.ar_balance, -250.0)
        self.assertEqual(len(typed.ar_document_ids), 1)
        edited = self.partners.new(origin=self.customer)
        self.assertEqual(edited.ar_balance, -250.0)
        self.assertEqual(len(edited.ar_open_document_ids), 1)
        with Form(self.partners) as form:
            form.name = "Saved"
            self.assertEqual(form.ar_balance, 0.0)

    # === Currencies and companies of ours ===

    def test_a_document_in_another_currency(self):
        """The figures are in the company's currency, the document's in its own."""
        euro = self.setup_other_currency("EUR", rates=[("2023-01-01", 2.0)])
        invoice = self.document(1000.0, currency_id=euro.id)
        credit = self.document(-250.0, currency_id=euro.id)
        credit_note = self.document(100.0, currency_id=euro.id, move_type="out_refund")
        self.assertFigures(325.0, 500.0, 175.0, 500.0)
        self.assertEqual(
            [
                (move.amount_total_in_currency_signed, move.amount_residual_in_currency_signed)
                for move in invoice + credit + credit_note
            ],
            [(1000.0, 1000.0), (-250.0, -250.0), (-100.0, -100.0)],
        )
        self.apply(invoice, credit_note)
        self.assertFigures(325.0, 450.0, 125.0, 450.0)
        self.assertEqual(invoice.amount_residual_in_currency_signed, 900.0)
        self.assertEqual(credit_note.amount_residual_in_currency_signed, 0.0)

    def test_the_balance_of_a_document_that_is_not_posted(self):
        for amount in (300.0, -300.0):
            draft = self.document(amount, post=False)
            self.assertEqual(draft.amount_residual_in_currency_signed, 0.0)
            draft.button_cancel()
            self.assertEqual(draft.amount_residual_in_currency_signed, 0.0)

    def two_companies(self, **values):
        """Another company of ours, which has sold to the customer for 1,000.00 of its currency
        and owes it a credit of 250.00."""
        data = self.setup_other_company(name="Our Other Company", **values)
        company = data["company"]
        self.env.user.company_ids += company
        for amount in (1000.0, -250.0):
            document = self.customer_document(
                [self.line(amount, account_id=data["default_account_revenue"].id)],
                journal_id=data["default_journal_sale"].id,
                invoice_payment_term_id=self.net30.id,
            )
            document.action_post()
            self.assertEqual(document.company_id, company)
        return company

    def in_companies(self, *companies):
        """The customer as seen with these companies switched on, the first one current."""
        self.env.invalidate_all()
        return self.customer.with_context(
            allowed_company_ids=[company.id for company in companies]
        )

    def test_only_the_companies_that_are_switched_on_count(self):
        ours, other = self.env.company, self.two_companies()
        self.document(80.0)
        for companies, balance, count in (
            ((ours,), 80.0, 1),
            ((other,), 750.0, 2),
            ((ours, other), 830.0, 3),
        ):
            with self.subTest(companies=companies):
                customer = self.in_companies(*companies)
                self.assertEqual(customer.ar_balance, balance)
                self.assertEqual(len(customer.ar_document_ids), count)
                self.assertEqual(len(customer.ar_open_document_ids), count)

    def test_figures_of_one_request_do_not_mix_companies(self):
        """The cache tells apart what was read with other companies switched on."""
        ours, other = self.env.company, self.two_companies()
        customer = self.in_companies(ours)
        self.assertEqual(customer.ar_balance, 0.0)
        other_view = customer.with_context(allowed_company_ids=other.ids)
        self.assertEqual(other_view.ar_balance, 750.0)
        self.assertEqual(len(other_view.ar_document_ids), 2)
        self.assertFalse(customer.ar_document_ids)

    def test_books_in_two_currencies_are_converted_at_todays_rate(self):
        """1,000.00 and -250.00 of the other company's euros are worth 500.00 and -125.00."""
        euro = self.setup_other_currency(
            "EUR", rates=[("2023-01-01", 4.0), ("2023-07-01", 2.0), ("2023-08-01", 8.0)]
        )
        ours, other = self.env.company, self.two_companies(currency_id=euro.id)
        self.document(80.0)
        customer = self.in_companies(ours, other)
        self.assertEqual(customer.ar_currency_id, ours.currency_id)
        self.assertRecordValues(
            customer,
            [
                {
                    "ar_balance": 455.0,
                    "ar_open_invoices": 580.0,
                    "ar_open_credits": 125.0,
                    "ar_overdue": 580.0,
                }
            ],
        )
        self.assertEqual(
            customer.search([("ar_balance", "=", 455.0), ("id", "=", customer.id)]), customer
        )
        self.assertEqual(self.in_companies(other).ar_balance, 750.0)
        self.assertEqual(self.in_companies(other).ar_currency_id, euro)

    def test_a_converted_figure_is_rounded_once_in_the_currency(self):
        """1,000.00 and -250.00 at 3 to 1: 333.33 less 83.33, to the cent, also in a search."""
        euro = self.setup_other_currency("EUR", rates=[("2023-01-01", 3.0)])
        ours, other = self.env.company, self.two_companies(currency_id=euro.id)
        customer = self.in_companies(ours, other)
        self.assertRecordValues(
            customer,
            [{"ar_balance": 250.0, "ar_open_invoices": 333.33, "ar_open_credits": 83.33}],
        )
        for figure, value in (("ar_balance", 250.0), ("ar_open_invoices", 333.33)):
            found = customer.search([(figure, "=", value), ("id", "=", customer.id)])
            self.assertEqual(found, customer)

    # === Lists behind the figures ===

    def test_each_figure_opens_the_items_it_sums(self):
        self.document(1000.0)
        self.document(400.0, invoice_date="2023-07-10")
        self.document(-250.0)
        self.document(60.0, move_type="out_refund")
        self.payment(35.0, partner=self.contact)
        self.entry(12.5)
        self.entry(-7.5)
        self.document(999.0, post=False)
        self.document(888.0, partner_id=self.stranger.id)
        for partner in (self.customer, self.contact):
            for figure, sign, count in (
                ("ar_balance", 1, 7),
                ("ar_open_invoices", 1, 3),
                ("ar_open_credits", -1, 4),
                ("ar_overdue", 1, 2),
            ):
                with self.subTest(partner=partner.name, figure=figure):
                    action = getattr(self.fresh(partner), f"action_open_{figure}")()
                    items = self.env[action["res_model"]].search(action["domain"])
                    self.assertEqual(len(items), count)
                    self.assertAlmostEqual(
                        sign * sum(items.mapped("amount_residual")), partner[figure]
                    )
                    self.assertIn(self.customer.name, action["display_name"])

    def test_the_list_opens_in_the_companies_of_the_figure(self):
        other = self.two_companies()
        customer = self.in_companies(self.env.company, other)
        action = customer.action_open_ar_open_credits()
        items = self.items.with_context(allowed_company_ids=other.ids).search(action["domain"])
        self.assertEqual(sum(items.mapped("amount_residual")), -250.0)

    def test_a_long_list_starts_in_groups(self):
        """A list totals the page it shows; groups are totalled whole."""
        list_action = self.env.ref("account_customer_credit.action_open_receivable_items")
        list_action.limit = 2
        self.document(100.0)
        self.document(200.0, invoice_date="2023-07-10")
        action = self.customer.action_open_ar_balance()
        self.assertEqual(action["context"], {})
        self.document(-50.0)
        action = self.fresh().action_open_ar_balance()
        self.assertEqual(action["context"], {"search_default_group_by_due_month": 1})
        groups = self.items.formatted_read_group(
            action["domain"], ["date_maturity:month"], ["amount_residual:sum"]
        )
        self.assertEqual(len(groups), 2)
        self.assertEqual(sum(group["amount_residual:sum"] for group in groups), 250.0)

    def test_an_open_item_says_what_it_is(self):
        for move, kind in (
            (self.document(1000.0), "invoice"),
            (self.document(50.0, move_type="out_receipt"), "invoice"),
            (self.document(-250.0), "customer_credit"),
            (self.document(60.0, move_type="out_refund"), "credit_note"),
            (self.payment(35.0).move_id, "payment"),
            (self.entry(12.5), "entry"),
        ):
            with self.subTest(kind=kind, move=move.name):
                self.assertEqual(self.receivable_items(move).receivable_kind, kind)

    def test_days_past_due(self):
        """30 days from 1 June is 1 July: 14 days ago, and the credit's the same."""
        for amount in (100.0, -100.0):
            items = self.receivable_items(self.document(amount))
            self.assertEqual(items.days_past_due, 14)
        later = self.receivable_items(self.document(100.0, invoice_date="2023-07-10"))
        self.assertEqual(later.days_past_due, -25)

    def test_an_item_opens_its_document(self):
        credit, payment = self.document(-250.0), self.payment(35.0)
        for move, model, record in (
            (credit, "account.move", credit),
            (payment.move_id, "account.payment", payment),
        ):
            action = self.receivable_items(move).action_open_business_doc()
            self.assertEqual((action["res_model"], action["res_id"]), (model, record.id))

    # === The documents ===

    def test_the_documents_newest_first(self):
        older = self.document(100.0, invoice_date="2023-05-01")
        settled = self.document(200.0, invoice_date="2023-05-20")
        self.apply(settled, self.payment(200.0).move_id)
        credit = self.document(-250.0)
        same_day = self.document(60.0, move_type="out_refund")
        receipt = self.document(20.0, move_type="out_receipt", invoice_date="2023-06-02")
        draft = self.document(70.0, post=False, invoice_date="2023-06-03")
        cancelled = self.document(71.0, post=False, invoice_date="2023-06-04")
        cancelled.button_cancel()
        self.entry(12.5)
        self.customer_document([self.line(500.0)], move_type="in_invoice", post=True)
        self.document(888.0, partner_id=self.stranger.id)
        customer = self.fresh()
        self.assertEqual(
            customer.ar_document_ids.ids,
            (cancelled + draft + receipt + same_day + credit + settled + older).ids,
        )
        self.assertEqual(
            customer.ar_open_document_ids.ids, (receipt + same_day + credit + older).ids
        )

    def test_the_documents_of_several_customers_at_once(self):
        ours, theirs = self.document(100.0), self.document(200.0, partner_id=self.stranger.id)
        self.env.invalidate_all()
        customers = self.customer + self.stranger
        self.assertEqual(customers.mapped("ar_document_ids"), ours + theirs)
        self.assertEqual(self.stranger.ar_document_ids, theirs)

    def test_the_list_has_the_nine_columns(self):
        view = self.env.ref("account_customer_credit.view_ar_document_list")
        arch = etree.fromstring(self.env["account.move"].get_view(view.id, "list")["arch"])
        labels = self.env["account.move"].fields_get()
        columns = [
            column.get("string") or labels[column.get("name")]["string"]
            for column in arch.findall("field")
            if not column.get("column_invisible") and not column.get("optional")
        ]
        self.assertEqual(
            columns,
            [
                "Invoice",
                "Date",
                "Title",
                "Billing Terms",
                "Grand Total",
                "Balance",
                "Pmt Exp",
                "Tracking Status",
                "Status",
            ],
        )

    # === Search and sort ===

    def customers_for_search(self):
        """Four customers with balances of 1,000.00, -250.00, 0.00 (both sides open) and none."""
        debtor, creditor, even = self.partners.create(
            [{"name": name, "is_company": True} for name in ("Debtor", "Creditor", "Even")]
        )
        self.document(1000.0, partner_id=debtor.id)
        self.document(-250.0, partner_id=creditor.id)
        self.document(40.3, partner_id=even.id)
        self.payment(40.3, partner=even)
        self.env.invalidate_all()
        return debtor, creditor, even, self.stranger

    def test_search_by_figure(self):
        debtor, creditor, even, nothing = self.customers_for_search()
        everyone = debtor + creditor + even + nothing
        for figure, operator, value, expected in (
            ("ar_balance", "=", 0, even + nothing),
            ("ar_balance", "=", 0.0, even + nothing),
            ("ar_balance", "=", False, even + nothing),
            ("ar_balance", "!=", 0, debtor + creditor),
            ("ar_balance", "!=", False, debtor + creditor),
            ("ar_balance", "=", 1000.0, debtor),
            ("ar_balance", "=", 1000.1, self.partners),
            ("ar_balance", "!=", 1000.0, creditor + even + nothing),
            ("ar_balance", "=", -250, creditor),
            ("ar_balance", ">", 0, debtor),
            ("ar_balance", ">=", 0, debtor + even + nothing),
            ("ar_balance", "<", 0, creditor),
            ("ar_balance", "<=", 0, creditor + even + nothing),
            ("ar_balance", "<", 1000, creditor + even + nothing),
            ("ar_balance", "<=", 1000, everyone),
            ("ar_balance", ">", -250, debtor + even + nothing),
            ("ar_balance", ">", 1000, self.partners),
            ("ar_balance", "in", [-250, 1000], debtor + creditor),
            ("ar_balance", "in", [0, 1000], debtor + even + nothing),
            ("ar_balance", "in", [], self.partners),
            ("ar_balance", "not in", [-250, 1000], even + nothing),
            ("ar_balance", "not in", [0, 1000], creditor),
            ("ar_balance", "not in", [], everyone),
            ("ar_open_invoices", ">", 0, debtor + even),
            ("ar_open_invoices", "=", 0, creditor + nothing),
            ("ar_open_credits", ">", 0, creditor + even),
            ("ar_open_credits", "=", 250, creditor),
            ("ar_open_credits", "=", 40.3, even),
            ("ar_overdue", ">=", 1000, debtor),
            ("ar_overdue", "<", 1, creditor + nothing),
        ):
            with self.subTest(figure=figure, operator=operator, value=value):
                domain = [(figure, operator, value)]
                found = self.partners.search([("id", "in", everyone.ids), *domain])
                self.assertEqual(found, expected.sorted())
                self.assertEqual(everyone.filtered_domain(domain), expected)

    def test_search_does_not_trip_over_floats(self):
        *_others, even, _nothing = self.customers_for_search()
        self.assertNotEqual(40.1 + 0.2, 40.3)
        self.assertIn(even, self.partners.search([("ar_open_credits", "=", 40.1 + 0.2)]))
        self.assertIn(even, self.partners.search([("ar_open_credits", "<=", 40.3 - 1e-12)]))

    def test_search_finds_contacts_by_their_company(self):
        self.document(-250.0)
        family = self.customer + self.contact
        domain = [("id", "in", family.ids)]
        self.assertEqual(
            self.partners.search([*domain, ("ar_balance", "<", 0)], order="id"), family
        )
        self.assertFalse(self.partners.search([*domain, ("ar_balance", "=", 0)]))

    def test_search_survives_items_without_a_partner(self):
        """An item of nobody is nobody's: it hides no customer from a search for zero."""
        entry = self.entry(10.0)
        self.receivable_items(entry).partner_id = False
        found = self.partners.search([("id", "=", self.stranger.id), ("ar_balance", "=", 0)])
        self.assertEqual(found, self.stranger)
        self.assertFigures(0.0, 0.0, 0.0, 0.0)

    def test_search_combines_with_other_conditions(self):
        debtor, creditor, even, nothing = self.customers_for_search()
        everyone = debtor + creditor + even + nothing
        found = self.partners.search(
            [
                "&",
                ("id", "in", everyone.ids),
                "|",
                ("ar_balance", "<", 0),
                ("name", "=", "Debtor"),
            ],
            order="id",
        )
        self.assertEqual(found, debtor + creditor)
        found = self.partners.search(
            ["&", ("id", "in", everyone.ids), "!", ("ar_balance", "<", 0)], order="id"
        )
        self.assertEqual(found, (debtor + even + nothing).sorted("id"))

    def test_a_balance_is_not_a_text(self):
        for operator, value in (("ilike", "250"), ("=", "250"), ("in", ["a"]), (">", "a")):
            with self.subTest(operator=operator, value=value), self.assertRaises(UserError):
                self.partners.search([("ar_balance", operator, value)])

    def test_sort_by_figure(self):
        debtor, creditor, even, nothing = self.customers_for_search()
        domain = [("id", "in", (debtor + creditor + even + nothing).ids)]
        for order, expected in (
            ("ar_balance, id", creditor + nothing + even + debtor),
            ("ar_balance desc, id desc", debtor + even + nothing + creditor),
            ("ar_open_credits desc, id", creditor + even + nothing + debtor),
            ("ar_overdue desc, ar_balance, id", debtor + even + creditor + nothing),
        ):
            with self.subTest(order=order):
                self.assertEqual(self.partners.search(domain, order=order).ids, expected.ids)
        self.assertEqual(self.partners.search(domain, order="ar_balance", limit=1), creditor)
        self.assertTrue(self.partners.fields_get(["ar_balance"])["ar_balance"]["sortable"])

    # === How many queries ===

    def count_queries(self, function):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        function()
        return self.env.cr.sql_log_count - before

    def test_the_figures_of_eighty_customers_are_one_query(self):
        customers = self.partners.create([{"name": f"Customer {n}"} for n in range(80)])
        for customer in customers[:3]:
            self.document(10.0, partner_id=customer.id)
        customers.mapped("ar_balance")  # warms what is cached for longer than a request
        self.env.flush_all()
        self.env.invalidate_all()
        # as the list that shows the figures has read them before
        customers.mapped("name")
        customers.env.company.currency_id.mapped("name")
        with self.assertQueryCount(1):
            self.assertEqual(sum(customers.mapped("ar_balance")), 30.0)
            self.assertEqual(sum(customers.mapped("ar_overdue")), 30.0)

    def test_the_column_costs_a_contact_list_one_query(self):
        customers = self.partners.create([{"name": f"Customer {n}"} for n in range(80)])
        for customer in customers[:3]:
            self.document(10.0, partner_id=customer.id)
        domain = [("id", "in", customers.ids)]
        # the currency is the one that all amounts of the list are shown in
        columns = {"display_name": {}, "ar_currency_id": {"fields": {"display_name": {}}}}

        def read(*figures):
            return self.count_queries(
                lambda: self.partners.web_search_read(
                    domain, {**columns, **{figure: {} for figure in figures}}
                )
            )

        read(*FIGURES)  # warms what is cached for longer than a request
        self.assertEqual(read("ar_balance"), read() + 1)
        self.assertEqual(read(*FIGURES), read() + 1)

    def test_the_documents_cost_the_same_for_one_and_for_many(self):
        customers = self.partners.create([{"name": f"Customer {n}"} for n in range(10)])
        for customer in customers:
            self.document(10.0, partner_id=customer.id)

        def read(partners):
            return self.count_queries(lambda: partners.mapped("ar_document_ids"))

        read(customers)
        self.assertEqual(read(customers), read(customers[0]))


@tagged("post_install", "-at_install")
class TestCustomerAccountAccess(CustomerAccountCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.accountant, cls.biller, cls.auditor, cls.salesperson, cls.portal = (
            new_test_user(
                cls.env,
                login=login,
                groups=groups,
                company_id=cls.env.company.id,
                company_ids=[Command.set(cls.env.company.ids)],
            )
            for login, groups in (
                ("ar_accountant", "account.group_account_user,account.group_account_manager"),
                ("ar_biller", "account.group_account_invoice"),
                ("ar_auditor", "account.group_account_readonly"),
                ("ar_salesperson", "base.group_user,base.group_partner_manager"),
                ("ar_portal", "base.group_portal"),
            )
        )
        cls.portal.partner_id.parent_id = cls.customer
        cls.document(1000.0)
        cls.document(-250.0)

    def form_arch(self, user):
        return etree.fromstring(
            self.partners.with_user(user).get_view(
                self.env.ref("base.view_partner_form").id, "form"
            )["arch"]
        )

    def test_who_works_in_accounting_sees_the_account(self):
        for user in (self.accountant, self.biller, self.auditor):
            with self.subTest(user=user.login):
                self.env.invalidate_all()
                customer = self.customer.with_user(user)
                self.assertEqual(customer.ar_balance, 750.0)
                self.assertEqual(len(customer.ar_document_ids), 2)
                self.assertEqual(len(customer.ar_open_document_ids), 2)
                self.assertEqual(
                    customer.search([("ar_balance", "=", 750), ("id", "=", customer.id)]),
                    customer,
                )
                action = customer.action_open_ar_open_credits()
                items = self.items.with_user(user).search(action["domain"])
                self.assertEqual(sum(items.mapped("amount_residual")), -250.0)
                self.assertEqual(items.mapped("receivable_kind"), ["customer_credit"])
                arch = self.form_arch(user)
                self.assertEqual(len(arch.xpath("//page[@name='finance_accounting']")), 1)
                self.assertEqual(
                    len(arch.xpath("//div[@name='button_box']//field[@name='ar_balance']")), 1
                )

    def test_who_does_not_work_in_accounting_neither_sees_nor_reads_nor_searches(self):
        fields = (*FIGURES, "ar_document_ids", "ar_open_document_ids")
        for user in (self.salesperson, self.portal):
            customer = self.customer.with_user(user)
            partners = self.partners.with_user(user)
            for name in fields:
                with self.subTest(user=user.login, field=name):
                    self.assertNotIn(name, partners.fields_get())
                    with self.assertRaises(AccessError):
                        customer[name]
                    with self.assertRaises(AccessError):
                        customer.read([name])
            for figure in FIGURES:
                with self.subTest(user=user.login, search=figure):
                    with self.assertRaises(AccessError):
                        partners.search([(figure, "<", 0)])
                    with self.assertRaises(AccessError):
                        partners.search([(figure, "=", 0)])
                    with self.assertRaises(AccessError):
                        partners.search([], order=f"{figure} desc")
            with self.assertRaises(AccessError):
                customer.action_open_ar_balance()

    def test_the_views_of_a_salesperson_show_nothing_of_it(self):
        for view, view_type in (
            ("base.view_partner_form", "form"),
            ("base.view_partner_tree", "list"),
            ("base.view_res_partner_filter", "search"),
        ):
            with self.subTest(view=view):
                arch = self.partners.with_user(self.salesperson).get_view(
                    self.env.ref(view).id, view_type
                )["arch"]
                for name in (*FIGURES, "ar_document_ids", "finance_accounting"):
                    self.assertNotIn(name, arch)
                arch = self.partners.with_user(self.biller).get_view(
                    self.env.ref(view).id, view_type
                )["arch"]
                self.assertIn("ar_balance", arch)

    def test_the_figures_of_one_user_are_not_anothers(self):
        """Two users in one transaction, as in a test or a scheduled job, each read their own."""
        data = self.setup_other_company(name="Our Other Company")
        colleague = new_test_user(
            self.env,
            login="ar_colleague",
            groups="account.group_account_user",
            company_id=data["company"].id,
            company_ids=[Command.set(data["company"].ids)],
        )
        self.env.invalidate_all()
        self.assertEqual(self.customer.with_user(self.auditor).ar_balance, 750.0)
        self.assertEqual(self.customer.with_user(colleague).ar_balance, 0.0)
        self.assertFalse(self.customer.with_user(colleague).ar_document_ids)


@tagged("post_install", "-at_install")
class TestCustomerAccountTour(CustomerAccountCommon, HttpCase):
    def test_from_the_customer_to_the_items_and_the_documents(self):
        self.document(1000.0)
        self.document(-250.0, invoice_date="2023-07-01")
        self.env.user.password = "accountman-password"
        self.start_tour(
            f"/odoo/customers/{self.customer.id}",
            "account_customer_credit_customer_account",
            login=self.env.user.login,
        )
