"""The reference of a credit: the invoice that it corrects, or the period that it credits.

A document that lowers the taxable amount of earlier ones must refer to them specifically and
unambiguously (article 219 of the EU's VAT directive, 2006/112/EC). A bonus for a year's sales
refers to the year.
"""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import html2plaintext, is_html_empty


class AccountMove(models.Model):
    _inherit = "account.move"

    credit_period_from = fields.Date(
        string="Period Credited",
        copy=False,
        help="Period the credit is for if it does not correct a single invoice, such as a bonus "
        "on last year's sales. Printed on the credit memo and included in e-invoices.",
    )
    credit_period_to = fields.Date(
        string="Last Day Credited",
        copy=False,
        help="Last day of the period the credit is for.",
    )

    lacks_credit_reference = fields.Boolean(
        compute="_compute_lacks_credit_reference",
        help="Whether this credit reduces tax but has no original invoice or period.",
    )

    @api.depends(
        "is_on_credit_side",
        "invoice_line_ids.price_total",
        "reversed_entry_id",
        "credit_period_from",
        "company_id.customer_credit_reference",
    )
    def _compute_lacks_credit_reference(self):
        for move in self:
            move.lacks_credit_reference = (
                move.is_on_credit_side
                and move.company_id.customer_credit_reference in ("warn", "required")
                and move._is_taxed()
                and not move.reversed_entry_id
                and not move.credit_period_from
            )

    def _is_taxed(self):
        # From the lines: the form computes the document's taxes only when it is saved.
        lines = self._get_product_lines()
        tax = sum(line.price_total - line.price_subtotal for line in lines)
        return not self.currency_id.is_zero(tax)

    def _check_credit_reference(self):
        """:raises UserError: for a taxed credit without an invoice or a period, where its company
        requires one"""
        for move in self.filtered("lacks_credit_reference"):
            if move.company_id.customer_credit_reference == "required":
                raise UserError(
                    self.env._(
                        "%(credit)s reduces tax but has no original invoice or period, and "
                        "%(company)s requires one of them. Choose the original invoice or enter "
                        "the period, then confirm again.",
                        credit=move.display_name,
                        company=move.company_id.display_name,
                    )
                )

    @api.constrains("credit_period_from", "credit_period_to")
    def _check_credit_period(self):
        for move in self:
            start, end = move.credit_period_from, move.credit_period_to
            if bool(start) != bool(end) or (start and start > end):
                raise ValidationError(
                    self.env._(
                        "Enter a start date and a later end date for the period of %(credit)s, or "
                        "clear both.",
                        credit=move.display_name,
                    )
                )

    def _get_e_invoice_note(self):
        """The note of a credit in an e-invoice: its reason, description and terms.

        :return str: in the language of the context; empty for any other document
        """
        self.ensure_one()
        if not self._is_shown_as_credit_note():
            return ""
        terms = html2plaintext(self.narration) if not is_html_empty(self.narration) else ""
        parts = [self.credit_reason_id.display_name, self.description, terms]
        return "\n".join(part for part in parts if part)
