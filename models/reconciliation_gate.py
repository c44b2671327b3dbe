"""The gate of reconciliation: what settles what, whoever makes it.

Every way to settle an item ends in ``account.partial.reconcile``, and what is settled is changed
through its items alone. So each row is looked at when it is made, and once more when an item of it
is written: by what the ledger holds then, and by nothing that can be said of it.
"""

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from .refusal import final_refusal

#: What a reconciliation settles. The rest is core's bookkeeping of it.
SETTLING = (
    "debit_move_id",
    "credit_move_id",
    "amount",
    "debit_amount_currency",
    "credit_amount_currency",
)
#: What decides of an item what it can settle, or where money left from.
OF_ITEMS = {"balance", "amount_currency", "account_id", "move_id", "partner_id"}
#: What decides whether a payment leaves.
OF_PAYMENTS = {"move_id", "payment_type", "outstanding_account_id"}
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
        OR EXISTS (
            SELECT 1 FROM res_company company WHERE company.transfer_account_id = account.id
        )
    )""",
    # What core takes where neither payment method nor journal says an account.
    "%account_journal_payment_%_account_id",
)
#: Money has left by this entry. What a line of a bank statement took from the bank itself is none:
#: there the money has left already, and booking it is what remains to be done.
IS_MONEY_OUT = SQL(
    """(
        EXISTS (
            SELECT 1
              FROM account_move_line line
              JOIN account_account account ON account.id = line.account_id
             WHERE line.move_id = debit_move.id
               AND line.balance < 0
               AND %s
               AND NOT EXISTS (
                SELECT 1
                  FROM account_bank_statement_line statement
                  JOIN account_journal journal ON journal.id = statement.journal_id
                 WHERE statement.move_id = debit_move.id
                   AND journal.default_account_id = account.id
                   AND statement.amount <= (
                    SELECT SUM(bank.amount_currency)
                      FROM account_move_line bank
                     WHERE bank.move_id = debit_move.id AND bank.account_id = account.id
                   )
               )
        )
        OR EXISTS (
            SELECT 1 FROM account_payment payment
             WHERE payment.move_id = debit_move.id AND payment.payment_type = 'outbound'
        )
    )""",
    IS_MONEY_ACCOUNT,
)
#: The items of an entry on both sides of one customer's account: it is one between two others.
IS_BETWEEN = SQL(
    """(
        debit.move_id = credit.move_id
        AND debit.balance > 0
        AND credit.balance < 0
        AND EXISTS (
            SELECT 1
              FROM account_account debit_account, account_account credit_account
             WHERE debit_account.id = debit.account_id
               AND credit_account.id = credit.account_id
               AND debit_account.account_type = 'asset_receivable'
               AND credit_account.account_type = 'asset_receivable'
        )
        AND EXISTS (
            SELECT 1
              FROM res_partner debit_partner
              JOIN res_partner credit_partner
                ON credit_partner.commercial_partner_id = debit_partner.commercial_partner_id
             WHERE debit_partner.id = debit.partner_id AND credit_partner.id = credit.partner_id
        )
    )"""
)


def _as_table(pairs):
    debit_ids, credit_ids = zip(*pairs, strict=True)
    return SQL(
        "UNNEST(%s::integer[], %s::integer[]) AS pair(debit_id, credit_id)",
        list(debit_ids),
        list(credit_ids),
    )


def _is_draft(alias, now):
    """An exchange difference that core has just made settles before it is posted."""
    return SQL(
        """(
            %(move)s.state != 'posted'
            AND NOT (
                %(move)s.create_date >= %(now)s
                AND EXISTS (
                    SELECT 1 FROM res_company exchange
                     WHERE exchange.currency_exchange_journal_id = %(move)s.journal_id
                )
            )
        )""",
        move=SQL.identifier(alias),
        now=now,
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
        # Whose company's items they are, nothing else asks.
        items = {id_ for ends in pairs for id_ in ends if id_}
        self.env["account.move.line"].browse(items).check_access("read")
        self._flush_settling()
        self._check_pairs(pairs)
        self._check_refunds(pairs)
        partials = super()._create(data_list)
        with final_refusal(self.env.cr):
            partials._check_amounts_agree()
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
        self.env["account.move.line"].flush_model(OF_ITEMS)
        self.env["account.move"].flush_model(
            ["state", "is_customer_credit", "move_type", "partner_id", "commercial_partner_id"]
        )
        self.env["res.partner"].flush_model(["commercial_partner_id"])
        self.env["account.payment"].flush_model(OF_PAYMENTS)

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
                    -- an invoice owes by an instalment, too
                    OR (debit_move.is_customer_credit
                        OR credit_move.is_customer_credit
                        OR credit_move.move_type IN ('out_invoice', 'out_receipt'))
                   AND (
                       %s OR %s
                    OR debit_partner.commercial_partner_id != credit_partner.commercial_partner_id
                    -- nor may another customer's invoice be this one's for a moment
                    OR debit_move.move_type IN ('out_invoice', 'out_receipt')
                       AND NOT EXISTS (
                        SELECT 1 FROM res_partner owner
                         WHERE owner.id IN (
                               debit_move.partner_id, debit_move.commercial_partner_id)
                           AND owner.commercial_partner_id = debit_partner.commercial_partner_id))
                 LIMIT 1
                """,
                _as_table(pairs),
                _is_draft("debit_move", self.env.cr.now()),
                _is_draft("credit_move", self.env.cr.now()),
            )
        )
        for debit_id, credit_id, is_one_account in rows:
            items = self.env["account.move.line"].browse((credit_id, debit_id))
            if is_one_account:
                items._check_can_be_applied()
                raise UserError(
                    self.env._(
                        "%(invoice)s is %(customer)s's, and its journal item is not: settle it "
                        "with what is %(customer)s's.",
                        invoice=items[1].move_id.display_name,
                        customer=items[1].move_id.commercial_partner_id.display_name,
                    )
                )
            raise UserError(
                self.env._(
                    "%(items)s are on several accounts. Only items of one account settle each "
                    "other.",
                    items=", ".join(items.mapped("display_name")),
                )
            )

    def _check_amounts_agree(self):
        """What settles a customer's item settles it in both its currencies, and nothing is taken
        back by less than nothing. Exchange differences have an amount in one currency alone.

        :raises UserError: naming the document
        """
        rows = self.env.execute_query(
            SQL(
                """
                SELECT item.move_id
                  FROM account_partial_reconcile partial
                  JOIN LATERAL (VALUES
                       (debit_move_id, credit_move_id, debit_amount_currency),
                       (credit_move_id, debit_move_id, credit_amount_currency)
                       ) AS side(item_id, other_id, own) ON TRUE
                  JOIN account_move_line item ON item.id = side.item_id
                  JOIN account_move_line other ON other.id = side.other_id
                  JOIN account_account account ON account.id = item.account_id
                  JOIN res_company company ON company.id = item.company_id
                  JOIN res_currency currency ON currency.id = item.currency_id
                 WHERE partial.id IN %s
                   AND account.account_type = 'asset_receivable'
                   AND (partial.amount < 0
                    OR side.own < 0
                    OR other.balance != 0
                   AND other.amount_currency != 0
                   AND CASE WHEN item.currency_id = company.currency_id
                            THEN ABS(partial.amount - side.own) >= currency.rounding / 2
                            -- less than the currency has is nothing of it
                            ELSE side.own = 0
                             AND partial.amount * ABS(item.amount_currency)
                                 > ABS(item.balance) * currency.rounding END)
                 LIMIT 1
                """,
                self._ids,
            )
        )
        for (move_id,) in rows:
            raise UserError(
                self.env._(
                    "The amounts by which %(document)s would be settled are not one amount in the "
                    "currencies of both items.",
                    document=self.env["account.move"].browse(move_id).display_name,
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

    def _check_still_allowed(self, pairs):
        """What was allowed when these were made is so after their items have changed."""
        self.env["res.partner"].flush_model(["commercial_partner_id"])
        self._check_pairs(pairs)
        self._check_not_settled_beyond()
        # Code that runs as the superuser writes what the user asked for.
        self.with_env(self.env(su=False))._check_refunds(pairs)

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
                WITH RECURSIVE
                pair AS (SELECT * FROM %(pairs)s),
                -- Where the money of the pair's debit came from: an entry that owes the customer
                -- by another item hands on what settled that.
                paid(debit_id) AS (
                    SELECT debit_id FROM pair
                     UNION
                    SELECT partial.debit_move_id
                      FROM paid
                      JOIN account_move_line debit ON debit.id = paid.debit_id
                      JOIN account_move_line credit ON credit.move_id = debit.move_id
                      JOIN account_partial_reconcile partial ON partial.credit_move_id = credit.id
                     WHERE %(is_between)s
                ),
                -- And what the pair's credit stands for, the other way.
                owed(credit_id) AS (
                    SELECT credit_id FROM pair
                     UNION
                    SELECT partial.credit_move_id
                      FROM owed
                      JOIN account_move_line credit ON credit.id = owed.credit_id
                      JOIN account_move_line debit ON debit.move_id = credit.move_id
                      JOIN account_partial_reconcile partial ON partial.debit_move_id = debit.id
                     WHERE %(is_between)s
                )
                SELECT DISTINCT credit_move.id
                  FROM owed
                  JOIN account_move_line credit ON credit.id = owed.credit_id
                  JOIN account_move credit_move ON credit_move.id = credit.move_id
                 WHERE credit_move.move_type IN ('out_invoice', 'out_receipt', 'out_refund')
                   AND EXISTS (
                    SELECT 1
                      FROM paid
                      JOIN account_move_line debit ON debit.id = paid.debit_id
                      JOIN account_move debit_move ON debit_move.id = debit.move_id
                     WHERE %(is_money_out)s
                   )
              ORDER BY credit_move.id
                """,
                pairs=_as_table(pairs),
                is_between=IS_BETWEEN,
                is_money_out=IS_MONEY_OUT,
            )
        )
        moves = self.env["account.move"].browse(move_id for (move_id,) in rows)
        moves._check_credit_refund_right()


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    # Once settled, an item or its entry may change without its reconciliation being undone.

    def _create(self, data_list):
        lines = super()._create(data_list)
        with final_refusal(self.env.cr):
            lines._check_still_settling()
        return lines

    def _write_multi(self, vals_list):
        result = super()._write_multi(vals_list)
        if not all(map(OF_ITEMS.isdisjoint, vals_list)):
            with final_refusal(self.env.cr):
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
            partials._check_still_allowed({row[1:] for row in rows})


class AccountPayment(models.Model):
    _inherit = "account.payment"

    # A payment may be laid over an entry that is settled already.

    def _create(self, data_list):
        payments = super()._create(data_list)
        payments._check_still_no_refund()
        return payments

    def _write_multi(self, vals_list):
        result = super()._write_multi(vals_list)
        if not all(map(OF_PAYMENTS.isdisjoint, vals_list)):
            self._check_still_no_refund()
        return result

    def _check_still_no_refund(self):
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT partial.debit_move_id, partial.credit_move_id
                  FROM account_payment payment
                  JOIN account_move_line item ON item.move_id = payment.move_id
                  JOIN account_partial_reconcile partial
                    ON item.id IN (partial.debit_move_id, partial.credit_move_id)
                 WHERE payment.id IN %s
                """,
                self._ids,
            )
        )
        if rows:
            # Code that runs as the superuser writes what the user asked for.
            partials = self.env(su=False)["account.partial.reconcile"]
            with final_refusal(self.env.cr):
                partials._check_refunds(rows)
