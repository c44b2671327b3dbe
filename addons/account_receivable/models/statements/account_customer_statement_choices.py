"""What a customer statement and a batch of them have in common: which statement, and whose."""

from odoo import api, fields, models

from ..receivable_choices import STATEMENT_KINDS, StatementChoices


class AccountCustomerStatementChoices(models.AbstractModel):
    _name = "account.customer.statement.choices"
    _description = "Customer Statement Options"
    _inherit = ["account.program.fields"]

    kind = fields.Selection(
        selection=STATEMENT_KINDS,
        string="Type",
        required=True,
        readonly=True,
        default="open_item",
    )
    date = fields.Date(
        string="As of",
        required=True,
        readonly=True,
        default=fields.Date.context_today,
        help="Balances are as of the end of this day. Later payments are not included.",
    )
    date_from = fields.Date(
        string="From", readonly=True, help="First day of an activity statement."
    )
    company_id = fields.Many2one(
        comodel_name="res.company",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.company,
    )
    user_id = fields.Many2one(
        comodel_name="res.users",
        string="Sender",
        readonly=True,
        default=lambda self: self.env.user,
        help="Statements are sent in the name and with the rights of this user.",
    )

    @api.constrains("kind", "date", "date_from")
    def _check_choices(self):
        for choices in {record._get_choices() for record in self}:
            choices.checked(self.env)

    def _get_choices(self):
        self.ensure_one()
        return StatementChoices.of_record(self)
