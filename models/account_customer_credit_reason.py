from odoo import fields, models


class AccountCustomerCreditReason(models.Model):
    _name = "account.customer.credit.reason"
    _description = "Customer Credit Reason"
    _order = "sequence, id"
    _check_company_auto = True
    _check_company_domain = models.check_company_domain_parent_of

    name = fields.Char(
        required=True, translate=True, help="Shown to the customer on the credit memo."
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(
        default=True,
        help="An archived reason is no longer offered; the credits that have it keep it.",
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        help="Only this company and its branches use the reason; empty: every company.",
    )
