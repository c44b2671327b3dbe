"""The account of one customer, with customer credits."""

from odoo.addons.account_receivable.tests.common_customer import ReceivableAccountCommon

from .common import CustomerCreditCommon


class CustomerAccountCommon(CustomerCreditCommon, ReceivableAccountCommon):
    """The same with customer credits instead of credit notes."""

    credit_kind = ("customer_credit", "Customer Credit", "Credit Memo")
    columns = (
        *("Invoice", "Date", "Title", "Billing Terms", "Grand Total", "Balance"),
        *("Pmt Exp", "Tracking Status", "Status"),
    )

    @classmethod
    def document(cls, amount, line=None, **values):
        """The same; a negative one is a customer credit."""
        values = {"post": True, "invoice_payment_term_id": cls.net30.id, **values}
        return cls.customer_document([cls.line(amount, **(line or {}))], **values)

    def assertTiesOut(self, partner=None):
        items = super().assertTiesOut(partner)
        for credit in items.move_id.filtered("is_customer_credit"):
            self.assertEqual(
                credit.currency_id.compare_amounts(
                    -credit.amount_total,
                    credit.credit_applied + credit.credit_refunded + credit.credit_remaining,
                ),
                0,
                f"Original = applied + refunded + remaining for {credit.name}.",
            )
        return items
