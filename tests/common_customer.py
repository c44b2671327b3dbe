"""The account of one customer, with customer credits."""

from odoo.addons.account_receivable.tests.common_customer import ReceivableAccountCommon

from .common import CustomerCreditCommon


class CustomerAccountCommon(CustomerCreditCommon, ReceivableAccountCommon):
    """The same with customer credits where the addon below has credit notes."""

    @classmethod
    def document(cls, amount, account=None, **values):
        """A posted customer document of this total; a negative one is a customer credit."""
        values = {"post": True, "invoice_payment_term_id": cls.net30.id, **values}
        lines = [cls.line(amount, **cls.account_of_line(account))]
        return cls.customer_document(lines, **values)

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
