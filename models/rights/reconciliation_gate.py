"""The gate of reconciliation: which items may settle each other.

Every way to settle an item creates an ``account.partial.reconcile``, and only its items can change
afterwards. So each row is checked when it is created, and again when one of its items is written,
against the ledger at that moment.
"""

from collections import defaultdict
from typing import NamedTuple

from odoo import api, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from .ledger_gate import OF_ITEMS
from .refusal import final_refusal

INVOICES = ("out_invoice", "out_receipt")
#: The types of documents by which we may owe a customer.
OWING = (*INVOICES, "out_refund")
#: The fields that say what a reconciliation settles.
SETTLING = (
    "debit_move_id",
    "credit_move_id",
    "amount",
    "debit_amount_currency",
    "credit_amount_currency",
)
#: The fields that decide whether a payment is outgoing.
OF_PAYMENTS = {"move_id", "payment_type", "outstanding_account_id"}
#: Far less than the smallest step of any currency.
TOLERANCE = 0.000001
#: The types of accounts that hold no money, neither at the bank nor on its way there.
NOT_MONEY_ACCOUNTS = (
    *("asset_receivable", "liability_payable", "income", "income_other"),
    *("expense", "expense_other", "expense_depreciation", "expense_direct_cost"),
)
#: The condition of an account of money: a bank's, or one of payments on their way.
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
    # Core's default if neither payment method nor journal has an account.
    "%account_journal_payment_%_account_id",
)


class SettledItem(NamedTuple):
    """The values in the database of one of the two items of a reconciliation."""

    move_id: int
    move_type: str
    is_customer_credit: bool
    is_draft: bool
    account_id: int
    is_receivable: bool
    customer_id: int | None
    #: Whether the item's customer is that of its document.
    is_of_document: bool
    balance: float
    amount_currency: float
    currency_id: int
    company_currency_id: int

    @property
    def owes(self):
        """Whether we may owe by this item: of a credit or, by an instalment, an invoice."""
        return self.is_customer_credit or self.move_type in INVOICES


class SettledEntry(NamedTuple):
    """The values in the database of the entry of a settled item."""

    #: Whether it has receivable items on both sides, so that it may pass on what settles one.
    may_hand_on: bool
    #: Whether it credits an account that may hold money, or belongs to a payment.
    may_be_paid: bool


