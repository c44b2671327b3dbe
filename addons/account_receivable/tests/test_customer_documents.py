"""The lists behind the figures: open items, and the documents on the customer's record."""

from lxml import etree

from .common_customer import ReceivableAccountCommon


class TestCustomerOpenItems(ReceivableAccountCommon):
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
        list_action = self.env.ref("account_receivable.action_open_receivable_items")
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
            (self.document(-250.0), self.credit_kind[0]),
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


class TestCustomerDocuments(ReceivableAccountCommon):
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

    def test_the_list_has_its_columns(self):
        view = self.env.ref("account_receivable.view_ar_document_list")
        arch = etree.fromstring(self.env["account.move"].get_view(view.id, "list")["arch"])
        labels = self.env["account.move"].fields_get()
        columns = [
            column.get("string") or labels[column.get("name")]["string"]
            for column in arch.findall("field")
            if not column.get("column_invisible") and not column.get("optional")
        ]
        self.assertEqual(tuple(columns), self.columns)
