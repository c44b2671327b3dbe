"""Which customer invoices are customer credits, and how much of a credit remains."""

from odoo import api, fields, models

#: The value of the context key that disables early-payment discounts. No context from a client can
#: hold this object.
NO_DISCOUNT = object()


class AccountMove(models.Model):
    _inherit = "account.move"

    is_customer_credit = fields.Boolean(
        compute="_compute_is_customer_credit",
        store=True,
        help="A customer invoice with a negative total: we owe the customer.",
    )
    credit_remaining = fields.Monetary(
        compute="_compute_credit_remaining",
        store=True,
        help="Amount of this credit that can still be applied or refunded, in the document "
        "currency.",
    )
    credit_age = fields.Integer(
        string="Age of Credit",
        compute="_compute_credit_age",
        help="Days since the date of an open customer credit or credit note.",
    )
    credit_reason_id = fields.Many2one(
        comodel_name="account.customer.credit.reason",
        ondelete="restrict",
        index="btree_not_null",
        tracking=True,
        check_company=True,
        help="Reason for the credit, printed on the credit memo.",
    )

    @api.depends("move_type", "currency_id", "amount_total")
    def _compute_is_customer_credit(self):
        before = {move: move.is_customer_credit for move in self if move.id}
        for move in self:
            move.is_customer_credit = move._is_credit_total(move.amount_total)
        turned = self.filtered(
            lambda move: move in before and move.is_customer_credit != before[move]
        )
        turned._fit_bank_account_to_sign()

    def _is_credit_total(self, total):
        """Whether this document, were ``total`` its total, is a customer credit.

        The one place where the sign of a total is tested.

        :param float total: tax-included, signed, in the currency of the document
        :return: True for a customer invoice below zero in its currency; a total that the
            currency rounds to zero is an invoice
        """
        self.ensure_one()
        currency = self.currency_id or self.company_id.currency_id
        return (
            self.move_type == "out_invoice"
            and bool(currency)
            and currency.compare_amounts(total, 0.0) < 0
        )

    @api.depends("is_customer_credit", "state", "amount_residual", "currency_id")
    def _compute_credit_remaining(self):
        for move in self:
            is_open = move.is_customer_credit and move.state == "posted"
            # A credit's residual is negative; if it is over-applied, nothing remains.
            move.credit_remaining = max(0.0, -move.amount_residual) if is_open else 0.0

    @api.depends("is_customer_credit", "move_type", "state", "amount_residual", "invoice_date")
    def _compute_credit_age(self):
        today = fields.Date.context_today(self)
        for move in self:
            is_aging = move.invoice_date and move._is_open_credit()
            move.credit_age = (today - move.invoice_date).days if is_aging else 0

    @api.depends("is_customer_credit")
    def _compute_partner_credit_warning(self):
        # A credit lowers what the customer owes. Core does not warn of its credit notes either.
        result = super()._compute_partner_credit_warning()
        self.filtered("is_customer_credit").partner_credit_warning = ""
        return result

    def _is_eligible_for_early_payment_discount(self, currency, reference_date):
        # An early-payment discount is for customers who owe us, not for credits. Core's credit
        # note never qualifies either.
        if self.is_customer_credit or (
            self.env.context.get("early_payment_discount") is NO_DISCOUNT
        ):
            return False
        return super()._is_eligible_for_early_payment_discount(currency, reference_date)
