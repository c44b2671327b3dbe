"""What settled a document is said in the same words on screen, in lists, in print and on the
portal; ``payment_state`` stays core's."""

from ast import literal_eval

from lxml import etree, html

from odoo.tests import Form

from odoo.addons.account_receivable.tests.common_customer import TODAY

from .common_portal import CreditPortalCommon
from .common_write_off import WriteOffCommon


class TestCreditSettlement(WriteOffCommon):
    def settlements(self, document):
        self.env.invalidate_all()
        return [
            (row["settlement"], str(row["date"]), row["amount"])
            for row in document._get_settlements()
        ]

    def printed(self, document):
        content, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "account.report_invoice_with_payments", document.ids
        )
        return " ".join(html.fromstring(content).text_content().split())

    def assertStatus(self, document, status):
        self.env.invalidate_all()
        self.assertEqual(document.status_in_payment, status)

    def pay(self, invoice, amount):
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({"amount": amount, "payment_date": TODAY})._create_payments()

    def test_an_invoice_names_the_credit_and_the_day_it_was_applied(self):
        """The credit is of June, and was applied later."""
        invoice, credit = self.document(100.0), self.document(-250.0)
        self.apply(invoice, credit)
        applied = (f"Credit memo {credit.name} applied", str(TODAY), 100.0)
        self.assertEqual(self.settlements(invoice), [applied])
        self.assertEqual(
            self.settlements(credit), [(f"Applied to {invoice.name}", str(TODAY), 100.0)]
        )
        self.assertEqual(invoice.payment_state, "paid", "Core's value, for other addons")
        self.assertStatus(invoice, "credited")
        self.assertStatus(credit, "partly_used")
        text = self.printed(invoice)
        day = TODAY.strftime("%m/%d/%Y")
        self.assertIn(f"Credit memo {credit.name} applied {day}", text)
        self.assertNotIn("Reversed on", text)

    def test_money_and_credit_together(self):
        invoice, credit = self.document(100.0), self.document(-40.0)
        self.apply(invoice, credit)
        self.assertStatus(invoice, "partial")
        self.pay(invoice, 60.0)
        self.assertIn(invoice.payment_state, ("paid", "in_payment"))
        self.assertStatus(invoice, invoice.payment_state)
        self.assertEqual(len(self.settlements(invoice)), 1, "The payment is core's row.")
        text = self.printed(invoice)
        self.assertIn("Paid on", text)
        self.assertIn(f"Credit memo {credit.name} applied", text)

    def test_cores_credit_note_keeps_cores_words(self):
        invoice, note = self.document(100.0), self.document(100.0, move_type="out_refund")
        self.apply(invoice, note)
        self.assertEqual(self.settlements(invoice), [])
        self.assertStatus(invoice, "reversed")
        self.assertIn("Reversed on", self.printed(invoice))

    def test_each_use_of_a_credit(self):
        credit = self.document(-250.0)
        self.assertIn(credit.status_in_payment, ("posted", "sent"), "Nothing was used yet.")
        dialog = self.env["account.customer.credit.refund"].browse(
            credit.action_refund_credit()["res_id"]
        )
        dialog.action_refund()
        ((label, _day, amount),) = self.settlements(credit)
        self.assertTrue(label.startswith("Refunded by "), label)
        self.assertEqual(amount, 250.0)
        self.assertStatus(credit, "refunded")
        small = self.document(-3.0)
        self.write_off(small)
        ((label, _day, amount),) = self.settlements(small)
        self.assertEqual(label, "Written off")
        self.assertStatus(small, "written_off")
        used = self.document(-50.0)
        self.apply(self.document(50.0), used)
        self.assertStatus(used, "used")

    def test_unapplied_again_it_is_not_named(self):
        invoice, credit = self.document(100.0), self.document(-100.0)
        self.apply(invoice, credit)
        invoice.receivable_application_ids.application_id._unapply(TODAY, "Other invoice")
        self.assertEqual(self.settlements(invoice), [])
        self.assertEqual(self.settlements(credit), [])
        self.assertIn(invoice.status_in_payment, ("posted", "sent"))

    def test_in_another_currency_the_amount_is_the_documents(self):
        euro = self.setup_other_currency("EUR", rates=[("2016-01-01", 2.0)])
        invoice = self.document(100.0, currency_id=euro.id)
        credit = self.document(-40.0, currency_id=euro.id)
        self.apply(invoice, credit)
        self.assertEqual([row[2] for row in self.settlements(invoice)], [40.0])

    def test_a_list_costs_the_same_queries_however_long(self):
        pairs = [(self.document(10.0), self.document(-10.0)) for _number in range(6)]
        for invoice, credit in pairs:
            self.apply(invoice, credit)

        def queries(documents):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            documents.mapped("status_in_payment")
            return self.env.cr.sql_log_count - before

        few = sum((invoice + credit for invoice, credit in pairs[:1]), self.env["account.move"])
        many = sum((invoice + credit for invoice, credit in pairs), self.env["account.move"])
        queries(few)
        self.assertEqual(queries(many), queries(few))

    # === Overdue ===

    def test_overdue_lists_no_credit(self):
        """The filter of the list, and the figure of the dashboard that opens it."""
        invoice, credit = self.document(100.0), self.document(-30.0)
        arch = self.env["account.move"].get_view(
            self.env.ref("account.view_account_invoice_filter").id, "search"
        )["arch"]
        (late,) = etree.fromstring(arch).xpath("//filter[@name='late']")
        core = self.env.ref("account.view_account_invoice_filter").arch_db
        (of_core,) = etree.fromstring(core).xpath("//filter[@name='late']")
        domain, of_core = (
            [tuple(leaf) for leaf in literal_eval(node.get("domain"))]
            for node in (late, of_core)
        )
        self.assertEqual(domain, [*of_core, ("is_customer_credit", "=", False)])
        found = self.env["account.move"].search(domain)
        self.assertIn(invoice, found)
        self.assertNotIn(credit, found)
        journal = invoice.journal_id
        data = journal._get_journal_dashboard_data_batched()[journal.id]
        late = found.filtered_domain(
            [("journal_id", "=", journal.id), ("move_type", "in", ("out_invoice", "out_refund"))]
        )
        self.assertEqual(data["number_late"], len(late))
        self.assertGreater(data["number_waiting"], data["number_late"])

    # === The form ===

    def test_product_and_quantity_stand_where_a_customers_document_is_entered(self):
        """Core shows these columns with Sales only, and never on a bill."""
        moves = self.env["account.move"]
        has_sales = "sale_management" in self.env["ir.module.module"]._installed()
        for move_type, shown in (("out_invoice", True), ("out_refund", True), ("entry", False)):
            with self.subTest(move_type):
                document = moves.new({"move_type": move_type})
                self.assertEqual(document.is_sale_installed, shown or has_sales)
        self.company.customer_credit_enabled = False
        self.assertEqual(moves.new({"move_type": "out_invoice"}).is_sale_installed, has_sales)

    def test_the_expected_payment_follows_the_terms_before_posting(self):
        net_30 = self.env.ref("account.account_payment_term_30days")
        with Form(self.env["account.move"].with_context(default_move_type="out_invoice")) as form:
            form.partner_id = self.customer
            form.invoice_date = "2023-06-01"
            form.invoice_payment_term_id = net_30
            with form.invoice_line_ids.new() as line:
                line.name = "Desk"
                line.price_unit = 100.0
            self.assertEqual(str(form.payment_expected_date), "2023-07-01")
            form.invoice_date = "2023-06-10"
            self.assertEqual(str(form.payment_expected_date), "2023-07-10")
        document = form.record
        self.assertEqual(document.payment_expected_date, document.invoice_date_due)
        self.assertFalse(document.payment_expected_typed)

    def test_no_debit_note_of_a_credit(self):
        """The button of core's other addon, as a view of that addon adds it."""
        self.env["ir.ui.view"].create(
            {
                "name": "account.move.form.debit.note",
                "model": "account.move",
                "inherit_id": self.env.ref("account.view_move_form").id,
                "arch": """
                    <button name="action_post" position="after">
                        <button
                            name="action_debit_note"
                            special="cancel"
                            string="Debit Note"
                            invisible="state != 'posted'"
                        />
                    </button>
                """,
            }
        )
        form = etree.fromstring(self.env["account.move"].get_view(view_type="form")["arch"])
        buttons = form.xpath("//button[@name='action_debit_note']")
        self.assertTrue(buttons)
        for button in buttons:
            self.assertRegex(button.get("invisible"), r"state.* or is_customer_credit$")


