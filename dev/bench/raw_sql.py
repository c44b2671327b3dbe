"""Raw SQL for the same figures, the measure of all readers.

By customer (a contact's items are its company's), and by bucket. The statements assume the
company, the account and one currency, and check no rights.
"""

#: Open items of today summed by customer.
SUM = """
SELECT partner.commercial_partner_id, SUM(line.amount_residual)
  FROM account_move_line line
  JOIN res_partner partner ON partner.id = line.partner_id
 WHERE line.account_id = %(receivable)s AND line.company_id = %(company)s
   AND line.parent_state = 'posted' AND line.reconciled IS NOT TRUE
 GROUP BY partner.commercial_partner_id
"""

SUM_OF_SOME = """
SELECT partner.commercial_partner_id, SUM(line.amount_residual)
  FROM account_move_line line
  JOIN res_partner partner ON partner.id = line.partner_id
 WHERE line.account_id = %(receivable)s AND line.company_id = %(company)s
   AND line.parent_state = 'posted' AND line.reconciled IS NOT TRUE
   AND partner.commercial_partner_id IN %(customers)s
 GROUP BY partner.commercial_partner_id
"""

_BUCKETS = """
       SUM(amount) FILTER (WHERE days <= 0),
       SUM(amount) FILTER (WHERE days BETWEEN 1 AND 30),
       SUM(amount) FILTER (WHERE days BETWEEN 31 AND 60),
       SUM(amount) FILTER (WHERE days BETWEEN 61 AND 90),
       SUM(amount) FILTER (WHERE days BETWEEN 91 AND 120),
       SUM(amount) FILTER (WHERE days > 120),
       SUM(amount)
"""

AGED_TODAY = f"""
SELECT customer, {_BUCKETS}
  FROM (SELECT partner.commercial_partner_id AS customer,
               line.amount_residual AS amount,
               %(as_of)s - COALESCE(line.date_maturity, line.date) AS days
          FROM account_move_line line
          JOIN res_partner partner ON partner.id = line.partner_id
         WHERE line.account_id = %(receivable)s AND line.company_id = %(company)s
           AND line.parent_state = 'posted' AND line.reconciled IS NOT TRUE
           AND line.date <= %(as_of)s) AS item
 GROUP BY customer
"""

#: The same for a day in the past: today's open items, and what was settled since.
AGED = f"""
WITH later AS MATERIALIZED (
    SELECT line_id, SUM(amount) AS amount
      FROM (SELECT debit_line_id AS line_id, amount
              FROM account_receivable_application WHERE date > %(as_of)s
         UNION ALL
            SELECT credit_line_id, -amount
              FROM account_receivable_application WHERE date > %(as_of)s) AS event
     GROUP BY line_id),
item AS (
    SELECT line.partner_id, line.amount_residual + COALESCE(later.amount, 0) AS amount,
           %(as_of)s - COALESCE(line.date_maturity, line.date) AS days
      FROM account_move_line line
      LEFT JOIN later ON later.line_id = line.id
     WHERE line.account_id = %(receivable)s AND line.company_id = %(company)s
       AND line.parent_state = 'posted' AND line.reconciled IS NOT TRUE
       AND line.date <= %(as_of)s
 UNION ALL
    SELECT line.partner_id, later.amount,
           %(as_of)s - COALESCE(line.date_maturity, line.date)
      FROM later
      JOIN account_move_line line ON line.id = later.line_id
     WHERE line.company_id = %(company)s AND line.parent_state = 'posted'
       AND line.reconciled AND line.date <= %(as_of)s)
SELECT partner.commercial_partner_id, {_BUCKETS}
  FROM item
  JOIN res_partner partner ON partner.id = item.partner_id
 WHERE amount <> 0
 GROUP BY partner.commercial_partner_id
"""

#: The same from the ledger: what was booked on the account until the end of a day.
LEDGER = """
SELECT SUM(balance) FROM account_move_line
 WHERE account_id = %(receivable)s AND company_id = %(company)s AND parent_state = 'posted'
   AND date <= %(as_of)s
"""
#: The same by item: what was booked less what the register had settled by then.
DOCUMENTS = """
WITH settled AS (
    SELECT line_id, SUM(amount) AS amount
      FROM (SELECT debit_line_id AS line_id, amount
              FROM account_receivable_application WHERE date <= %(as_of)s
         UNION ALL
            SELECT credit_line_id, -amount
              FROM account_receivable_application WHERE date <= %(as_of)s) AS event
     GROUP BY line_id)
SELECT SUM(line.balance - COALESCE(settled.amount, 0))
  FROM account_move_line line
  LEFT JOIN settled ON settled.line_id = line.id
 WHERE line.account_id = %(receivable)s AND line.company_id = %(company)s
   AND line.parent_state = 'posted' AND line.date <= %(as_of)s
"""
