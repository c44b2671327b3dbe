"""The statements that make the benchmark's ledger, which ledger.py describes."""

PLAN = """
CREATE TEMP TABLE plan (settled int, by int, share numeric);
CREATE TEMP TABLE left_open (number int, amount numeric);
"""

# Every tenth customer has a contact: one payment in four is booked on the contact.
PARTNERS = """
INSERT INTO res_partner (name, complete_name, type, active, is_company, customer_rank,
                         autopost_bills, partner_share, lang, ref, create_date, write_date)
SELECT 'Customer ' || number, 'Customer ' || number, 'contact', TRUE, TRUE, 1, 'ask', TRUE,
       'en_US', 'BENCH-' || number, now(), now()
  FROM generate_series(1, %(customers)s) AS number
"""
OWN_COMPANY = """
UPDATE res_partner SET commercial_partner_id = id WHERE ref LIKE 'BENCH-%%'
"""
CONTACTS = """
INSERT INTO res_partner (name, complete_name, type, active, is_company, customer_rank,
                         autopost_bills, partner_share, lang, parent_id, commercial_partner_id,
                         create_date, write_date)
SELECT 'Contact', name || ', Contact', 'contact', TRUE, FALSE, 0, 'ask', TRUE, 'en_US', id, id,
       now(), now()
  FROM res_partner
 WHERE ref LIKE 'BENCH-%%0'
"""
CUSTOMER = """
CREATE TEMP TABLE customer AS
SELECT partner.id, substr(partner.ref, 7)::int AS c, contact.id AS contact
  FROM res_partner partner
  LEFT JOIN res_partner contact ON contact.parent_id = partner.id
 WHERE partner.ref LIKE 'BENCH-%%'
"""

# k is the number of a document within its customer. Ten documents in a row are nine invoices and a
# credit, 27 days apart.
INVOICES = """
CREATE TEMP TABLE invoice AS
SELECT c, k,
       CURRENT_DATE - %(days)s
           + 27 * CASE WHEN k < 36 THEN k + k / 9 ELSE 9 + 10 * (k - 36) END
           + (c * 7) %% 27 AS date,
       ROUND((10000 + (c * 7919 + k * 104729) %% 490000) / 100.0, 2) AS amount
  FROM generate_series(1, %(customers)s) AS c, generate_series(0, 39) AS k
"""
SETTLED = """
CREATE TEMP TABLE settled AS
SELECT invoice.c, plan.settled, plan.by, invoice.date AS invoice_date,
       CASE WHEN plan.share IS NOT NULL THEN ROUND(invoice.amount * plan.share, 2)
            ELSE invoice.amount - ROUND(invoice.amount * before.share, 2) END AS amount
  FROM plan
  JOIN invoice ON invoice.k = plan.settled
  LEFT JOIN plan before ON plan.share IS NULL
        AND before.settled = plan.settled AND before.share IS NOT NULL
"""

