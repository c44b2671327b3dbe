"""The settings of customer credits that every company has."""

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError


class ResCompany(models.Model):
    _inherit = "res.company"

    customer_credit_enabled = fields.Boolean(
        string="Customer Credits",
        default=True,
        help="A customer invoice with a negative total can be posted: it is a customer credit. "
        "Switched off, posted credits stay what they are.",
    )
    # The portal may read the company's record, but the limit is not for customers.
    customer_credit_limit = fields.Monetary(
        currency_field="currency_id",
        groups="base.group_user",
        help="Up to this total any billing user may post a customer credit; above it an issuer of "
        "customer credits posts or approves it.",
    )
    customer_credit_limit_refunds = fields.Boolean(
        string="The Limit Binds Credit Notes",
        groups="base.group_user",
        help="Billing users may post credit notes, too, up to the limit only.",
    )
    customer_credit_reason_required = fields.Boolean(
        string="Credit Reason Required",
        help="A customer credit without a reason cannot be posted.",
    )
    customer_credit_print_amounts = fields.Selection(
        selection=[("entered", "As entered (-250.00)"), ("positive", "Positive (250.00)")],
        string="Amounts on Credit Memos",
        default="entered",
        help="Credits are kept signed; this is how their print shows them.",
    )

    customer_credit_auto_apply = fields.Selection(
        selection=[("never", "Never"), ("oldest", "Oldest credit first")],
        string="Apply Credits Automatically",
        default="never",
        required=True,
        help="When an invoice is posted, the customer's open credits settle it. A customer can "
        "have another setting, and a credit can be put on hold.",
    )
    customer_credit_refund_by_other = fields.Boolean(
        string="Somebody Else Refunds",
        groups="base.group_user",
        help="Who issued a customer credit may not refund it.",
    )

    @api.constrains("customer_credit_limit")
    def _check_customer_credit_limit(self):
        for company in self:
            if company.currency_id.compare_amounts(company.customer_credit_limit, 0.0) < 0:
                raise ValidationError(
                    self.env._(
                        "The limit for customer credits of %(company)s is negative. Enter the "
                        "largest amount a billing user may post, or 0 for none.",
                        company=company.display_name,
                    )
                )

    def _check_switched_on(self):
        """:raises UserError: for a company that is not among those chosen in the menu"""
        if self not in self.env.companies:
            raise UserError(
                self.env._(
                    "%(company)s is not switched on. Choose it in the company menu first.",
                    # sudo: who named the company is told its name, to say which
                    company=self.sudo().display_name,
                )
            )
