"""The settings of customer credits that every company has."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class ResCompany(models.Model):
    _inherit = "res.company"

    customer_credit_enabled = fields.Boolean(
        string="Customer Credits",
        default=True,
        help="Post customer invoices with a negative total as customer credits. If switched off, "
        "posted credits do not change.",
    )
    # The portal may read the company's record, but the limit is not for customers.
    customer_credit_limit = fields.Monetary(
        currency_field="currency_id",
        groups="base.group_user",
        help="Customer credits above this limit need approval. 0 = every credit needs approval. "
        "Odoo's credit notes are not limited unless you tick Apply Limit to Credit Notes.",
    )
    customer_credit_limit_refunds = fields.Boolean(
        string="Apply Limit to Credit Notes",
        groups="base.group_user",
        help="Apply the same limit to Odoo's credit notes. If not ticked, billing users can post "
        "credit notes of any amount.",
    )
    customer_credit_reason_required = fields.Boolean(
        string="Credit Reason Required",
        help="A customer credit without a reason cannot be posted.",
    )
    customer_credit_print_amounts = fields.Selection(
        selection=[("entered", "As entered (-250.00)"), ("positive", "Positive (250.00)")],
        string="Amounts on Credit Memos",
        default="entered",
        help="How amounts are printed on credit memos. Amounts stay negative in Odoo.",
    )

    customer_credit_auto_apply = fields.Selection(
        selection=[("never", "Never"), ("oldest", "Oldest credit first")],
        string="Apply Credits Automatically",
        default="never",
        required=True,
        help="Apply the customer's open credits when an invoice is posted. You can change this "
        "for each customer, and put single credits on hold.",
    )
    customer_credit_refund_by_other = fields.Boolean(
        string="Separate Issuer and Refunder",
        groups="base.group_user",
        help="The user who issued a customer credit cannot refund it.",
    )

    @api.constrains("customer_credit_limit")
    def _check_customer_credit_limit(self):
        for company in self:
            if company.currency_id.compare_amounts(company.customer_credit_limit, 0.0) < 0:
                raise ValidationError(
                    self.env._(
                        "The customer credit limit of %(company)s is negative. Enter the largest "
                        "amount a billing user can post without approval, or 0 to require "
                        "approval for every credit.",
                        company=company.display_name,
                    )
                )

    def _check_switched_on(self):
        """:raises UserError: for a company that is not among those chosen in the menu"""
        if self not in self.env.companies:
            raise UserError(
                self.env._(
                    "%(company)s is not selected. Select it in the company menu first.",
                    # sudo: who named the company is told its name, to say which
                    company=self.sudo().display_name,
                )
            )
