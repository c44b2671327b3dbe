"""E-invoices: a customer credit is exported as core exports the equal credit note."""

from lxml import etree

from .common_e_invoice import REFUSED, EInvoiceCommon


class TestEInvoice(EInvoiceCommon):
    def assertExportsAlike(self, credit, credit_note):
        """In every format the two files are the same, character by character."""
        for name, builder in self.get_builders().items():
            with self.subTest(format=name):
                text, errors = self.export(builder, credit)
                expected, expected_errors = self.export(builder, credit_note)
                self.assertEqual(text, expected)
                self.assertEqual(errors, expected_errors)
                if "pint_sg" not in name:  # core's has a negative amount in foreign currencies
                    self.assertNotIn(">-", text)

    def check_alike(self, lines, **values):
        credit, credit_note = self.credit_and_credit_note(lines, **values)
        self.assertExportsAlike(credit, credit_note)
        return credit, credit_note

    def test_a_reward(self):
        credit, _note = self.check_alike([self.line(-250.0, tax=self.tax_21)])
        text, errors = self.export(self.env["account.edi.xml.ubl_bis3"], credit)
        self.assertFalse(errors)
        self.assertIn("<CreditNote ", text)
        self.assertIn(">381</cbc:CreditNoteTypeCode>", text)
        self.assertIn(">302.50</cbc:PayableAmount>", text)
        text, _errors = self.export(self.env["account.edi.xml.cii"], credit)
        self.assertIn("<ram:TypeCode>381</ram:TypeCode>", text)

    def test_the_formats_of_core_are_there(self):
        formats = set(self.env["res.partner"]._get_ubl_cii_formats())
        self.assertLessEqual(
            {"ubl_bis3", "xrechnung", "ubl_a_nz", "nlcius", "ubl_sg", "facturx"}, formats
        )
        builders = {self.env["res.partner"]._get_edi_builder(name)._name for name in formats}
        self.assertLessEqual(builders, {*self.get_builders(), *REFUSED})

    def test_several_rates_and_a_return(self):
        self.check_alike(
            [
                self.line(-100.0, tax=self.tax_21),
                self.line(12.34, quantity=-3, tax=self.tax_6),
                self.line(-5.0, quantity=2, tax=self.tax_0),
                self.line(80.0, quantity=-1, tax=self.tax_21, discount=15.0),
            ]
        )

    def test_freight_on_a_credit(self):
        """What is charged on a credit is a negative quantity, at a positive price."""
        credit, _note = self.credit_and_credit_note(
            [self.line(-100.0, tax=self.tax_21), self.line(7.5, tax=self.tax_21)]
        )
        for name, builder in self.get_builders().items():
            with self.subTest(format=name):
                self.assertEqual(self.export(builder, credit), self.export(builder, _note))
                root = etree.fromstring(builder._export_invoice(credit)[0])
                prices = root.xpath(
                    "//*[local-name()='PriceAmount' or local-name()='ChargeAmount']/text()"
                )
                self.assertTrue(prices)
                self.assertTrue(all(float(price) >= 0 for price in prices), prices)

    def test_a_line_that_comes_to_nothing(self):
        """A gift, or a line at 100 % off, has on core's credit note the quantity that was
        entered; one that came back too."""
        lines, note_lines = (
            [
                self.line(reward, tax=self.tax_21),
                self.line(0.0, quantity=2, tax=self.tax_21, name="A gift"),
                self.line(80.0, quantity=3, tax=self.tax_21, discount=100.0, name="All off"),
                self.line(0.0, quantity=back, tax=self.tax_21, name="A gift that came back"),
                self.line(price, quantity=back, tax=self.tax_6, discount=100.0, name="Both"),
            ]
            for reward, back, price in ((-100.0, -4, -9.0), (100.0, 4, 9.0))
        )
        credit = self.customer_document(lines, post=True)
        credit_note = self.customer_document(note_lines, move_type="out_refund", post=True)
        self.assertExportsAlike(credit, credit_note)

    def test_foreign_currency(self):
        currency = self.setup_other_currency("USD", rates=[("2023-01-01", 1.25)])
        self.check_alike([self.line(-99.99, tax=self.tax_21)], currency_id=currency.id)

    def test_early_payment_cash_rounding_and_a_fixed_tax(self):
        rounding = self.cash_rounding()
        self.credit_and_alike_with(invoice_cash_rounding_id=rounding.id)
        self.credit_and_alike_with(invoice_payment_term_id=self.early_payment_term("mixed").id)
        recupel = self.env["account.tax"].create(
            {
                "name": "RECUPEL",
                "amount_type": "fixed",
                "amount": 1.0,
                "include_base_amount": True,
                "sequence": 1,
            }
        )
        self.tax_21.sequence = 2
        self.check_alike([self.line(-100.0, quantity=2, tax=recupel + self.tax_21)])

    def credit_and_alike_with(self, **values):
        lines = [self.line(-100.02, tax=self.tax_21), self.line(-50.0, tax=self.tax_6)]
        credit, credit_note = self.credit_and_credit_note(lines, **values)
        for name, builder in self.get_builders().items():
            with self.subTest(format=name, values=values):
                self.assertEqual(self.export(builder, credit), self.export(builder, credit_note))

    def test_partly_used(self):
        """What was applied is prepaid, what remains is payable, both positive."""
        credit, credit_note = self.credit_and_credit_note([self.line(-250.0, tax=self.tax_21)])
        for move in (credit, credit_note):
            invoice = self.customer_document([self.line(100.0)], post=True)
            self.apply(move, invoice)
        self.assertExportsAlike(credit, credit_note)
        text, _errors = self.export(self.env["account.edi.xml.ubl_bis3"], credit)
        self.assertIn(">100.00</cbc:PrepaidAmount>", text)
        self.assertIn(">202.50</cbc:PayableAmount>", text)

    # ------------------------------------------------------------------
    # Nothing of it stays
    # ------------------------------------------------------------------

    def test_the_credit_is_what_it_was(self):
        credit = self.customer_document(
            [self.line(-100.0, tax=self.tax_21), self.line(5.0, quantity=-2, tax=self.tax_6)],
            post=True,
        )
        names = ["move_type", "amount_total", "amount_residual", "is_customer_credit", "name"]
        line_names = ["quantity", "price_unit", "price_subtotal", "price_total", "balance"]
        before = credit.read(names), credit.line_ids.read(line_names)
        for builder in self.get_builders().values():
            builder._export_invoice(credit)
        self.assertEqual((credit.read(names), credit.line_ids.read(line_names)), before)
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual((credit.read(names), credit.line_ids.read(line_names)), before)
        self.assertEqual(credit.direction_sign, -1)

    def test_nobody_writes_while_it_is_shown_as_another(self):
        credit = self.customer_document([self.line(-100.0)], post=True)
        with credit._presented_as_credit_note() as document:
            self.assertEqual(document.move_type, "out_refund")
            self.assertEqual(document.amount_total, 100.0)
            with self.assertRaises(RuntimeError):
                document.ref = "written"
            with self.assertRaises(RuntimeError):
                document.line_ids.name = "written"
        self.assertEqual(credit.move_type, "out_invoice")
        with self.assertRaises(ValueError), credit._presented_as_credit_note():
            raise ValueError
        self.assertEqual(credit.amount_total, -100.0)

    def test_an_invoice_is_shown_as_it_is(self):
        invoice = self.customer_document([self.line(100.0)], post=True)
        with invoice._presented_as_credit_note() as document:
            self.assertEqual(document.move_type, "out_invoice")
            document.ref = "written"
        self.assertEqual(invoice.ref, "written")

    def test_import_gives_the_amounts_of_core(self):
        """Read back, the file gives what core's own file gives: a vendor's credit note."""
        credit, credit_note = self.credit_and_credit_note(
            [self.line(-100.0, quantity=2, tax=self.tax_21), self.line(7.5, tax=self.tax_6)]
        )
        journal = self.company_data["default_journal_purchase"]
        for name in ("account.edi.xml.ubl_bis3", "account.edi.xml.cii"):
            with self.subTest(format=name):
                bills = self.env["account.move"]
                for move in (credit, credit_note):
                    content, _errors = self.env[name]._export_invoice(move)
                    attachment = self.env["ir.attachment"].create(
                        {"name": f"{move.id}.xml", "raw": content, "mimetype": "application/xml"}
                    )
                    bills += journal._create_document_from_attachment(attachment.ids)
                ours, cores = bills
                self.assertEqual(ours.move_type, "in_refund")
                self.assertEqual(ours.amount_total, cores.amount_total)
                self.assertEqual(
                    ours.invoice_line_ids.mapped(lambda line: (line.quantity, line.price_unit)),
                    cores.invoice_line_ids.mapped(lambda line: (line.quantity, line.price_unit)),
                )

    def test_the_print_carries_the_file(self):
        """Send & Print: the attached XML is a credit note, and so is its copy in the PDF."""
        self.customer.invoice_edi_format = "ubl_bis3"
        credit = self.customer_document([self.line(-250.0, tax=self.tax_21)], post=True)
        wizard = self.env["account.move.send.wizard"].create({"move_id": credit.id})
        wizard.sending_methods = ["manual"]
        wizard.action_send_and_print()
        self.assertTrue(credit.ubl_cii_xml_id)
        root = etree.fromstring(credit.ubl_cii_xml_id.raw)
        self.assertEqual(etree.QName(root).localname, "CreditNote")
        embedded = root.xpath("//*[local-name()='EmbeddedDocumentBinaryObject']")
        self.assertEqual(len(embedded), 1)
        self.assertIn("Credit Memo", embedded[0].get("filename"))
        attachments = self.env["ir.attachment"].search(
            [("res_model", "=", "account.move"), ("res_id", "=", credit.id)]
        )
        facturx = attachments.filtered(lambda a: a.name == "factur-x.xml")
        self.assertIn(b">381<", facturx.raw)
