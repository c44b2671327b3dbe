"""The A/R aging as plain values, for the PDF and the spreadsheet."""

from odoo import api, models
from odoo.fields import Domain

from .account_receivable_aging import BUCKETS, CREDITS

TOTAL = "amount_residual"


class AccountReceivableAging(models.Model):
    _inherit = "account.receivable.aging"

    @api.model
    def _get_report(self, choices, domain=Domain.TRUE, with_items=False):
        """The aging by customer.

        :param choices: ``AgingChoices``
        :param domain: a ``Domain`` on this model that narrows the items
        :param bool with_items: whether each customer's items are listed too
        :return: a dict: ``choices``; ``currency`` of the amounts (the current company's);
            ``columns``, list of ``(name, label)``, the last one the total, and ``heads``, the
            labels by name for a print, which say "days"; ``customers``, in the
            order of their names, each a dict of ``partner`` (empty for items without), ``name``,
            ``amounts`` by column (signed, credits negative) and ``items`` (rows of this model);
            the ``totals`` by column, and their ``shares`` of the total in percent, empty if the
            total is zero
        """
        rows = self.with_context(**choices.context())
        names = [*BUCKETS, *([CREDITS] if choices.credits == "column" else []), TOTAL]
        labels = dict(self._get_column_labels())
        labels[TOTAL] = self.env._("Total")
        if choices.basis == "invoice":
            labels[BUCKETS[0]] = self.env._("0 Days")
        units = self.env.company._get_aging_labels(with_unit=True)
        heads = {**labels, **dict(zip(BUCKETS[1:], units[1:], strict=True))}
        items = rows.search(domain).grouped("partner_id") if with_items else {}
        customers = []
        groups = rows._read_group(domain, ["partner_id"], [f"{name}:sum" for name in names])
        for partner, *amounts in groups:
            customers.append(
                {
                    "partner": partner,
                    "name": partner.display_name or self.env._("No Customer"),
                    "amounts": dict(zip(names, map(float, amounts), strict=True)),
                    "items": items.get(partner, rows.browse()),
                }
            )
        currency = self.env.company.currency_id
        totals = {
            name: sum(customer["amounts"][name] for customer in customers) for name in names
        }
        shares = {}
        if not currency.is_zero(totals[TOTAL]):
            shares = {name: 100.0 * amount / totals[TOTAL] for name, amount in totals.items()}
        return {
            "choices": choices,
            "currency": currency,
            "columns": [(name, labels[name]) for name in names],
            "heads": heads,
            "customers": sorted(customers, key=lambda row: row["name"].casefold()),
            "totals": totals,
            "shares": shares,
        }
