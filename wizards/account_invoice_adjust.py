"""The dialog that adjusts a posted invoice, in full or in part."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from odoo.addons.account_receivable.models.guards.named_records import get_named_records

from ..models.adjustment.line_amounts import LineAmounts
from ..models.credit.posting_answer import open_after_posting


class AccountInvoiceAdjust(models.TransientModel):
    _name = "account.invoice.adjust"
    _description = "Adjustment of an Invoice"
    _inherit = ["account.receivable.dialog"]
    _check_company_auto = True

    invoice_id = fields.Many2one(
        "account.move", required=True, check_company=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="invoice_id.company_id", related_sudo=False)
    currency_id = fields.Many2one(related="invoice_id.currency_id", related_sudo=False)
    company_currency_id = fields.Many2one(
        related="invoice_id.company_currency_id", related_sudo=False
    )
    mode = fields.Selection(
        selection=[("lines", "By line"), ("amount", "One amount")],
        string="Adjust",
        required=True,
        default="lines",
    )
    line_ids = fields.One2many(
        "account.invoice.adjust.line",
        "wizard_id",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )
    # Float, not Monetary, which would round an invalid amount before it can be refused.
    amount = fields.Float(
        string="Amount (Tax Included)",
        compute="_compute_amount",
        store=True,
        readonly=False,
        digits=False,
        help="Amount to credit, tax included. It is spread over the lines below in proportion to "
        "their remaining amounts.",
    )
    date = fields.Date(
        string="Credit Date",
        compute="_compute_date",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
    )
    date_message = fields.Char(compute="_compute_date_message")
    input_message = fields.Char(compute="_compute_input_message")
    credit_reason_id = fields.Many2one("account.customer.credit.reason", check_company=True)
    description = fields.Text(help="Reason, printed on the credit memo.")
    invoice_currency_rate = fields.Float(
        string="Exchange Rate",
        compute="_compute_invoice_currency_rate",
        store=True,
        readonly=False,
        digits=0,
        help="Units of the invoice currency per unit of the company currency. Defaults to the "
        "rate of the invoice, so that the adjustment books the same amounts.",
    )
    is_foreign = fields.Boolean(compute="_compute_is_foreign")
    amount_left = fields.Monetary(
        string="Remaining to Adjust", compute="_compute_amount_left", help="Tax included."
    )
    amount_untaxed = fields.Monetary(string="Untaxed Credit", compute="_compute_totals")
    amount_tax = fields.Monetary(string="Taxes", compute="_compute_totals")
    amount_total = fields.Monetary(string="Total Credit", compute="_compute_totals")
    amount_settling = fields.Monetary(
        string="Settles the Invoice",
        compute="_compute_totals",
        help="The part of the credit that is applied to the invoice.",
    )
    amount_open = fields.Monetary(
        string="Remains as Open Credit",
        compute="_compute_totals",
        help="Not needed for the invoice; remains as an open credit of the customer.",
    )

    # ------------------------------------------------------------------
    # Proposals
    # ------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for values in vals_list:
            self._check_numbers(values)
            named = values.get("invoice_id", self.env.context.get("default_invoice_id"))
            self._check_adjustable(get_named_records(self.env, "account.move", named))
        return super().create(vals_list)

    def write(self, vals):
        self._check_numbers(vals)
        if "invoice_id" in vals:
            invoice = get_named_records(self.env, "account.move", vals["invoice_id"])
            self._check_adjustable(invoice)
        return super().write(vals)

    @api.depends("invoice_id")
    def _compute_line_ids(self):
        is_all = self._starts_with_all()
        for wizard in self:
            wizard.line_ids = [
                fields.Command.create(
                    {"invoice_line_id": line.id, **wizard._get_line_values(line_left, is_all)}
                )
                for line, line_left in wizard._get_lines_to_propose().items()
            ]

    def _get_lines_to_propose(self):
        """The lines to propose, ``{line: LineLeft}``; a hook for other addons."""
        return {
            line: line_left
            for line, line_left in self._get_left().items()
            if line.display_type == "product" and not line_left.is_nothing
        }

    @api.depends("invoice_id")
    def _compute_amount(self):
        is_all = self._starts_with_all()
        for wizard in self:
            wizard.amount = wizard.amount_left if is_all else 0.0

    def _starts_with_all(self):
        # With an invoice and nothing else, code adjusts all that is left. A person starts at
        # zero: a posted adjustment of the whole invoice is a costly slip.
        return not self.env.context.get("adjust_from_zero")

    def _get_line_values(self, line_left, is_all):
        """The values of a line that takes back all that is left of it, or nothing."""
        return {
            "kind": "return" if line_left.quantity else "price",
            "quantity": line_left.quantity if is_all else 0.0,
            "new_price": 0.0 if is_all else line_left.price_unit,
        }

    @api.depends("invoice_id")
    def _compute_date(self):
        today = fields.Date.context_today(self)
        for wizard in self:
            wizard.date = max(today, wizard.invoice_id.invoice_date or today)

    @api.depends("invoice_id")
    def _compute_invoice_currency_rate(self):
        for wizard in self:
            wizard.invoice_currency_rate = wizard.invoice_id.invoice_currency_rate

    @api.depends("invoice_id")
    def _compute_is_foreign(self):
        for wizard in self:
            wizard.is_foreign = wizard.currency_id != wizard.company_currency_id

    @api.depends("invoice_id")
    def _compute_amount_left(self):
        for wizard in self:
            left = wizard._get_left().values()
            wizard.amount_left = sum(line_left.amounts.total() for line_left in left)

    @api.depends("date", "invoice_id")
    def _compute_date_message(self):
        for wizard in self:
            wizard.date_message = bool(wizard.date) and wizard._get_date_message()

    @api.depends("mode", "amount", "line_ids.problem")
    def _compute_input_message(self):
        # What *Post* would refuse is said while it is typed; zero is where everybody starts.
        for wizard in self:
            wizard.input_message = False
            if wizard.invoice_id and wizard.mode == "lines":
                wizard.input_message = next(filter(None, wizard.line_ids.mapped("problem")), False)
            elif wizard.invoice_id and wizard.amount:
                wizard.input_message = wizard._get_amount_problem(wizard._get_left())

    def _get_date_message(self):
        """A sentence about a date that will change, or False."""
        invoice = self.invoice_id
        moved = invoice._get_lock_date_message(self.date, invoice._affect_tax_report())
        if moved:
            return moved
        if self.date > fields.Date.context_today(self):
            return self.env._(
                "The date is in the future. Create a draft; it is posted automatically on "
                "%(date)s.",
                date=format_date(self.env, self.date),
            )
        return False

    def _get_left(self):
        """What is left of the invoice, ``{line: LineLeft}``."""
        self.ensure_one()
        return self.invoice_id._get_left_to_adjust() if self.invoice_id else {}

    # ------------------------------------------------------------------
    # Totals
    # ------------------------------------------------------------------

    @api.depends(
        "mode",
        "amount",
        "line_ids.invoice_line_id",
        "line_ids.kind",
        "line_ids.quantity",
        "line_ids.new_price",
    )
    def _compute_totals(self):
        for wizard in self:
            amounts = LineAmounts()
            for line_adjustment in wizard._get_line_adjustments():
                amounts.add(line_adjustment.amounts, -1)
            # the amount due is that of the saved invoice
            due = max(0.0, wizard.invoice_id.amount_residual)
            wizard.amount_total = amounts.total()
            wizard.amount_untaxed = amounts.excluded()
            wizard.amount_tax = wizard.amount_total - wizard.amount_untaxed
            wizard.amount_settling = min(due, max(0.0, wizard.amount_total))
            wizard.amount_open = wizard.amount_total - wizard.amount_settling

    # ------------------------------------------------------------------
    # Buttons
    # ------------------------------------------------------------------

    def action_adjust_all(self):
        """Enter all that is left of the invoice: every quantity, or in that mode the one amount.

        :return: the action that shows the dialog again
        """
        return self._enter(is_all=True)

    def action_clear(self):
        """Set the lines, or in that mode the one amount, back to zero, as the dialog opened.

        :return: the action that shows the dialog again
        """
        return self._enter(is_all=False)

    def _enter(self, is_all):
        self.ensure_one()
        if self.mode == "amount":
            self.amount = self.amount_left if is_all else 0.0
        else:
            left = self._get_left()
            for line in self.line_ids.filtered(lambda line: line.invoice_line_id in left):
                line.write(self._get_line_values(left[line.invoice_line_id], is_all))
        return {**self.invoice_id.action_adjust(), "res_id": self.id}

    def action_create_draft(self):
        """Create the adjustment as a draft.

        :return: the action that opens it
        :raises UserError: for an invoice that cannot be adjusted, or invalid input
        """
        return self._create_adjustment()._get_records_action()

    def action_post(self):
        """Create and post the adjustment.

        :return: the action that opens it, or the one that core answered
        :raises UserError: for an invoice that cannot be adjusted, invalid input or a date in the
            future, or if core refuses to post
        """
        self.ensure_one()
        if self.date > fields.Date.context_today(self):
            raise UserError(
                self.env._(
                    "The adjustment of %(invoice)s is dated in the future (%(date)s). Create a "
                    "draft to post it on that date, or choose an earlier date.",
                    date=format_date(self.env, self.date),
                    invoice=self.invoice_id.display_name,
                )
            )
        adjustment = self._create_adjustment()
        shown = adjustment.amount_total
        answer = adjustment.action_post()
        adjustment._check_total_is(shown)
        return open_after_posting(adjustment, answer, adjustment._get_records_action())

    def _create_adjustment(self):
        self.ensure_one()
        self._check_adjustable(self.invoice_id)
        self.invoice_id._lock_for_adjustment()
        self._check_input()
        shown = self.amount_total
        line_adjustments = self._get_line_adjustments()
        self._check_total(line_adjustments)
        adjustment = self.invoice_id._create_adjustment(
            line_adjustments,
            invoice_date=self.date,
            credit_reason_id=self.credit_reason_id.id,
            description=self.description,
            invoice_currency_rate=self.invoice_currency_rate,
        )
        adjustment._check_total_is(-shown)
        return adjustment
