"""Core's figures with a customer credit are those with core's equal credit note."""

from odoo import fields
from odoo.fields import Command

from odoo.addons.account_receivable.tests.common_customer import TODAY

from .common_customer import CustomerAccountCommon


class TestCoreReports(CustomerAccountCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tax_21 = cls.two_sided_tax("21 %", 21.0)
        cls.chair = cls.env["product.product"].create(
            {"name": "Chair", "standard_price": 60.0, "list_price": 100.0}
        )
        cls.other = cls.env["res.partner"].create({"name": "With Core's Credit Notes"})
        cls.journal = cls.company_data["default_journal_sale"]

    def goods(self, price, quantity):
        return self.line(price, quantity=quantity, tax=self.tax_21, product_id=self.chair.id)

    def two_customers(self, lines, **values):
        """The same sale to two customers; the one gets these lines as a customer credit, the
        other as core's credit note."""
        documents = []
        for partner, move_type, credit_lines in (
            (self.customer, "out_invoice", lines),
            (self.other, "out_refund", self.mirrored(lines)),
        ):
            self.customer_document([self.goods(100.0, 10)], post=True, partner_id=partner.id)
            documents.append(
                self.customer_document(
                    credit_lines,
                    move_type=move_type,
                    post=True,
                    partner_id=partner.id,
                    invoice_date="2023-06-10",
                    **values,
                )
            )
        return documents

    def analysis(self, partner, *fields_):
        report = self.env["account.invoice.report"]
        return report._read_group([("commercial_partner_id", "=", partner.id)], [], [*fields_])[0]

    # ------------------------------------------------------------------
    # Invoice analysis
    # ------------------------------------------------------------------

    def test_returned_goods(self):
        self.two_customers([self.goods(100.0, -2)])
        names = (
            "quantity:sum",
            "price_subtotal:sum",
            "price_total:sum",
            "price_average:avg",
            "price_margin:sum",
            "inventory_value:sum",
            "__count",
        )
        ours, cores = (self.analysis(partner, *names) for partner in (self.customer, self.other))
        self.assertEqual(ours, cores)
        self.assertEqual(ours[:2], (8.0, 800.0))
        self.assertEqual(ours[4], 800.0 - 8 * 60.0)

    def test_a_lower_price(self):
        """20.00 less for what was sold: the chairs stay sold, and cost what they cost."""
        self.two_customers([self.goods(-20.0, 1)])
        quantity, subtotal, average, margin, inventory = self.analysis(
            self.customer,
            "quantity:sum",
            "price_subtotal:sum",
            "price_average:avg",
            "price_margin:sum",
            "inventory_value:sum",
        )
        self.assertEqual((quantity, subtotal), (10.0, 980.0))
        self.assertEqual(average, 98.0)
        self.assertEqual(margin, 980.0 - 600.0)
        self.assertEqual(inventory, -600.0)
        # Core's credit note counts a chair as returned.
        self.assertEqual(self.analysis(self.other, "quantity:sum", "price_subtotal:sum"), (9, 980))

    def test_drafts_and_other_documents_are_as_core_has_them(self):
        bill = self.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": self.customer.id,
                "invoice_date": "2023-06-01",
                "invoice_line_ids": [Command.create({"name": "x", "price_unit": -5.0})],
            }
        )
        invoice = self.customer_document([self.goods(100.0, 2), self.line(-30.0)])
        rows = self.env["account.invoice.report"].search([("move_id", "in", (bill + invoice).ids)])
        self.assertEqual(
            sorted(rows.mapped(lambda row: (row.quantity, row.price_subtotal))),
            [(-1.0, 5.0), (1.0, -30.0), (2.0, 200.0)],
        )

    def test_a_foreign_currency(self):
        currency = self.setup_other_currency("EUR", rates=[("2023-01-01", 0.5)])
        self.two_customers([self.goods(100.0, -2)], currency_id=currency.id)
        ours, cores = (
            self.analysis(partner, "quantity:sum", "price_subtotal:sum", "price_margin:sum")
            for partner in (self.customer, self.other)
        )
        self.assertEqual(ours, cores)
        self.assertEqual(ours[1], 1000.0 - 400.0)

    # ------------------------------------------------------------------
    # The customer
    # ------------------------------------------------------------------

    def test_figures_of_the_customer(self):
        self.two_customers([self.goods(100.0, -2)])
        ours, cores = self.customer, self.other
        (ours + cores).invalidate_recordset()
        for name in ("credit", "total_invoiced", "days_sales_outstanding", "ar_balance"):
            with self.subTest(name):
                self.assertTrue(ours[name])
                self.assertEqual(ours[name], cores[name])
        self.assertEqual(ours.days_sales_outstanding, 44.0, "all is open since the first of June")

    # ------------------------------------------------------------------
    # The journal's card
    # ------------------------------------------------------------------

    def card(self):
        self.env.flush_all()
        self.journal.invalidate_recordset()
        data = self.journal._get_journal_dashboard_data_batched()[self.journal.id]
        graph = self.journal._get_sale_purchase_graph_data()[self.journal.id]
        return (
            {
                name: data[name]
                for name in (
                    "number_draft",
                    "sum_draft",
                    "number_waiting",
                    "sum_waiting",
                    "number_late",
                    "sum_late",
                )
            },
            [bar["value"] for bar in graph[0]["values"]],
        )

    def test_the_journals_card(self):
        cards = []
        for move_type, price in (("out_invoice", -30.0), ("out_refund", 30.0)):
            moves = self.customer_document(
                [self.line(100.0)], post=True, invoice_date_due="2023-07-01"
            )
            moves += self.customer_document(
                [self.line(price)],
                move_type=move_type,
                post=True,
                invoice_date_due="2023-07-01",
            )
            moves += self.customer_document([self.line(price)], move_type=move_type)
            cards.append(self.card())
            if move_type == "out_invoice":
                # core calls a credit note late; a credit never is
                self.assertEqual(cards[0][0].pop("number_late"), 1)
                self.assertIn("100.00", cards[0][0].pop("sum_late"))
            else:
                self.assertEqual(cards[1][0].pop("number_late"), 2)
                self.assertIn("70.00", cards[1][0].pop("sum_late"))
            moves.filtered(lambda move: move.state == "posted").button_draft()
            moves.unlink()
        self.assertEqual(cards[0], cards[1])
        self.assertEqual(cards[0][0]["sum_draft"][-5:], "30.00")

    # ------------------------------------------------------------------
    # The digest, the tax report
    # ------------------------------------------------------------------

    def test_revenue_in_the_digest(self):
        digest = self.env["digest.digest"].create(
            {"name": "Weekly", "company_id": self.env.company.id}
        )
        values = []
        for move_type, price in (("out_invoice", -30.0), ("out_refund", 30.0)):
            before = self.revenue_of(digest)
            self.customer_document(
                [self.line(price, tax=self.tax_21)],
                move_type=move_type,
                post=True,
                invoice_date=TODAY,
            )
            values.append(self.revenue_of(digest) - before)
        self.assertEqual(values, [-30.0, -30.0])

    def revenue_of(self, digest):
        self.env.flush_all()
        digest.invalidate_recordset()
        day = fields.Date.today()
        context = {
            "start_datetime": fields.Datetime.to_datetime(day.replace(day=1)),
            "end_datetime": fields.Datetime.to_datetime(day.replace(day=28)),
        }
        return digest.with_context(**context).kpi_account_total_revenue_value

    def test_tags_of_the_tax_report(self):
        """What the tax report sums: the balances by tag, base and tax."""
        credit, note = self.two_customers([self.goods(100.0, -2), self.goods(-20.0, 1)])
        sums = [
            self.env["account.move.line"]._read_group(
                [("move_id", "=", move.id), ("tax_tag_ids", "!=", False)],
                ["tax_tag_ids"],
                ["balance:sum"],
            )
            for move in (credit, note)
        ]
        self.assertEqual(sums[0], sums[1])
        self.assertEqual(len(sums[0]), 2)
