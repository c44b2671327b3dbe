"""The words of a document follow its sign."""

from odoo.tests import Form

from .common import CustomerCreditCommon


class TestCreditWording(CustomerCreditCommon):
    def test_names_on_screen_and_paper(self):
        credit = self.customer_document([self.line(-250.0)], ref="PO 77")
        invoice = self.customer_document([self.line(250.0)])
        self.assertEqual(credit.type_name, "Customer Credit")
        self.assertEqual(credit.display_name, "Draft Customer Credit (PO 77)")
        self.assertEqual(credit._get_report_base_filename(), "Draft Credit Memo")
        self.assertEqual(invoice.display_name, "Draft Invoice")
        (credit + invoice).action_post()
        self.assertEqual(credit.display_name, f"{credit.name} (PO 77)")
        self.assertEqual(credit._get_report_base_filename(), f"Credit Memo {credit.name}")
        self.assertEqual(
            credit._get_invoice_report_filename(),
            f"Credit Memo {credit.name.replace('/', '_')}.pdf",
        )
        self.assertEqual(
            credit._get_invoice_proforma_pdf_report_filename(),
            f"Credit_Memo_{credit.name.replace('/', '_')}_proforma.pdf",
        )
        self.assertEqual(invoice._get_report_base_filename(), invoice.name)

    def test_chatter_says_what_was_created(self):
        # The tests' environment switches the log off.
        logged = {"tracking_disable": False, "mail_create_nolog": False}
        credit = (
            self.env["account.move"]
            .with_context(**logged)
            .create(
                {
                    "move_type": "out_invoice",
                    "partner_id": self.customer.id,
                    "invoice_line_ids": [self.line(-250.0)],
                }
            )
        )
        self.assertIn("Customer Credit Created", credit.message_ids.mapped("preview"))

    def test_wording_follows_an_edit(self):
        invoice = self.customer_document([self.line(250.0)])
        self.assertEqual(invoice.type_name, "Invoice")
        with Form(invoice) as form:
            with form.invoice_line_ids.edit(0) as line:
                line.price_unit = -250.0
            self.assertTrue(form.is_called_credit, "the heading follows before saving")
        self.assertEqual(invoice.type_name, "Customer Credit")

    def test_mail_template(self):
        credit = self.customer_document([self.line(-250.0)], post=True)
        invoice = self.customer_document([self.line(250.0)], post=True)
        template = self.env.ref("account_customer_credit.email_template_credit_memo")
        self.assertEqual(credit._get_mail_template(), template)
        self.assertNotEqual(invoice._get_mail_template(), template)
        self.assertNotEqual((credit + invoice)._get_mail_template(), template)
        body = template._render_field("body_html", credit.ids)[credit.id]
        self.assertIn("credit memo", body)
        self.assertIn("250.00", body)
        self.assertNotIn("remit payment", body)
        wizard = self.env["account.move.send.wizard"].create({"move_id": credit.id})
        self.assertEqual(wizard.template_id, template)

    def test_no_payment_reference_and_the_customers_bank_account(self):
        ours, theirs = self.env["res.partner.bank"].create(
            [
                {"acc_number": "OURS 1", "partner_id": self.env.company.partner_id.id},
                {"acc_number": "THEIRS 1", "partner_id": self.customer.id},
            ]
        )
        credit = self.customer_document([self.line(-250.0)], post=True)
        invoice = self.customer_document([self.line(250.0)], post=True)
        self.assertEqual(credit.bank_partner_id, self.customer)
        self.assertEqual(credit.partner_bank_id, theirs)
        self.assertFalse(credit.payment_reference)
        self.assertEqual(invoice.partner_bank_id, ours)
        self.assertTrue(invoice.payment_reference)

    def test_a_chosen_bank_account_stays(self):
        """Posting recomputes the total, but not the account that the user chose."""
        theirs = self.env["res.partner.bank"].create(
            {"acc_number": "THEIRS 1", "partner_id": self.customer.id}
        )
        ours = self.env["res.partner.bank"].create(
            [
                {"acc_number": f"OURS {number}", "partner_id": self.env.company.partner_id.id}
                for number in range(2)
            ]
        )
        for bank in (theirs, *ours):
            invoice = self.customer_document([self.line(250.0)], partner_bank_id=bank.id)
            invoice.invoice_line_ids.price_unit = 300.0
            invoice.action_post()
            self.assertEqual(invoice.partner_bank_id, bank)

    def test_the_bank_account_follows_the_sign(self):
        ours, theirs = self.env["res.partner.bank"].create(
            [
                {"acc_number": "OURS 1", "partner_id": self.env.company.partner_id.id},
                {"acc_number": "THEIRS 1", "partner_id": self.customer.id},
            ]
        )
        move = self.customer_document([self.line(250.0)])
        self.assertEqual((move.partner_bank_id, move.bank_partner_id), (ours, ours.partner_id))
        move.invoice_line_ids.price_unit = -250.0
        self.env.flush_all()  # as at the end of a request
        self.assertEqual((move.partner_bank_id, move.bank_partner_id), (theirs, self.customer))
        move.invoice_line_ids.price_unit = 250.0
        self.env.flush_all()  # as at the end of a request
        self.assertEqual((move.partner_bank_id, move.bank_partner_id), (ours, ours.partner_id))
        with Form(move) as form, form.invoice_line_ids.edit(0) as line:
            line.price_unit = -250.0
        self.assertEqual(move.partner_bank_id, theirs)

    def test_a_credit_is_offered_open_invoices_and_not_itself(self):
        credit = self.customer_document([self.line(-250.0)], post=True)
        self.assertFalse(credit.invoice_outstanding_credits_debits_widget)
        invoice = self.customer_document([self.line(100.0)], post=True)
        credit.invalidate_recordset()
        widget = credit.invoice_outstanding_credits_debits_widget
        self.assertEqual(widget["title"], "Open invoices")
        self.assertEqual([item["journal_name"] for item in widget["content"]], [invoice.name])
        widget = invoice.invoice_outstanding_credits_debits_widget
        self.assertEqual([item["journal_name"] for item in widget["content"]], [credit.name])

    def test_what_settled_an_invoice_is_shown_as_for_a_credit_note(self):
        """On the form and on the print the same rows; a credit is named, with its day."""
        widgets = []
        for move_type, price, words in (
            ("out_invoice", -40.0, b"Credit memo"),
            ("out_refund", 40.0, b"Reversed on"),
        ):
            invoice = self.customer_document([self.line(100.0)], post=True)
            credit = self.customer_document([self.line(price)], move_type=move_type, post=True)
            self.apply(invoice, credit)
            self.env["account.payment.register"].with_context(
                active_model="account.move", active_ids=invoice.ids
            ).create({})._create_payments()
            content = invoice.invoice_payments_widget["content"]
            widgets.append([(row["amount"], row["is_refund"]) for row in content])
            html, _kind = self.env["ir.actions.report"]._render_qweb_html(
                "account.report_invoice_with_payments", invoice.ids
            )
            self.assertTrue(words in html, words)
        self.assertEqual(*map(sorted, widgets))
        self.assertIn((40.0, True), widgets[0])

    def test_a_credit_is_no_duplicate_of_an_invoice(self):
        """Core warns of a document that is there already; the opposite one is not."""
        invoice = self.customer_document([self.line(100.0)], post=True, ref="PO 77")
        credit = self.customer_document([self.line(-100.0)], ref="PO 77")
        again = self.customer_document([self.line(-100.0)], ref="PO 77")
        self.env.flush_all()
        self.assertFalse(invoice.duplicated_ref_ids)
        self.assertEqual(credit.duplicated_ref_ids, again, "as two invoices are")

    def test_filters(self):
        Move = self.env["account.move"]
        credit = self.customer_document([self.line(-250.0)], post=True)
        used = self.customer_document([self.line(-100.0)], post=True)
        invoice = self.customer_document([self.line(100.0)], post=True)
        self.apply(used, invoice)
        ours = [("partner_id", "=", self.customer.id)]
        self.assertEqual(Move.search([*ours, ("is_customer_credit", "=", True)]), credit + used)
        self.assertEqual(Move.search([*ours, ("credit_remaining", ">", 0)]), credit)
        self.assertGreater(credit.credit_age, 365)
        self.assertEqual(used.credit_age, 0)

    def test_one_list(self):
        """Customers > Invoices opens with every type; core's second menu is there on demand."""
        action = self.env.ref("account.action_move_out_invoice")
        self.assertNotIn("search_default", action.context)
        for move_type in ("out_invoice", "out_refund", "out_receipt"):
            self.assertIn(move_type, action.domain)
        menu = self.env.ref("account.menu_action_move_out_refund_type")
        self.assertNotIn(menu.id, self.env["ir.ui.menu"]._visible_menu_ids())
        settings = self.env["res.config.settings"].create({"group_show_credit_note_menu": True})
        settings.execute()
        self.env.registry.clear_cache()
        self.assertIn(menu.id, self.env["ir.ui.menu"]._visible_menu_ids())

    # ------------------------------------------------------------------
    # The seed's fields
    # ------------------------------------------------------------------

    def test_title_is_proposed_and_kept_when_typed(self):
        reward = self.env.ref("account_customer_credit.product_customer_reward")
        credit = self.customer_document([self.line(-250.0, product_id=reward.id), self.line(-1.0)])
        self.assertEqual(credit.title, "Montboro School District - REW")
        credit.invoice_line_ids[0].unlink()
        self.assertEqual(credit.title, "Montboro School District")
        credit.title = "Technology Promotional"
        credit.write({"invoice_line_ids": [self.line(-1.0, product_id=reward.id)]})
        self.assertEqual(credit.title, "Technology Promotional")

    def test_expected_payment_follows_the_due_date_until_somebody_knows_better(self):
        invoice = self.customer_document([self.line(100.0)], invoice_date_due="2023-07-01")
        self.assertEqual(invoice.payment_expected_date.isoformat(), "2023-07-01")
        invoice.action_post()
        invoice.payment_expected_date = "2023-08-15"
        invoice.invoice_date_due = "2023-07-15"
        self.assertEqual(invoice.payment_expected_date.isoformat(), "2023-08-15")

    def test_tracking_status(self):
        invoice = self.customer_document([self.line(100.0)])
        self.assertFalse(invoice.tracking_status)
        invoice.action_post()
        self.assertEqual(invoice.tracking_status, "to_send")
        invoice.is_move_sent = True
        self.assertEqual(invoice.tracking_status, "sent")
        invoice.tracking_status = "promised"
        credit = self.customer_document([self.line(-40.0)], post=True)
        self.apply(invoice, credit)
        self.assertEqual(invoice.tracking_status, "promised", "partly paid: still promised")
        self.assertFalse(credit.tracking_status, "settled: nothing to track")

    def test_a_draft_credit_does_not_warn_of_the_credit_limit(self):
        """It lowers what the customer owes, as core's credit note, which warns of nothing."""
        self.env.company.account_use_credit_limit = True
        self.customer.credit_limit = 100.0
        self.customer_document([self.line(500.0)], post=True)
        credit = self.customer_document([self.line(-250.0)])
        credit_note = self.customer_document([self.line(250.0)], move_type="out_refund")
        self.assertFalse(credit_note.partner_credit_warning)
        self.assertFalse(credit.partner_credit_warning)
        with Form(credit) as form, form.invoice_line_ids.edit(0) as line:
            line.price_unit = 250.0
        self.assertIn("credit limit", credit.partner_credit_warning, "An invoice still warns.")
        with Form(credit) as form, form.invoice_line_ids.edit(0) as line:
            line.price_unit = -250.0
        self.assertFalse(credit.partner_credit_warning)
