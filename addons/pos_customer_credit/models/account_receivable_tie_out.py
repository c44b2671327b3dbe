from odoo import api, models
from odoo.tools import SQL

#: The fields that tell the entries of a shop; flushed before the reports read them.
READ_BY_SQL = {
    "account.bank.statement.line": ["pos_session_id"],
    "account.move": ["reversed_pos_order_id"],
    "account.payment": ["pos_session_id"],
    "pos.payment": ["account_move_id"],
    "pos.session": ["move_id"],
}


class AccountReceivableTieOut(models.Model):
    _inherit = "account.receivable.tie.out"
    _depends = READ_BY_SQL

    @api.model
    def _get_app_entries_sql(self):
        # The closing entry of a session, the payments of its invoices, its bank deposits, and the
        # entries that take an order out of the closing entry. None of them has a document of the
        # customer, and the closing settles the items without a customer.
        return SQL(
            """(
                %(others)s
                OR move.reversed_pos_order_id IS NOT NULL
                OR move.id IN (SELECT move_id FROM pos_session WHERE move_id IS NOT NULL)
                OR move.id IN (SELECT account_move_id FROM pos_payment
                                WHERE account_move_id IS NOT NULL)
                OR move.origin_payment_id IN (SELECT id FROM account_payment
                                               WHERE pos_session_id IS NOT NULL)
                OR move.statement_line_id IN (SELECT id FROM account_bank_statement_line
                                               WHERE pos_session_id IS NOT NULL)
            ) IS TRUE""",
            others=super()._get_app_entries_sql(),
        )


class AccountReceivableTieOutFinding(models.Model):
    _inherit = "account.receivable.tie.out.finding"
    _depends = READ_BY_SQL
