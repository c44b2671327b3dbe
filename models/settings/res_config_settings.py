from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    customer_credit_enabled = fields.Boolean(
        related="company_id.customer_credit_enabled", readonly=False
    )
    customer_credit_limit = fields.Monetary(
        related="company_id.customer_credit_limit",
        readonly=False,
        currency_field="currency_id",
    )
    customer_credit_limit_refunds = fields.Boolean(
        related="company_id.customer_credit_limit_refunds", readonly=False
    )
    customer_credit_reason_required = fields.Boolean(
        related="company_id.customer_credit_reason_required", readonly=False
    )
    customer_credit_overpayment_account_id = fields.Many2one(
        related="company_id.customer_credit_overpayment_account_id", readonly=False
    )
    customer_credit_auto_apply = fields.Selection(
        related="company_id.customer_credit_auto_apply", readonly=False
    )
    customer_credit_refund_by_other = fields.Boolean(
        related="company_id.customer_credit_refund_by_other", readonly=False
    )
    customer_credit_refund_sequence = fields.Boolean(
        related="company_id.customer_credit_refund_sequence", readonly=False
    )
    customer_credit_reference = fields.Selection(
        related="company_id.customer_credit_reference", readonly=False
    )
    customer_credit_print_amounts = fields.Selection(
        related="company_id.customer_credit_print_amounts", readonly=False
    )
    customer_credit_write_off_limit = fields.Monetary(
        related="company_id.customer_credit_write_off_limit",
        readonly=False,
        currency_field="currency_id",
    )
    customer_credit_write_off_invoice_account_id = fields.Many2one(
        related="company_id.customer_credit_write_off_invoice_account_id", readonly=False
    )
    customer_credit_write_off_credit_account_id = fields.Many2one(
        related="company_id.customer_credit_write_off_credit_account_id", readonly=False
    )
    customer_credit_write_off_journal_id = fields.Many2one(
        related="company_id.customer_credit_write_off_journal_id", readonly=False
    )
    group_show_credit_note_menu = fields.Boolean(
        string="Show the Credit Notes Menu",
        implied_group="account_customer_credit.group_show_credit_note_menu",
        group="account.group_account_invoice",
        help="Customers > Invoices lists every customer document. Show the separate Credit Notes "
        "menu as well.",
    )
