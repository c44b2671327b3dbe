"""The gate of the ledger: no credit in it is larger than somebody with the right to it let in.

Documents change in many ways: by their buttons, by a line, by a context's defaults, by an import, by
what other addons write. All of them end where the ORM writes rows, so the question is asked there,
of what the ledger holds before and after.
"""

from contextlib import contextmanager
from contextvars import ContextVar

from odoo import models
from odoo.tools import SQL

#: The documents that are being posted. ``_post`` asks about them before it starts.
_being_posted = ContextVar("customer_credit_being_posted", default=frozenset())

#: What decides how much of a credit is in the ledger.
OF_DOCUMENTS = {"state", "move_type", "company_id"}
OF_ITEMS = {"balance", "account_id", "move_id"}


class AccountMove(models.Model):
    _inherit = "account.move"

    def _post(self, soft=True):
        asked = {move.id: move._get_credit_limit_amount() for move in self}
        with self._asked_by_posting():
            posted = super()._post(soft)
            # What is still to be written was asked about, too.
            posted.line_ids.flush_recordset(OF_ITEMS)
            posted.flush_recordset(OF_DOCUMENTS)
        if not self.env.su:
            posted._check_no_larger_than(asked)
        return posted

    @contextmanager
    def _asked_by_posting(self):
        token = _being_posted.set(_being_posted.get() | set(self.ids))
        try:
            yield
        finally:
            _being_posted.reset(token)

    def _write_multi(self, vals_list):
        if all(map(OF_DOCUMENTS.isdisjoint, vals_list)):
            return super()._write_multi(vals_list)
        with self._gate_of_ledger():
            return super()._write_multi(vals_list)

    @contextmanager
    def _gate_of_ledger(self):
        """What is written meanwhile makes no credit in the ledger larger than it was, unless the
        user may post one of that amount. Who did it is its issuer.

        :raises UserError: naming the document and who may post it
        """
        asked = self.browse(id_ for id_ in self._ids if id_ and id_ not in _being_posted.get())
        before = asked._get_credits_in_ledger()
        yield
        asked._check_no_larger_than(before, by_posting=False)

    def _check_no_larger_than(self, before, by_posting=True):
        """:param dict before: ``{move id: amount}`` in company currency, positive"""
        after = self._get_credits_in_ledger()
        grown = self.browse(
            move.id
            for move in self.browse(after)
            if move.company_currency_id.compare_amounts(after[move.id], before.get(move.id, 0.0))
            > 0
        )
        if not grown:
            return
        # Whoever wrote it may have done so by code that runs as the superuser.
        # What the cache holds of them may not know what was written.
        grown.with_env(self.env(su=False))._check_credit_right(in_ledger=after)
        if not by_posting:
            self.env.execute_query(
                SQL(
                    "UPDATE account_move SET credit_issuer_id = %s WHERE id IN %s",
                    self.env.uid,
                    grown._ids,
                )
            )
            grown.invalidate_recordset(["credit_issuer_id"], flush=False)

    def _get_credits_in_ledger(self):
        """What these documents owe their customers, as the database has it.

        :return: ``{move id: amount}``, in company currency, positive: the receivable items below
            zero of posted customer documents; of core's credit notes where the company's limit
            binds them
        """
        if not self:
            return {}
        rows = self.env.execute_query(
            SQL(
                """
                SELECT move.id, -SUM(line.balance)
                  FROM account_move move
                  JOIN res_company company ON company.id = move.company_id
                  JOIN account_move_line line ON line.move_id = move.id
                  JOIN account_account account ON account.id = line.account_id
                 WHERE move.id IN %s
                   AND move.state = 'posted'
                   AND (move.move_type IN ('out_invoice', 'out_receipt')
                        OR move.move_type = 'out_refund' AND company.customer_credit_limit_refunds)
                   AND account.account_type = 'asset_receivable'
                   AND line.balance < 0
              GROUP BY move.id
                """,
                self._ids,
            )
        )
        return dict(rows)


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _create(self, data_list):
        moves = {data["stored"].get("move_id") for data in data_list}
        with self.env["account.move"].browse(filter(None, moves))._gate_of_ledger():
            return super()._create(data_list)

    def _write_multi(self, vals_list):
        if all(map(OF_ITEMS.isdisjoint, vals_list)):
            return super()._write_multi(vals_list)
        rows = self.env.execute_query(
            SQL("SELECT move_id FROM account_move_line WHERE id IN %s", self._ids)
        )
        moves = {move_id for (move_id,) in rows} | {vals.get("move_id") for vals in vals_list}
        with self.env["account.move"].browse(filter(None, moves))._gate_of_ledger():
            return super()._write_multi(vals_list)
