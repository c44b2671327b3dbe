"""The gate of the ledger: no credit in it is larger than somebody with the right to it let in.

Documents change in many ways: by their buttons, by a line, by a context's defaults, by an import,
by what other addons write. All of them end where the ORM writes rows, so the question is asked
there, of what the ledger holds before and after.
"""

from collections import defaultdict
from contextlib import contextmanager
from contextvars import ContextVar

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .account_move_credit_rights import ISSUER_GROUP
from .refusal import final_refusal

#: The documents that are being posted. ``_post`` asks about them before it starts.
_being_posted = ContextVar("customer_credit_being_posted", default=frozenset())

#: What decides how much of a credit is in the ledger, and what an item can settle.
OF_DOCUMENTS = {"state", "move_type", "company_id"}
OF_ITEMS = {"balance", "amount_currency", "account_id", "move_id", "partner_id"}


class AccountMove(models.Model):
    _inherit = "account.move"

    @contextmanager
    def _gate_of_posting(self):
        """The gate stands open while these documents are posted, which asked for the right to do
        so; what has grown meanwhile is asked about again.

        :raises UserError: naming the document and who may post it
        """
        bound = self.browse()
        if not self.env.su and not self.env.user.has_group(ISSUER_GROUP):
            bound = self.filtered(lambda move: move.is_sale_document(include_receipts=True))
        asked = {move.id: move._get_credit_limit_amount() for move in bound}
        token = _being_posted.set(_being_posted.get() | set(self.ids))
        try:
            yield
            # What is still to be written was asked about, too.
            self.line_ids.flush_recordset(OF_ITEMS)
            self.flush_recordset(OF_DOCUMENTS)
        finally:
            _being_posted.reset(token)
        with final_refusal(self.env.cr):
            bound._check_no_larger_than(asked)

    def _write_multi(self, vals_list):
        if all(map(OF_DOCUMENTS.isdisjoint, vals_list)):
            return super()._write_multi(vals_list)
        with final_refusal(self.env.cr):
            self._check_type_stays(vals_list)
        with self._gate_of_ledger():
            return super()._write_multi(vals_list)

    def _check_type_stays(self, vals_list):
        """What is posted stays what it is: a credit that is an entry for a moment is bound by
        nothing that binds credits.

        :raises UserError: naming the document
        """
        types = {
            id_: vals["move_type"]
            for id_, vals in zip(self._ids, vals_list, strict=True)
            if "move_type" in vals
        }
        if not types or self.env(su=False).su:  # nobody asked for it
            return
        rows = self.env.execute_query(
            SQL(
                "SELECT id, move_type FROM account_move WHERE state = 'posted' AND id IN %s",
                tuple(types),
            )
        )
        sales = self.get_sale_types(include_receipts=True)
        for move_id, before in rows:
            if before != types[move_id] and {before, types[move_id]} & set(sales):
                raise UserError(
                    self.env._(
                        "%(document)s is posted, so it stays what it is. Reset it to draft first.",
                        document=self.browse(move_id).name,
                    )
                )

    @contextmanager
    def _gate_of_ledger(self):
        """What is written meanwhile makes no credit in the ledger larger than it was, and gives
        none to another customer, unless the user may post one of that amount. Who did it is its
        issuer.

        :raises UserError: naming the document and who may post it
        """
        asked = self.browse(id_ for id_ in self._ids if id_ and id_ not in _being_posted.get())
        before = asked._get_credits_in_ledger()
        yield
        after = asked._get_credits_in_ledger()
        with final_refusal(self.env.cr):
            grown = asked._check_right_to_grow(
                {
                    move_id
                    for (move_id, customer_id), amount in after.items()
                    if self._is_more(move_id, amount, before.get((move_id, customer_id), 0.0))
                }
            )
        if grown:
            # Who issued it until now still let in the most of it.
            self.env.execute_query(
                SQL(
                    """
                    UPDATE account_move
                       SET credit_issuer_id = %s,
                           credit_approver_id = COALESCE(credit_approver_id, credit_issuer_id)
                     WHERE id IN %s AND credit_issuer_id IS DISTINCT FROM %s
                    """,
                    self.env.uid,
                    grown._ids,
                    self.env.uid,
                )
            )
            grown.invalidate_recordset(["credit_issuer_id", "credit_approver_id"], flush=False)

    def _check_no_larger_than(self, asked):
        """:param dict asked: ``{move id: amount}`` that the user may post, in company currency"""
        amounts = self._get_credits_of_documents()
        self._check_right_to_grow(
            {id_ for id_, amount in amounts.items() if self._is_more(id_, amount, asked[id_])}
        )

    def _is_more(self, move_id, amount, than):
        currency = self.browse(move_id).company_currency_id
        return currency.compare_amounts(amount, than) > 0

    def _check_right_to_grow(self, move_ids):
        """:return: these documents, if the user may have them in the ledger as they are"""
        grown = self.browse(sorted(move_ids))
        if grown:
            # Whoever wrote it may have done so by code that runs as the superuser.
            user = grown.with_env(self.env(su=False))
            user._check_credit_right(in_ledger=grown._get_credits_of_documents())
        return grown

    def _get_credits_of_documents(self):
        """:return: ``{move id: amount}``, what :meth:`_get_credits_in_ledger` has of each"""
        amounts = defaultdict(float)
        for (move_id, _customer_id), amount in self._get_credits_in_ledger().items():
            amounts[move_id] += amount
        return dict(amounts)

    def _filter_in_ledger(self):
        """:return: those of these documents that are posted, as the database has it. The others
        are asked about when they are posted, and most of what is written is one of them."""
        if not self:
            return self
        rows = self.env.execute_query(
            SQL("SELECT id FROM account_move WHERE state = 'posted' AND id IN %s", self._ids)
        )
        return self.browse(id_ for (id_,) in rows)

    def _get_credits_in_ledger(self):
        """What these documents owe, and to whom, as the database has it.

        :return: ``{(move id, customer id): amount}``, in company currency, positive: the
            receivable items below zero of posted customer documents; of core's credit notes where
            the company's limit binds them
        """
        if not self:
            return {}
        rows = self.env.execute_query(
            SQL(
                """
                SELECT move.id, partner.commercial_partner_id, -SUM(line.balance)
                  FROM account_move move
                  JOIN res_company company ON company.id = move.company_id
                  JOIN account_move_line line ON line.move_id = move.id
                  JOIN account_account account ON account.id = line.account_id
             LEFT JOIN res_partner partner ON partner.id = line.partner_id
                 WHERE move.id IN %s
                   AND move.state = 'posted'
                   AND (move.move_type IN ('out_invoice', 'out_receipt')
                        OR move.move_type = 'out_refund' AND company.customer_credit_limit_refunds)
                   AND account.account_type = 'asset_receivable'
                   AND line.balance < 0
              GROUP BY move.id, partner.commercial_partner_id
                """,
                self._ids,
            )
        )
        return {(move_id, customer_id): amount for move_id, customer_id, amount in rows}


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _create(self, data_list):
        moves = {data["stored"].get("move_id") for data in data_list}
        moves = self.env["account.move"].browse(filter(None, moves))
        with moves._filter_in_ledger()._gate_of_ledger():
            lines = super()._create(data_list)
        lines._check_still_settling()
        return lines

    def _write_multi(self, vals_list):
        if all(map(OF_ITEMS.isdisjoint, vals_list)):
            return super()._write_multi(vals_list)
        before = dict(
            self.env.execute_query(
                SQL("SELECT id, move_id FROM account_move_line WHERE id IN %s", self._ids)
            )
        )
        with final_refusal(self.env.cr):
            self._check_move_stays(before, vals_list)
        moves = {*before.values(), *(vals.get("move_id") for vals in vals_list)}
        moves = self.env["account.move"].browse(filter(None, moves))
        with moves._filter_in_ledger()._gate_of_ledger():
            result = super()._write_multi(vals_list)
        self._check_still_settling()
        return result

    def _check_move_stays(self, before, vals_list):
        """What is posted keeps its items: a credit's would be bound by nothing in an entry.

        :raises UserError: naming the document
        """
        moves = set()
        for id_, vals in zip(self._ids, vals_list, strict=True):
            if vals.get("move_id", before.get(id_)) != before.get(id_):
                moves |= {before[id_], vals["move_id"]}
        if not moves or self.env(su=False).su:  # nobody asked for it
            return
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM account_move WHERE state = 'posted' AND id IN %s LIMIT 1",
                tuple(filter(None, moves)),
            )
        )
        for (move_id,) in rows:
            raise UserError(
                self.env._(
                    "%(document)s is posted, so it keeps its journal items. Reset it to draft "
                    "first.",
                    document=self.env["account.move"].browse(move_id).name,
                )
            )
