"""The life of credits, at random: whatever happens, every figure ties out after every step.

`make test` plays a few short lives, `make test-deep` 200 of 20 steps each.
"""

import os
import sys
from collections import Counter

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.tools import SQL

from odoo.addons.account_receivable.tests.common_customer import TODAY

from .common_customer import CustomerAccountCommon

#: How many parts. In each a transaction of its own: rows of lives that were taken back make the
#: next slower.
DEEP = int(os.environ.get("CUSTOMER_CREDIT_DEEP", 0))
PARTS, LIVES, STEPS = (DEEP, 10, 20) if DEEP else (1, 12, 20)
#: What happened in each part, by now.
HAPPENED = []

amounts = st.integers(1, 50_000).map(lambda cents: cents / 100)
parts = st.sampled_from((1.0, 1.0, 0.5, 1 / 3, 0.01))
days = st.sampled_from(("2023-05-02", "2023-06-01", "2023-06-15", "2023-07-10"))
#: Before everything, on and between the days on which something happens, and today.
AGING_DAYS = ("2023-05-01", "2023-05-15", "2023-06-01", "2023-06-20", "2023-07-09", "2023-07-15")
picks = st.integers(0, 1_000_000)


class CreditLife(RuleBasedStateMachine):
    """One customer's account, in three currencies, in the hands of everybody."""

    story = None  # the test case, with its factories

    def __init__(self):
        super().__init__()
        self.savepoint = self.story.env.cr.savepoint(flush=True)
        self.env = self.story.env
        self.past = {}
        #: From this day on the last step may change what was; by itself, today.
        self.may_change_from = str(TODAY)

    def teardown(self):
        self.savepoint.close(rollback=True)
        self.env.invalidate_all()

    # === What is there ===

    def documents(self, domain):
        return self.env["account.move"].search(
            [("commercial_partner_id", "=", self.story.customer.id), *domain], order="id"
        )

    def open_items(self, sign, currency=None):
        items = self.story.items.search(
            [
                ("commercial_partner_id", "=", self.story.customer.id),
                ("account_id", "=", self.story.receivable.id),
                ("parent_state", "=", "posted"),
                ("reconciled", "=", False),
                *([("currency_id", "=", currency.id)] if currency else []),
            ],
            order="id",
        )
        return items.filtered(lambda line: line.amount_residual_currency * sign > 0)

    def one_of(self, records, pick):
        return records[pick % len(records)] if records else records

    def attempt(self, what, function, day=None):
        """Do it, or be refused: then nothing may have changed.

        :param day: the earliest day that this may change: of a document dated back, of money
        """
        self.may_change_from = str(day or TODAY)
        try:
            with self.env.cr.savepoint():
                function()
        except UserError as refusal:
            self.env.invalidate_all()
            assert str(refusal).strip(), "A refusal says why."
            self.story.happened[f"{what}: refused"] += 1
        else:
            self.story.happened[what] += 1

    def day_of_money(self, *items):
        """Money settles on the day it moved, whenever somebody matches it."""
        items = self.story.items.union(*items)
        if items.payment_id or items.statement_line_id:
            return max(items.mapped("date"))
        return None

    def earliest_day_of_money(self, dialog):
        """The earliest on which something of a payment may settle by a dialog without a day."""
        used = (dialog.credit_line_ids + dialog.invoice_line_ids).filtered("amount")
        if not (used.item_id.payment_id or used.item_id.statement_line_id):
            return None
        sides = used.item_id.grouped(lambda item: item.balance < 0).values()
        return max(min(side.mapped("date")) for side in sides)

    # === What may happen ===

    @initialize(day=days, amount=amounts, credit=amounts)
    def there_is_something_to_begin_with(self, day, amount, credit):
        self.story.document(amount, invoice_date=day)
        self.story.document(-credit, invoice_date=day)

    @rule(amount=amounts, day=days, pick=picks, kind=st.sampled_from(("invoice", "credit")))
    def a_document(self, amount, day, pick, kind):
        currency = self.one_of(self.story.currencies, pick)
        values = {"invoice_date": day, "currency_id": currency.id}
        if kind == "credit":
            amount = -amount
        self.attempt("document", lambda: self.story.document(amount, **values), day)

    @rule(amount=amounts, day=days, pick=picks)
    def cores_credit_note(self, amount, day, pick):
        currency = self.one_of(self.story.currencies, pick)
        values = {"move_type": "out_refund", "invoice_date": day, "currency_id": currency.id}
        self.attempt("credit note", lambda: self.story.document(amount, **values), day)

    @rule(amount=amounts, day=days, pick=picks)
    def a_payment_nobody_applies(self, amount, day, pick):
        currency = self.one_of(self.story.currencies, pick)
        values = {"date": day, "currency_id": currency.id}
        self.attempt("loose payment", lambda: self.story.payment(amount, **values), day)

    @rule(pick=picks, part=st.sampled_from((1.0, 0.4, 1.25)), day=days)
    def register_payment(self, pick, part, day):
        """In full, in part, or too much: then the excess is kept as a credit."""
        item = self.one_of(self.open_items(+1).filtered("move_id.invoice_date"), pick)
        if not item or item.move_id.move_type != "out_invoice":
            return
        amount = item.currency_id.round(item.amount_residual_currency * part)
        values = {"amount": amount, "payment_date": day}
        what = "payment"
        if part > 1:
            values["payment_difference_handling"] = "credit"
            what = "overpayment"
        register = self.env["account.payment.register"].with_context(
            active_model="account.move.line", active_ids=item.ids
        )
        self.attempt(what, lambda: register.create(values)._create_payments(), day)

    @rule(pick=picks, other=picks, part=parts)
    def apply_an_amount(self, pick, other, part):
        credit = self.one_of(self.open_items(-1), pick)
        invoice = self.one_of(self.open_items(+1, credit.currency_id), other)
        if not credit or not invoice:
            return
        most = min(-credit.amount_residual_currency, invoice.amount_residual_currency)
        amount = credit.currency_id.round(most * part) or most
        self.attempt(
            "application",
            lambda: (credit + invoice)._apply_receivables({credit: amount, invoice: amount}),
            self.day_of_money(credit, invoice),
        )

    @rule(pick=picks)
    def apply_by_the_dialog(self, pick):
        item = self.one_of(self.open_items(-1) + self.open_items(+1), pick)
        if not item:
            return

        def apply():
            action = item.move_id.action_apply_credit()
            dialog = self.env[action["res_model"]].browse(action["res_id"])
            self.may_change_from = str(self.earliest_day_of_money(dialog) or TODAY)
            dialog.action_apply()

        self.attempt("dialog", apply)

    @rule(pick=picks, other=picks)
    def cores_list_of_outstanding_items(self, pick, other):
        """Between any two currencies."""
        credit = self.one_of(self.open_items(-1), pick)
        invoice = self.one_of(self.open_items(+1), other)
        if credit and invoice and invoice.move_id.is_invoice():
            self.attempt(
                "list",
                lambda: invoice.move_id.js_assign_outstanding_line(credit.id),
                self.day_of_money(credit, invoice),
            )

    @rule(pick=picks)
    def unapply(self, pick):
        rows = self.env["account.receivable.application"].search(
            [("partner_id", "=", self.story.customer.id), ("partial_id", "!=", False)], order="id"
        )
        row = self.one_of(rows, pick)
        if row:
            self.attempt("unapplication", lambda: row._unapply(self.story.today, "At random"))

    @rule(pick=picks, part=parts)
    def refund(self, pick, part):
        credit = self.one_of(self.open_items(-1), pick)
        if not credit:
            return

        def refund():
            action = credit.move_id.action_refund_credit()
            dialog = self.env[action["res_model"]].browse(action["res_id"])
            for line in dialog.line_ids:
                line.amount = line.currency_id.round(line.residual * part) or line.residual
            dialog.action_refund()

        self.attempt("refund", refund)

    @rule(pick=picks)
    def keep_as_credit(self, pick):
        item = self.one_of(self.open_items(-1).filtered("move_id.origin_payment_id"), pick)
        if item:
            self.attempt("kept", item.move_id.action_keep_as_credit, item.date)

    @rule(pick=picks, post=st.booleans())
    def reset_a_document(self, pick, post):
        """To draft, and perhaps posted again. Core lets an invoice go with its payments matched;
        that is not tried here."""
        documents = self.documents([("state", "=", "posted"), ("move_type", "!=", "entry")])
        document = self.one_of(documents, pick)
        settled = document and document._get_settled_counterparts()
        if not document or (settled and not document.is_customer_credit):
            return

        def reset():
            document.button_draft()
            if post:
                document.action_post()

        self.attempt("reset", reset, document.date)

    @rule(pick=picks, how=st.sampled_from(("cancel", "again")))
    def take_a_payment_back(self, pick, how):
        payments = self.env["account.payment"].search(
            [("partner_id", "=", self.story.customer.id), ("state", "in", ("in_process", "paid"))],
            order="id",
        )
        payment = self.one_of(payments, pick)
        if not payment:
            return

        def take_back():
            if how == "cancel":
                payment.action_cancel()
            else:
                payment.action_draft()
                payment.action_post()

        self.attempt("taken back", take_back, payment.date)

    @rule(lock=st.sampled_from(("2023-05-31", "2023-06-14")))
    def a_month_is_closed(self, lock):
        company = self.env.company
        if str(company.fiscalyear_lock_date or "") < lock:
            self.attempt("closed", lambda: company.write({"fiscalyear_lock_date": lock}))

    # === What must hold ===

    @invariant()
    def everything_ties_out(self):
        self.story.assertTiesOut()

    @invariant()
    def the_aging_is_the_ledger_at_any_date(self):
        for day in AGING_DAYS:
            self.story.assertAgesAsLedger(day)

    @invariant()
    def the_tie_out_finds_nothing_to_correct_and_the_past_is_what_it_was(self):
        """Each day's aging and tie-out, item by item: nothing changes them but what is dated back
        into an open day."""
        lock = self.env.company.fiscalyear_lock_date
        for day in AGING_DAYS:
            rows, errors = self.story.assertExplained(day)
            assert not errors
            now = self.story.figures_of(day, rows)
            if day in self.past and (day < self.may_change_from or day <= str(lock or "")):
                self.story.assertEqual(now, self.past[day], f"{day} changed")
            self.past[day] = now

    @invariant()
    def nothing_is_used_beyond_what_it_is(self):
        for row in self.documents([("is_customer_credit", "=", True)]):
            assert row.credit_remaining >= 0.0
            assert row.currency_id.compare_amounts(row.credit_remaining, -row.amount_total) <= 0

    @precondition(lambda self: self.story.env.company.customer_credit_overpayment_account_id)
    @invariant()
    def the_overpayment_account_is_empty(self):
        account = self.env.company.customer_credit_overpayment_account_id
        items = self.story.items.search(
            [("account_id", "=", account.id), ("parent_state", "=", "posted")]
        )
        assert self.env.company.currency_id.is_zero(sum(items.mapped("balance")))


