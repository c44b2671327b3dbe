"""The dialog that creates statements, and prints or sends them."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import date_utils, format_date

from ..models.receivable_choices import STATEMENT_CUSTOMERS, STATEMENT_KINDS, StatementChoices


class AccountCustomerStatementCreate(models.TransientModel):
    _name = "account.customer.statement.create"
    _description = "New Customer Statements"
    _inherit = ["account.receivable.dialog"]

    selection = fields.Selection(
        selection=STATEMENT_CUSTOMERS,
        string="Customers",
        required=True,
        default=lambda self: "chosen" if self._default_partner_ids() else "all",
    )
    partner_ids = fields.Many2many(
        comodel_name="res.partner",
        string="Selected Customers",
        context={"active_test": False},  # who is archived may still owe something
        default=lambda self: self._default_partner_ids(),
        help="Contacts are grouped under their company.",
    )
    kind = fields.Selection(
        selection=STATEMENT_KINDS,
        string="Type",
        required=True,
        default="open_item",
        help="Open Items: all items open on the as-of date. Activity: opening balance, documents, "
        "payments and applications of the period, and closing balance.",
    )
    date = fields.Date(
        string="As of",
        required=True,
        default=fields.Date.context_today,
        help="Balances are as of the end of this day.",
    )
    date_from = fields.Date(
        string="From",
        compute="_compute_date_from",
        store=True,
        readonly=False,
        help="First day of the statement. The opening balance is as of the day before.",
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        readonly=True,
        default=lambda self: self.env.company,
    )
    customer_count = fields.Integer(
        string="Number of Customers",
        compute="_compute_customer_count",
        help="One statement is created for each customer.",
    )

    @api.model
    def _default_partner_ids(self):
        return self._get_selected("res.partner").commercial_partner_id

    @api.depends("date")
    def _compute_date_from(self):
        for dialog in self:
            if not dialog.date_from or (dialog.date and dialog.date_from > dialog.date):
                dialog.date_from = dialog.date and date_utils.start_of(dialog.date, "month")

    @api.depends("selection", "partner_ids", "date", "company_id")
    def _compute_customer_count(self):
        for dialog in self:
            dialog.customer_count = len(dialog._get_customers())

    # === What was chosen ===

    def _get_choices(self):
        """The ``StatementChoices`` of the dialog, checked.

        :raises UserError: for a day in the future, or a first day after the last one
        """
        self.ensure_one()
        return StatementChoices.of_record(self).checked(self.env)

    def _get_customers(self):
        """The commercial partners that get a statement: the chosen ones, with or without open
        items; else all with open items."""
        self.ensure_one()
        partners = self.env["res.partner"]
        if self.selection == "chosen":
            return self.partner_ids._origin.commercial_partner_id
        if not self.date:
            return partners
        ledger = self.env["account.move.line"].with_context(
            allowed_company_ids=self.company_id.ids
        )
        ids = ledger._get_statement_customer_ids(self.date)
        # who is archived may still owe something
        return partners.with_context(active_test=False).search(
            [("id", "in", ids)], order="name, id"
        )

    def _check_customers(self, customers):
        if customers:
            return
        if self.selection == "chosen":
            raise UserError(
                self.env._(
                    "Select at least one customer, or choose all customers with open items."
                )
            )
        raise UserError(
            self.env._(
                "No customer of %(company)s has open items as of %(date)s. Choose another date, "
                "or select customers.",
                company=self.company_id.display_name,
                date=format_date(self.env, self.date),
            )
        )

    def _make(self):
        """Create the statements, after all checks.

        :return: the statements, and their batch unless there is just one
        """
        self.ensure_one()
        dialog = self.with_company(self.company_id)
        choices, customers = dialog._get_choices(), dialog._get_customers()
        dialog._check_customers(customers)
        if len(customers) > 1:
            batch = dialog.env["account.customer.statement.batch"]._make(
                customers, choices, self.selection
            )
            return batch.statement_ids, batch
        statement = dialog.env["account.customer.statement"]._make(customers, choices)
        return statement, dialog.env["account.customer.statement.batch"]

    # === Buttons ===

    def action_print(self):
        """Create and print the statements; of many only the first, the batch prints the rest.

        :return: the print's action
        :raises UserError: if there are no customers to make statements for
        """
        statements, batch = self._make()
        print_action = batch.action_print() if batch else statements.action_print()
        return {**print_action, "close_on_report_download": True}

    def action_send(self):
        """Create and send the statements.

        :return: the action that opens the statement or the batch
        :raises UserError: if there are no customers to make statements for, or none can be sent
        """
        statements, batch = self._make()
        (batch or statements).action_send()
        record = batch or statements
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "views": [(False, "form")],
        }
