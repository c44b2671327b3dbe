"""The checks of an adjustment, before anything is written."""

import math

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import format_date


class AccountInvoiceAdjust(models.TransientModel):
    _inherit = "account.invoice.adjust"

    @api.model
    def _check_adjustable(self, invoice):
        """Refuse what is no posted customer invoice with something left to adjust.

        :raises UserError: naming the document and what to do
        """
        name = invoice.display_name  # core refuses another company's
        if not invoice:
            problem = self.env._("Choose the invoice to adjust.")
        elif invoice.move_type != "out_invoice":
            problem = self.env._(
                "%(document)s is not a customer invoice and cannot be adjusted. Use Credit Note "
                "for a bill, and Reset to Draft for a credit note.",
                document=name,
            )
        elif invoice.is_customer_credit:
            problem = self.env._(
                "%(document)s is a customer credit and cannot be adjusted. Reset it to draft or "
                "reverse it.",
                document=name,
            )
        elif invoice.state == "draft":
            problem = self.env._(
                "%(document)s is not posted yet. Change its lines instead.", document=name
            )
        elif invoice.state != "posted":
            problem = self.env._(
                "%(document)s is cancelled, so there is nothing to adjust.", document=name
            )
        else:
            problem = self._get_credit_problem(invoice)
        if problem:
            raise UserError(problem)

    @api.model
    def _get_credit_problem(self, invoice):
        name = invoice.display_name
        if not invoice.company_id.customer_credit_enabled:
            return self.env._(
                "%(company)s does not use customer credits. Use Credit Note on %(document)s, or "
                "switch on Customer Credits in the Invoicing settings.",
                document=name,
                company=invoice.company_id.display_name,
            )
        left = invoice._get_left_to_adjust().values()
        total = sum(line_left.amounts.total() for line_left in left)
        if invoice.currency_id.compare_amounts(total, 0.0) <= 0:
            return self.env._(
                "%(document)s is already fully credited by adjustments (including drafts), credit "
                "notes or an early payment discount. Use Adjustments on the invoice to see them.",
                document=name,
            )
        return False

    def _check_numbers(self, values):
        self._check_numbers_of(self, values)

    @api.model
    def _check_numbers_of(self, records, values):
        """Refuse infinity and NaN before a field tries to round them."""
        for name, value in values.items():
            if isinstance(value, float) and not math.isfinite(value):
                label = records._fields[name].get_description(self.env, ["string"])["string"]
                raise UserError(
                    self.env._(
                        "%(field)s must be a number, not %(value)s.",
                        field=label,
                        value=value,
                    )
                )

    def _check_input(self):
        """Check the input of the dialog.

        :raises UserError: naming the line or the field, and what is possible
        """
        self.ensure_one()
        invoice = self.invoice_id
        if not self.date or (invoice.invoice_date and self.date < invoice.invoice_date):
            raise UserError(
                self.env._(
                    "%(invoice)s is dated %(date)s. Choose that date or a later one for the "
                    "adjustment.",
                    invoice=invoice.display_name,
                    date=format_date(self.env, invoice.invoice_date),
                )
            )
        if not self.invoice_currency_rate > 0:
            raise UserError(
                self.env._(
                    "Enter an exchange rate greater than zero. The rate of %(invoice)s is "
                    "%(rate)s.",
                    invoice=invoice.display_name,
                    rate=invoice.invoice_currency_rate,
                )
            )
        left = self._get_left()
        if self.mode == "amount":
            if problem := self._get_amount_problem(left):
                raise UserError(problem)
            return
        for line in self.line_ids:
            line_left = left.get(line.invoice_line_id)
            if not line_left:
                raise UserError(
                    self.env._(
                        "“%(line)s” is not a line of %(invoice)s. Close this window and open it "
                        "again.",
                        line=line.name,
                        invoice=invoice.display_name,
                    )
                )
            problem = line._get_problem(line_left)
            if problem:
                raise UserError(problem)

    def _get_amount_problem(self, left):
        """Why the one amount is refused: a sentence, or False."""
        currency = self.currency_id
        lowered = self._get_lines_to_lower(left)
        total = sum(line_left.amounts.total() for line_left in lowered)
        values = {
            "invoice": self.invoice_id.display_name,
            "amount": self.amount,
            "left": currency.format(total),
        }
        if currency.compare_amounts(self.amount, 0.0) <= 0:
            return self.env._(
                "Enter an amount greater than zero, up to %(left)s (tax included).",
                **values,
            )
        if abs(currency.round(self.amount) - self.amount) > 1e-9:
            return self.env._(
                "%(amount)s has more decimals than %(currency)s allows. Round the amount.",
                currency=currency.name,
                **values,
            )
        if currency.compare_amounts(self.amount, total) > 0:
            return self.env._(
                "Only %(left)s (tax included) of %(invoice)s remains to adjust. Enter less, or "
                "issue a separate customer credit for the rest.",
                **values,
            )
        return False

    def _check_total(self, line_adjustments):
        self.ensure_one()
        total = -sum(line_adjustment.amounts.total() for line_adjustment in line_adjustments)
        if self.currency_id.compare_amounts(total, 0.0) <= 0:
            raise UserError(
                self.env._(
                    "There is nothing to adjust on %(invoice)s yet. Enter a quantity to return or "
                    "a lower price.",
                    invoice=self.invoice_id.display_name,
                )
            )