# A settling document is as large as what it settles plus what is left open of it. Payments come
# some weeks after the last invoice. Payment 59 settles nothing: for two customers in a hundred it
# is an old prepayment, for one of them a large one that makes the balance negative.
DOCUMENTS = """
CREATE TEMP TABLE document AS
WITH used AS (SELECT c, by, SUM(amount) AS amount, MAX(invoice_date) AS date
                FROM settled GROUP BY c, by),
all_of_them AS (
    SELECT invoice.c, invoice.k, invoice.date,
           CASE WHEN invoice.k < 36 OR used.by IS NULL THEN invoice.amount
                ELSE used.amount + COALESCE(left_open.amount, 0) END
               * CASE WHEN invoice.k < 36 THEN 1 ELSE -1 END AS amount
      FROM invoice
      LEFT JOIN used ON used.c = invoice.c AND used.by = invoice.k
      LEFT JOIN left_open ON left_open.number = invoice.k
 UNION ALL
    SELECT used.c, used.by,
           LEAST(CURRENT_DATE, used.date + 10 + (used.c * 13 + used.by * 17) %% 66),
           -used.amount - COALESCE(left_open.amount, 0)
      FROM used
      LEFT JOIN left_open ON left_open.number = used.by
     WHERE used.by >= 40
 UNION ALL
    SELECT c, 59,
           CURRENT_DATE - CASE WHEN c %% 100 IN (50, 60) THEN 800 ELSE 5 + (c * 11) %% 80 END,
           -ROUND((5000 + (c * 6007) %% 90000) / 100.0, 2)
               - CASE WHEN c %% 100 = 50 THEN 40000 ELSE 0 END
      FROM generate_series(1, %(customers)s) AS c
 UNION ALL
    SELECT c, 62, CURRENT_DATE - 200 + c %% 100, ROUND((1000 + (c * 3001) %% 20000) / 100.0, 2)
      FROM generate_series(1, %(customers)s) AS c)
SELECT row_number() OVER (ORDER BY date, k, document.c) AS n,
       row_number() OVER (PARTITION BY CASE WHEN k < 40 THEN 'INV' WHEN k < 62 THEN 'PAY'
                                            ELSE 'MISC' END, EXTRACT(YEAR FROM date)
                              ORDER BY date, k, document.c) AS number,
       document.c, k, date, amount,
       CASE WHEN k < 40 THEN date + (ARRAY[30, 30, 15, 60])[1 + document.c %% 4]
            WHEN k < 62 THEN date END AS due,
       CASE WHEN k < 40 THEN 'INV' WHEN k < 62 THEN 'PAY' ELSE 'MISC' END AS prefix,
       CASE WHEN k < 40 THEN %(sales)s WHEN k < 62 THEN %(money)s ELSE %(entries)s END AS journal,
       CASE WHEN k BETWEEN 40 AND 61 AND k %% 4 = 1 OR k = 59 AND document.c %% 100 = 60
            THEN COALESCE(contact, id) ELSE id END AS partner,
       id AS customer,
       CASE WHEN k < 40 THEN %(income)s ELSE %(bank)s END AS counterpart
  FROM all_of_them AS document
  JOIN customer ON customer.c = document.c
"""
INDEX_DOCUMENTS = "CREATE UNIQUE INDEX ON document (c, k)"
FIRST_IDS = """
CREATE TEMP TABLE first AS
SELECT (SELECT max(id) FROM account_move) AS move,
       (SELECT max(id) FROM account_move_line) AS line,
       (SELECT COALESCE(max(id), 0) FROM account_payment) AS payment,
       (SELECT COALESCE(max(id), 0) FROM account_partial_reconcile) AS partial,
       (SELECT COALESCE(max(id), 0) FROM account_full_reconcile) AS "full"
"""
# Groups of documents that settle each other: fully reconciled if nothing is left of any.
APPLIED = """
CREATE TEMP TABLE applied AS
SELECT row_number() OVER (ORDER BY later.n, settled.settled, settled.by) AS n,
       settled.c, settled.settled, settled.by, settled.amount, later.date AS max_date,
       debit.n AS debit_n, credit.n AS credit_n,
       CASE WHEN settled.settled <= 21
            THEN settled.c * 64 + CASE WHEN settled.settled BETWEEN 13 AND 18
                                       THEN settled.by ELSE settled.settled END END AS whole
  FROM settled
  JOIN document debit ON debit.c = settled.c AND debit.k = settled.settled
  JOIN document credit ON credit.c = settled.c AND credit.k = settled.by
  JOIN document later ON later.n = GREATEST(debit.n, credit.n)
"""
ITEMS = """
CREATE TEMP TABLE item AS
WITH side AS (
    SELECT debit_n AS n, amount, whole FROM applied
     UNION ALL SELECT credit_n, -amount, whole FROM applied),
total AS (SELECT n, SUM(amount) AS amount, MAX(whole) AS whole FROM side GROUP BY n)
SELECT document.*,
       document.amount - COALESCE(total.amount, 0) AS residual,
       total.whole,
       total.n IS NOT NULL AS is_applied,
       document.prefix || '/' || EXTRACT(YEAR FROM document.date) || '/' AS name_prefix
  FROM document
  LEFT JOIN total ON total.n = document.n
"""
WHOLE = """
CREATE TEMP TABLE whole AS
SELECT whole, row_number() OVER (ORDER BY whole) AS n
  FROM (SELECT DISTINCT whole FROM applied WHERE whole IS NOT NULL) AS distinct_wholes
"""
FULL_RECONCILES = """
INSERT INTO account_full_reconcile (id, create_uid, write_uid, create_date, write_date)
SELECT first.full + n, %(user)s, %(user)s, now(), now() FROM whole, first ORDER BY n
"""
MOVES = """
INSERT INTO account_move (
       id, name, sequence_prefix, sequence_number, date, invoice_date, invoice_date_due,
       delivery_date, state, move_type, auto_post, journal_id, company_id, currency_id,
       partner_id, commercial_partner_id, invoice_partner_display_name, invoice_user_id,
       payment_state, is_customer_credit, credit_remaining, amount_untaxed, amount_tax,
       amount_total, amount_residual, amount_untaxed_signed, amount_tax_signed,
       amount_total_signed, amount_total_in_currency_signed, amount_untaxed_in_currency_signed,
       amount_residual_signed, invoice_currency_rate, posted_before, checked, always_tax_exigible,
       create_uid, write_uid, create_date, write_date)
SELECT first.move + n, name_prefix || lpad(number::text, 6, '0'), name_prefix, number, date,
       CASE WHEN k < 40 THEN date END, CASE WHEN k < 40 THEN due END,
       CASE WHEN k < 40 THEN date END, 'posted',
       CASE WHEN k < 40 THEN 'out_invoice' ELSE 'entry' END, 'no', journal, %(company)s,
       %(currency)s, partner, customer, 'Customer ' || c, %(user)s,
       CASE WHEN k >= 40 OR NOT is_applied THEN 'not_paid' WHEN residual = 0 THEN 'paid'
            ELSE 'partial' END,
       k BETWEEN 36 AND 39, CASE WHEN k BETWEEN 36 AND 39 THEN -residual ELSE 0 END,
       total, 0, total, left_of_it, total, 0, total, total, total, left_of_it, 1, TRUE, TRUE,
       FALSE, %(user)s, %(user)s, now(), now()
  FROM item, first,
       LATERAL (SELECT CASE WHEN k < 40 THEN amount ELSE ABS(amount) END AS total,
                       CASE WHEN k < 40 THEN residual ELSE 0 END AS left_of_it) AS shown
 ORDER BY n
"""
PAYMENTS = """
INSERT INTO account_payment (
       id, move_id, name, journal_id, company_id, payment_method_line_id, payment_method_id,
       currency_id, partner_id, outstanding_account_id, destination_account_id, state,
       payment_type, partner_type, date, amount, amount_company_currency_signed, is_reconciled,
       is_matched, is_sent, create_uid, write_uid, create_date, write_date)
SELECT first.payment + row_number() OVER (ORDER BY n), first.move + n,
       name_prefix || lpad(number::text, 6, '0'), journal, %(company)s, %(method_line)s,
       %(method)s, %(currency)s, partner, counterpart, %(receivable)s, 'paid', 'inbound',
       'customer', date, -amount, -amount, residual = 0, FALSE, FALSE, %(user)s, %(user)s, now(),
       now()
  FROM item, first WHERE k BETWEEN 40 AND 61
 ORDER BY n
"""
MOVES_OF_PAYMENTS = """
UPDATE account_move move SET origin_payment_id = payment.id
  FROM account_payment payment
 WHERE payment.move_id = move.id AND payment.company_id = %(company)s
"""
LINES = """
INSERT INTO account_move_line (
       id, move_id, move_name, parent_state, journal_id, company_id, company_currency_id,
       currency_id, account_id, partner_id, payment_id, date, invoice_date, date_maturity,
       display_type, name, sequence, balance, debit, credit, amount_currency, amount_residual,
       amount_residual_currency, reconciled, full_reconcile_id, matching_number, quantity,
       price_unit, price_subtotal, price_total, discount, tax_base_amount, create_uid, write_uid,
       create_date, write_date)
SELECT first.line + 2 * item.n - is_receivable::int, first.move + item.n,
       name_prefix || lpad(number::text, 6, '0'), 'posted', journal, %(company)s, %(currency)s,
       %(currency)s, CASE WHEN is_receivable THEN %(receivable)s ELSE counterpart END, partner,
       payment.id, item.date, CASE WHEN k < 40 THEN item.date END,
       CASE WHEN is_receivable THEN due END,
       CASE WHEN is_receivable THEN 'payment_term' ELSE 'product' END,
       CASE WHEN is_receivable THEN '' ELSE 'Line' END, 100, booked, GREATEST(booked, 0),
       GREATEST(-booked, 0), booked, CASE WHEN is_receivable THEN residual ELSE 0 END,
       CASE WHEN is_receivable THEN residual ELSE 0 END, is_receivable AND residual = 0,
       CASE WHEN is_receivable THEN first.full + whole.n END,
       CASE WHEN is_receivable AND is_applied
            THEN COALESCE((first.full + whole.n)::text, 'P' || item.c) END,
       1, -booked, -booked, -booked, 0, 0, %(user)s, %(user)s, now(), now()
  FROM item
 CROSS JOIN first
 CROSS JOIN (VALUES (TRUE), (FALSE)) AS side (is_receivable)
 CROSS JOIN LATERAL (SELECT CASE WHEN is_receivable THEN amount ELSE -amount END AS booked) AS b
  LEFT JOIN whole ON whole.whole = item.whole
  LEFT JOIN account_payment payment ON payment.move_id = first.move + item.n
 ORDER BY item.n, is_receivable DESC
"""
PARTIALS = """
INSERT INTO account_partial_reconcile (
       id, debit_move_id, credit_move_id, full_reconcile_id, debit_currency_id,
       credit_currency_id, company_id, max_date, amount, debit_amount_currency,
       credit_amount_currency, create_uid, write_uid, create_date, write_date)
SELECT first.partial + applied.n, first.line + 2 * debit_n - 1, first.line + 2 * credit_n - 1,
       first.full + whole.n, %(currency)s, %(currency)s, %(company)s, max_date, amount, amount,
       amount, %(user)s, %(user)s, now(), now()
  FROM applied
 CROSS JOIN first
  LEFT JOIN whole ON whole.whole = applied.whole
 ORDER BY applied.n
"""
BEFORE_THE_REGISTER = (
    PARTNERS,
    OWN_COMPANY,
    CONTACTS,
    CUSTOMER,
    INVOICES,
    SETTLED,
    DOCUMENTS,
    INDEX_DOCUMENTS,
    FIRST_IDS,
    "ANALYZE document",
    APPLIED,
    ITEMS,
    WHOLE,
    FULL_RECONCILES,
    MOVES,
    PAYMENTS,
    MOVES_OF_PAYMENTS,
    LINES,
    PARTIALS,
)
