"""A contact moves to another company: documents belong to who carries their items."""

from datetime import date

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form

from .common_adjustment import AdjustmentCommon
from .common_online_payment import OnlinePaymentMixin
from .common_write_off import WriteOffCommon

#: Today, the end of the month in which everything was booked, and a day in between.
DAYS = (date(2023, 7, 15), date(2023, 6, 30), date(2023, 6, 15))


class MovedContactMixin:
    """Robin is a contact of Alder Co, and will belong to Birch Co."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.alder, cls.birch = cls.partners.create(
            [{"name": "Alder Co", "is_company": True}, {"name": "Birch Co", "is_company": True}]
        )
        cls.robin = cls.partners.create({"name": "Robin", "parent_id": cls.alder.id})
        cls.jo = cls.partners.create({"name": "Jo"})

    def robins(self, amount, **values):
        return self.document(amount, partner_id=self.robin.id, **values)

    def move_to(self, company, contact=None):
        (contact or self.robin).parent_id = company
        self.fresh()

    def figures(self):
        """What every report says of everybody, on each of the days."""
        self.env.flush_all()
        self.env.invalidate_all()
        names = {}
        everybody = self.alder + self.birch + self.robin + self.jo
        for day in DAYS:
            aging = self.env["account.receivable.aging"].with_context(as_of=day)
            balances = self.items._get_statement_balances(everybody.commercial_partner_id, day)
            for customer in everybody.commercial_partner_id:
                ((total,),) = aging._read_group(
                    [("partner_id", "=", customer.id)], [], ["amount_residual:sum"]
                )
                stated = balances.get((customer.id, self.env.company.currency_id.id), 0.0)
                self.assertAlmostEqual(stated, total, 2, f"{customer.name} {day}")
                names[customer.name, day] = total
        return names

    def assertAllTieOut(self):
        """For both companies and each person: four ways to one number, today and then."""
        for partner in (self.alder, self.birch, self.robin, self.jo):
            self.assertTiesOut(partner)
            for day in DAYS:
                self.assertAgesAsLedger(day, partner)
                self.assertExplained(day, partner)
                # An entry that no document stands for is a difference of its own.
                causes = set(self.findings(day, partner).mapped("cause"))
                self.assertLessEqual(causes, {"manual"}, f"{partner.name} {day}")

    def assertOwes(self, **balances):
        self.fresh()
        for name, balance in balances.items():
            self.assertAlmostEqual(getattr(self, name).ar_balance, balance, 2, name)


class TestMovedContacts(MovedContactMixin, AdjustmentCommon):
    # ------------------------------------------------------------------
    # Documents made from a document
    # ------------------------------------------------------------------

    def test_an_invoice_is_adjusted_after_its_contact_left(self):
        """The credit is Alder's, as the debt is, and settles it; the invoice keeps its address."""
        invoice = self.robins(100.0)
        before = self.figures()
        self.move_to(self.birch)
        self.assertEqual(self.figures(), before, "A move changes no figure, of no day.")
        adjustment = self.adjust(invoice)
        self.assertEqual(adjustment.partner_id, self.alder)
        self.assertEqual(adjustment.line_ids.partner_id, self.alder)
        self.assertEqual((invoice.partner_id, invoice.payment_state), (self.robin, "reversed"))
        self.assertOwes(alder=0.0, birch=0.0)
        self.assertAllTieOut()

    def test_a_contact_that_stayed_gets_its_adjustment(self):
        invoice = self.robins(100.0)
        self.assertEqual(self.adjust(invoice, amount=30.0).partner_id, self.robin)
        self.assertOwes(alder=70.0, birch=0.0)

    def test_a_contact_that_is_a_customer_of_its_own_now(self):
        for leave in ({"parent_id": False}, {"is_company": True}):
            with self.subTest(**leave):
                invoice = self.robins(100.0)
                self.robin.write(leave)
                self.assertOwes(alder=100.0, robin=0.0)
                adjustment = self.adjust(invoice)
                self.assertEqual(adjustment.partner_id, self.alder)
                self.assertOwes(alder=0.0, robin=0.0)
                self.assertAllTieOut()
                self.robin.write({"parent_id": self.alder.id, "is_company": False})

    def test_a_person_that_gets_a_company(self):
        """Core moves the person's debt to the company; it stays there when the person leaves."""
        invoice = self.document(100.0, partner_id=self.jo.id)
        self.move_to(self.alder, self.jo)
        self.assertOwes(alder=100.0)
        self.assertAllTieOut()
        first = self.adjust(invoice, amount=30.0)
        self.assertEqual(first.partner_id, self.jo)
        self.move_to(self.birch, self.jo)
        second = self.adjust(invoice, amount=20.0)
        self.assertEqual(second.partner_id, self.alder)
        self.assertOwes(alder=50.0, birch=0.0)
        self.assertAllTieOut()

    def test_a_draft_adjustment_from_before(self):
        """Entered for Alder, so it is Alder's when it is confirmed."""
        invoice = self.robins(100.0)
        draft = self.adjust(invoice, post=False)
        self.move_to(self.birch)
        draft.action_post()
        self.assertEqual(draft.line_ids.partner_id, self.alder)
        self.assertOwes(alder=0.0, birch=0.0)
        self.assertAllTieOut()

    def test_a_draft_invoice_from_before(self):
        """Posted as it was entered, and adjusted, paid and reversed as it was posted."""
        draft = self.robins(100.0, post=False)
        self.move_to(self.birch)
        draft.action_post()
        self.assertOwes(alder=100.0, birch=0.0)
        self.adjust(draft, amount=40.0)
        self.core_reversal(draft, "2023-06-20")
        self.assertAllTieOut()
        self.assertOwes(birch=0.0)

    def test_core_credit_note_is_of_who_owes(self):
        invoice = self.robins(100.0)
        self.move_to(self.birch)
        credit_note = self.core_reversal(invoice, "2023-06-20")
        self.assertEqual(credit_note.partner_id, self.alder)
        self.assertEqual(invoice.payment_state, "reversed")
        self.assertOwes(alder=0.0, birch=0.0)
        self.assertAllTieOut()

    def test_a_reversed_credit_is_of_who_had_it(self):
        credit = self.robins(-100.0)
        self.move_to(self.birch)
        invoice = self.core_reversal(credit, "2023-06-20")
        self.assertEqual((invoice.partner_id, invoice.amount_total), (self.alder, 100.0))
        self.assertOwes(alder=0.0, birch=0.0)
        self.assertAllTieOut()

    def test_reversed_and_entered_anew(self):
        """The corrected invoice is owed by who owed the wrong one."""
        invoice = self.robins(100.0)
        self.move_to(self.birch)
        wizard = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"date": "2023-06-20", "journal_id": invoice.journal_id.id})
        )
        wizard.modify_moves()
        anew = wizard.new_move_ids
        self.assertEqual(anew.partner_id, self.alder)
        anew.action_post()
        self.assertOwes(alder=100.0, birch=0.0)
        self.assertAllTieOut()

    def test_a_credit_is_issued_for_who_owes_the_chosen_invoice(self):
        invoice = self.robins(100.0)
        self.move_to(self.birch)
        dialog = self.env["account.customer.credit.issue"].with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        self.assertEqual(Form(dialog).partner_ids[:], self.alder)

    def test_a_copy_is_new_business(self):
        invoice = self.robins(100.0)
        self.move_to(self.birch)
        copy = invoice.copy({"invoice_date": "2023-06-20"})
        copy.action_post()
        self.assertEqual(copy.partner_id, self.robin)
        self.assertOwes(alder=100.0, birch=100.0)
        self.assertAllTieOut()

    def test_two_credit_notes_of_one_customer_beside_one_of_another(self):
        """Confirmed together, each settles the invoice that it names."""
        alders, birchs = self.robins(100.0), self.document(60.0, partner_id=self.birch.id)
        notes = self.env["account.move"]
        for invoice in (alders, alders, birchs):
            notes += self.core_reversal(invoice, "2023-06-20", post=False)
        notes[:2].invoice_line_ids.price_unit = 30.0
        notes.action_post()
        self.assertEqual((alders.amount_residual, birchs.amount_residual), (40.0, 0.0))
        self.assertOwes(alder=40.0, birch=0.0)
        self.assertAllTieOut()

    # ------------------------------------------------------------------
    # Nothing settles across customers
    # ------------------------------------------------------------------

    def test_a_document_that_names_another_customers_origin(self):
        """Whatever named it: refused, with who owes it and what to do."""
        invoice = self.robins(100.0)
        self.move_to(self.birch)
        for move_type, price in (("out_invoice", -50.0), ("out_refund", 50.0)):
            with self.subTest(move_type):
                document = self.customer_document(
                    [self.line(price)],
                    move_type=move_type,
                    partner_id=self.robin.id,
                    reversed_entry_id=invoice.id,
                )
                with self.assertRaisesRegex(UserError, f"{invoice.name} is for Alder Co"):
                    document.action_post()
                self.assertEqual(document.state, "draft")
                document.partner_id = self.alder
                document.action_post()
                self.assertEqual(document.amount_residual, 0.0)
        self.assertOwes(alder=0.0, birch=0.0)
        self.assertAllTieOut()

    def test_a_credit_note_for_what_is_paid_settles_nothing(self):
        """A shop gives the money back to who brings the goods: no debt of another is touched."""
        invoice = self.robins(50.0)
        self.apply(invoice, self.payment(50.0, partner=self.alder).move_id)
        self.move_to(self.birch)
        note = self.customer_document(
            [self.line(50.0)],
            move_type="out_refund",
            partner_id=self.robin.id,
            reversed_entry_id=invoice.id,
            post=True,
        )
        self.assertEqual((note.amount_residual, invoice.amount_residual), (50.0, 0.0))
        self.assertOwes(alder=0.0, birch=-50.0)
        self.assertAllTieOut()

    def test_auto_apply_takes_the_customers_own(self):
        """Alder wants it, Birch does not; the invoice is Alder's."""
        self.alder.customer_credit_auto_apply = "oldest"
        self.birch.customer_credit_auto_apply = "never"
        credit = self.document(-30.0, partner_id=self.alder.id)
        other = self.document(-30.0, partner_id=self.birch.id)
        draft = self.robins(100.0, post=False)
        self.move_to(self.birch)
        draft.action_post()
        self.assertEqual((credit.credit_remaining, other.credit_remaining), (0.0, 30.0))
        self.assertOwes(alder=70.0, birch=-30.0)
        self.assertAllTieOut()

    def test_apply_offers_what_the_customer_has(self):
        invoice = self.robins(100.0)
        self.move_to(self.birch)
        alders = self.document(-30.0, partner_id=self.alder.id)
        birchs = self.document(-30.0, partner_id=self.birch.id)
        action = invoice.action_apply_credit()
        dialog = self.env[action["res_model"]].browse(action["res_id"])
        self.assertEqual(dialog.credit_line_ids.move_id, alders)
        dialog.action_apply()
        item = self.receivable_items(birchs)
        for settle in (
            lambda: invoice.action_apply_outstanding_amount(item.id),
            lambda: invoice.js_assign_outstanding_line(item.id),
        ):
            with self.assertRaisesRegex(UserError, "Alder Co"):
                settle()
        self.assertOwes(alder=70.0, birch=-30.0)
        self.assertAllTieOut()

    def test_pay_offers_what_the_customer_has(self):
        invoice = self.robins(100.0)
        self.move_to(self.birch)
        alders = self.document(-30.0, partner_id=self.alder.id)
        self.document(-30.0, partner_id=self.birch.id)
        form = Form(
            self.env["account.payment.register"].with_context(
                active_model="account.move", active_ids=invoice.ids
            )
        )
        self.assertEqual(len(form.credit_line_ids), 1)
        with form.credit_line_ids.edit(0) as line:
            self.assertEqual(line.move_id, alders)
            line.use = True
        payment = form.save()._create_payments()
        self.assertEqual((payment.partner_id, payment.amount), (self.alder, 70.0))
        self.assertOwes(alder=0.0, birch=-30.0)
        self.assertAllTieOut()

    def test_a_refund_goes_to_who_has_the_credit(self):
        credit = self.robins(-100.0)
        self.move_to(self.birch)
        action = credit.action_refund_credit()
        dialog = self.env[action["res_model"]].browse(action["res_id"])
        action = dialog.action_refund()
        payment = self.env["account.payment"].browse(action["res_id"])
        self.assertEqual(payment.partner_id, self.alder)
        self.assertOwes(alder=0.0, birch=0.0)
        self.assertAllTieOut()

    def test_an_overpayment_is_kept_by_who_paid(self):
        invoice = self.robins(100.0)
        self.move_to(self.birch)
        form = Form(
            self.env["account.payment.register"].with_context(
                active_model="account.move", active_ids=invoice.ids
            )
        )
        form.amount = 120.0
        form.payment_difference_handling = "credit"
        payment = form.save()._create_payments()
        credit = payment.move_id.overpayment_credit_ids
        self.assertEqual((credit.partner_id, credit.credit_remaining), (self.alder, 20.0))
        self.assertOwes(alder=-20.0, birch=0.0)
        self.assertAllTieOut()

    # ------------------------------------------------------------------
    # Money
    # ------------------------------------------------------------------

    def test_a_person_with_a_payment_gets_a_company_and_another_one_later(self):
        """The entry went to the first company, and there it stays."""
        payment = self.payment(80.0, partner=self.jo)
        self.bank_line(30.0, "2023-06-12", partner=self.jo)
        self.entry(5.0, partner=self.jo)
        self.assertAllTieOut()
        self.move_to(self.alder, self.jo)
        self.assertOwes(alder=-105.0)
        self.assertAllTieOut()
        before = self.figures()
        self.move_to(self.birch, self.jo)
        self.assertEqual(self.figures(), before)
        self.assertOwes(alder=-105.0, birch=0.0)
        self.assertAllTieOut()
        payment.move_id.action_keep_as_credit()
        credit = payment.move_id.overpayment_credit_ids.filtered("is_customer_credit")
        self.assertEqual(credit.partner_id, self.alder)
        self.assertOwes(alder=-105.0, birch=0.0)
        self.assertAllTieOut()

    def test_money_booked_on_a_contact_stays_with_its_company(self):
        """What is settled stays settled within one customer, and past days stay as they were."""
        invoice = self.robins(100.0)
        payment = self.payment(60.0, partner=self.robin)
        self.apply(invoice, payment.move_id)
        self.bank_line(30.0, "2023-06-12", partner=self.robin)
        self.entry(5.0, partner=self.robin)
        before = self.figures()
        for leave in (
            {"parent_id": self.birch.id},
            {"parent_id": self.alder.id},
            {"is_company": True},
            {"is_company": False},
            {"parent_id": False},
        ):
            with self.subTest(**leave):
                self.robin.write(leave)
                self.assertEqual(
                    {key: amount for key, amount in self.figures().items() if amount},
                    {key: amount for key, amount in before.items() if amount},
                )
                self.assertOwes(alder=15.0, birch=0.0)
                self.assertAllTieOut()

    def test_what_was_settled_for_a_while_by_a_person_that_has_a_company_now(self):
        """Posted once more as it was, the invoice keeps its past."""
        invoice, credit = (self.document(price, partner_id=self.jo.id) for price in (100, -100))
        items = self.receivable_items(invoice, credit)
        items._apply_receivables(dict.fromkeys(items, 100.0), day=date(2023, 6, 10))
        invoice.receivable_application_ids.application_id._unapply(date(2023, 7, 1), "Wrong")
        for company in (self.alder, self.birch):
            self.move_to(company, self.jo)
        open_then = self.open_on(date(2023, 6, 15), self.alder)
        self.assertFalse(open_then)
        invoice.button_draft()
        invoice.action_post()
        self.assertEqual(self.open_on(date(2023, 6, 15), self.alder), open_then)
        self.assertEqual(len(self.open_on(date(2023, 7, 15), self.alder)), 2)
        self.assertAllTieOut()

    def open_on(self, day, customer):
        self.fresh()
        rows = self.env["account.receivable.aging"].with_context(as_of=day)
        domain = [("partner_id", "=", customer.id)]
        return {row.move_id: row.amount_residual for row in rows.search(domain)}

    def test_the_contacts_of_a_person_that_gets_a_company(self):
        """An invoice to somebody at Jo's is Jo's, and goes the same ways."""
        assistant = self.partners.create({"name": "Sam", "parent_id": self.jo.id})
        invoice = self.document(100.0, partner_id=assistant.id)
        self.payment(30.0, partner=assistant)
        for company in (self.alder, self.birch):
            self.move_to(company, self.jo)
            self.assertOwes(alder=70.0, birch=0.0)
            self.assertEqual(self.alder.ar_document_ids, invoice)
            self.assertAllTieOut()
        adjustment = self.adjust(invoice)
        self.assertEqual(adjustment.partner_id, self.alder)
        self.assertAllTieOut()

    def test_a_locked_day_changes_by_no_move(self):
        self.payment(60.0, partner=self.robin)
        self.robins(100.0)
        self.env.company.fiscalyear_lock_date = "2023-06-30"
        before = self.figures()
        self.move_to(self.birch)
        self.assertEqual(self.figures(), before)
        self.assertAllTieOut()

    def test_a_company_with_a_holding(self):
        """Alder becomes an address of Holding: its items are Holding's, and so are new ones."""
        invoice = self.robins(100.0)
        holding = self.partners.create({"name": "Holding", "is_company": True})
        self.alder.write({"is_company": False, "parent_id": holding.id})
        adjustment = self.adjust(invoice, amount=40.0)
        self.assertEqual(adjustment.partner_id, self.robin)
        self.assertEqual(holding.ar_balance, 60.0)
        self.assertTiesOut(holding)
        for day in DAYS:
            self.assertAgesAsLedger(day, holding)
            self.assertFalse(self.tie_out(day, holding).filtered("is_different"))


