"""Instalments of fixed amounts for customer credits."""

from odoo import models


class AccountPaymentTerm(models.Model):
    _inherit = "account.payment.term"

    def _compute_terms(
        self,
        date_ref,
        currency,
        company,
        tax_amount,
        tax_amount_currency,
        sign,
        untaxed_amount,
        untaxed_amount_currency,
        cash_rounding=None,
    ):
        """Give the fixed amounts of a credit the sign of its total: core signs them by the type of
        the document, so the customer would owe the first instalment of what we owe.
        """
        total = tax_amount_currency + untaxed_amount_currency
        if sign > 0 and currency.compare_amounts(total, 0.0) < 0:
            sign = -1
        return super()._compute_terms(
            date_ref=date_ref,
            currency=currency,
            company=company,
            tax_amount=tax_amount,
            tax_amount_currency=tax_amount_currency,
            sign=sign,
            untaxed_amount=untaxed_amount,
            untaxed_amount_currency=untaxed_amount_currency,
            cash_rounding=cash_rounding,
        )
