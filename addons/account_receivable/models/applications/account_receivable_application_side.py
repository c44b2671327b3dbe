"""The register from the view of one document: what settled it, or what it settled."""

from odoo import api, fields, models
from odoo.tools import SQL


class AccountReceivableApplicationSide(models.Model):
    _name = "account.receivable.application.side"
    _description = "Receivable Application of a Document"
    _auto = False
    _order = "date, id"

    application_id = fields.Many2one("account.receivable.application", readonly=True)
    kind = fields.Selection(
        selection=[("application", "Applied"), ("unapplication", "Unapplied")],
        string="Event",
        readonly=True,
    )
    use = fields.Selection(
        string="Type",
        selection=[
            ("application", "Application"),
            ("refund", "Refund"),
            ("payment", "Payment"),
            ("exchange", "Exchange Difference"),
        ],
        readonly=True,
        help="Payment: money received. Refund: money paid back. Application: any other document.",
    )
    date = fields.Date(readonly=True)
    company_id = fields.Many2one(
        "res.company",
        readonly=True,
        help="Company of this document. Between a branch and its head office, the register shows "
        "the company of the invoice.",
    )
    move_id = fields.Many2one("account.move", string="Journal Entry", readonly=True)
    line_id = fields.Many2one("account.move.line", string="Journal Item", readonly=True)
    counterpart_move_id = fields.Many2one("account.move", string="Document", readonly=True)
    counterpart_line_id = fields.Many2one(
        "account.move.line", string="Counterpart Item", readonly=True
    )
    counterpart_name = fields.Char(string="Number", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    amount = fields.Monetary(
        readonly=True,
        help="In the currency of this document. Negative if reversed.",
    )
    company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Company Currency"
    )
    amount_company_currency = fields.Monetary(
        string="Amount in Company Currency", currency_field="company_currency_id", readonly=True
    )
    is_in_force = fields.Boolean(
        string="Currently Applied",
        readonly=True,
        help="The application is in effect and can be unapplied.",
    )
    user_id = fields.Many2one("res.users", readonly=True)
    reason = fields.Char(readonly=True)

    @property
    def _table_query(self):
        return SQL("%s UNION ALL %s", self._get_side_sql("debit"), self._get_side_sql("credit"))

    def _get_side_sql(self, side):
        other = "credit" if side == "debit" else "debit"
        return SQL(
            """
            SELECT application.id::bigint * 2 + %(parity)s AS id,
                   application.id AS application_id,
                   application.kind,
                   CASE %(uses)s ELSE 'application' END AS use,
                   application.date,
                   COALESCE(own.company_id, application.company_id) AS company_id,
                   %(move)s AS move_id,
                   %(line)s AS line_id,
                   %(other_move)s AS counterpart_move_id,
                   %(other_line)s AS counterpart_line_id,
                   %(other_name)s AS counterpart_name,
                   %(currency)s AS currency_id,
                   %(amount)s AS amount,
                   application.amount AS amount_company_currency,
                   application.partial_id IS NOT NULL
                       AND NOT application.is_exchange AS is_in_force,
                   application.user_id,
                   application.reason
              FROM account_receivable_application application
         LEFT JOIN account_move own ON own.id = %(move)s
         LEFT JOIN account_move counterpart ON counterpart.id = %(other_move)s
            """,
            parity=0 if side == "debit" else 1,
            uses=SQL(" ").join(
                SQL("WHEN %s THEN %s", condition, use)
                for use, condition in self._get_use_conditions(side).items()
            ),
            move=SQL.identifier("application", f"{side}_move_id"),
            line=SQL.identifier("application", f"{side}_line_id"),
            other_move=SQL.identifier("application", f"{other}_move_id"),
            other_line=SQL.identifier("application", f"{other}_line_id"),
            other_name=SQL.identifier("application", f"{other}_name"),
            currency=SQL.identifier("application", f"{side}_currency_id"),
            amount=SQL.identifier("application", f"{side}_amount_currency"),
        )

    @api.model
    def _get_use_conditions(self, side):
        """The use of an application for the document on one side.

        :param str side: ``debit`` or ``credit``
        :return: ``{use: SQL}``, conditions on ``application`` and its ``counterpart``, an
            ``account_move``; the first condition that is met decides
        """
        # Outgoing money settles a credit as its refund, incoming money an invoice.
        money = "payment" if side == "debit" else "refund"
        return {
            "exchange": SQL("application.is_exchange"),
            money: SQL(
                "counterpart.origin_payment_id IS NOT NULL "
                "OR counterpart.statement_line_id IS NOT NULL"
            ),
        }