class AccountPartialReconcile(models.Model):
    _inherit = "account.partial.reconcile"

    def _create(self, data_list):
        # Here all values are known, including defaults from the context.
        pairs = []
        for data in data_list:
            ends = [self._get_id(data["stored"].get(name)) for name in SETTLING[:2]]
            data["stored"].update(zip(SETTLING, ends, strict=False))
            pairs.append(ends)
        # Nothing else checks the companies of the items.
        items = {id_ for ends in pairs for id_ in ends if id_}
        self.env["account.move.line"].browse(items).check_access("read")
        self._flush_settling()
        settled = self._read_settled_items(pairs)
        self._check_pairs(pairs, settled)
        self._check_refunds(pairs, settled)
        partials = super()._create(data_list)
        with final_refusal(self.env.cr):
            partials._check_amounts_agree(settled)
            partials._check_not_settled_beyond(settled)
        return partials

    @api.model
    def _get_id(self, value):
        """The id, or None for a text or a fraction, which the database would accept but the ORM
        could not read."""
        return self._fields["debit_move_id"].convert_to_cache(value, self)

    def write(self, vals):
        written = [name for name in SETTLING if name in vals]
        if written and not self.env.su:
            raise AccessError(
                self.env._(
                    "%(field)s of a reconciliation cannot be changed. Undo the reconciliation, "
                    "then reconcile the items again.",
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
    def _read_settled_items(self, pairs):
        """The values of the items, ``{item id: SettledItem}``. An exchange difference that core
        has just created is no draft: it settles before it is posted."""
        items = {id_ for pair in pairs for id_ in pair if id_}
        if not items:
            return {}
        # Short statements: planning joins of many tables takes the database longer than the reads.
        rows = self.env.execute_query(
            SQL(
                """
                SELECT item.id, item.move_id, move.move_type,
                       COALESCE(move.is_customer_credit, FALSE), move.state,
                       move.journal_id, move.create_date >= %s,
                       item.account_id, account.account_type,
                       item.partner_id, move.partner_id, move.commercial_partner_id,
                       item.balance, item.amount_currency,
                       item.currency_id, company.currency_id
                  FROM account_move_line item
                  JOIN account_move move ON move.id = item.move_id
                  JOIN res_company company ON company.id = item.company_id
                  JOIN account_account account ON account.id = item.account_id
                 WHERE item.id IN %s
                """,
                self.env.cr.now(),
                tuple(items),
            )
        )
        customers = self._read_customers({id_ for row in rows for id_ in row[9:12] if id_})
        exchange_journals = self._read_exchange_journals(
            {
                journal_id
                for _id, _move, _type, _is_credit, state, journal_id, is_new, *_values in rows
                if is_new and state != "posted"
            }
        )
        settled = {}
        for item_id, move_id, move_type, is_credit, state, journal_id, is_new, *values in rows:
            account_id, account_type, partner_id, contact_id, company_id, *amounts = values
            customer_id = customers.get(partner_id)
            owners = (customers.get(contact_id), customers.get(company_id))
            settled[item_id] = SettledItem(
                move_id,
                move_type,
                is_credit,
                state != "posted" and not (is_new and journal_id in exchange_journals),
                account_id,
                account_type == "asset_receivable",
                customer_id,
                bool(customer_id) and customer_id in owners,
                *amounts,
            )
        return settled

    @api.model
    def _read_customers(self, partner_ids):
        """The commercial partners in the database, ``{partner id: commercial partner id}``."""
        if not partner_ids:
            return {}
        return dict(
            self.env.execute_query(
                SQL(
                    "SELECT id, commercial_partner_id FROM res_partner WHERE id IN %s",
                    tuple(partner_ids),
                )
            )
        )

    @api.model
    def _read_exchange_journals(self, journal_ids):
        """The ids of those journals in which a company books exchange differences."""
        if not journal_ids:
            return set()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT currency_exchange_journal_id FROM res_company
                 WHERE currency_exchange_journal_id IN %s
                """,
                tuple(journal_ids),
            )
        )
        return {id_ for (id_,) in rows}

    @api.model
    def _read_settled_entries(self, settled):
        """:param dict settled: :meth:`_read_settled_items`
        :return: ``{move id: SettledEntry}`` of theirs"""
        moves = tuple({item.move_id for item in settled.values()})
        if not moves:
            return {}
        sides, paid = defaultdict(set), set()
        for move_id, is_debit, account_type in self.env.execute_query(
            SQL(
                """
                SELECT line.move_id, line.balance > 0, account.account_type
                  FROM account_move_line line
                  JOIN account_account account ON account.id = line.account_id
                 WHERE line.move_id IN %s AND line.balance != 0
                """,
                moves,
            )
        ):
            if account_type == "asset_receivable":
                sides[move_id].add(is_debit)
            if not is_debit and account_type not in NOT_MONEY_ACCOUNTS:
                paid.add(move_id)
        for (move_id,) in self.env.execute_query(
            SQL("SELECT move_id FROM account_payment WHERE move_id IN %s", moves)
        ):
            paid.add(move_id)
        return {
            move_id: SettledEntry(len(sides[move_id]) > 1, move_id in paid) for move_id in moves
        }

    @api.model
    def _check_pairs(self, pairs, settled):
        """Refuse pairs of a customer's items that may not settle each other.

        :param pairs: list of ``(debit item id, credit item id)``
        :param dict settled: :meth:`_read_settled_items` of them
        :raises UserError: naming the documents: items of two accounts; a customer credit that is
            a draft, or that settles a draft or another customer's item
        """
        for pair in pairs:
            if not settled.keys() >= set(pair):
                continue  # the database will refuse it
            debit, credit = (settled[id_] for id_ in pair)
            if debit.account_id != credit.account_id:
                if debit.is_receivable or credit.is_receivable:
                    self._refuse_two_accounts(pair)
            elif debit.is_customer_credit or credit.owes:
                # an invoice's item may not be another customer's for a moment
                is_stray = debit.move_type in INVOICES and not debit.is_of_document
                is_others = (
                    debit.customer_id and credit.customer_id
                ) and debit.customer_id != credit.customer_id
                if debit.is_draft or credit.is_draft or is_others or is_stray:
                    self._refuse_pair(pair)

    @api.model
    def _refuse_two_accounts(self, pair):
        items = self.env["account.move.line"].browse(reversed(pair))
        raise UserError(
            self.env._(
                "%(items)s are on different accounts. Choose items on the same account.",
                items=", ".join(items.mapped("display_name")),
            )
        )

    @api.model
    def _refuse_pair(self, pair):
        credit, debit = items = self.env["account.move.line"].browse(reversed(pair))
        items._check_can_be_applied()
        raise UserError(
            self.env._(
                "%(invoice)s belongs to %(customer)s, but its journal item belongs to another "
                "customer. Choose items of %(customer)s.",
                invoice=debit.move_id.display_name,
                customer=debit.move_id.commercial_partner_id.display_name,
            )
        )

    def _check_amounts_agree(self, settled):
        """Refuse amounts of reconciliations that do not agree in both currencies of an item, or
        are negative. Only exchange differences have an amount in one currency alone.

        :param dict settled: :meth:`_read_settled_items` of theirs
        :raises UserError: naming the document
        """
        rows = self.env.execute_query(
            SQL(
                "SELECT %s FROM account_partial_reconcile WHERE id IN %s",
                SQL(", ").join(map(SQL.identifier, SETTLING)),
                self._ids,
            )
        )
        for debit_id, credit_id, amount, debit_own, credit_own in rows:
            debit, credit = settled[debit_id], settled[credit_id]
            for item, other, own in ((debit, credit, debit_own), (credit, debit, credit_own)):
                if item.is_receivable and not self._is_one_amount(item, other, amount, own):
                    raise UserError(
                        self.env._(
                            "The amounts applied to %(document)s do not match in both currencies. "
                            "Check the amounts and try again.",
                            document=self.env["account.move"].browse(item.move_id).display_name,
                        )
                    )

    @api.model
    def _is_one_amount(self, item, other, amount, own):
        """:param float amount: in company currency
        :param float own: in the currency of the item"""
        if amount < 0 or own < 0:
            return False
        if not other.balance or not other.amount_currency:
            return True
        currency = self.env["res.currency"].browse(item.currency_id)
        if item.currency_id == item.company_currency_id:
            return currency.is_zero(amount - own)
        # less than the currency's smallest step is nothing
        smallest = abs(item.balance) * currency.rounding
        return bool(own) or amount * abs(item.amount_currency) <= smallest

    @api.model
    def _check_not_settled_beyond(self, settled):
        """Refuse to settle more of a receivable item than its amount, in either currency.

        :param dict settled: :meth:`_read_settled_items`
        :raises UserError: naming the document
        """
        items = tuple(id_ for id_, item in settled.items() if item.is_receivable)
        if not items:
            return
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id, SUM(amount), SUM(amount_currency)
                  FROM (
                    SELECT debit_move_id AS id, amount, debit_amount_currency AS amount_currency
                      FROM account_partial_reconcile
                     WHERE debit_move_id IN %(items)s
                     UNION ALL
                    SELECT credit_move_id, -amount, -credit_amount_currency
                      FROM account_partial_reconcile
                     WHERE credit_move_id IN %(items)s
                  ) settled
              GROUP BY id
                """,
                items=items,
            )
        )
        for line_id, amount, amount_currency in rows:
            item = settled[line_id]
            if (
                abs(amount) <= abs(item.balance) + TOLERANCE
                and abs(amount_currency) <= abs(item.amount_currency) + TOLERANCE
                and amount * item.balance >= 0
            ):
                continue  # nearly always, and there may be thousands of them
            line = self.env["account.move.line"].browse(line_id)
            if line.company_currency_id.is_zero(
                amount - item.balance
            ) and line.currency_id.is_zero(amount_currency - item.amount_currency):
                continue
            raise UserError(
                self.env._(
                    "Only %(amount)s of %(document)s can be applied; part of it may have just "
                    "been used. Check the open amount and enter less.",
                    document=line.move_id.display_name,
                    amount=line.currency_id.format(abs(line.amount_currency)),
                )
            )

    def _check_still_allowed(self, pairs):
        """Check these reconciliations again after their items changed."""
        self.env["res.partner"].flush_model(["commercial_partner_id"])
        settled = self._read_settled_items(pairs)
        self._check_pairs(pairs, settled)
        self._check_not_settled_beyond(settled)
        # Code that runs as the superuser writes what the user asked for.
        self.with_env(self.env(su=False))._check_refunds(pairs, settled)

    @api.model
    def _check_refunds(self, pairs, settled):
        """Refuse refunds without the right: any reconciliation of outgoing money with a credit.

        :param pairs: as for :meth:`_check_pairs`
        :param dict settled: :meth:`_read_settled_items` of them
        :raises UserError: naming the credit that the user may not refund
        """
        if self.env.su:
            return
        # Only items of a customer's document, or those that pass one on, can be refunded.
        pairs = [
            pair
            for pair in pairs
            if settled.keys() >= set(pair)
            and (settled[pair[1]].is_receivable or settled[pair[1]].move_type in OWING)
        ]
        if not pairs:
            return
        entries = self._read_settled_entries(settled)
        hand_on = {id_ for id_, item in settled.items() if entries[item.move_id].may_hand_on}
        credits = {credit for _debit, credit in pairs}
        owed = self._follow_through_entries("credit", credits, hand_on)
        documents = self._get_documents_that_owe(owed, settled)
        pairs = [pair for pair in pairs if not owed[pair[1]].isdisjoint(documents)]
        if not pairs:
            return
        paid = self._follow_through_entries("debit", {debit for debit, _credit in pairs}, hand_on)
        unpaid = {id_ for id_, item in settled.items() if not entries[item.move_id].may_be_paid}
        left = self._filter_money_out(set().union(*paid.values()) - unpaid)
        refunded = {
            documents[id_]
            for debit, credit in pairs
            if not paid[debit].isdisjoint(left)
            for id_ in owed[credit] & documents.keys()
        }
        self.env["account.move"].browse(sorted(refunded))._check_credit_refund_right()

    @api.model
    def _follow_through_entries(self, side, item_ids, hand_on):
        """Follow reconciliations through entries between two items of one customer, which pass on
        what settled their other side.

        :param str side: ``debit`` for the origin of the debit items' money, ``credit`` for what
            the credit items stand for
        :param set hand_on: the ids of the items whose entry may pass on something
        :return: ``{item id: ids of the items reached}``, including itself
        """
        handed_on = {id_: set() for id_ in item_ids}
        found = item_ids & hand_on
        while found:
            handed_on.update((id_, set()) for id_ in found)
            for id_, next_id in self._get_handed_on(side, found):
                handed_on[id_].add(next_id)
            found = set().union(*(handed_on[id_] for id_ in found)) - handed_on.keys()
        reached = {}
        for item_id in item_ids:
            reached[item_id], ends = {item_id}, handed_on[item_id]
            while ends := ends - reached[item_id]:
                reached[item_id] |= ends
                ends = set().union(*(handed_on[id_] for id_ in ends))
        return reached

    @api.model
    def _get_handed_on(self, side, item_ids):
        """One step of :meth:`_follow_through_entries`: pairs of ids."""
        other_side = "credit" if side == "debit" else "debit"
        direction = 1 if side == "debit" else -1
        return self.env.execute_query(
            SQL(
                """
                SELECT item.id, partial.%(same)s
                  FROM account_move_line item
                  JOIN account_move_line other
                    ON other.move_id = item.move_id AND other.balance * %(direction)s < 0
                  JOIN account_partial_reconcile partial ON partial.%(opposite)s = other.id
                 WHERE item.id IN %(items)s
                   AND item.balance * %(direction)s > 0
                   AND 'asset_receivable' = ALL (ARRAY[
                    (SELECT account_type FROM account_account WHERE id = item.account_id),
                    (SELECT account_type FROM account_account WHERE id = other.account_id)])
                   AND (SELECT commercial_partner_id FROM res_partner WHERE id = item.partner_id)
                     = (SELECT commercial_partner_id FROM res_partner WHERE id = other.partner_id)
                """,
                same=SQL.identifier(f"{side}_move_id"),
                opposite=SQL.identifier(f"{other_side}_move_id"),
                direction=direction,
                items=tuple(item_ids),
            )
        )

    @api.model
    def _get_documents_that_owe(self, reached, settled):
        """The customers' documents by which we owe: ``{item id: move id}`` of reached items."""
        owing = {id_: item.move_id for id_, item in settled.items() if item.move_type in OWING}
        if others := set().union(*reached.values()) - settled.keys():
            rows = self.env.execute_query(
                SQL(
                    """
                    SELECT line.id, line.move_id
                      FROM account_move_line line
                      JOIN account_move move ON move.id = line.move_id
                     WHERE line.id IN %s AND move.move_type IN %s
                    """,
                    tuple(others),
                    OWING,
                )
            )
            owing.update(rows)
        return owing

    @api.model
    def _filter_money_out(self, items):
        """:param set items: ids
        :return: ids of the items by whose entry money has left: an outbound payment's, or one
        with an amount on the credit side of an account of money. What a line of a bank statement
        took from the bank itself is none: there the money has left already, and booking it is
        what remains to be done."""
        if not items:
            return set()
        rows = self.env.execute_query(
            SQL(
                """
                WITH booked AS (
                    SELECT item.id, line.move_id, line.account_id
                      FROM account_move_line item
                      JOIN account_move_line line ON line.move_id = item.move_id
                     WHERE item.id IN %(items)s AND line.balance < 0
                ), money AS (
                    SELECT account.id
                      FROM account_account account
                     WHERE account.id IN (SELECT account_id FROM booked) AND %(is_money_account)s
                )
                SELECT booked.id
                  FROM booked
                  JOIN money ON money.id = booked.account_id
                 WHERE NOT EXISTS (
                    SELECT 1
                      FROM account_bank_statement_line statement
                      JOIN account_journal journal ON journal.id = statement.journal_id
                     WHERE statement.move_id = booked.move_id
                       AND journal.default_account_id = booked.account_id
                       AND statement.amount <= (
                        SELECT SUM(bank.amount_currency)
                          FROM account_move_line bank
                         WHERE bank.move_id = booked.move_id
                           AND bank.account_id = booked.account_id))
                 UNION
                SELECT item.id
                  FROM account_move_line item
                  JOIN account_payment payment ON payment.move_id = item.move_id
                 WHERE item.id IN %(items)s AND payment.payment_type = 'outbound'
                """,
                items=tuple(items),
                is_money_account=IS_MONEY_ACCOUNT,
            )
        )
        return {id_ for (id_,) in rows}


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _check_still_settling(self):
        """Check what these items settle, after they or their entries were written.

        :raises UserError, AccessError: as the gate of reconciliation does
        """
        items = self.env.execute_query(
            SQL(
                """
                SELECT id FROM account_move_line
                 WHERE move_id IN (SELECT move_id FROM account_move_line WHERE id IN %s)
                """,
                self._ids,
            )
        )
        if not items:
            return
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id, debit_move_id, credit_move_id
                  FROM account_partial_reconcile
                 WHERE debit_move_id IN %(items)s OR credit_move_id IN %(items)s
                """,
                items=tuple(id_ for (id_,) in items),
            )
        )
        if rows:
            partials = self.env["account.partial.reconcile"].browse({row[0] for row in rows})
            with final_refusal(self.env.cr):
                partials._check_still_allowed({row[1:] for row in rows})


class AccountPayment(models.Model):
    _inherit = "account.payment"

    # A payment may be created for an entry that is settled already.

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
                partials._check_refunds(rows, partials._read_settled_items(rows))
