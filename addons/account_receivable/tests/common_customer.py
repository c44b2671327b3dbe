"""The account of one customer: short factories for documents that make and settle open items."""

import itertools
from collections import defaultdict
from datetime import date

from freezegun import freeze_time

from odoo.fields import Command

from ..reports.aging.account_receivable_aging import BUCKETS
from .common import ReceivableCommon

TODAY = date(2023, 7, 15)
FIGURES = ("ar_balance", "ar_open_invoices", "ar_open_credits", "ar_overdue")


class ReceivableAccountCommon(ReceivableCommon):
    """Today is 15 July 2023. By default documents are dated 1 June and due 30 days later."""

    #: A document below zero: its kind, and the label of the kind on screen and in print.
    credit_kind = ("credit_note", "Credit Note", "Credit Note")
    #: The columns of the documents on a customer's record.
    columns = ("Invoice", "Date", "Billing Terms", "Grand Total", "Balance", "Status")

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
    def document(cls, amount, line=None, **values):
        """A posted customer document of one line of this amount; a negative one is a credit note.

        :param dict line: more for the line, see :meth:`line`
        """
        values = {"post": True, "invoice_payment_term_id": cls.net30.id, **values}
        if amount < 0:
            values = {"move_type": "out_refund", **values}
        return cls.customer_document([cls.line(abs(amount), **(line or {}))], **values)

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

    @classmethod
    def bank_line(cls, amount, day, partner=None):
        """A line of a bank statement, booked as a receipt from the customer."""
        line = cls.env["account.bank.statement.line"].create(
            {
                "journal_id": cls.company_data["default_journal_bank"].id,
                "payment_ref": "Transfer",
                "amount": amount,
                "date": day,
                "partner_id": (partner or cls.customer).id,
            }
        )
        suspense = line.line_ids.filtered(
            lambda item: item.account_id == line.journal_id.suspense_account_id
        )
        suspense.account_id = cls.receivable
        return line

    def left_of(self, credit):
        """The open amount of a credit, in its currency, positive."""
        return abs(credit.amount_residual)

    def fresh(self, partner=None):
        """The customer as a new request reads it."""
        self.env.invalidate_all()
        return partner or self.customer

    def assertFigures(self, balance, invoices, credits_, overdue, partner=None):
        """Check the four figures, and that the parts sum to the balance."""
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

    def assertTiesOut(self, partner=None):
        """Check that a customer's account ties out: four figures from different data are equal.

        The A/R balance; its parts; the posted journal items of the receivable accounts; and the
        documents' totals less the applications of the register.

        :return: the customer's items
        """
        partner = (partner or self.customer).commercial_partner_id
        self.env.flush_all()
        self.env.invalidate_all()
        currency = self.env.company.currency_id
        items = self.env["account.move.line"].search(
            [
                ("commercial_partner_id", "=", partner.id),
                ("account_type", "=", "asset_receivable"),
                ("parent_state", "=", "posted"),
                ("company_id", "=", self.env.company.id),
            ]
        )
        ledger = sum(items.mapped("balance"))
        self.assertEqual(currency.compare_amounts(partner.ar_balance, ledger), 0, "ledger")
        parts = partner.ar_open_invoices - partner.ar_open_credits
        self.assertEqual(currency.compare_amounts(partner.ar_balance, parts), 0, "parts")
        settled = dict.fromkeys(items.ids, 0.0)
        settled_currency = dict.fromkeys(items.ids, 0.0)
        for row in self.env["account.receivable.application"].search(
            ["|", ("debit_line_id", "in", items.ids), ("credit_line_id", "in", items.ids)]
        ):
            for line, sign, amount in (
                (row.debit_line_id, 1, row.debit_amount_currency),
                (row.credit_line_id, -1, row.credit_amount_currency),
            ):
                if line in items:
                    settled[line.id] += sign * row.amount
                    settled_currency[line.id] += sign * amount
        for item in items:
            self.assertEqual(
                currency.compare_amounts(item.amount_residual, item.balance - settled[item.id]),
                0,
                f"What is open of {item.move_name} is its amount less its applications.",
            )
            self.assertEqual(
                item.currency_id.compare_amounts(
                    item.amount_residual_currency, item.amount_currency - settled_currency[item.id]
                ),
                0,
                f"The same in the currency of {item.move_name}.",
            )
        for move in items.move_id:
            self.assertTrue(currency.is_zero(sum(move.line_ids.mapped("balance"))), move.name)
        return items

    def assertAgesAsLedger(self, day, partner=None):
        """Check that the aging as of a day agrees with the posted journal items in every mode.

        The total is the ledger's, and the columns sum to it unless credits count only in the
        total.
        """
        partner = (partner or self.customer).commercial_partner_id
        self.env.flush_all()
        currency = self.env.company.currency_id
        (ledger,) = self.env["account.move.line"]._read_group(
            [
                ("commercial_partner_id", "=", partner.id),
                ("account_type", "=", "asset_receivable"),
                ("parent_state", "=", "posted"),
                ("company_id", "=", self.env.company.id),
                ("date", "<=", day),
            ],
            [],
            ["balance:sum"],
        )[0]
        names = [*BUCKETS, "open_credits", "amount_residual"]
        for basis, mode in itertools.product(("due", "invoice"), ("aged", "column", "total")):
            aging = self.env["account.receivable.aging"].with_context(
                as_of=day, aging_basis=basis, aging_credits=mode
            )
            ((*columns, total),) = aging._read_group(
                [("partner_id", "=", partner.id)], [], [f"{name}:sum" for name in names]
            )
            message = f"{day}, by {basis} date, credits {mode}"
            self.assertEqual(currency.compare_amounts(total, ledger), 0, message)
            if mode != "total":
                self.assertEqual(currency.compare_amounts(sum(columns), total), 0, message)

    def tie_out(self, day, partner=None):
        """The rows of the tie-out as of a day for one customer; ``partner=False``: for none."""
        self.env.invalidate_all()  # as a new request reads it
        if partner is None:
            partner = self.customer
        customer = partner.commercial_partner_id.id if partner else False
        rows = self.env["account.receivable.tie.out"].with_context(as_of=day)
        return rows.search(
            [("partner_id", "=", customer), ("company_id", "=", self.env.company.id)]
        )

    def findings(self, day, partner=None):
        """The findings of the tie-out as of a day for one customer."""
        self.env.invalidate_all()
        if partner is None:
            partner = self.customer
        customer = partner.commercial_partner_id.id if partner else False
        findings = self.env["account.receivable.tie.out.finding"].with_context(as_of=day)
        return findings.search(
            [("partner_id", "=", customer), ("company_id", "=", self.env.company.id)]
        )

    def assertExplained(self, day, partner=None):
        """Check that each difference of the tie-out is the sum of its findings.

        :return: the rows, and the findings that are errors
        """
        found = defaultdict(lambda: [0.0, 0.0, 0.0])
        findings = self.findings(day, partner)
        for finding in findings:
            group = (finding.account_id, finding.currency_id)
            effects = (finding.documents, finding.ar_balance, finding.aging)
            found[group] = [a + b for a, b in zip(found[group], effects, strict=True)]
        errors = findings.filtered("is_error")
        differences = {}
        rows = self.tie_out(day, partner)
        for row in rows:
            differences[row.account_id, row.currency_id] = (
                row.documents_difference,
                row.ar_balance_difference,
                row.aging_difference,
            )
        currency = self.env.company.currency_id
        for group in {*found, *differences}:
            pairs = zip(differences.get(group, (0.0,) * 3), found[group], strict=True)
            for name, (difference, explained) in zip(
                ("documents", "A/R balance", "aging"), pairs, strict=True
            ):
                self.assertEqual(
                    currency.compare_amounts(difference, explained), 0, f"{day} {group} {name}"
                )
        return rows, errors

    def two_companies(self, **values):
        """Create another company of ours, with an invoice of 1,000.00 and a credit of 250.00 for
        the customer in its currency."""
        data = self.setup_other_company(name="Our Other Company", **values)
        company = data["company"]
        self.env.user.company_ids += company
        for amount in (1000.0, -250.0):
            document = self.document_there(amount, data)
            self.assertEqual(document.company_id, company)
        return company

    def document_there(self, amount, data, **values):
        """A customer document of this total in the company of these data."""
        line = {"account_id": data["default_account_revenue"].id}
        journal = data["default_journal_sale"]
        return self.document(amount, line, journal_id=journal.id, **values)

    def in_companies(self, *companies):
        """The customer with these companies active, the first one current."""
        self.env.invalidate_all()
        return self.customer.with_context(
            allowed_company_ids=[company.id for company in companies]
        )

    def count_queries(self, function):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        function()
        return self.env.cr.sql_log_count - before
