"""The building blocks of the tie-out: the ledger, the documents, and what settled what.

Two ways to one number, from different data:

- the *ledger*: the posted balances of the receivable accounts;
- the *documents*: the totals of invoices, credits and payments, read from the documents and not
  from their receivable items, less the applications that the register dates.

An application counts on both of its sides or on none, so within a customer, account and currency
the applications cancel out, and the two are the same. Beside them stand what reads the *residual*
amounts that Odoo keeps with each item: the A/R balance and the aging.
"""

from odoo.tools import SQL

#: What makes up a row of the tie-out.
GROUP_COLUMNS = ("company_id", "account_id", "partner_id", "currency_id")
GROUP = SQL(", ").join(map(SQL.identifier, GROUP_COLUMNS))

#: Documents whose total is that of their items: there is no other record of it.
OWN_TOTAL = ("bank", "program")
#: What is booked on a receivable account and is no document of a customer.
NO_DOCUMENT = ("manual", "revaluation", "non_trade")


def get_common_tables_sql(env, as_of):
    """The common table expressions ``item``, ``pair``, ``settled`` and ``document``.

    :param date as_of: the day whose end is examined
    :return: ``SQL`` to follow ``WITH``, for the active companies
    """
    return SQL(
        """
        item AS MATERIALIZED (%(items)s),
        pair AS MATERIALIZED (%(pairs)s),
        settled AS MATERIALIZED (%(settled)s),
        document AS MATERIALIZED (%(documents)s)
        """,
        items=_get_items_sql(env, as_of),
        pairs=_get_pairs_sql(as_of),
        settled=_get_settled_sql(as_of),
        documents=_get_documents_sql(env, as_of),
    )


def _get_items_sql(env, as_of):
    """The posted items of receivable accounts, of any date, and the items of customer documents
    that should be on one but are not."""
    return SQL(
        """
        SELECT line.id,
               line.move_id,
               line.company_id,
               line.account_id,
               COALESCE(partner.commercial_partner_id, line.partner_id) AS partner_id,
               line.currency_id,
               line.date,
               line.date <= %(as_of)s AS is_there,
               line.balance,
               line.amount_currency,
               line.amount_residual AS residual,
               account.account_type = 'asset_receivable' AS is_receivable,
               account.reconcile AS is_reconcilable,
               %(of_app)s AS is_of_app,
               CASE WHEN move.move_type IN %(sale_types)s THEN 'invoice'
                    WHEN %(of_app)s THEN 'program'
                    WHEN move.origin_payment_id IS NOT NULL THEN 'payment'
                    WHEN move.statement_line_id IS NOT NULL THEN 'bank'
                    WHEN %(of_program)s THEN 'program'
                    WHEN line.journal_id = company.currency_exchange_journal_id
                      OR line.amount_currency = 0 AND line.balance <> 0 THEN 'revaluation'
                    WHEN account.non_trade THEN 'non_trade'
                    ELSE 'manual' END AS nature
          FROM account_move_line line
          JOIN account_account account ON account.id = line.account_id
          JOIN account_move move ON move.id = line.move_id
          JOIN res_company company ON company.id = line.company_id
     LEFT JOIN res_partner partner ON partner.id = line.partner_id
         WHERE line.company_id IN %(companies)s
           AND line.parent_state = 'posted'
           AND (account.account_type = 'asset_receivable'
                OR line.display_type = 'payment_term' AND move.move_type IN %(sale_types)s)
        """,
        as_of=as_of,
        companies=tuple(env.companies.ids),
        sale_types=_get_sale_types(env),
        of_app=env["account.receivable.tie.out"]._get_app_entries_sql(),
        of_program=env["account.receivable.tie.out"]._get_program_entries_sql(),
    )


def _get_pairs_sql(as_of):
    """The sums of the register for each pair of items, debit positive.

    ``amount`` counts all rows, like today's residual amounts; ``then_*`` what was in force at the
    end of the day; ``unapplied_later`` what of that was unapplied afterwards.
    """
    then = SQL("FILTER (WHERE event.date <= %s)", as_of)
    return SQL(
        """
        SELECT event.debit_line_id,
               event.credit_line_id,
               SUM(event.amount) AS amount,
               COALESCE(SUM(event.amount) %(then)s, 0) AS then_amount,
               COALESCE(SUM(event.debit_amount_currency) %(then)s, 0) AS then_debit_currency,
               COALESCE(SUM(event.credit_amount_currency) %(then)s, 0) AS then_credit_currency,
               COALESCE(SUM(event.amount) FILTER (
                   WHERE event.date > %(as_of)s AND origin.date <= %(as_of)s
               ), 0) AS unapplied_later
          FROM account_receivable_application event
     LEFT JOIN account_receivable_application origin ON origin.id = event.application_id
         WHERE event.is_superseded IS NOT TRUE
      GROUP BY event.debit_line_id, event.credit_line_id
        """,
        as_of=as_of,
        then=then,
    )


