"""The gate of reconciliation: what settles what, whoever makes it.

Every way to settle an item ends in ``account.partial.reconcile``, and what is settled is changed
through its items alone. So each row is looked at when it is made, and once more when an item of it
is written: by what the ledger holds then, and by nothing that can be said of it.
"""

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

#: What a reconciliation settles. The rest is core's bookkeeping of it.
SETTLING = (
    "debit_move_id",
    "credit_move_id",
    "amount",
    "debit_amount_currency",
    "credit_amount_currency",
)
#: What decides of an item what it can settle, or where money left from.
OF_ITEMS = {"balance", "amount_currency", "account_id", "move_id"}
#: An account of which money leaves: a bank's, or one on which money is on its way there.
IS_MONEY_ACCOUNT = SQL(
    """(
        account.account_type IN ('asset_cash', 'liability_credit_card')
        OR EXISTS (
            SELECT 1 FROM account_payment_method_line method
             WHERE method.payment_account_id = account.id
        )
        OR EXISTS (
            SELECT 1 FROM account_payment payment
             WHERE payment.outstanding_account_id = account.id
        )
        OR EXISTS (
            SELECT 1 FROM ir_model_data chart
             WHERE chart.model = 'account.account'
               AND chart.res_id = account.id
               AND chart.name LIKE %s
        )
        OR EXISTS (
            SELECT 1 FROM account_journal journal
             WHERE journal.type IN ('bank', 'cash', 'credit')
               AND account.id IN (journal.default_account_id, journal.suspense_account_id)
        )
    )""",
    # What core takes where neither payment method nor journal says an account.
    "%account_journal_payment_%_account_id",
)
#: Money has left by this entry. A line of a bank statement is none: there the money has left
#: already, and booking it is what remains to be done.
IS_MONEY_OUT = SQL(
    """(
        EXISTS (
            SELECT 1
              FROM account_move_line line
              JOIN account_account account ON account.id = line.account_id
             WHERE line.move_id = debit_move.id
               AND line.balance < 0
               AND %s
        )
        OR EXISTS (
            SELECT 1 FROM account_payment payment
             WHERE payment.move_id = debit_move.id AND payment.payment_type = 'outbound'
        )
    )
    AND NOT EXISTS (
        SELECT 1 FROM account_bank_statement_line statement
         WHERE statement.move_id = debit_move.id
    )""",
    IS_MONEY_ACCOUNT,
)


def _as_table(pairs):
    debit_ids, credit_ids = zip(*pairs, strict=True)
    return SQL(
        "UNNEST(%s::integer[], %s::integer[]) AS pair(debit_id, credit_id)",
        list(debit_ids),
        list(credit_ids),
    )


def _is_draft(alias):
    """An exchange difference that is booked as a draft settles all the same."""
    return SQL(
        """(
            %(move)s.state != 'posted'
            AND NOT EXISTS (
                SELECT 1 FROM res_company exchange
                 WHERE exchange.currency_exchange_journal_id = %(move)s.journal_id
            )
        )""",
        move=SQL.identifier(alias),
    )


