"""The lists behind the figures of what a customer owes."""

from odoo import api, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.readonly
    def action_open_ar_balance(self):
        """Open the items of the A/R balance."""
        return self._get_open_receivable_action("ar_balance")

    @api.readonly
    def action_open_ar_open_invoices(self):
        """Open the items of the open invoices."""
        return self._get_open_receivable_action("ar_open_invoices")

    @api.readonly
    def action_open_ar_open_credits(self):
        """Open the items of the open credits."""
        return self._get_open_receivable_action("ar_open_credits")

    @api.readonly
    def action_open_ar_overdue(self):
        """Open the overdue items."""
        return self._get_open_receivable_action("ar_overdue")

    def _get_open_receivable_action(self, figure):
        """The action that opens the items that a figure sums; the list's total is the figure.

        :param str figure: one of the ``AR_FIGURES``; open credits are listed as booked, negative,
            and so is their total
        :raises AccessError: if the user may not read the figure
        """
        self.ensure_one()
        self._check_field_access(self._fields[figure], "read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account_receivable.action_open_receivable_items"
        )
        domain = self._get_ar_figure_domain(figure)
        # A list totals the page that it shows, but groups in full: beyond one page, start with
        # the items grouped by the month in which they are due.
        limit = action["limit"]
        is_long = self.env["account.move.line"].search_count(domain, limit=limit + 1) > limit
        action["context"] = {"search_default_group_by_due_month": 1} if is_long else {}
        action["domain"] = list(domain)
        action["display_name"] = self.env._(
            "%(figure)s: %(customer)s",
            figure=self._get_ar_figure_label(figure),
            customer=self.commercial_partner_id.display_name,
        )
        return action

    @api.readonly
    def action_open_ar_aging(self):
        """Open the A/R aging of this customer's commercial partner."""
        self.ensure_one()
        self.env["account.receivable.aging"].check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account_receivable.action_receivable_aging"
        )
        customer = self.commercial_partner_id
        action["context"] = {"aging_partner_ids": customer.ids}
        action["domain"] = [("partner_id", "=", customer.id)]
        action["display_name"] = self.env._(
            "A/R Aging: %(customer)s", customer=customer.display_name
        )
        return action
