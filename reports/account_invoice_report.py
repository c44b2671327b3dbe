"""Core's invoice analysis: a line that only lowers a price has no quantity and no cost."""

from odoo import models
from odoo.tools import SQL

#: The columns that depend on the quantity: zero for a line that only lowers a price.
NOTHING_SOLD = {
    "quantity": SQL("0.0"),
    "price_average": SQL("0.0"),
    "inventory_value": SQL("0.0"),
    # The lowered price is the whole effect on the margin.
    "price_margin": SQL("report.price_subtotal"),
}


class AccountInvoiceReport(models.Model):
    _inherit = "account.invoice.report"

    _depends = {
        "account.move": ["is_customer_credit", "overpayment_move_id"],
        "account.move.line": ["is_price_correction", "price_unit", "quantity"],
    }

    @property
    def _table_query(self):
        # Wraps core's query, with the columns of other addons. Returned goods (with a negative
        # quantity) count like on core's credit note. The condition of lines that only lower a
        # price must agree with account.move.line._is_price_only().
        stored = [field for field in self._fields.values() if field.store and field.column_type]
        columns = [
            SQL(
                "CASE WHEN %s THEN %s ELSE %s END AS %s",
                SQL("price_only.id IS NOT NULL"),
                NOTHING_SOLD[name],
                SQL.identifier("report", name),
                SQL.identifier(name),
            )
            if name in NOTHING_SOLD
            else SQL.identifier("report", name)
            for name in [field.name for field in stored]
        ]
        return SQL(
            """
            SELECT %s
              FROM (%s) AS report
         LEFT JOIN (
                   SELECT line.id
                     FROM account_move_line AS line
                     JOIN account_move AS move ON move.id = line.move_id
                    WHERE line.is_price_correction
                       OR (move.is_customer_credit AND line.quantity > 0 AND line.price_unit < 0)
                   ) AS price_only ON price_only.id = report.id
            """,
            SQL(", ").join(columns),
            super()._table_query,
        )

    def _where(self):
        # An overpayment's credit is no sale.
        return SQL("%s AND move.overpayment_move_id IS NULL", super()._where())
