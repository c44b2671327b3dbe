"""The dialog that creates statements, and prints or sends them; it shows first who gets them."""

import math

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import date_utils, format_date

from ..models.receivable_choices import STATEMENT_CUSTOMERS, STATEMENT_KINDS, StatementChoices

#: How many statements the preview shows.
PREVIEWED = 5
#: How many recipients the dialog lists.
LISTED = 100


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
    company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Company Currency"
    )
    balances = fields.Selection(
        selection=[
            ("any", "Any"),
            ("not_zero", "Not zero"),
            ("due", "Amount due"),
            ("credit", "Credit balance"),
        ],
        required=True,
        default="any",
        help="Which customers get a statement. Amount due: leave out credit balances and zero.",
    )
    past_due_only = fields.Boolean(
        help="Only customers with an invoice that is past due."
    )
    minimum = fields.Monetary(
        string="Balance at Least",
        currency_field="company_currency_id",
        help="Leave out customers whose balance, or credit balance, is smaller.",
    )
    customer_count = fields.Integer(
        string="Number of Customers",
        compute="_compute_customers",
        help="One statement is created for each customer.",
    )
    recipients = fields.Html(
        compute="_compute_customers",
        help="Who gets a statement at which email address. Customers without one come first.",
    )

    @api.model
    def _default_partner_ids(self):
        return self._get_selected("res.partner").commercial_partner_id

    @api.depends("date")
    def _compute_date_from(self):
        for dialog in self:
            if not dialog.date_from or (dialog.date and dialog.date_from > dialog.date):
                dialog.date_from = dialog.date and date_utils.start_of(dialog.date, "month")

    @api.depends(
        *("selection", "partner_ids", "date", "company_id"),
        *("balances", "past_due_only", "minimum"),
    )
    def _compute_customers(self):
        for dialog in self:
            rows = dialog._get_customer_rows()
            dialog.customer_count = len(rows)
            dialog.recipients = dialog._get_recipient_list(rows)

    # === What was chosen ===

    def _get_choices(self):
        """The ``StatementChoices`` of the dialog, checked.

        :raises UserError: for a day in the future, or a first day after the last one
        """
        self.ensure_one()
        return StatementChoices.of_record(self).checked(self.env)

    def _get_customers(self):
        """The commercial partners that get a statement: the chosen ones, with or without open
        items, else all with open items; of these the ones that the filters let through."""
        partners = self.env["res.partner"]
        return partners.concat(*self._get_customer_rows())

    def _get_customer_rows(self):
        """The customers of the statements with their balances.

        :return: ``{commercial partner: row}``, see ``_get_statement_customers``
        """
        self.ensure_one()
        if not self.date or not math.isfinite(self.minimum or 0.0):
            return {}
        is_chosen = self.selection == "chosen"
        customers = self.partner_ids._origin.commercial_partner_id if is_chosen else None
        if is_chosen and not customers:
            return {}
        ledger = self.env["account.move.line"].with_context(
            allowed_company_ids=self.company_id.ids
        )
        rows = {
            row["customer_id"]: row
            for row in ledger._get_statement_customers(self.date, customers)
        }
        if not is_chosen:
            # who is archived may still owe something
            partners = self.env["res.partner"].with_context(active_test=False)
            customers = partners.search([("id", "in", list(rows))], order="name, id")
        nothing = {"balance": 0.0, "past_due": 0.0, "is_zero": True}
        found = {customer: rows.get(customer.id, nothing) for customer in customers}
        return {customer: row for customer, row in found.items() if self._is_wanted(row)}

    def _is_wanted(self, row):
        """Whether the filters let a customer through.

        :param dict row: see ``_get_statement_customers``
        """
        compare = self.company_currency_id.compare_amounts
        sign = compare(row["balance"], 0.0)
        if self.balances == "not_zero" and row["is_zero"]:
            return False
        if (self.balances, sign) in (("due", -1), ("due", 0), ("credit", 1), ("credit", 0)):
            return False
        if self.past_due_only and compare(row["past_due"], 0.0) <= 0:
            return False
        return compare(abs(row["balance"]), self.minimum or 0.0) >= 0

    def _get_recipient_list(self, rows):
        """The list of who gets a statement at which address, who has none first.

        :param dict rows: see :meth:`_get_customer_rows`
        :return: the HTML, or False if there are no customers
        """
        if not rows:
            return False
        statements = self.env["account.customer.statement"]
        recipients = {customer: statements._get_recipient(customer) for customer in rows}
        ordered = sorted(rows, key=lambda customer: bool(recipients[customer]))
        values = {
            "customers": [
                {
                    "customer": customer,
                    "recipient": recipients[customer],
                    "balance": rows[customer]["balance"],
                    "past_due": rows[customer]["past_due"],
                }
                for customer in ordered[:LISTED]
            ],
            "currency": self.company_currency_id,
            "count": len(rows),
            "mailed": sum(map(bool, recipients.values())),
            "more": max(len(rows) - LISTED, 0),
        }
        return self.env["ir.qweb"]._render("account_receivable.statement_recipients", values)


    def _check_customers(self, customers):
        if not math.isfinite(self.minimum or 0.0) or (self.minimum or 0.0) < 0:
            raise UserError(self.env._("Enter a minimum balance of zero or more."))
        if customers:
            return
        if self.balances != "any" or self.past_due_only or self.minimum:
            raise UserError(
                self.env._("No customer matches these filters. Change the filters or the date.")
            )
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

    def _get_previews(self):
        """The first statements, in memory.

        :return: ``account.customer.statement`` records, none if there are no customers
        :raises AccessError: if the user may not read one of the customers
        :raises UserError: for an invalid choice
        """
        self.ensure_one()
        dialog = self.with_context(allowed_company_ids=self.company_id.ids)
        choices, customers = dialog._get_choices(), dialog._get_customers()[:PREVIEWED]
        customers.check_access("read")
        statements = dialog.env["account.customer.statement"]
        values = {
            "kind": choices.kind,
            "date": choices.as_of,
            "date_from": choices.date_from,
            "company_id": dialog.company_id.id,
        }
        return statements.concat(
            *(statements.new({**values, "partner_id": customer.id}) for customer in customers)
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

    def action_preview(self):
        """Show the first statements as a PDF, without creating any.

        :return: the action that opens the file's address
        :raises UserError: if there are no customers to make statements for
        """
        self.ensure_one()
        dialog = self.with_company(self.company_id)
        dialog._get_choices()
        dialog._check_customers(dialog._get_customers())
        return {
            "type": "ir.actions.act_url",
            "url": f"/account_receivable/statements/{self.id}.pdf",
            "target": "new",
        }

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