class AccountPartialReconcile(models.Model):
    _inherit = "account.partial.reconcile"

    def _create(self, data_list):
        # Here all values are known, those of a context's defaults, too.
        pairs = []
        for data in data_list:
            ends = [self._get_id(data["stored"].get(name)) for name in SETTLING[:2]]
            data["stored"].update(zip(SETTLING, ends, strict=False))
            pairs.append(ends)
        self._flush_settling()
        self._check_pairs(pairs)
        self._check_refunds(pairs)
        partials = super()._create(data_list)
        partials._check_not_settled_beyond()
        return partials

    @api.model
    def _get_id(self, value):
        """The database takes a text or a fraction for an id, too; nobody could look at those."""
        return self._fields["debit_move_id"].convert_to_cache(value, self)

    def write(self, vals):
        written = [name for name in SETTLING if name in vals]
        if written and not self.env.su:
            raise AccessError(
                self.env._(
                    "%(field)s of a reconciliation cannot be changed. Undo the reconciliation and "
                    "settle the items anew.",
                    field=self._fields[written[0]].get_description(self.env, ["string"])["string"],
                )
            )
        return super().write(vals)

    @api.model
    def _flush_settling(self):
        self.env["account.move.line"].flush_model([*OF_ITEMS, "partner_id"])
        self.env["account.move"].flush_model(["state", "is_customer_credit", "move_type"])
        self.env["account.payment"].flush_model(
            ["move_id", "payment_type", "outstanding_account_id"]
        )

    @api.model
    def _check_pairs(self, pairs):
        """Refuse what no reconciliation of a customer's items may be.

        :param pairs: list of ``(debit item id, credit item id)``
        :raises UserError: naming the documents: items of two accounts; a customer credit that is
            a draft, or that settles a draft or another customer's item
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT debit.id, credit.id, debit.account_id = credit.account_id
                  FROM %s
                  JOIN account_move_line debit ON debit.id = pair.debit_id
                  JOIN account_move_line credit ON credit.id = pair.credit_id
                  JOIN account_move debit_move ON debit_move.id = debit.move_id
                  JOIN account_move credit_move ON credit_move.id = credit.move_id
             LEFT JOIN res_partner debit_partner ON debit_partner.id = debit.partner_id
             LEFT JOIN res_partner credit_partner ON credit_partner.id = credit.partner_id
                  JOIN account_account debit_account ON debit_account.id = debit.account_id
                  JOIN account_account credit_account ON credit_account.id = credit.account_id
                 WHERE debit.account_id != credit.account_id
                   AND 'asset_receivable' IN (
                       debit_account.account_type, credit_account.account_type)
                    OR (debit_move.is_customer_credit OR credit_move.is_customer_credit)
                   AND (
                       %s OR %s
                    OR debit_partner.commercial_partner_id != credit_partner.commercial_partner_id)
                 LIMIT 1
                """,
                _as_table(pairs),
                _is_draft("debit_move"),
                _is_draft("credit_move"),
            )
        )
        for debit_id, credit_id, is_one_account in rows:
            items = self.env["account.move.line"].browse((credit_id, debit_id))
            if is_one_account:
                items._check_can_be_applied()
            raise UserError(
                self.env._(
                    "%(items)s are on several accounts. Only items of one account settle each "
                    "other.",
                    items=", ".join(items.mapped("display_name")),
                )
            )

    def _check_not_settled_beyond(self):
        """Of no receivable item more is settled than it has, in both its currencies."""
        rows = self.env.execute_query(
            SQL(
                """
                WITH item AS (
                    SELECT line.id, line.balance, line.amount_currency
                      FROM account_move_line line
                      JOIN account_account account ON account.id = line.account_id
                     WHERE account.account_type = 'asset_receivable'
                       AND line.id IN (
                        SELECT debit_move_id FROM account_partial_reconcile WHERE id IN %(ids)s
                         UNION
                        SELECT credit_move_id FROM account_partial_reconcile WHERE id IN %(ids)s)
                ), settled AS (
                    SELECT item.id, partial.amount,
                           partial.debit_amount_currency AS amount_currency
                      FROM item
                      JOIN account_partial_reconcile partial ON partial.debit_move_id = item.id
                     UNION ALL
                    SELECT item.id, -partial.amount, -partial.credit_amount_currency
                      FROM item
                      JOIN account_partial_reconcile partial ON partial.credit_move_id = item.id
                )
                SELECT item.id,
                       SUM(settled.amount) - item.balance,
                       SUM(settled.amount_currency) - item.amount_currency
                  FROM item JOIN settled ON settled.id = item.id
              GROUP BY item.id, item.balance, item.amount_currency
                HAVING ABS(SUM(settled.amount)) > ABS(item.balance) + 0.000001
                    OR ABS(SUM(settled.amount_currency)) > ABS(item.amount_currency) + 0.000001
                    OR SUM(settled.amount) * item.balance < 0
                """,
                ids=self._ids,
            )
        )
        for line_id, beyond, beyond_currency in rows:
            line = self.env["account.move.line"].browse(line_id)
            if line.company_currency_id.is_zero(beyond) and line.currency_id.is_zero(
                beyond_currency
            ):
                continue
            raise UserError(
                self.env._(
                    "More of %(document)s would be settled than it has, %(amount)s. Somebody may "
                    "have settled a part of it meanwhile: look what is open and enter at most "
                    "that.",
                    document=line.move_id.display_name,
                    amount=line.currency_id.format(abs(line.amount_currency)),
                )
            )

    @api.model
    def _check_refunds(self, pairs):
        """Whichever way money that left meets a credit, it is a refund.

        :param pairs: as for :meth:`_check_pairs`
        :raises UserError: naming the credit that the user may not refund
        """
        if self.env.su:
            return
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT credit_move.id
                  FROM %s
                  JOIN account_move_line debit ON debit.id = pair.debit_id
                  JOIN account_move_line credit ON credit.id = pair.credit_id
                  JOIN account_move debit_move ON debit_move.id = debit.move_id
                  JOIN account_move credit_move ON credit_move.id = credit.move_id
                 WHERE credit_move.move_type IN ('out_invoice', 'out_receipt', 'out_refund')
                   AND %s
              ORDER BY credit_move.id
                """,
                _as_table(pairs),
                IS_MONEY_OUT,
            )
        )
        moves = self.env["account.move"].browse(move_id for (move_id,) in rows)
        moves._check_credit_refund_right()


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    # Once settled, an item or its entry may change without its reconciliation being undone.

    def _create(self, data_list):
        lines = super()._create(data_list)
        lines._check_still_settling()
        return lines

    def _write_multi(self, vals_list):
        result = super()._write_multi(vals_list)
        if not all(map(OF_ITEMS.isdisjoint, vals_list)):
            self._check_still_settling()
        return result

    def _check_still_settling(self):
        rows = self.env.execute_query(
            SQL(
                """
                SELECT partial.id, partial.debit_move_id, partial.credit_move_id
                  FROM account_move_line written
                  JOIN account_move_line item ON item.move_id = written.move_id
                  JOIN account_partial_reconcile partial
                    ON item.id IN (partial.debit_move_id, partial.credit_move_id)
                 WHERE written.id IN %s
                """,
                self._ids,
            )
        )
        if rows:
            partials = self.env["account.partial.reconcile"].browse({row[0] for row in rows})
            partials._check_not_settled_beyond()
            # Code that runs as the superuser writes what the user asked for.
            user = partials.with_env(self.env(su=False))
            user._check_refunds([row[1:] for row in rows])
