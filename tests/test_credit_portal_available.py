"""Credit available in the portal: what is left of the customer's credits, and what it is."""

from odoo.tests import tagged

from .common_portal import CreditPortalCommon

OPEN_CREDITS = "/my/invoices?filterby=open_credits"


@tagged("post_install", "-at_install")
class TestCreditPortalAvailable(CreditPortalCommon):
    def available(self, url, user=None):
        tree, _text = self.page(url, user)
        found = tree.xpath("//a[@name='credit_available']")
        links = {link.get("href") for link in found}
        self.assertLessEqual(links, {"/my/invoices?filterby=open_credits"})
        return [" ".join(link.text_content().replace("\ufeff", "").split()) for link in found]

    def test_on_the_home_page_and_on_open_invoices(self):
        expected = ["Credit available $ 250.00"]
        self.assertEqual(self.available("/my", self.user), expected)
        self.assertEqual(self.available(self.invoice.get_portal_url()), expected)
        self.assertEqual(self.available(self.paid.get_portal_url()), [], "nothing to use it on")
        self.assertEqual(self.available(self.credit.get_portal_url()), [])

    def test_core_credit_notes_and_other_currencies(self):
        note = self.document(30.0, move_type="out_refund")
        euro = self.setup_other_currency("EUR", rates=[("2023-01-01", 0.5)])
        self.document(-40.0, currency_id=euro.id)
        found = self.available("/my", self.user)
        self.assertEqual(sorted(found), ["Credit available $ 280.00", "Credit available 40.00 €"])
        self.assertEqual(self.available(note.get_portal_url()), [], "it is one of these itself")

    def test_a_colleague_sees_the_same(self):
        """A credit made out to a contact is its company's, for everybody of that company."""
        self.document(-20.0, partner_id=self.contact.id)
        self.document(-77.0, partner_id=self.other.id)
        colleague = self.portal_user("colleague_portal", self.customer)
        for user in (self.user, colleague):
            self.assertEqual(self.available("/my", user), ["Credit available $ 270.00"])
            self.assertEqual(
                self.available(f"/my?partner_id={self.other.id}&user_id={self.other_user.id}"),
                ["Credit available $ 270.00"],
            )

    def test_each_company_apart(self):
        """An invoice shows the credits that can be used on it: those of its own company."""
        company = self.two_companies()
        self.assertEqual(self.available("/my", self.user), ["Credit available $ 250.00"])
        self.user.company_ids += company
        own, name = self.env.company.name, company.name
        expected = [f"Credit available $ 250.00 ({each})" for each in sorted((own, name))]
        self.assertEqual(sorted(self.available("/my", self.user)), expected)
        theirs = self.env["account.move"].search(
            [("company_id", "=", company.id), ("amount_total", "=", 1000.0)]
        )
        for invoice in (self.invoice, theirs):
            found = self.available(invoice.get_portal_url())
            self.assertEqual(found, ["Credit available $ 250.00"])

    def test_nothing_where_there_is_nothing(self):
        self.assertEqual(self.available("/my", self.other_user), [])
        self.apply(self.invoice, self.credit)
        self.assertEqual(self.available("/my", self.user), [])

    def test_another_customers_credit_is_not_shown(self):
        """With the link to an invoice, another customer sees the invoice and no more."""
        for user in (self.other_user, None):
            self.log_in(user)
            tree, text = self.page(self.invoice.get_portal_url())
            self.assertIn("1,000.00", text)
            self.assertFalse(tree.xpath("//a[@name='credit_available']"))

    # ------------------------------------------------------------------
    # The list behind it
    # ------------------------------------------------------------------

    def other_items(self, url=OPEN_CREDITS):
        tree, _text = self.page(url)
        return [self.text_of(row) for row in tree.xpath("//div[@name='credits_beside']//tr")]

    def assertListMakesFigure(self, *figures):
        """Home page, list and its rows say the same, and it is the A/R figure."""
        self.assertEqual(sorted(self.available("/my", self.user)), sorted(figures))
        self.assertEqual(sorted(self.available(OPEN_CREDITS)), sorted(figures))
        shown = 0.0
        tree, _text = self.page(OPEN_CREDITS)
        for row in tree.xpath("//tr[contains(., 'Credit available')]"):
            amount = self.text_of(row).split("Credit available $ ")[1].split()[0]
            shown += float(amount.replace(",", ""))
        customer = self.fresh()
        self.assertEqual(customer.currency_id.compare_amounts(shown, customer.ar_open_credits), 0)
        return shown

    def test_payments_on_account_and_entries(self):
        """The customer's open credits: a credit of 250.00, an unapplied payment of 100.00, a
        transfer of 35.00 found on the bank statement, an entry of 40.00."""
        payment, entry = self.payment(100.0), self.entry(-40.0)
        transfer = self.bank_line(35.0, "2023-06-30")
        self.payment(77.0, partner=self.other)
        shown = self.assertListMakesFigure("Credit available $ 425.00")
        self.assertEqual(shown, 425.0)
        self.assertEqual(
            self.other_items(),
            [
                f"Adjustment {entry.name} 06/10/2023 Credit available $ 40.00",
                f"Payment {payment.move_id.name} 06/20/2023 Credit available $ 100.00",
                f"Payment {transfer.move_id.name} 06/30/2023 Credit available $ 35.00",
            ],
        )
        self.assertEqual(self.other_items("/my/invoices?filterby=credits"), [])
        self.assertEqual(self.available("/my/invoices"), [])

    def test_a_payment_that_is_used(self):
        """100.00 of which 60.00 settle an invoice: 40.00 are left, then nothing."""
        payment = self.payment(100.0)
        self.apply(self.document(60.0), payment.move_id)
        self.assertEqual(self.assertListMakesFigure("Credit available $ 290.00"), 290.0)
        self.assertEqual(len(self.other_items()), 1)
        self.apply(self.document(40.0), payment.move_id)
        self.assertEqual(self.assertListMakesFigure("Credit available $ 250.00"), 250.0)
        self.assertEqual(self.other_items(), [])

    def test_nothing_but_a_payment(self):
        payment = self.payment(77.0, partner=self.other)
        self.assertEqual(self.available("/my", self.other_user), ["Credit available $ 77.00"])
        tree, text = self.page(OPEN_CREDITS)
        self.assertIn(payment.move_id.name, text)
        self.assertNotIn("no invoices", text)
        self.assertNotIn("250.00", text)
        self.page("/my/invoices", self.user)
        self.assertNotIn(payment.move_id.name, self.page(OPEN_CREDITS)[1])

    def test_payments_in_another_currency(self):
        euro = self.setup_other_currency("EUR", rates=[("2023-01-01", 0.5)])
        self.payment(60.0, currency_id=euro.id)
        self.document(-40.0, currency_id=euro.id)
        expected = ["Credit available $ 250.00", "Credit available 100.00 €"]
        self.assertEqual(sorted(self.available("/my", self.user)), expected)
        self.assertEqual(sorted(self.available(OPEN_CREDITS)), expected)

    def test_another_company_has_its_own_payments(self):
        company = self.two_companies()
        journal = self.env["account.journal"].search(
            [("company_id", "=", company.id), ("type", "=", "bank")], limit=1
        )
        self.payment(30.0, journal_id=journal.id, company_id=company.id)
        self.assertEqual(self.available("/my", self.user), ["Credit available $ 250.00"])
        self.assertEqual(self.other_items(), [])
        self.user.company_ids += company
        self.assertEqual(
            sorted(self.available("/my", self.user)),
            sorted(
                [
                    f"Credit available $ 250.00 ({self.env.company.name})",
                    f"Credit available $ 280.00 ({company.name})",
                ]
            ),
        )
        self.assertEqual(len(self.other_items()), 1)
        found = self.available(self.invoice.get_portal_url())
        self.assertEqual(found, ["Credit available $ 250.00"])

    def test_what_is_held_back_is_not_offered(self):
        """A credit of 50.00 and core's credit note of 30.00 are on hold until the goods are back:
        the customer is told of the other 250.00, and of the two when they are released."""
        held = self.document(-50.0) + self.document(30.0, move_type="out_refund")
        held.credit_on_hold = True
        credit = held[0]
        self.assertEqual(self.available("/my", self.user), ["Credit available $ 250.00"])
        for url in (OPEN_CREDITS, self.invoice.get_portal_url()):
            self.assertEqual(self.available(url), ["Credit available $ 250.00"])
        self.assertEqual(self.other_items(), [])
        self.assertFalse(self.rows(OPEN_CREDITS).keys() & set(held.mapped("name")))
        # the customer may see the document, but not why it is held back
        self.assertIn("Not available yet", self.rows("/my/invoices")[credit.name])
        text = self.page(credit.get_portal_url())[1]
        self.assertIn("Not available yet", text)
        self.assertNotIn("Credit available", text)
        self.assertNotIn("Used in full", text)
        held.credit_on_hold = False
        self.assertEqual(self.available("/my"), ["Credit available $ 330.00"])
        self.assertLessEqual(set(held.mapped("name")), self.rows(OPEN_CREDITS).keys())
        self.assertIn("Credit available $ 50.00", self.rows(OPEN_CREDITS)[credit.name])