def _get_settled_sql(as_of):
    """The pairs as each of their two items sees them: how much of it, with its sign.

    ``is_valid``: both items are in the ledger of the day, so ``then_amount`` was in force.
    ``is_unposted``: the other one is in no ledger any more. ``is_same_group``: within one row of
    the tie-out, where what one side loses the other side loses too.
    """
    sides = SQL(" UNION ALL ").join(
        SQL(
            """
            SELECT %(own_id)s AS line_id,
                   %(other_id)s AS other_id,
                   %(sign)spair.amount AS amount,
                   %(sign)spair.then_amount AS then_amount,
                   %(sign)s%(then_currency)s AS then_currency,
                   %(sign)spair.unapplied_later AS unapplied_later
              FROM pair
            """,
            sign=sign,
            own_id=SQL.identifier("pair", f"{side}_line_id"),
            other_id=SQL.identifier("pair", f"{other}_line_id"),
            then_currency=SQL.identifier("pair", f"then_{side}_currency"),
        )
        for side, other, sign in (("debit", "credit", SQL()), ("credit", "debit", SQL("-")))
    )
    return SQL(
        """
        SELECT side.line_id,
               side.amount,
               side.then_amount,
               side.then_currency,
               side.unapplied_later,
               other.parent_state IS DISTINCT FROM 'posted' AS is_unposted,
               own.is_there AND other.parent_state IS NOT DISTINCT FROM 'posted'
                   AND other.date <= %(as_of)s AS is_valid,
               COALESCE(partner.commercial_partner_id, other.partner_id)
                   IS NOT DISTINCT FROM own.partner_id AS is_same_partner,
               COALESCE(partner.commercial_partner_id, other.partner_id)
                   IS NOT DISTINCT FROM own.partner_id
                   AND other.company_id = own.company_id
                   AND other.currency_id = own.currency_id AS is_same_group
          FROM (%(sides)s) AS side
          JOIN item own ON own.id = side.line_id
     LEFT JOIN account_move_line other ON other.id = side.other_id
     LEFT JOIN res_partner partner ON partner.id = other.partner_id
        """,
        as_of=as_of,
        sides=sides,
    )


def _get_documents_sql(env, as_of):
    """The totals of documents, by what their header says: signed, debit positive.

    Of an invoice or a credit the total that is printed on it; of a payment the money it moved and
    what was written off with it, which is what the entry holds on its other accounts. It belongs
    to who carries its items, wherever its contact, or the payment's, belongs to by now.
    """
    return SQL("%s UNION ALL %s", _get_invoices_sql(env, as_of), _get_payments_sql(env, as_of))


def _get_invoices_sql(env, as_of):
    return SQL(
        """
        SELECT move.id AS move_id,
               'invoice' AS nature,
               move.company_id,
               term.account_id,
               term.line_id,
               COALESCE(partner.commercial_partner_id, term.partner_id) AS partner_id,
               move.currency_id,
               move.amount_total_signed AS total,
               move.amount_total_in_currency_signed AS total_currency
          FROM account_move move
          JOIN (SELECT move_id, MIN(account_id) AS account_id, MIN(id) AS line_id,
                       MIN(partner_id) AS partner_id
                  FROM account_move_line
                 WHERE display_type = 'payment_term' AND parent_state = 'posted'
                   AND company_id IN %(companies)s AND date <= %(as_of)s
              GROUP BY move_id) AS term ON term.move_id = move.id
     LEFT JOIN res_partner partner ON partner.id = term.partner_id
         WHERE move.move_type IN %(sale_types)s
        """,
        as_of=as_of,
        companies=tuple(env.companies.ids),
        sale_types=_get_sale_types(env),
    )


def _get_payments_sql(env, as_of):
    return SQL(
        """
        SELECT entry.move_id,
               'payment',
               entry.company_id,
               entry.account_id,
               entry.line_id,
               COALESCE(partner.commercial_partner_id, entry.partner_id),
               entry.currency_id,
               entry.total,
               entry.total_currency
          FROM (SELECT move.id AS move_id,
                       move.company_id,
                       payment.destination_account_id AS account_id,
                       payment.currency_id,
                       MIN(line.id) FILTER (WHERE NOT %(is_own)s) AS line_id,
                       COALESCE(
                           MIN(line.partner_id) FILTER (WHERE %(is_own)s), MIN(line.partner_id)
                       ) AS partner_id,
                       -SUM(line.balance) FILTER (WHERE NOT %(is_own)s) AS total,
                       -SUM(line.amount_currency) FILTER (WHERE NOT %(is_own)s) AS total_currency
                  FROM account_payment payment
                  JOIN account_move move ON move.id = payment.move_id
                  JOIN account_account account ON account.id = payment.destination_account_id
                  JOIN account_move_line line ON line.move_id = move.id
                 WHERE account.account_type = 'asset_receivable'
                   AND move.state = 'posted' AND move.date <= %(as_of)s
                   AND move.company_id IN %(companies)s
                   AND NOT %(of_app)s
              GROUP BY move.id, payment.id) AS entry
     LEFT JOIN res_partner partner ON partner.id = entry.partner_id
         WHERE entry.line_id IS NOT NULL
        """,
        as_of=as_of,
        companies=tuple(env.companies.ids),
        of_app=env["account.receivable.tie.out"]._get_app_entries_sql(),
        is_own=SQL("line.account_id = payment.destination_account_id"),
    )


def _get_sale_types(env):
    return tuple(env["account.move"].get_sale_types(include_receipts=True))
