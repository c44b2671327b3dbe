from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.account_receivable.tests.common import ReceivableCommon

#: The fields by which two journal items are equal for a ledger and a tax report.
JOURNAL_ITEM = (
    "account_id",
    "display_type",
    "partner_id",
    "currency_id",
    "debit",
    "credit",
    "balance",
    "amount_currency",
    "tax_ids",
    "tax_tag_ids",
    "tax_repartition_line_id",
    "tax_base_amount",
    "group_tax_id",
    "date_maturity",
    "discount_date",
    "discount_balance",
    "discount_amount_currency",
    "amount_residual",
    "amount_residual_currency",
    "analytic_distribution",
    "is_refund",
    "is_storno",
)


@tagged("post_install", "-at_install")
class CustomerCreditCommon(ReceivableCommon):
    """Short factories for customer documents, and the comparison with core's credit note."""

    @classmethod
    def early_payment_term(cls, computation):
        """2 % off within 7 days, else net 30; the tax is lowered as ``computation`` says."""
        return cls.env["account.payment.term"].create(
            {
                "name": f"2/7 Net 30 {computation}",
                "early_discount": True,
                "discount_days": 7,
                "discount_percentage": 2.0,
                "early_pay_discount_computation": computation,
                "line_ids": [Command.create({"value_amount": 100, "nb_days": 30})],
            }
        )

    @classmethod
    def fixed_amount_term(cls):
        """50.00 at once, the rest in 60 days."""
        return cls.env["account.payment.term"].create(
            {
                "name": "50.00 at once",
                "line_ids": [
                    Command.create({"value": "fixed", "value_amount": 50.0, "nb_days": 0}),
                    Command.create({"value": "percent", "value_amount": 100.0, "nb_days": 60}),
                ],
            }
        )

    @classmethod
    def cash_rounding(cls, strategy="add_invoice_line"):
        """To 0.05, booked as ``strategy`` says."""
        return cls.env["account.cash.rounding"].create(
            {
                "name": "0.05",
                "rounding": 0.05,
                "strategy": strategy,
                "profit_account_id": cls.company_data["default_account_revenue"].id,
                "loss_account_id": cls.company_data["default_account_expense"].id,
                "rounding_method": "HALF-UP",
            }
        )

    @classmethod
    def approve(cls, credit, issuer):
        """Approve this draft as an issuer who has just opened it."""
        credit = credit.with_user(issuer)
        credit.invalidate_recordset(["credit_approval_version"])
        credit.action_approve_credit(credit.credit_approval_version)

    @classmethod
    def mirrored(cls, lines):
        """The same line commands with the sign turned: of the quantity where that is the negative
        factor, else of the price. They are the lines of core's credit note for a credit's."""
        mirrored = []
        for command, virtual_id, values in lines:
            values = dict(values)
            name = "quantity" if values.get("quantity", 1.0) < 0 else "price_unit"
            if name in values:
                values[name] = -values[name]
            mirrored.append((command, virtual_id, values))
        return mirrored

    def journal_items(self, move):
        """The journal items of a document as sorted plain values."""
        items = []
        for line in move.line_ids:
            if line.display_type in ("line_section", "line_subsection", "line_note"):
                continue
            values = []
            for name in JOURNAL_ITEM:
                value = line[name]
                if hasattr(value, "_ids"):
                    value = tuple(sorted(value.ids))
                elif isinstance(value, float):
                    value = round(value, 4) + 0.0
                values.append((name, value))
            items.append(tuple(values))
        return sorted(items, key=repr)

    def assertBooksAsCreditNote(self, credit, credit_note):
        """Check that a customer credit has the journal items of core's credit note."""
        self.assertEqual(self.journal_items(credit), self.journal_items(credit_note))

    def check_books_as_credit_note(self, lines, **values):
        """Enter these lines as a customer invoice and, mirrored, as core's credit note; compare
        the two as drafts and posted. Returns both."""
        credit = self.customer_document(lines, **values)
        credit_note = self.customer_document(
            self.mirrored(lines), move_type="out_refund", **values
        )
        self.assertTrue(credit.is_customer_credit)
        self.assertBooksAsCreditNote(credit, credit_note)
        (credit + credit_note).action_post()
        self.assertBooksAsCreditNote(credit, credit_note)
        self.assertEqual(credit.amount_total, -credit_note.amount_total)
        self.assertEqual(credit.amount_residual_signed, credit_note.amount_residual_signed)
        return credit, credit_note
