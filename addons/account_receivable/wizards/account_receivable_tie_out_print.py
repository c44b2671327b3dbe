"""The dialog that shows or prints the tie-out of a day."""

from odoo import fields, models
from odoo.tools import format_date

from ..models.receivable_choices import get_as_of

FIGURES = ("documents", "ledger", "ar_balance", "aging")


class AccountReceivableTieOutPrint(models.TransientModel):
    _name = "account.receivable.tie.out.print"
    _description = "A/R Tie-Out Options"
    _inherit = ["account.receivable.dialog"]

    as_of = fields.Date(
        string="As of",
        required=True,
        default=fields.Date.context_today,
        help="The figures are as of the end of this day.",
    )

    def action_show(self):
        """Open the tie-out with the day in the search bar.

        :return: the action
        :raises UserError: for a day in the future
        """
        self._get_rows()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account_receivable.action_receivable_tie_out"
        )
        action["context"] = {
            "search_default_group_by_account": 1,
            "search_default_as_of": fields.Date.to_string(self.as_of),
        }
        return {**action, "target": "main"}

    def action_print(self):
        """Print the tie-out.

        :return: the print's action
        :raises UserError: for a day in the future
        """
        self._get_rows()
        report = self.env.ref("account_receivable.action_report_receivable_tie_out")
        return report.report_action(self)

    def _get_rows(self):
        """The model of the tie-out's rows, as of the chosen day.

        :raises UserError: for a day in the future
        """
        self.ensure_one()
        rows = self.env["account.receivable.tie.out"].with_context(
            as_of=fields.Date.to_string(self.as_of)
        )
        get_as_of(rows.env)
        return rows

    def _get_tie_out(self):
        """The values to print: one entry for each receivable account.

        :return: list of dicts: ``company``, ``account``, ``amounts`` by the names of the figures
            (signed, in the company's currency) and ``different``, the rows that do not agree
        """
        rows = self._get_rows()
        different = rows.search([("is_different", "=", True)])
        groups = rows._read_group(
            [], ["company_id", "account_id"], [f"{name}:sum" for name in FIGURES]
        )
        return [
            {
                "company": company,
                "account": account,
                "amounts": dict(zip(FIGURES, amounts, strict=True)),
                "different": different.filtered(
                    lambda row, company=company, account=account: (
                        row.company_id == company and row.account_id == account
                    )
                ),
            }
            for company, account, *amounts in groups
        ]

    def _get_title(self):
        return self.env._(
            "A/R Tie-Out as of %(date)s", date=format_date(self.env, self.as_of)
        ).replace("/", "-")