class TestMovedContactsOnline(OnlinePaymentMixin, MovedContactMixin, AdjustmentCommon):
    def test_paid_online_by_a_contact_that_left(self):
        """Robin follows the link of an old invoice: the payment is for Alder's debt."""
        invoice = self.robins(100.0)
        self.move_to(self.birch)
        transaction = self.pay_online(
            100.0, partner_id=self.robin.id, invoice_ids=[Command.set(invoice.ids)]
        )
        self.assertEqual(transaction.payment_id.partner_id, self.alder)
        self.assertEqual(invoice.amount_residual, 0.0)
        self.assertOwes(alder=0.0, birch=0.0)
        self.assertAllTieOut()


class TestMovedContactsWriteOff(MovedContactMixin, WriteOffCommon):
    def test_what_is_left_is_written_off_for_who_owes_it(self):
        """Both lines of the entry name Alder, whatever the contact's company is by now."""
        assistant = self.partners.create({"name": "Sam", "parent_id": self.jo.id})
        for contact, mover in ((self.robin, self.robin), (assistant, self.jo)):
            with self.subTest(contact.name):
                invoice = self.document(3.0, partner_id=contact.id)
                for company in (self.alder, self.birch):
                    self.move_to(company, mover)
                entry = self.write_off(invoice)
                self.assertEqual(entry.line_ids.partner_id, self.alder)
                self.assertNothingLeft(invoice)
                self.assertOwes(alder=0.0, birch=0.0)
                self.assertAllTieOut()
