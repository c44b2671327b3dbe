"""The statements that make the benchmark's register differ from core's reconciliations, and count
the ledger.

The register was filled with the reconciliations, dated as core dates them. The tables are those
of ledger_sql.py.
"""

# One customer in twenty had everything applied on a chosen day, up to 200 days after both
# documents, which core's max_date does not show.
APPLIED_LATER = """
UPDATE account_receivable_application register
   SET date = LEAST(CURRENT_DATE, register.date + 1 + (c * 7 + settled * 37) %% 200)
  FROM applied, first
 WHERE register.partial_id = first.partial + applied.n AND applied.c %% 20 = 7
"""
# One customer in fifty had 50.00 of a credit applied and unapplied two months ago: core deleted
# the reconciliation.
TAKEN_BACK = """
WITH once AS (
    INSERT INTO account_receivable_application (
           kind, date, company_id, partner_id, account_id, debit_line_id, credit_line_id,
           debit_move_id, credit_move_id, debit_name, credit_name, debit_currency_id,
           credit_currency_id, amount, debit_amount_currency, credit_amount_currency, is_exchange,
           user_id, create_uid, write_uid, create_date, write_date)
    SELECT 'application', CURRENT_DATE - 240, %(company)s, debit.customer, %(receivable)s,
           first.line + 2 * debit.n - 1, first.line + 2 * credit.n - 1, first.move + debit.n,
           first.move + credit.n, debit.name_prefix || lpad(debit.number::text, 6, '0'),
           credit.name_prefix || lpad(credit.number::text, 6, '0'), %(currency)s, %(currency)s,
           50, 50, 50, FALSE, %(user)s, %(user)s, %(user)s, now(), now()
      FROM first, item debit
      JOIN item credit ON credit.c = debit.c AND credit.k = 38
     WHERE debit.k = 26 AND debit.c %% 50 = 11
    RETURNING *)
INSERT INTO account_receivable_application (
       kind, date, application_id, company_id, partner_id, account_id, debit_line_id,
       credit_line_id, debit_move_id, credit_move_id, debit_name, credit_name, debit_currency_id,
       credit_currency_id, amount, debit_amount_currency, credit_amount_currency, is_exchange,
       user_id, create_uid, write_uid, create_date, write_date)
SELECT 'unapplication', CURRENT_DATE - 60, id, company_id, partner_id, account_id, debit_line_id,
       credit_line_id, debit_move_id, credit_move_id, debit_name, credit_name, debit_currency_id,
       credit_currency_id, -amount, -amount, -amount, FALSE, user_id, user_id, user_id, now(),
       now()
  FROM once
"""
IN_THE_REGISTER = (APPLIED_LATER, TAKEN_BACK)

SEQUENCES = tuple(
    f"SELECT setval('{table}_id_seq', (SELECT max(id) FROM {table}))"
    for table in (
        "account_move",
        "account_move_line",
        "account_payment",
        "account_partial_reconcile",
        "account_full_reconcile",
    )
)

# The benchmark reports the counts found, not the intended ones.
COUNTS = """
SELECT count(*) AS items,
       count(*) FILTER (WHERE is_open) AS open_items,
       count(DISTINCT partner.commercial_partner_id) AS all_customers,
       count(*) FILTER (WHERE move.move_type = 'out_invoice' AND is_receivable) AS invoices,
       count(*) FILTER (WHERE move.is_customer_credit AND is_receivable) AS credits,
       count(*) FILTER (WHERE line.payment_id IS NOT NULL AND is_receivable) AS payments,
       (SELECT count(*) FROM account_partial_reconcile WHERE company_id = %(company)s)
           AS partials,
       (SELECT count(*) FROM account_receivable_application register
          JOIN account_partial_reconcile partial ON partial.id = register.partial_id
         WHERE register.company_id = %(company)s AND register.date > partial.max_date)
           AS applied_later,
       (SELECT count(*) FROM account_receivable_application
         WHERE company_id = %(company)s AND kind = 'unapplication') AS taken_back,
       min(line.date) FILTER (WHERE line.payment_id IS NOT NULL)::text AS first_payment,
       max(line.date) FILTER (WHERE line.payment_id IS NOT NULL)::text AS last_payment,
       (SELECT SUM(ABS(total)) FROM (
            SELECT SUM(balance) AS total FROM account_move_line
             WHERE company_id = %(company)s GROUP BY move_id) AS entry)::float AS unbalanced
  FROM account_move_line line
  JOIN account_move move ON move.id = line.move_id
  JOIN res_partner partner ON partner.id = line.partner_id
 CROSS JOIN LATERAL (SELECT line.account_id = %(receivable)s AS is_receivable) AS receivable
 CROSS JOIN LATERAL (SELECT is_receivable AND NOT line.reconciled AS is_open) AS opened
 WHERE line.company_id = %(company)s
"""
