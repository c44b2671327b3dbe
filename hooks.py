"""Installation in a large database, and uninstallation.

Computing new stored fields record by record would take hours on millions of journal entries; one
statement per field takes seconds. So the columns are created and filled before the ORM sees them.
"""

from odoo.tools import SQL, sql

from .demo_story import leave_reward_product, remove_demo_story

CUSTOMER_TYPES = ("out_invoice", "out_refund", "out_receipt")

COLUMNS = {
    "is_customer_credit": "boolean",
    "credit_remaining": "numeric",
    "title": "varchar",
    "payment_expected_date": "date",
    "tracking_status": "varchar",
}


def pre_init_hook(env):
    """Create and fill the columns of the new stored fields of journal entries."""
    for name, column_type in COLUMNS.items():
        if not sql.column_exists(env.cr, "account_move", name):
            sql.create_column(env.cr, "account_move", name, column_type)
    # Core posted negative invoices up to version 12: they are customer credits.
    env.cr.execute(
        SQL(
            """
            UPDATE account_move
               SET is_customer_credit = TRUE,
                   credit_remaining = CASE
                       WHEN state = 'posted' THEN GREATEST(-amount_residual, 0) ELSE 0
                   END
             WHERE move_type = 'out_invoice' AND amount_total < 0
            """
        )
    )
    env.cr.execute(
        SQL(
            """
            UPDATE account_move AS move
               SET title = proposed.title,
                   payment_expected_date = move.invoice_date_due,
                   tracking_status = CASE
                       WHEN move.state != 'posted' THEN NULL
                       WHEN move.payment_state NOT IN ('not_paid', 'partial', 'blocked') THEN NULL
                       WHEN move.is_move_sent THEN 'sent'
                       ELSE 'to_send'
                   END
              FROM (
                    SELECT document.id,
                           CONCAT_WS(
                               ' - ', partner.name, STRING_AGG(DISTINCT product.default_code, ', ')
                           ) AS title
                      FROM account_move AS document
                 LEFT JOIN res_partner AS partner ON partner.id = document.commercial_partner_id
                 LEFT JOIN account_move_line AS line
                        ON line.move_id = document.id AND line.display_type = 'product'
                 LEFT JOIN product_product AS product ON product.id = line.product_id
                     WHERE document.move_type IN %s
                  GROUP BY document.id, partner.name
                   ) AS proposed
             WHERE proposed.id = move.id
            """,
            CUSTOMER_TYPES,
        )
    )


def uninstall_hook(env):
    """Remove the demo story, restore core's Credit Notes menu and invoice list, and empty the
    reasons on documents, which could not be deleted otherwise."""
    remove_demo_story(env)
    leave_reward_product(env)
    env.cr.execute(SQL("UPDATE account_move SET credit_reason_id = NULL"))
    menu = env.ref("account.menu_action_move_out_refund_type", raise_if_not_found=False)
    if menu:
        menu.group_ids = False
    action = env.ref("account.action_move_out_invoice", raise_if_not_found=False)
    if action:
        action.context = {
            "search_default_out_invoice": 1,
            "search_default_out_receipt": 1,
            "default_move_type": "out_invoice",
        }
