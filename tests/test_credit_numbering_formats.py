"""Invoices and credit notes numbered in two series of different formats: each is consecutive."""

from collections import Counter
from itertools import product

from odoo.exceptions import UserError
from odoo.fields import Date

from .common import CustomerCreditCommon

#: Each format that core knows, for a fiscal year from April to March: the number, and its period.
FORMATS = {
    "year": ("{code}/{year}/{number:05}", "{year}"),
    "month": ("{code}/{year}/{month:02}/{number:04}", "{year}-{month}"),
    "year_range": ("{code}/{start}-{end}/{number:05}", "{start}"),
    "year_range_month": ("{code}/{start}-{end}/{month:02}/{number:04}", "{start}-{month}"),
    "never": ("{code}{number:06}", ""),
}
PAIRS = tuple(product(FORMATS, repeat=2))
#: Where all pairs would tell no more.
SOME = (("year", "month"), ("month", "year"), ("never", "year_range_month"))
INVOICE, CREDIT, REFUND = ("out_invoice", 100.0), ("out_invoice", -10.0), ("out_refund", 10.0)


class TestCreditNumberingFormats(CustomerCreditCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.write(
            {
                "customer_credit_refund_sequence": True,
                "fiscalyear_last_month": "3",
                "fiscalyear_last_day": 31,
            }
        )

    def with_each_pair(self, story, pairs=PAIRS):
        """Play it in a fresh journal for each pair of formats; nothing of it is kept."""
        for number, (invoices, credit_notes) in enumerate(pairs):
            with (
                self.subTest(invoices=invoices, credit_notes=credit_notes),
                self.env.cr.savepoint() as savepoint,
            ):
                self.journal = self.company_data["default_journal_sale"].copy(
                    {
                        "code": f"N{number:02}",
                        "default_account_id": self.company_data["default_account_revenue"].id,
                        "refund_sequence": True,
                    }
                )
                self.formats = {"I": invoices, "C": credit_notes}
                self.last = Counter()  # of each series and period
                story()
                savepoint.rollback()

    def draft(self, kind, date, **values):
        move_type, price = kind
        return self.customer_document(
            [self.line(price)],
            move_type=move_type,
            journal_id=self.journal.id,
            invoice_date=date,
            **values,
        )

    def next_number(self, kind, date):
        """What the number of the next document of its series must be."""
        series = "I" if kind == INVOICE else "C"
        date = Date.to_date(date)
        start = date.year - (date.month < 4)
        values = {"year": date.year, "month": date.month, "start": start, "end": start + 1}
        number, period = FORMATS[self.formats[series]]
        key = (series, period.format(**values))
        self.last[key] += 1
        return number.format(code=f"{series}X", number=self.last[key], **values)

    def confirm(self, documents):
        """In a request of its own, which finds the last number in the ledger: core remembers it
        for as long as a transaction lasts, and a test is one."""
        documents._get_sequence_cache().clear()
        documents.action_post()

    def post(self, kind, date, first=False):
        """One document confirmed; the first of a series is numbered by hand, which makes the
        format."""
        document = self.draft(kind, date)
        expected = self.next_number(kind, date)
        if first:
            document.name = expected
        self.confirm(document)
        self.assertEqual(document.name, expected)
        return document

    def post_together(self, *documents):
        expected = [self.next_number(kind, date) for kind, date in documents]
        drafts = self.env["account.move"].union(*(self.draft(*document) for document in documents))
        self.confirm(drafts)
        self.assertEqual(drafts.mapped("name"), expected)
        return drafts

    def test_each_series_goes_on_where_it_was(self):
        """Confirmed one by one and together, over the months, whatever was numbered last; what
        was deleted long ago gives its number to nobody."""

        def story():
            gaps = self.post(INVOICE, "2023-06-01", first=True)
            self.post(INVOICE, "2023-06-02")
            gaps += self.post(CREDIT, "2023-06-03", first=True)
            gaps += self.post(REFUND, "2023-06-03")
            self.post(CREDIT, "2023-06-04")
            gaps.button_draft()
            gaps.with_context(force_delete=True).unlink()
            self.post(CREDIT, "2023-07-10")
            self.post_together((INVOICE, "2023-07-11"), (INVOICE, "2023-07-12"))
            self.post_together((CREDIT, "2023-06-20"), (REFUND, "2023-06-21"))
            self.post(INVOICE, "2023-06-30")
            self.post_together(
                (CREDIT, "2023-08-11"),
                (INVOICE, "2023-08-12"),
                (REFUND, "2023-08-13"),
                (INVOICE, "2024-05-14"),
                (CREDIT, "2024-05-15"),
            )

        self.with_each_pair(story)

    def test_the_credit_notes_first(self):
        def story():
            self.post(CREDIT, "2023-06-02", first=True)
            self.post(REFUND, "2023-07-02")
            self.post(INVOICE, "2023-06-03", first=True)
            self.post_together((INVOICE, "2023-07-03"), (CREDIT, "2023-07-04"))
            self.post_together((CREDIT, "2023-08-03"), (INVOICE, "2023-08-04"))

        self.with_each_pair(story, SOME)

    def test_only_core_s_credit_notes_before(self):
        """The credits go on in their series, in its format."""

        def story():
            self.post(INVOICE, "2023-06-02", first=True)
            self.post(REFUND, "2023-06-02", first=True)
            self.post(CREDIT, "2023-06-03")
            self.post_together((CREDIT, "2023-07-03"), (REFUND, "2023-07-04"))
            self.post(INVOICE, "2023-07-05")

        self.with_each_pair(story, SOME)

    def test_switched_on_in_the_middle_of_the_year(self):
        """Credits among the invoices stay there, and the last of them cannot leave a hole."""
        company = self.env.company

        def story():
            company.customer_credit_refund_sequence = False
            self.post(INVOICE, "2023-06-01", first=True)
            self.post(REFUND, "2023-06-01", first=True)
            old = self.draft(CREDIT, "2023-06-02")
            self.confirm(old)
            self.assertEqual(old.name, self.next_number(INVOICE, "2023-06-02"))
            company.customer_credit_refund_sequence = True
            self.post(CREDIT, "2023-06-03")
            self.post_together((INVOICE, "2023-06-04"), (CREDIT, "2023-06-05"))
            self.post_together((INVOICE, "2023-07-04"), (CREDIT, "2023-07-05"))
            old.button_draft()
            self.assertFalse(old._is_end_of_seq_chain(), "An invoice is numbered after it.")

        self.with_each_pair(story, SOME)

    def resequence(self, documents, first, ordering="keep"):
        wizard = (
            self.env["account.resequence.wizard"]
            .with_context(active_model="account.move", active_ids=documents.ids)
            .create({"first_name": first, "ordering": ordering})
        )
        wizard.resequence()
        self.env.flush_all()

    def test_resequenced_in_both_orders(self):
        """Credits and credit notes together, invoices by themselves; both go on from there."""

        def story():
            days = ("2023-06-20", "2023-06-03", "2023-06-12")
            first, *others = (self.post(INVOICE, day, first=day == days[0]) for day in days)
            invoices = first.union(*others)
            first, *others = (
                self.post(kind, day, first=day == days[0])
                for kind, day in zip((CREDIT, REFUND, CREDIT), days, strict=True)
            )
            credits = first.union(*others)
            for documents, kind in ((invoices, INVOICE), (credits, CREDIT)):
                for ordering, key in (
                    ("date", lambda move: move.date),
                    ("keep", lambda move: move.sequence_number),
                ):
                    self.last.clear()
                    for _number in range(9):
                        self.next_number(kind, "2023-06-01")
                    documents = documents.sorted(key)
                    numbers = [self.next_number(kind, "2023-06-01") for _document in documents]
                    self.resequence(documents, numbers[0], ordering)
                    self.assertEqual(documents.mapped("name"), numbers)
            with self.assertRaisesRegex(UserError, "separately"):
                self.resequence(invoices + credits, numbers[0])
            self.last.clear()
            for kind, _number in product((INVOICE, CREDIT), range(12)):
                self.next_number(kind, "2023-06-01")
            self.post_together((INVOICE, "2023-06-28"), (CREDIT, "2023-06-28"))
            self.post(INVOICE, "2023-06-29")
            self.post(REFUND, "2023-06-29")

        self.with_each_pair(story, SOME)

    def test_credits_of_before_the_setting_are_resequenced(self):
        """With the invoices that they are among, or with the credits that they are to be among;
        in a month without invoices, too."""
        company = self.env.company

        def story():
            company.customer_credit_refund_sequence = False
            invoice = self.post(INVOICE, "2023-06-01", first=True)
            june, july = self.draft(CREDIT, "2023-06-05"), self.draft(CREDIT, "2023-07-05")
            self.confirm(june + july)
            company.customer_credit_refund_sequence = True
            new = self.post(CREDIT, "2023-07-06", first=True)

            among_invoices = (invoice + june + july).mapped("name")
            self.resequence(invoice + june, among_invoices[0])
            self.resequence(july, among_invoices[2])
            self.assertEqual((invoice + june + july).mapped("name"), among_invoices)
            self.assertEqual((june + july).mapped("number_series"), ["invoice"] * 2)

            self.last.clear()
            self.resequence(july + new, self.next_number(CREDIT, "2023-07-05"), "date")
            self.assertEqual(new.number_series, "credit_note")
            self.assertEqual(july.number_series, "credit_note")
            self.assertEqual(new.name, self.next_number(CREDIT, "2023-07-06"))
            self.post(CREDIT, "2023-07-07")

        self.with_each_pair(story, SOME)
