"""Instalments of fixed amounts, where what they divide is a customer credit."""

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
        """Core signs fixed amounts by the type of the document, and all others by its total. Of a
        credit each instalment is below zero, as core's credit note has it: else the customer
        would owe the first instalment of what we owe the customer.
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
