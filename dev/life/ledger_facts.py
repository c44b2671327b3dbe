"""Print core's values of the documents in a database, with or without the addon, and any errors:
CONFIGURATION DATABASE.

Every document by core's columns, its items and what settles them: they must be the same before the
addon is installed, with it, and after it was uninstalled.
"""

import json
import sys

from process import environment

FACTS = {
    "documents": """
        SELECT md5(STRING_AGG(ROW(
                   id, name, state, move_type, partner_id, date, invoice_date, invoice_date_due,
                   amount_total, amount_tax, amount_residual, amount_residual_signed,
                   payment_state, reversed_entry_id, write_date
               )::text, '|' ORDER BY id)), COUNT(*)
          FROM account_move
    """,
    "items": """
        SELECT md5(STRING_AGG(ROW(
                   id, move_id, account_id, partner_id, balance, amount_currency, currency_id,
                   amount_residual, reconciled, full_reconcile_id, tax_line_id, date_maturity
               )::text, '|' ORDER BY id)), COUNT(*)
          FROM account_move_line
    """,
    "settled": """
        SELECT md5(STRING_AGG(ROW(
                   id, debit_move_id, credit_move_id, amount, max_date
               )::text, '|' ORDER BY id)), COUNT(*)
          FROM account_partial_reconcile
    """,
}
WRONG = {
    "documents out of balance": """
        SELECT COUNT(*) FROM (
            SELECT move_id FROM account_move_line GROUP BY move_id HAVING ABS(SUM(balance)) > 0.004
        ) AS unbalanced
    """,
    "posted documents without a number": """
        SELECT COUNT(*) FROM account_move WHERE state = 'posted' AND COALESCE(name, '/') = '/'
    """,
}
#: What an uninstalled addon may not leave behind.
TRACES = {
    "account_customer_credit": {
        "columns": """
            SELECT COUNT(*) FROM information_schema.columns
             WHERE column_name IN (
                   'is_customer_credit', 'credit_remaining', 'tracking_status', 'adjusted_line_id'
             ) OR column_name LIKE 'customer\\_credit\\_%%'
        """,
        "tables": "SELECT COUNT(*) FROM pg_class WHERE relname LIKE 'account_customer_credit%%'",
        "records": "SELECT COUNT(*) FROM ir_model_data WHERE module = 'account_customer_credit'",
        "views": """
            SELECT COUNT(*) FROM ir_ui_view WHERE arch_db::text LIKE '%%account_customer_credit%%'
        """,
        "scheduled actions": """
            SELECT COUNT(*) FROM ir_act_server WHERE code LIKE '%%customer_credit%%'
        """,
    },
    "account_receivable": {
        "columns": """
            SELECT COUNT(*) FROM information_schema.columns
             WHERE column_name LIKE 'receivable\\_aging\\_%%'
                OR column_name LIKE 'receivable\\_tie\\_out\\_%%'
        """,
        "tables": """
            SELECT COUNT(*) FROM pg_class
             WHERE relname ~ '^account_receivable_|^account_customer_statement'
        """,
        "records": "SELECT COUNT(*) FROM ir_model_data WHERE module = 'account_receivable'",
        "views": """
            SELECT COUNT(*) FROM ir_ui_view WHERE arch_db::text LIKE '%%account_receivable.%%'
        """,
        "scheduled actions": """
            SELECT COUNT(*) FROM ir_act_server WHERE code LIKE '%%receivable_tie_out%%'
        """,
    },
}


def main():
    configuration, database = sys.argv[1:]
    with environment(configuration, database) as env:

        def row(query):
            env.cr.execute(query)
            return env.cr.fetchone()

        # sudo: users may not read which modules are installed
        there = env["ir.module.module"].sudo()._installed()
        answer = {
            "facts": {name: row(query) for name, query in FACTS.items()},
            "wrong": {name: row(query)[0] for name, query in WRONG.items()},
            "traces": {
                f"{name} of {addon}": row(query)[0]
                for addon, queries in TRACES.items()
                if addon not in there
                for name, query in queries.items()
            },
        }
        # What a clerk opens next: the list, the form, the customer, a print.
        move = env["account.move"].search([("move_type", "=", "out_invoice")], limit=1)
        for model, kinds in (
            ("account.move", ("list", "form", "search", "kanban")),
            ("res.partner", ("list", "form")),
            ("res.config.settings", ("form",)),
        ):
            env[model].get_views([(False, kind) for kind in kinds])
        env["ir.actions.report"]._render_qweb_html("account.report_invoice", move.ids)
        move.web_read({name: {} for name in ("display_name", "amount_total", "payment_state")})
        print(json.dumps(answer))


main()
