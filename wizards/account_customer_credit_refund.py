"""The dialog that refunds open credits."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..models.credit.posting_answer import open_after_posting


class AccountCustomerCreditRefund(models.TransientModel):
    _name = "account.customer.credit.refund"
    _description = "Refund Customer Credits"
    _inherit = ["account.receivable.dialog"]
    _check_company_auto = True

    partner_id = fields.Many2one(
        comodel_name="res.partner", string="Customer", required=True, readonly=True
    )
    company_id = fields.Many2one(comodel_name="res.company", required=True, readonly=True)
    account_id = fields.Many2one(comodel_name="account.account", required=True, readonly=True)
    currency_id = fields.Many2one(comodel_name="res.currency", required=True, readonly=True)
    line_ids = fields.One2many(
        comodel_name="account.customer.credit.refund.line",
        inverse_name="wizard_id",
        string="Open Credits",
    )
    amount = fields.Monetary(compute="_compute_amount", string="Refund")
    date = fields.Date(string="Payment Date", required=True, default=fields.Date.context_today)
    memo = fields.Char(help="Shown on the bank statement of the customer.")
    # No proposal is computed by sudo: it must not show data of a company without access.
    journal_id = fields.Many2one(
        comodel_name="account.journal",
        compute="_compute_journal_id",
        store=True,
        compute_sudo=False,
        readonly=False,
        check_company=True,
        domain="[('id', 'in', available_journal_ids)]",
    )
    available_journal_ids = fields.Many2many(
        comodel_name="account.journal", compute="_compute_available_journal_ids"
    )
    payment_method_line_id = fields.Many2one(
        comodel_name="account.payment.method.line",
        string="Payment Method",
        compute="_compute_payment_method_line_id",
        store=True,
        compute_sudo=False,
        readonly=False,
        domain="[('id', 'in', available_payment_method_line_ids)]",
    )
    available_payment_method_line_ids = fields.Many2many(
        comodel_name="account.payment.method.line",
        compute="_compute_available_payment_method_line_ids",
    )
    partner_bank_id = fields.Many2one(
        comodel_name="res.partner.bank",
        string="Customer's Bank Account",
        compute="_compute_partner_bank_id",
        store=True,
        compute_sudo=False,
        readonly=False,
        domain="[('partner_id', '=', partner_id), ('company_id', 'in', (False, company_id))]",
    )

    # ------------------------------------------------------------------
    # Opening
    # ------------------------------------------------------------------

    @api.model
    def _open_for_items(self, items, is_for_customer=False):
        """Open the dialog for these open credits, with the available amount of each proposed.

        :param items: posted, open ``account.move.line`` with a credit balance
        :param bool is_for_customer: whether it is opened for all of the customer's credits: then
            the dialog shows those that need another payment
        :return: the action of the dialog
        :raises UserError: unless they are of one customer, currency and receivable account
        """
        self.check_access("create")
        items.move_id._check_credit_refund_right()
        self._check_one_payment(items)
        available = items._get_available_credit_amounts()
        proposed = items.filtered(available.get) or items
        wizard = self.create(
            {
                "partner_id": items.commercial_partner_id.id,
                "company_id": items.company_id.id,
                "account_id": items.account_id.id,
                "currency_id": items.currency_id.id,
                "is_for_customer": is_for_customer,
                "memo": ", ".join(proposed.move_id.mapped("name")),
                "line_ids": [
                    Command.create({"item_id": item.id, "amount": available[item]})
                    for item in items.sorted("date")
                ],
            }
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Refund %(customer)s", customer=wizard.partner_id.name),
            "res_model": self._name,
            "res_id": wizard.id,
            "view_mode": "form",
            "target": "new",
        }

    def _check_one_payment(self, items):
        """Check that one payment can refund these items.

        :raises UserError: unless they are of one customer, currency, account and company
        """
        for field, message in (
            (
                "commercial_partner_id",
                self.env._(
                    "These credits belong to different customers. Refund one customer at a "
                    "time."
                ),
            ),
            (
                "currency_id",
                self.env._(
                    "These credits are in different currencies. Refund one currency at a "
                    "time."
                ),
            ),
            (
                "account_id",
                self.env._(
                    "These credits are on different receivable accounts. Refund one account at a "
                    "time."
                ),
            ),
            (
                "company_id",
                self.env._(
                    "These credits belong to different companies. Refund one company at a "
                    "time."
                ),
            ),
        ):
            if len(items[field]) != 1:
                raise UserError(message)

    # ------------------------------------------------------------------
    # Recipient account and method
    # ------------------------------------------------------------------

    @api.depends("line_ids.amount")
    def _compute_amount(self):
        for wizard in self:
            wizard.amount = sum(wizard.line_ids.mapped("amount"))

    @api.depends("company_id")
    def _compute_available_journal_ids(self):
        for wizard in self:
            journals = self.env["account.journal"].search(
                [
                    *self.env["account.journal"]._check_company_domain(wizard.company_id),
                    ("type", "in", ("bank", "cash", "credit")),
                ]
            )
            wizard.available_journal_ids = journals.filtered("outbound_payment_method_line_ids")

    @api.depends("available_journal_ids", "currency_id")
    def _compute_journal_id(self):
        for wizard in self:
            journals = wizard.available_journal_ids._origin
            same = journals.filtered_domain([("currency_id", "=", wizard.currency_id.id)])
            own = journals.filtered(lambda journal: not journal.currency_id)
            wizard.journal_id = (same or own)[:1]

    @api.depends("journal_id")
    def _compute_available_payment_method_line_ids(self):
        for wizard in self:
            wizard.available_payment_method_line_ids = (
                wizard.journal_id._get_available_payment_method_lines("outbound")
            )

    @api.depends("journal_id")
    def _compute_payment_method_line_id(self):
        for wizard in self:
            methods = wizard.available_payment_method_line_ids._origin
            partner = wizard.partner_id.with_company(wizard.company_id)
            preferred = partner.property_outbound_payment_method_line_id
            wizard.payment_method_line_id = (methods & preferred or methods)[:1]

    @api.depends("partner_id")
    def _compute_partner_bank_id(self):
        for wizard in self:
            banks = wizard.partner_id.bank_ids.filtered_domain(
                [("company_id", "in", (False, wizard.company_id.id))]
            )
            chosen = banks & wizard.line_ids.item_id.move_id.partner_bank_id
            # A verified account if there are several.
            wizard.partner_bank_id = (chosen or banks.sorted("allow_out_payment", True))[:1]

    # ------------------------------------------------------------------
    # Refund
    # ------------------------------------------------------------------

    def action_refund(self):
        """Book one payment to the customer and settle the credits with it.

        The payment always has a journal entry, even if the bank journal has no outstanding
        account: the credits are used from now on, whatever the bank does.

        :return: the action that prints the cheque or opens the payment, or the one that core
            answered instead of posting it; the credits stay open while the payment is a draft
        :raises UserError: if there is nothing to refund, less is open than typed, or the user may
            not make the payment
        """
        self.ensure_one()
        self.check_access("write")
        lines = self.line_ids.filtered(
            lambda line: not line.currency_id.is_zero(line.amount) or line.amount != line.amount
        )
        self._check_refund(lines)
        payment = (
            self.env["account.payment"]
            .with_context(force_payment_move=True)
            .create(self._prepare_payment_values())
        )
        answer = payment.action_post()
        action = payment._get_records_action(name=self.env._("Refund"))
        if payment.state != "draft":
            self._settle(payment, lines)
            if payment.payment_method_code == "check_printing":
                action = payment.print_checks()
        return open_after_posting(payment, answer, action)

    def _check_refund(self, lines):
        """Check the refund before anything is written.

        :param lines: the lines with an amount
        :raises UserError: see :meth:`action_refund`
        """
        if not lines:
            raise UserError(
                self.env._(
                    "Enter an amount to refund to %(customer)s.",
                    customer=self.partner_id.display_name,
                )
            )
        if not self.partner_id.active:
            raise UserError(
                self.env._(
                    "%(customer)s is archived. Unarchive the customer before you refund.",
                    customer=self.partner_id.display_name,
                )
            )
        if not self.journal_id or not self.payment_method_line_id:
            raise UserError(
                self.env._(
                    "Choose the bank or cash journal and the payment method for the refund to "
                    "%(customer)s.",
                    customer=self.partner_id.display_name,
                )
            )
        items = lines.item_id
        items.check_access("read")
        items._lock_for_application()
        items._check_can_be_applied()
        items._check_amounts_to_apply({line.item_id: line.amount for line in lines})
        for line in lines:
            line._check_item()
        items.move_id._check_no_tax_to_withhold()
        items._get_application_day(self.date)

    def _prepare_payment_values(self):
        """The values of the payment. Extend this method to add more.

        :return dict: values of an outbound ``account.payment`` in the dialog's currency
        """
        self.ensure_one()
        return {
            "payment_type": "outbound",
            "partner_type": "customer",
            "partner_id": self.partner_id.id,
            "amount": self.currency_id.round(self.amount),
            "currency_id": self.currency_id.id,
            "date": self.date,
            "memo": self.memo,
            "company_id": self.company_id.id,
            "journal_id": self.journal_id.id,
            "payment_method_line_id": self.payment_method_line_id.id,
            "partner_bank_id": self.partner_bank_id.id,
            "destination_account_id": self.account_id.id,
        }

    def _settle(self, payment, lines):
        money = payment.move_id.line_ids.filtered(lambda line: line.account_id == self.account_id)
        amounts = {line.item_id: line.amount for line in lines}
        amounts[money] = abs(money.amount_residual_currency)
        items = self.env["account.move.line"].union(*amounts)
        items._apply_receivables(
            amounts, day=self.date, reason=self.env._("Refund %(payment)s", payment=payment.name)
        )
