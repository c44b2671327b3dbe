"""The reports of receivables, with customer credits as a kind of their own."""

from odoo import api, fields, models
from odoo.tools import SQL


class AccountReceivableAging(models.Model):
    _inherit = "account.receivable.aging"
    _depends = {"account.move": ["is_customer_credit"]}

    kind = fields.Selection(
        selection_add=[
            ("invoice",),
            ("customer_credit", "Customer Credit"),
        ]
    )
    open_credits = fields.Monetary(
        help="Customer credits, credit notes, unapplied payments and other credits, if shown in a "
        "separate column."
    )


class AccountReceivableTieOut(models.Model):
    _inherit = "account.receivable.tie.out"
    _depends = {"account.move": ["overpayment_move_id", "write_off_document_id"]}

    @api.model
    def _get_program_entries_sql(self):
        return SQL(
            "(%s OR move.write_off_document_id IS NOT NULL"
            " OR move.overpayment_move_id IS NOT NULL)",
            super()._get_program_entries_sql(),
        )


class AccountReceivableTieOutFinding(models.Model):
    _inherit = "account.receivable.tie.out.finding"
    _depends = {"account.move": ["overpayment_move_id", "write_off_document_id"]}


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.model
    def _get_statement_labels(self):
        # The credit itself is printed.
        return {
            **super()._get_statement_labels(),
            "customer_credit": self.env._("Credit Memo"),
            "kept": self.env._("Payment Kept as Credit"),
        }


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    @api.model
    def _get_statement_kind_sql(self):
        # The entry that moves a payment to the credit: to the customer it is no adjustment.
        return SQL(
            """
            CASE WHEN move.move_type = 'entry' AND move.overpayment_move_id IS NOT NULL THEN 'kept'
                 ELSE %s END
            """,
            super()._get_statement_kind_sql(),
        )
