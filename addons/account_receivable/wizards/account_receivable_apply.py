"""The dialog that applies credits to invoices, by amounts."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from ..models.client_message import close_with_message


class AccountReceivableApply(models.TransientModel):
    _name = "account.receivable.apply"
    _description = "Apply Credits"
    _inherit = ["account.receivable.dialog"]

    partner_id = fields.Many2one(
        comodel_name="res.partner", string="Customer", required=True, readonly=True
    )
    company_id = fields.Many2one(comodel_name="res.company", required=True, readonly=True)
    other_companies = fields.Char(
        readonly=True, help="Other companies with credits to apply to the customer's invoices."
    )
    account_id = fields.Many2one(
        comodel_name="account.account",
        string="Receivable Account",
        required=True,
        domain="[('id', 'in', available_account_ids)]",
        help="Credits can be applied only within one receivable account.",
    )
    available_account_ids = fields.Many2many(
        comodel_name="account.account", compute="_compute_available_account_ids"
    )
    date = fields.Date(
        string="Application Date",
        help="Date on which the credits are applied. If empty: today, or the date of the latest "
        "document if that is later; a payment is applied on the later of the two document dates.",
    )
    reason = fields.Char(help="Shown in the register of applications.")
    focus_item_ids = fields.Many2many(
        comodel_name="account.move.line",
        help="Items the dialog was opened for. Only these are proposed on their side.",
    )
    credit_line_ids = fields.One2many(
        comodel_name="account.receivable.apply.line",
        inverse_name="wizard_id",
        string="Open Credits",
        domain=[("side", "=", "credit")],
    )
    invoice_line_ids = fields.One2many(
        comodel_name="account.receivable.apply.line",
        inverse_name="wizard_id",
        string="Open Invoices",
        domain=[("side", "=", "debit")],
    )
    currency_id = fields.Many2one(
        comodel_name="res.currency",
        compute="_compute_totals",
        help="Currency of the documents, or of the company if they use several.",
    )
    has_several_currencies = fields.Boolean(compute="_compute_totals")
    credit_total = fields.Monetary(compute="_compute_totals", string="Credits Applied")
    invoice_total = fields.Monetary(compute="_compute_totals", string="Applied to Invoices")
    difference = fields.Monetary(
        compute="_compute_totals",
        help="Amount applied to invoices less credits applied. It must be zero to apply.",
    )
    is_balanced = fields.Boolean(compute="_compute_totals")

    # ------------------------------------------------------------------
    # Opening
    # ------------------------------------------------------------------

    @api.model
    def _open_for_items(self, items):
        """Open the dialog for these open items of one customer, with proposals for the other side.

        :param items: posted, open ``account.move.line`` on receivable accounts
        :raises UserError: for items of several customers, or if nothing is on the other side
        """
        self.check_access("create")
        customers = items.commercial_partner_id
        if len(customers) != 1:
            raise UserError(
                self.env._(
                    "These documents belong to several customers (%(customers)s). Apply credits "
                    "for one customer at a time.",
                    customers=", ".join(customers[:5].mapped("display_name")) or "/",
                )
            )
        wizard = self.create(
            {
                "partner_id": customers.id,
                "company_id": items.company_id[:1].id,
                "account_id": items.account_id[:1].id,
                "focus_item_ids": [Command.set(items.ids)],
            }
        )
        return wizard._open()

    @api.model
    def _open_for_customer(self, partner, items):
        """Open the dialog for all open items of a customer, in the current company if something
        can be applied there, else in another active one.

        :param items: the customer's open items
        :raises UserError: if no account has items on both sides
        """
        self.check_access("create")
        groups = [
            own
            for own in items.grouped(
                lambda line: (line.company_id.root_id, line.account_id)
            ).values()
            if len({line.balance > 0 for line in own}) == 2
        ]
        if not groups:
            self._raise_nothing_to_apply(partner.commercial_partner_id, items)
        root = self.env.company.root_id
        own = min(groups, key=lambda group: group.company_id.root_id != root)
        others = self.env["account.move.line"].union(*groups).company_id.filtered(
            lambda company: company.root_id != own.company_id.root_id
        )
        wizard = self.create(
            {
                "partner_id": partner.commercial_partner_id.id,
                "company_id": own.company_id[:1].id,
                "account_id": own.account_id.id,
                "other_companies": ", ".join(others.mapped("display_name")),
            }
        )
        return wizard._open()

    @api.model
    def _raise_nothing_to_apply(self, customer, items):
        credits = items.filtered(lambda line: line.balance < 0)
        invoices = items - credits
        if credits and invoices and not credits.company_id.root_id & invoices.company_id.root_id:
            raise UserError(
                self.env._(
                    "Open credits of %(customer)s are in %(companies)s, open invoices in "
                    "%(others)s. Credits can be applied only within one company; refund them "
                    "instead.",
                    companies=", ".join(credits.company_id.mapped("display_name")),
                    customer=customer.display_name,
                    others=", ".join(invoices.company_id.mapped("display_name")),
                )
            )
        raise UserError(
            self.env._(
                "%(customer)s has no open credits that match open invoices on the same receivable "
                "account.",
                customer=customer.display_name,
            )
        )

    def _open(self):
        self._load_lines()
        sides = {"credit": self.credit_line_ids, "debit": self.invoice_line_ids}
        missing = [side for side, lines in sides.items() if not lines]
        if missing:
            names = ", ".join(self.focus_item_ids.move_id[:5].mapped("display_name"))
            if missing[0] == "credit":
                message = self.env._(
                    "%(customer)s has no open credits to apply to %(documents)s.",
                    customer=self.partner_id.display_name,
                    documents=names,
                )
            else:
                message = self.env._(
                    "%(customer)s has no open invoices to apply %(documents)s to.",
                    customer=self.partner_id.display_name,
                    documents=names,
                )
            raise UserError(message)
        self._propose("date")
        return self._reopen()

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Apply Credits: %(customer)s", customer=self.partner_id.name),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }

    # ------------------------------------------------------------------
    # The two lists
    # ------------------------------------------------------------------

    @api.depends("partner_id", "company_id")
    def _compute_available_account_ids(self):
        for wizard in self:
            wizard.available_account_ids = wizard._get_open_items().account_id

    def _get_open_items(self):
        """The customer's open items in the dialog's company and its branches."""
        self.ensure_one()
        domain = self.partner_id._get_open_receivable_domain() & Domain(
            "account_id.reconcile", "=", True
        )
        items = self.env["account.move.line"].search(domain, order="date, move_name, id")
        return items.filtered(lambda line: line.company_id.root_id == self.company_id.root_id)

    def _load_lines(self):
        self.ensure_one()
        items = self._get_open_items().filtered(lambda line: line.account_id == self.account_id)
        (self.credit_line_ids + self.invoice_line_ids).unlink()
        self.env["account.receivable.apply.line"].create(
            [
                {
                    "wizard_id": self.id,
                    "item_id": item.id,
                    "side": "debit" if item.amount_residual_currency > 0 else "credit",
                }
                for item in items
            ]
        )
        self.invalidate_recordset(["credit_line_ids", "invoice_line_ids"])

    @api.depends("credit_line_ids.amount", "invoice_line_ids.amount", "company_id")
    def _compute_totals(self):
        for wizard in self:
            lines = wizard.credit_line_ids + wizard.invoice_line_ids
            used = lines.filtered(lambda line: line.amount)
            currencies = (used or lines).currency_id
            wizard.has_several_currencies = len(currencies) > 1
            company_currency = wizard.company_id.currency_id
            currency = currencies if len(currencies) == 1 else company_currency
            wizard.currency_id = currency
            name = "amount" if len(currencies) == 1 else "amount_company_currency"
            wizard.credit_total = sum(wizard.credit_line_ids.mapped(name))
            wizard.invoice_total = sum(wizard.invoice_line_ids.mapped(name))
            if len(currencies) > 1:
                difference = wizard._get_unmet_difference()
            else:
                difference = wizard.invoice_total - wizard.credit_total
            wizard.difference = currency.round(difference) if currency else 0.0
            wizard.is_balanced = bool(used) and currency.is_zero(difference)

    def _get_unmet_difference(self):
        """How much of the amounts would stay open, in company currency at the items' rates:
        positive for invoices, negative for credits.

        Between currencies only core's own computation tells.
        """
        amounts = self._get_amounts()
        items = self.env["account.move.line"].union(*amounts)
        if not items:
            return 0.0
        difference = 0.0
        for item, amount in items._get_unmet_amounts(amounts).items():
            residual = abs(item.amount_residual_currency)
            share = item.amount_residual * amount / residual if residual else 0.0
            difference += share
        return difference

    def _get_amounts(self):
        """The amounts to apply, as ``_apply_receivables`` takes them.

        :return: ``{item: amount}``, for the lines with an amount
        """
        return {
            line.item_id._origin: line.amount
            for line in self.invoice_line_ids + self.credit_line_ids
            if line.amount and line.item_id._origin
        }

    # ------------------------------------------------------------------
    # Apply
    # ------------------------------------------------------------------

    def action_apply(self):
        """Apply the amounts on the dialog's date.

        :return: the action that closes the dialog and names the documents
        :raises UserError: if there are no amounts, the two sides differ, or an item was settled
            meanwhile
        """
        self.ensure_one()
        self.check_access("write")
        amounts = self._get_amounts()
        lines = self.credit_line_ids + self.invoice_line_ids
        for line in lines.filtered("amount"):
            line._check_side()
        items = self.env["account.move.line"].union(*amounts)
        if not items:
            raise UserError(
                self.env._("Enter an amount to apply on both sides.")
            )
        items._apply_receivables(amounts, day=self.date, reason=self.reason)
        return close_with_message(self._get_done_message(amounts), items.move_id)

    def _get_done_message(self, amounts):
        credits = [item for item in amounts if item.balance < 0]
        currencies = self.env["res.currency"].union(*(item.currency_id for item in credits))
        if len(currencies) != 1:
            return self.env._("Applied:")
        total = sum(amounts[item] for item in credits)
        return self.env._("%(amount)s applied:", amount=currencies.format(total))
