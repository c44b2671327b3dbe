"""The customers' open credits, as the portal shows them."""

from odoo import models
from odoo.fields import Domain


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _get_credits_available_domain(self):
        """The domain of the items of ``ar_open_credits`` that are not on hold."""
        return self._get_ar_figure_domain("ar_open_credits") & Domain(
            "move_id.credit_on_hold", "!=", True
        )

    def _get_credits_available(self):
        """The totals of this customer's open credits that are not on hold, by active company and
        currency.

        :return: list of dicts: ``company``, ``currency`` and ``amount``, positive, in that
            currency; empty if nothing is open
        """
        groups = self.env["account.move.line"]._read_group(
            self._get_credits_available_domain(),
            ["company_id", "currency_id"],
            ["amount_residual_currency:sum"],
        )
        return [
            {"company": company, "currency": currency, "amount": -residual}
            for company, currency, residual in groups
            if not currency.is_zero(residual)
        ]

    def _get_unlisted_credits(self):
        """The open credits that the portal's list of documents does not have: unapplied payments
        and entries.

        :return: list of dicts: ``label``, ``name``, ``date``, ``company``, ``currency`` and
            ``amount``, positive, in that currency; the oldest first
        """
        documents = self.env["account.move"]._get_open_credits_domain()
        items = self.env["account.move.line"].search(
            self._get_credits_available_domain() & ~Domain("move_id", "any", documents),
            order="date, id",
        )
        labels = self._get_statement_labels()
        return [
            {
                "label": labels[item.receivable_kind],
                "name": item.move_name,
                "date": item.date,
                "company": item.company_id,
                "currency": item.currency_id,
                "amount": -item.amount_residual_currency,
            }
            for item in items
            if not item.currency_id.is_zero(item.amount_residual_currency)
        ]
