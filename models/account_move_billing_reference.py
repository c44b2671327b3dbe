"""What a credit refers to: the invoice it corrects, or the period that it credits.

A document that lowers the taxable amount of earlier ones names them specifically and unambiguously
(article 219 of the EU's VAT directive, 2006/112/EC). A bonus for a year's sales names the year.
"""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import html2plaintext, is_html_empty


class AccountMove(models.Model):
    _inherit = "account.move"

    credit_period_from = fields.Date(
        string="Period Credited",
        copy=False,
        help="First day of the period whose invoices this credit is for, where it is not for one "
        "invoice: a bonus for last year's sales, for example. It is printed and sent along.",
    )
    credit_period_to = fields.Date(
        string="Last Day Credited",
        copy=False,
        help="Last day of the period whose invoices this credit is for.",
    )

    @api.constrains("credit_period_from", "credit_period_to")
    def _check_credit_period(self):
        for move in self:
            start, end = move.credit_period_from, move.credit_period_to
            if bool(start) != bool(end) or (start and start > end):
                raise ValidationError(
                    self.env._(
                        "The period of %(credit)s needs a first day and a last day that is not "
                        "before it. Correct the days, or empty both.",
                        credit=move.display_name,
                    )
                )

    def _get_e_invoice_note(self):
        """What an e-invoice says of a credit in words: its reason, its description, its terms.

        :return str: in the language of the record's context; empty for any other document
        """
        self.ensure_one()
        if not self._is_shown_as_credit_note():
            return ""
        terms = html2plaintext(self.narration) if not is_html_empty(self.narration) else ""
        parts = [self.credit_reason_id.display_name, self.description, terms]
        return "\n".join(part for part in parts if part)
