"""The gate of the ledger: no posted credit is larger than a user with the right to it allowed.

Documents change in many ways: by buttons, lines, defaults in the context, imports, other addons.
In all of them the ORM writes rows, so the check is there: it compares the ledger before and after.
"""

from collections import defaultdict
from contextlib import contextmanager
from contextvars import ContextVar

from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL

from .account_move_credit_rights import ISSUER_GROUP
from .refusal import final_refusal

#: The documents that are being posted, which ``_post`` checked before it started.
_being_posted = ContextVar("customer_credit_being_posted", default=frozenset())

#: The fields that decide how much of a credit is in the ledger, and what an item can settle.
OF_DOCUMENTS = {"state", "move_type", "company_id"}
OF_ITEMS = {"balance", "amount_currency", "account_id", "move_id", "partner_id"}


class AccountMove(models.Model):
    _inherit = "account.move"

    @contextmanager
    def _gate_of_posting(self):
        """Open the gate while these documents are posted, whose right was checked before. Check
        those again that grew meanwhile.

        :raises UserError: naming the document and who may post it
        """
        bound = self.browse()
        if not self.env.su and not self.env.user.has_group(ISSUER_GROUP):
            bound = self.filtered(lambda move: move.is_sale_document(include_receipts=True))
        asked = {move.id: move._get_credit_limit_amount() for move in bound}
        token = _being_posted.set(_being_posted.get() | set(self.ids))
        try:
            yield
            # Pending writes were checked too.
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
        """Refuse to change the type of a posted document: no check of credits applies to a credit
        that is an entry for a moment.

        :raises UserError: naming the document
        """
        types = {
            id_: vals["move_type"]
            for id_, vals in zip(self._ids, vals_list, strict=True)
            if "move_type" in vals
        }
        if not types or self.env(su=False).su:  # not on behalf of a user
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
                        "%(document)s is posted, so its type cannot be changed. Reset it to draft "
                        "first.",
                        document=self.browse(move_id).name,
                    )
                )

    @contextmanager
    def _gate_of_ledger(self):
        """Refuse writes in the block that make a posted credit larger or give it to another
        customer, unless the user may post one of that amount. The user then becomes its issuer.

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
            # The issuer so far still allowed most of it.
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
        """Check once more that these credits are not larger than what was asked for.

        :param dict asked: ``{move id: amount}`` that the user may post, in company currency
        """
        amounts = self._get_credits_of_documents()
        self._check_right_to_grow(
            {id_ for id_, amount in amounts.items() if self._is_more(id_, amount, asked[id_])}
        )

    def _is_more(self, move_id, amount, than):
        currency = self.browse(move_id).company_currency_id
        return currency.compare_amounts(amount, than) > 0

    def _check_right_to_grow(self, move_ids):
        """Check that the user may post these documents as they are in the ledger.

        :return: the documents
        :raises UserError: naming the document and who may post it
        """
        grown = self.browse(sorted(move_ids))
        if grown:
            # The user may have written it by code that runs as the superuser.
            user = grown.with_env(self.env(su=False))
            user._check_credit_right(in_ledger=grown._get_credits_of_documents())
        return grown

    def _get_credits_of_documents(self):
        """The sums of :meth:`_get_credits_in_ledger` by document.

        :return: ``{move id: amount}``, in company currency, positive
        """
        amounts = defaultdict(float)
        for (move_id, _customer_id), amount in self._get_credits_in_ledger().items():
            amounts[move_id] += amount
        return dict(amounts)

    def _filter_in_ledger(self):
        """Those of these documents that are posted in the database. Drafts, which are most of the
        documents written, are checked when they are posted."""
        if not self:
            return self
        rows = self.env.execute_query(
            SQL("SELECT id FROM account_move WHERE state = 'posted' AND id IN %s", self._ids)
        )
        return self.browse(id_ for (id_,) in rows)

    def _get_credits_in_ledger(self):
        """What we owe by these documents, and to whom, according to the database.

        :return: ``{(move id, customer id): amount}``, in company currency, positive: the sums of
            the negative receivable items of posted customer documents, of core's credit notes only
            if the company's limit binds them
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
        """Refuse to move items of a posted document: no check of credits applies to items that are
        in an entry.

        :raises UserError: naming the document
        """
        moves = set()
        for id_, vals in zip(self._ids, vals_list, strict=True):
            if vals.get("move_id", before.get(id_)) != before.get(id_):
                moves |= {before[id_], vals["move_id"]}
        if not moves or self.env(su=False).su:  # not on behalf of a user
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
                    "%(document)s is posted, so its journal items cannot be moved. Reset it to "
                    "draft first.",
                    document=self.env["account.move"].browse(move_id).name,
                )
            )
