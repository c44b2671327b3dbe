"""The dialog that shows, prints or exports the aging."""

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command, Domain
from odoo.tools import format_date

from ..models.guards.named_records import get_named_records
from ..models.receivable_choices import AgingChoices

#: The filters of the aging's search bar, by the choice that they make.
FILTERS = {
    ("invoice",): "by_invoice_date",
    ("column",): "credits_in_column",
    ("total",): "credits_in_total",
}


class AccountReceivableAgingPrint(models.TransientModel):
    _name = "account.receivable.aging.print"
    _description = "A/R Aging Options"
    _inherit = ["account.receivable.dialog"]

    as_of = fields.Date(
        string="As of",
        required=True,
        default=fields.Date.context_today,
        help="Balances are as of the end of this day. Later applications and payments are not "
        "included.",
    )
    basis = fields.Selection(
        selection=[("due", "Due Date"), ("invoice", "Invoice Date")],
        string="Age By",
        required=True,
        default="due",
    )
    credits = fields.Selection(
        selection=[
            ("aged", "Aged with invoices"),
            ("column", "In a separate column"),
            ("total", "In the total only"),
        ],
        string="Open Credits",
        required=True,
        default="aged",
        help="The total is the same either way.",
    )
    partner_ids = fields.Many2many(
        comodel_name="res.partner",
        string="Customers",
        context={"active_test": False},
        help="Leave empty for all customers. Contacts are grouped under their company.",
    )
    user_ids = fields.Many2many(
        comodel_name="res.users",
        relation="receivable_aging_print_salesperson_rel",
        string="Salespeople",
        context={"active_test": False},  # who left has invoices that are still open
        help="Leave empty for all salespeople.",
    )
    account_ids = fields.Many2many(
        comodel_name="account.account",
        string="Accounts",
        domain="[('account_type', '=', 'asset_receivable')]",
        help="Leave empty for all receivable accounts.",
    )
    show_items = fields.Boolean(
        string="Show Details", help="List the open items of each customer."
    )
    company_ids = fields.Many2many(
        comodel_name="res.company",
        relation="receivable_aging_print_company_rel",
        string="Selected Companies",
        default=lambda self: self.env.companies,
        help="Companies that were active when the dialog was opened.",
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        default=lambda self: self.env.company,
        help="The aging uses the currency and buckets of this company.",
    )
    company_names = fields.Char(string="Companies", compute="_compute_company_names")

    @api.depends_context("allowed_company_ids")
    def _compute_company_names(self):
        self.company_names = ", ".join(self.env.companies.mapped("name"))

    @api.model
    def _open(self, context):
        """Open the dialog with the choices in a view's context.

        :param dict context: the context
        :raises UserError: for an invalid choice
        """
        choices = AgingChoices.of(self.env(context=context))
        dialog = self.create(
            {
                "as_of": choices.as_of,
                "basis": choices.basis,
                "credits": choices.credits,
                "partner_ids": [Command.set(self._get_customers(context).ids)],
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("A/R Aging"),
            "res_model": self._name,
            "res_id": dialog.id,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
        }

    @api.model
    def _get_customers(self, context):
        """The customers whose aging is shown; empty for all customers."""
        return get_named_records(self.env, "res.partner", context.get("aging_partner_ids"))

    # === What was chosen ===

    def _get_choices(self):
        """The ``AgingChoices`` of the dialog.

        :raises UserError: for a day in the future
        """
        self.ensure_one()
        context = AgingChoices(self.as_of, self.basis, self.credits).context()
        return AgingChoices.of(self.env(context={**self.env.context, **context}))

    def _get_domain(self):
        """The ``Domain`` of the aging's rows, on ``account.receivable.aging``."""
        domain = Domain.TRUE
        if self.partner_ids:
            customers = self.partner_ids.commercial_partner_id
            domain &= Domain("partner_id", "in", customers.ids)
        if self.user_ids:
            domain &= Domain("user_id", "in", self.user_ids.ids)
        if self.account_ids:
            domain &= Domain("account_id", "in", self.account_ids.ids)
        return domain

    def _get_aging(self):
        """The values to print, see ``account.receivable.aging._get_report``."""
        return self.env["account.receivable.aging"]._get_report(
            self._get_choices(), self._get_domain(), with_items=self.show_items
        )

    def _in_its_companies(self):
        """This dialog with the companies that it was opened with: an address has no active
        companies, so all of the user's companies would be active.

        :return: the dialog; empty if the user lost access to all of these companies
        """
        self.ensure_one()
        companies = self.company_ids & self.env.user.company_ids
        companies = (self.company_id & companies) | companies  # the current one is the first
        if not companies:
            return self.browse()
        return self.with_context(allowed_company_ids=companies.ids)

    def _get_title(self):
        return self.env._(
            "A/R Aging as of %(date)s", date=format_date(self.env, self.as_of)
        ).replace("/", "-")

    # === Buttons ===

    def action_show(self):
        """Open the aging's views with the choices in the search bar.

        :return: the action
        :raises UserError: for a day in the future
        """
        choices = self._get_choices()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account_receivable.action_receivable_aging"
        )
        context = {"search_default_group_by_partner": 1}
        if self.partner_ids:
            context["aging_partner_ids"] = self.partner_ids.commercial_partner_id.ids
        if choices.as_of != fields.Date.context_today(self):
            context["search_default_as_of"] = fields.Date.to_string(choices.as_of)
        for (value,), name in FILTERS.items():
            if value in (choices.basis, choices.credits):
                context[f"search_default_{name}"] = 1
        action.update(context=context, domain=list(self._get_domain()), target="main")
        return action

    def action_print(self):
        """Print the aging.

        :return: the print's action
        :raises UserError: for a day in the future
        """
        self._get_choices()
        report = self.env.ref("account_receivable.action_report_receivable_aging")
        return report.report_action(self)

    def action_export(self):
        """Download the aging as a spreadsheet.

        :return: the action that opens the file's address
        :raises UserError: for a day in the future
        """
        self._get_choices()
        return {
            "type": "ir.actions.act_url",
            "url": f"/account_receivable/aging/{self.id}.xlsx",
            "target": "download",
        }

    # === Guards ===

    @api.constrains("as_of")
    def _check_as_of(self):
        for dialog in self:
            if dialog.as_of > fields.Date.context_today(dialog):
                raise ValidationError(
                    self.env._(
                        "The as-of date cannot be in the future. Choose today or an earlier date."
                    )
                )

    @api.constrains("account_ids")
    def _check_accounts(self):
        for account in self.account_ids:
            if account.account_type != "asset_receivable":
                raise ValidationError(
                    self.env._(
                        "%(account)s is not a receivable account. Choose accounts of type "
                        "Receivable.",
                        account=account.display_name,
                    )
                )
