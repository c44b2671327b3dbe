"""The accountant's page, doc/accounting.md, read and booked: each table is a journal entry."""

import re
from pathlib import Path

from odoo.tests import Form

from odoo.addons.account_receivable.tests.common_customer import TODAY

from .common_write_off import WriteOffCommon

PAGE = Path(__file__).parents[1] / "doc" / "accounting.md"
SECTION = re.compile(r"^### (?:\d+\. )?(.+)$", re.MULTILINE)
ROW = re.compile(r"^\| (?!Account \|)([A-Z][^|]*?) \| ([\d,.]*) ?\| ([\d,.]*) ?\|$")
WIDTH = 36  # of a side of the account


class TestAccountingPage(WriteOffCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.text = PAGE.read_text()
        titles = SECTION.split(cls.text)[1:]
        cls.sections = dict(zip(titles[::2], titles[1::2], strict=True))
        cls.tax_account = cls.company_data["default_account_tax_sale"]
        cls.tax_15 = cls.two_sided_tax("15 %", 15.0)
        lines = cls.tax_15.invoice_repartition_line_ids + cls.tax_15.refund_repartition_line_ids
        lines.filtered(lambda line: line.repartition_type == "tax").account_id = cls.tax_account
        # What is below 5.00 may be written off; credits need nobody's approval.
        cls.env.user.group_ids += cls.env.ref(
            "account_customer_credit.group_customer_credit_write_off"
        )

    def setUp(self):
        super().setUp()
        self.booked = self.posted()

    # === The page and the ledger, in the same words ===

    def posted(self):
        return self.env["account.move"].search(
            [("state", "=", "posted"), ("company_id", "=", self.env.company.id)], order="id"
        )

    def names(self):
        """The accounts, as the page calls them."""
        company = self.env.company
        return {
            self.receivable: "Receivable",
            self.revenue: "Sales",
            self.tax_account: "Tax received",
            self.tax_15.cash_basis_transition_account_id: "Tax waiting",
            company.customer_credit_overpayment_account_id: "Overpayments",
            self.unclaimed: "Unclaimed balances",
            company.income_currency_exchange_account_id: "Exchange gain",
            company.expense_currency_exchange_account_id: "Exchange loss",
            self.outstanding("inbound"): "Outstanding receipts",
            self.outstanding("outbound"): "Outstanding payments",
        }

    def outstanding(self, payment_type):
        lines = self.company_data["default_journal_bank"][
            f"{payment_type}_payment_method_line_ids"
        ]
        return lines[:1].payment_account_id

    def entries_of_page(self, title):
        """The tables of a section: for each the set of its rows, as texts."""
        tables, rows = [], []
        for line in [*self.sections[title].splitlines(), ""]:
            if match := ROW.match(line):
                rows.append(match.groups())
            elif rows and not line.startswith("|"):
                tables.append(sorted(rows))
                rows = []
        return tables

    def entries_of_ledger(self, moves):
        names = self.names()
        return [
            sorted(
                (
                    names.get(item.account_id, item.account_id.display_name),
                    f"{item.debit:,.2f}" if item.debit else "",
                    f"{item.credit:,.2f}" if item.credit else "",
                )
                for item in move.line_ids
                if item.balance
            )
            for move in moves
        ]

    def check(self, title, any_order=False):
        """What was booked since the last check is what the section says, and nothing else.

        :param any_order: of entries that core books together, from a set: the order of their
            numbers is chance, and the page only has to put them in some order
        """
        self.env.flush_all()
        new = self.posted() - self.booked
        self.booked += new
        ledger, page = self.entries_of_ledger(new), self.entries_of_page(title)
        if any_order:
            ledger, page = sorted(ledger), sorted(page)
        self.assertEqual(ledger, page, title)
        if not new:
            self.assertIn("journal entry", self.sections[title], "The page says so.")
        self.assertTiesOut()
        return new

    def account(self, postings):
        """The customer's account as the page draws it.

        :param postings: list of ``(what, balance)`` in the order of the days
        """
        sides = [
            [f"{what:<24}{abs(amount):>11,.2f}" for what, amount in postings if amount * sign > 0]
            for sign in (1, -1)
        ]
        height = max(map(len, sides))
        debit, credit = (side + [""] * (height - len(side)) for side in sides)
        totals = [sum(amount for _what, amount in postings if amount * s > 0) for s in (1, -1)]
        lines = [
            f"{'Receivable: the customer':>47}",
            f"{'Debit':>14}{'':<22}|{'Credit':>15}",
            *(f"{left:<{WIDTH}}| {right}" for left, right in zip(debit, credit, strict=True)),
            "-" * WIDTH + "+" + "-" * WIDTH,
            f"{totals[0]:>35,.2f} |{-totals[1]:>36,.2f}",
            f"{'balance':<24}{sum(totals):>11,.2f} |",
        ]
        return "\n".join(line.rstrip() for line in lines)

    # === The life of a credit ===

    def test_the_life_of_a_credit(self):
        postings = []

        def book(number, title, *whats):
            moves = self.check(title)
            for move, what in zip(moves, whats, strict=True):
                (item,) = self.receivable_items(move).filtered("balance")
                postings.append((f"{number} {what}", item.balance))
            return moves

        invoice = self.customer_document(
            [self.line(250.0, quantity=4.0, tax=self.tax_15)], post=True
        )
        book(1, "An invoice", "invoice")
        credit = self.customer_document([self.line(-200.0, tax=self.tax_15)], post=True)
        self.assertTrue(credit.is_customer_credit)
        book(2, "A credit is issued", "credit")

        items = self.receivable_items(invoice, credit)
        items._apply_receivables(dict.fromkeys(items, 100.0))
        book(3, "It is applied")
        row = self.env["account.receivable.application"].search(
            [("credit_move_id", "=", credit.id)]
        )
        row._unapply(row.date, "The wrong invoice")
        items._apply_receivables(dict.fromkeys(items, 100.0))
        book(4, "It is unapplied, and applied again")
        self.assertEqual(len(row.search([("credit_move_id", "=", credit.id)])), 3)

        action = invoice.action_adjust()
        wizard = self.env[action["res_model"]].with_context(**action["context"]).create({})
        wizard.line_ids.write({"kind": "return", "quantity": 1.0})
        wizard.action_post()
        book(5, "The invoice is adjusted", "adjustment")

        action = credit.action_refund_credit()
        self.env[action["res_model"]].browse(action["res_id"]).action_refund()
        book(6, "The rest of the credit is refunded", "refund")

        self.assertEqual(invoice.amount_residual, 762.5)
        form = Form(
            self.env["account.payment.register"].with_context(
                active_model="account.move", active_ids=invoice.ids
            )
        )
        form.amount = 800.0
        form.payment_difference_handling = "credit"
        form.save()._create_payments()
        moves = book(7, "The customer pays too much", "payment", "overpayment kept")
        kept = moves.filtered("is_customer_credit")

        self.apply(self.document(35.0, invoice_payment_term_id=False), kept)
        self.write_off(kept, self.env.user, date=TODAY)
        book(8, "A small balance is written off", "invoice", "write-off")

        mistake = self.document(-50.0, invoice_payment_term_id=False)
        self.env["account.move.reversal"].with_context(
            active_model="account.move", active_ids=mistake.ids
        ).create({"journal_id": mistake.journal_id.id}).refund_moves()
        mistake.reversal_move_ids.filtered(lambda move: move.state == "draft").action_post()
        book(9, "A credit is reversed", "credit", "reversal")

        self.assertEqual(self.fresh().ar_balance, 0.0)
        block = re.search(r"```\n(.*?)\n```", self.text, re.DOTALL)
        self.assertEqual(block[1], self.account(postings))

    # === Where settling does book ===

    def test_exchange_difference(self):
        euro = self.setup_other_currency("EUR", rates=[("2023-01-01", 0.5), ("2023-06-10", 0.4)])
        values = {"currency_id": euro.id, "invoice_payment_term_id": False}
        invoice = self.document(100.0, **values)
        credit = self.document(-100.0, invoice_date="2023-06-15", **values)
        self.apply(invoice, credit)
        self.check("Currencies: an exchange difference")

    def test_taxes_due_on_payment(self):
        self.env.company.tax_exigibility = True
        waiting = self.tax_account.copy({"code": "252998", "reconcile": True})
        self.tax_15.write(
            {"tax_exigibility": "on_payment", "cash_basis_transition_account_id": waiting.id}
        )
        invoice = self.customer_document([self.line(100.0, tax=self.tax_15)], post=True)
        credit = self.customer_document([self.line(-100.0, tax=self.tax_15)], post=True)
        self.apply(invoice, credit)
        self.check("Taxes due on payment", any_order=True)

    def test_every_section_is_booked(self):
        """A section that no test reads says what nobody has checked."""
        source = Path(__file__).read_text()
        for title in self.sections:
            if "| Account |" in self.sections[title]:
                self.assertIn(f'"{title}"', source)
