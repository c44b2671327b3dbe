from odoo import models
from odoo.fields import Domain


class AccountMove(models.Model):
    _inherit = "account.move"

    def _post(self, soft=True):
        posted = super()._post(soft)
        posted.filtered("is_customer_credit")._release_timesheets()
        return posted

    def _release_timesheets(self):
        """Make the hours that these adjustments take back billable again.

        Like core for its credit notes: all hours of an order line on the invoice. A price
        correction takes no hours back.
        """
        lines = self.invoice_line_ids.filtered(lambda line: not line._is_price_only())
        domain = (
            Domain("timesheet_invoice_id", "in", self.reversed_entry_id.ids)
            & Domain("so_line", "in", lines.sale_line_ids.ids)
            & Domain("project_id", "!=", False)
        )
        # sudo: the user who posts the credit may not read timesheets.
        self.env["account.analytic.line"].sudo().search(domain).timesheet_invoice_id = False

    def _link_timesheets_to_invoice(self, start_date=None, end_date=None):
        # A credit that takes hours back invoices none; core excludes its credit note by type.
        giving_back = self.filtered(lambda move: move.is_customer_credit and move._gives_hours())
        return super(AccountMove, self - giving_back)._link_timesheets_to_invoice(
            start_date, end_date
        )

    def _gives_hours(self):
        return any(
            line.quantity < 0
            and "timesheet" in line.sale_line_ids.product_id.mapped("service_type")
            for line in self.invoice_line_ids
        )