class TestCreditLife(CustomerAccountCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.env.cr.now().date().replace(year=2023, month=7, day=15)
        cls.currencies = cls.env.company.currency_id
        for name, rates in (
            ("EUR", [("2023-01-01", 0.5), ("2023-06-10", 0.4), ("2023-07-01", 0.625)]),
            ("GBP", [("2023-01-01", 0.37), ("2023-06-10", 0.3)]),
        ):
            cls.currencies += cls.setup_other_currency(name, rates=rates)
        # Exchange differences are numbered by month: then core dates them back into the
        # documents' month, and not today.
        cls.env["account.move"].create(
            {
                "name": "EXCH/2023/04/0001",
                "journal_id": cls.env.company.currency_exchange_journal_id.id,
                "date": "2023-04-30",
                "line_ids": [
                    Command.create({"account_id": cls.revenue.id, "balance": 1.0}),
                    Command.create({"account_id": cls.revenue.id, "balance": -1.0}),
                ],
            }
        ).action_post()

    def figures_of(self, day, tie_out):
        """What was open of each item at the end of a day, and what the rows of the tie-out say."""
        self.env.flush_all()
        items = self.env["account.move.line"]._get_open_items_sql(
            day, Domain("commercial_partner_id", "=", self.customer.id)
        )
        rows = self.env.execute_query(
            SQL("SELECT id, residual, residual_currency FROM (%s) AS item", items)
        )
        return (
            {item: (round(amount, 4), round(other, 4)) for item, amount, other in rows},
            sorted(
                (row.account_id.id, row.currency_id.id)
                + tuple(round(row[name], 4) for name in ("documents", "ledger", "aging"))
                for row in tie_out
            ),
        )

    def test_everything_ties_out_whatever_happens(self):
        self.happened = Counter()
        machine = type("CreditLife", (CreditLife,), {"story": self})
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=LIVES,
                stateful_step_count=STEPS,
                deadline=None,
                database=None,
                derandomize=not DEEP,
                # A deep life that fails is reported at once: looking for a shorter one takes hours
                # without any sign that something has failed.
                phases=[Phase.generate] if DEEP else list(Phase),
                suppress_health_check=list(HealthCheck),
                print_blob=True,
            ),
        )
        HAPPENED.append(self.happened)
        if len(HAPPENED) == PARTS:
            self.assertMuchHappened(sum(HAPPENED, Counter()))

    def assertMuchHappened(self, happened):
        """A life in which nothing happens proves nothing."""
        for what in ("application", "dialog", "list", "payment", "unapplication", "refund"):
            self.assertGreater(happened[what], 0, f"{what}: {happened}")
        if DEEP:
            for what in ("overpayment", "kept", "reset", "taken back"):
                self.assertGreater(happened[what], 0, f"{what}: {happened}")
            summary = ", ".join(f"{what} {n}" for what, n in sorted(happened.items()))
            sys.stdout.write(f"\n{PARTS * LIVES} lives of {STEPS} steps: {summary}\n")


def _more_parts():
    for number in range(2, PARTS + 1):
        name = f"TestCreditLife{number}"
        globals()[name] = type(TestCreditLife)(name, (TestCreditLife,), {"__module__": __name__})


_more_parts()
