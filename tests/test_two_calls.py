"""What a billing user could do in two calls. The first writes any field of any record, all taken
from the registry; the next ones post, settle or run the dialog. Then the ledger is checked.

All fields are tried with ``CUSTOMER_CREDIT_DEEP=1``, a part of them by each test otherwise.
"""

import logging
import os
from collections import Counter
from datetime import date, datetime
from functools import partial

from odoo.fields import Command

from .access_discovery import OWN_ADDONS
from .test_gates import GatesCommon

_logger = logging.getLogger(__name__)


IS_DEEP = bool(os.environ.get("CUSTOMER_CREDIT_DEEP"))
#: One field of so many, unless all are tried.
PART = 40
#: Nothing a client may write.
MAGIC = {"id", "create_uid", "create_date", "write_uid", "write_date", "__last_update"}


class TestTwoCalls(GatesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tries = Counter()
        cls.invoice = cls.document(1000.0)
        cls.credit = cls.document(-100.0)
        cls.settled = cls.document(-100.0)
        cls.partly = cls.document(300.0)
        cls.apply(cls.settled, cls.partly)
        cls.foreign_document = cls.document(500.0, partner_id=cls.neighbour.id)
        cls.note = cls.customer_document([cls.line(100.0)], move_type="out_refund", post=True)
        cls.draft = cls.document(-40.0, post=False)
        cls.approved = cls.document(-100.0, post=False)
        cls.approve(cls.approved, cls.roles["admin"])
        cls.outbound = cls.payment(-100.0)
        cls.inbound = cls.payment(100.0)
        cls.draft_payment = cls.outbound.copy()
        cls.bank_entry = cls.entry(100.0)
        (cls.bank_entry.line_ids - cls.receivable_items(cls.bank_entry)).account_id = (
            cls.bank_account
        )
        cls.moves = (
            cls.invoice
            + cls.credit
            + cls.settled
            + cls.note
            + cls.draft
            + cls.approved
            + cls.outbound.move_id
            + cls.bank_entry
        )
        cls.money_accounts = cls.bank_account + (
            cls.outbound + cls.inbound
        ).move_id.line_ids.account_id.filtered(lambda a: a.account_type != "asset_receivable")
        cls.before = cls._ask_the_ledger()

    # ------------------------------------------------------------------
    # The question
    # ------------------------------------------------------------------

    @classmethod
    def _ask_the_ledger(cls):
        """By the plainest queries: what is owed, by whom refunded, and what is settled beyond."""
        cls.env.flush_all()
        cls.cr.execute(
            """
            SELECT move.id, -SUM(LEAST(line.balance, 0))
              FROM account_move move
              JOIN account_move_line line ON line.move_id = move.id
              JOIN account_account account ON account.id = line.account_id
             WHERE move.state = 'posted' AND move.move_type IN ('out_invoice', 'out_receipt')
               AND account.account_type = 'asset_receivable'
               AND move.company_id = %s
          GROUP BY move.id
            """,
            [cls.company.id],
        )
        owed = dict(cls.cr.fetchall())
        cls.cr.execute(
            """
            SELECT line.id
              FROM account_move_line line
              JOIN account_partial_reconcile partial
                ON line.id IN (partial.debit_move_id, partial.credit_move_id)
             WHERE line.company_id = %s
          GROUP BY line.id
            HAVING SUM(partial.amount) > ABS(line.balance) + 0.005
            """,
            [cls.company.id],
        )
        beyond = {id_ for (id_,) in cls.cr.fetchall()}
        cls.cr.execute(
            """
            SELECT partial.id
              FROM account_partial_reconcile partial
              JOIN account_move_line debit ON debit.id = partial.debit_move_id
              JOIN account_move_line credit ON credit.id = partial.credit_move_id
              JOIN account_move document ON document.id = credit.move_id
              JOIN account_move_line money
                ON money.move_id = debit.move_id AND money.account_id IN %s AND money.balance < 0
             WHERE (document.move_type = 'out_invoice' OR document.id IN %s)
               AND credit.balance < 0
               AND debit.company_id = %s
            """,
            [
                tuple(cls.money_accounts.ids),
                (cls.credit + cls.settled + cls.draft + cls.approved)._ids,
                cls.company.id,
            ],
        )
        refunds = {id_ for (id_,) in cls.cr.fetchall()}
        return owed, beyond, refunds

    def assertLedgerHolds(self):
        owed, beyond, refunds = self._ask_the_ledger()
        before_owed, before_beyond, before_refunds = self.before
        for move_id, amount in owed.items():
            move = self.env["account.move"].browse(move_id)
            allowed = before_owed.get(move_id) or (100.0 if move == self.approved else 50.0)
            self.assertLessEqual(amount, allowed, f"{move.display_name} owes {amount}.")
        self.assertFalse(beyond - before_beyond, "More is settled than there is.")
        self.assertFalse(refunds - before_refunds, "The user has refunded.")

    # ------------------------------------------------------------------
    # The calls
    # ------------------------------------------------------------------

    def try_to(self, records, method, *args, **kwargs):
        """:return: whether it was allowed; what was refused leaves nothing"""
        self.tries["calls"] += 1
        try:
            with self.cr.savepoint():
                self.call("billing", records, method, *args, **kwargs)
        except Exception:  # noqa: BLE001 whatever it says, it was not done
            return False
        return True

    def then(self):
        """Make the second calls: post and settle everything that the user can post and settle."""
        # sudo: includes what the user has moved to another company.
        moves = (self.moves + self.draft_payment.move_id).sudo().exists()
        for move in (self.draft + self.approved).sudo().filtered(lambda m: m.state == "draft"):
            self.try_to(move, "action_post")
        if self.draft_payment.sudo().state == "draft":
            self.try_to(self.draft_payment, "action_post")
        items = self.receivable_items(*moves).sudo().filtered(lambda line: not line.reconciled)
        self.try_to(items.filtered(lambda line: line.partner_id == self.customer), "reconcile")
        for debit in items.filtered(lambda line: line.balance > 0):
            for credit in items.filtered(lambda line: line.balance < 0):
                if debit.move_id != credit.move_id:
                    self.try_to(debit + credit, "reconcile")

    def values_to_write(self, records, name, field):
        """Other values of this field than the one it has."""
        value = records[:1].sudo()[name]
        if field.type in ("float", "monetary", "integer"):
            return [5000, -5000, value * -1]
        if field.type == "boolean":
            return [not value]
        if field.type == "selection":
            keys = field.get_values(self.env)
            return [key for key in keys if key != value]
        if field.type in ("char", "text", "html"):
            return ["written by a clerk", False]
        if field.type == "date":
            return [date(2023, 7, 1), False]
        if field.type == "datetime":
            return [datetime(2023, 7, 1)]
        if field.type == "many2one":
            return [False, *self.other_records(field.comodel_name, value)]
        if field.type == "many2one_reference":
            return [False, self.invoice.id]
        if field.type in ("one2many", "many2many"):
            others = self.other_records(field.comodel_name, value)
            return [[Command.clear()], [Command.set(others)]]
        return []

    def other_records(self, model, value):
        named = {
            "account.move": self.credit + self.invoice + self.bank_entry,
            "account.move.line": self.receivable_items(self.foreign_document, self.credit),
            "account.payment": self.inbound + self.outbound,
            "account.account": self.bank_account + self.receivable,
            "res.partner": self.neighbour + self.customer,
            "res.company": self.foreign_company,
        }
        found = named.get(model)
        if found is None and self.env[model]._auto:
            found = self.env[model].search([], limit=2)
        return [record.id for record in found or () if record not in value][:2]

    def is_tried(self, number):
        """A few, others with each record; all of them if asked for."""
        return IS_DEEP or number % PART == 0

    def attack(self, records, then=None):
        """Each field of these records in turn, then the second calls, then the question."""
        for record in records.sudo():
            for number, name in enumerate(sorted(record._fields)):
                if name in MAGIC or not self.is_tried(number + record.id):
                    continue
                for value in self.values_to_write(record, name, record._fields[name]):
                    with self.subTest(record=record, field=name, value=value), self.rolled_back():
                        self.tries["values"] += 1
                        if self.try_to(record, "write", {name: value}):
                            self.tries["written"] += 1
                            (then or self.then)()
                            self.assertLedgerHolds()
        self.env.invalidate_all()

    # ------------------------------------------------------------------
    # The records
    # ------------------------------------------------------------------

    def tearDown(self):
        super().tearDown()
        _logger.info("%s: %s", self._testMethodName, dict(self.tries))
        self.tries.clear()

    def test_drafts(self):
        self.attack(self.draft + self.approved)

    def test_posted_documents(self):
        self.attack(self.invoice + self.credit + self.settled + self.note)

    def test_entries_of_money(self):
        self.attack(self.outbound.move_id + self.bank_entry)

    def test_items_of_drafts(self):
        self.attack((self.draft + self.approved).line_ids)

    def test_items_of_posted_documents(self):
        self.attack((self.invoice + self.credit + self.settled).line_ids)

    def test_items_of_money(self):
        self.attack((self.outbound.move_id + self.bank_entry).line_ids)

    def test_payments(self):
        self.attack(self.outbound + self.inbound + self.draft_payment)

    def test_reconciliations(self):
        self.attack(self.receivable_items(self.settled).matched_debit_ids)

    def test_our_records(self):
        """The records of the addon's own models, and one of each that the user may create."""
        for name in sorted(self.env.registry):
            model = self.env[name]
            if model._abstract or not model._auto or model._transient:
                continue
            if model._original_module in OWN_ADDONS:
                self.attack(model.search([], limit=2, order="id desc"))

    def test_what_the_user_creates(self):
        """A reconciliation of any two of these items, of any amount."""
        items = self.receivable_items(self.invoice, self.credit, self.draft, self.bank_entry)
        for debit in items:
            for credit in items - debit:
                for amount in (100.0, 500.0, -100.0, 0.0):
                    values = {
                        "debit_move_id": debit.id,
                        "credit_move_id": credit.id,
                        "amount": amount,
                        "debit_amount_currency": amount,
                        "credit_amount_currency": amount,
                    }
                    with self.subTest(values=values), self.rolled_back():
                        self.tries["values"] += 1
                        partials = self.env["account.partial.reconcile"]
                        if self.try_to(partials, "create", [values]):
                            self.tries["written"] += 1
                            self.assertLedgerHolds()

    def test_dialogs(self):
        """Each dialog the user can open, with each field of it and of its lines written first."""
        for document, opening in (
            (self.credit, "action_apply_credit"),
            (self.inbound, "action_apply_credit"),
            (self.invoice, "action_adjust"),
            (self.settled.receivable_application_ids.application_id, "action_open_unapply"),
            (self.outbound.move_id, "action_apply_credit"),
        ):
            action = self.call("billing", document, opening)
            dialogs = self.env[action["res_model"]]
            opened = action.get("res_id") or self.call(
                "billing", dialogs, "create", [{}], context=action["context"]
            )
            dialog = dialogs.browse(opened)
            buttons = [name for name in dir(type(dialog)) if name.startswith("action_")]
            lines = [
                dialog[name]
                for name, field in dialog._fields.items()
                if field.type == "one2many"
            ]
            for records in (dialog, *lines):
                self.attack(records[:2], then=partial(self.press, dialog, buttons))

    def press(self, dialog, buttons):
        for button in buttons:
            self.try_to(dialog, button)
