"""The documents that cause differences between other readers and ours. %(as_of)s is the day, the
amount is ours less theirs.

Core's open amount of a day is what is open now plus what it dates later by ``max_date``, the later
date of two documents. Core keeps no record of unapplied reconciliations.
"""

_CORE_OPEN = """
core_open AS (
    SELECT line.id, line.partner_id, line.move_name, line.date, line.date_maturity,
           line.amount_residual + COALESCE(later.amount, 0) AS amount
      FROM account_move_line line
      LEFT JOIN (SELECT line_id, SUM(amount) AS amount
                   FROM (SELECT debit_move_id AS line_id, amount
                           FROM account_partial_reconcile WHERE max_date > %(as_of)s
                      UNION ALL
                         SELECT credit_move_id, -amount
                           FROM account_partial_reconcile WHERE max_date > %(as_of)s) AS side
                  GROUP BY line_id) AS later ON later.line_id = line.id
     WHERE line.account_id = %(receivable)s AND line.company_id = %(company)s
       AND line.parent_state = 'posted' AND line.date <= %(as_of)s)
"""

# bucket (0: not due ... 5: older), document, amount, why
AGING = f"""
WITH {_CORE_OPEN},
event AS (
    SELECT register.debit_line_id, register.credit_line_id, register.amount,
           'applied on ' || register.date || '; core dates it ' || partial.max_date AS why
      FROM account_receivable_application register
      JOIN account_partial_reconcile partial ON partial.id = register.partial_id
     WHERE register.company_id = %(company)s
       AND register.date > %(as_of)s AND partial.max_date <= %(as_of)s
 UNION ALL
    SELECT applied.debit_line_id, applied.credit_line_id, -applied.amount,
           'applied on ' || applied.date || ', taken back on ' || back.date
               || '; core keeps nothing of it'
      FROM account_receivable_application back
      JOIN account_receivable_application applied ON applied.id = back.application_id
     WHERE back.company_id = %(company)s
       AND back.date > %(as_of)s AND applied.date <= %(as_of)s),
side AS (
    SELECT debit_line_id AS line_id, credit_line_id AS other_id, amount, why FROM event
 UNION ALL
    SELECT credit_line_id, debit_line_id, -amount, why FROM event)
SELECT WIDTH_BUCKET(%(as_of)s - COALESCE(line.date_maturity, line.date), ARRAY[1,31,61,91,121]),
       line.move_name, side.amount, 'with ' || other.move_name || ' ' || why
  FROM side
  JOIN account_move_line line ON line.id = side.line_id
  JOIN account_move_line other ON other.id = side.other_id
UNION ALL
SELECT CASE WHEN is_ours THEN WIDTH_BUCKET(%(as_of)s - date, ARRAY[1,31,61,91,121]) ELSE 0 END,
       move_name, CASE WHEN is_ours THEN amount ELSE -amount END,
       'without a due date: OCA calls it not due, we count from its date, ' || date
  FROM core_open, (VALUES (TRUE), (FALSE)) AS whose (is_ours)
 WHERE date_maturity IS NULL AND date < %(as_of)s AND amount <> 0
"""

# document, amount, why
CONTACTS = f"""
WITH {_CORE_OPEN}
SELECT move_name, amount, 'booked on ' || partner.complete_name
  FROM core_open
  JOIN res_partner partner ON partner.id = core_open.partner_id
 WHERE partner.commercial_partner_id <> partner.id AND amount <> 0
"""

# The document is the largest credit of a customer whose balance is negative.
NEGATIVE = f"""
WITH {_CORE_OPEN}
SELECT (ARRAY_AGG(move_name ORDER BY amount))[1], SUM(amount),
       'makes the balance of ' || partner.complete_name || ' negative: no statement'
  FROM core_open
  JOIN res_partner partner ON partner.id = core_open.partner_id
 WHERE partner.commercial_partner_id = partner.id
 GROUP BY partner.id
HAVING SUM(amount) < 0
"""