class TestCreditSettlementPortal(CreditPortalCommon):
    def test_an_invoice_settled_by_a_credit(self):
        """The customer reads the credit and the day, and not that it was paid."""
        invoice, credit = self.document(70.0), self.document(-70.0)
        self.apply(invoice, credit)
        row = self.rows("/my/invoices", self.user)[invoice.name]
        self.assertIn("Settled by Credit", row)
        self.assertNotIn("Paid", row)
        _tree, text = self.page(invoice.get_portal_url(), self.user)
        day = TODAY.strftime("%m/%d/%Y")
        self.assertIn(f"Credit memo {credit.name} applied {day}: $ 70.00", text)
        self.assertIn("Settled by Credit", text)
        self.assertNotIn(" Paid", text)
        _tree, text = self.page(credit.get_portal_url(), self.user)
        self.assertIn(f"Applied to {invoice.name} {day}: $ 70.00", text)

    def test_an_invoice_settled_in_part(self):
        invoice, credit = self.document(70.0), self.document(-20.0)
        self.apply(invoice, credit)
        _tree, text = self.page(invoice.get_portal_url(), self.user)
        self.assertIn("Paid or credited: $ 20.00", text)
        self.assertIn("Left to Pay: $ 50.00", text)
        self.assertNotIn("Already Paid", text)
