"""Two people at once, on two real connections: one succeeds, the other gets a clear message."""

import uuid
from contextlib import ExitStack

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.service.model import retrying
from odoo.tests import tagged

from .common_concurrency import ConcurrencyCommon

ROUNDS = 20


@tagged("post_install", "-at_install")
class TestConcurrency(ConcurrencyCommon):
    def new_account(self):
        """A customer that owes 1,000.00 twice and has a credit of 250.00."""
        with self.cursor() as cr:
            env = self.environment(cr)
            customer = env["res.partner"].create({"name": f"Concurrent {uuid.uuid4()}"})
            documents = env["account.move"].create(
                [
                    {
                        "move_type": "out_invoice",
                        "partner_id": customer.id,
                        "invoice_date": "2023-06-01",
                        "invoice_line_ids": [
                            Command.create({"name": "Line", "price_unit": amount, "tax_ids": []})
                        ],
                    }
                    for amount in (1000.0, 1000.0, -250.0)
                ]
            )
            documents.action_post()
            self.customers.append(customer.id)
            return documents.ids

    # === What two people may do ===

    def apply(self, env, invoice_id, credit_id):
        moves = env["account.move"].browse([invoice_id, credit_id])
        items = moves._get_open_receivable_items()
        items._apply_receivables(dict.fromkeys(items, 250.0))

    def refund(self, env, credit_id):
        action = env["account.move"].browse(credit_id).action_refund_credit()
        env[action["res_model"]].browse(action["res_id"]).action_refund()

    def reset(self, env, credit_id):
        env["account.move"].browse(credit_id).button_draft()

    def adjust(self, env, invoice_id):
        env["account.invoice.adjust"].create({"invoice_id": invoice_id}).action_create_draft()

    def check_one_success(self, outcomes, credit_id, used):
        refusals = [outcome for outcome in outcomes if outcome]
        self.assertEqual(len(refusals), 1, f"One succeeds, one is refused: {outcomes}")
        self.assertRegex(
            refusals[0],
            "Another user is applying|No open balance|is open on|has just been used|"
            "is settled with|not posted|must total the same",
        )
        with self.cursor() as cr:
            env = self.environment(cr)
            credit = env["account.move"].browse(credit_id)
            rows = env["account.receivable.application"].search(
                [("credit_move_id", "=", credit_id)]
            )
            self.assertEqual(sum(rows.mapped("amount")), used if credit.state == "posted" else 0)
            if credit.state == "posted":
                self.assertEqual(credit.credit_remaining, 250.0 - used)
            items = credit.line_ids.search(
                [
                    ("partner_id", "=", credit.partner_id.id),
                    ("account_type", "=", "asset_receivable"),
                    ("parent_state", "=", "posted"),
                ]
            )
            self.assertEqual(
                sum(items.mapped("amount_residual")), sum(items.mapped("balance")), "It ties out."
            )

    def test_apply_and_apply(self):
        """One credit of 250.00 on two invoices at the same moment."""
        for _round in range(ROUNDS):
            first, second, credit = self.new_account()
            outcomes = self.race(
                lambda env, ids=(first, credit): self.apply(env, *ids),
                lambda env, ids=(second, credit): self.apply(env, *ids),
            )
            self.check_one_success(outcomes, credit, 250.0)

    def test_apply_and_refund(self):
        for _round in range(ROUNDS):
            first, _second, credit = self.new_account()
            outcomes = self.race(
                lambda env, ids=(first, credit): self.apply(env, *ids),
                lambda env, credit=credit: self.refund(env, credit),
            )
            self.check_one_success(outcomes, credit, 250.0)

    def test_apply_and_reset_to_draft(self):
        for _round in range(ROUNDS):
            first, _second, credit = self.new_account()
            outcomes = self.race(
                lambda env, ids=(first, credit): self.apply(env, *ids),
                lambda env, credit=credit: self.reset(env, credit),
            )
            self.check_one_success(outcomes, credit, 250.0)

    def test_who_comes_while_the_other_is_at_it(self):
        """The first has not finished: the second gets a message at once, without waiting."""
        first, second, credit = self.new_account()
        with self.cursor() as early, self.cursor() as late:
            self.apply(self.environment(early), first, credit)
            with self.assertRaisesRegex(UserError, "Another user is applying"):
                self.apply(self.environment(late), second, credit)
            late.rollback()
            early.commit()
            with self.assertRaisesRegex(UserError, "must total the same"):
                self.apply(self.environment(late), second, credit)
            late.rollback()

    def test_an_invoice_is_posted_whoever_is_at_the_credit(self):
        """Somebody is writing why the credit must wait: an invoice is posted meanwhile, without
        the credit that it would take by itself."""
        *_invoices, credit_id = self.new_account()
        with self.cursor() as early, self.cursor() as late:
            held = self.environment(early)["account.move"].browse(credit_id)
            held.credit_hold_note = "Not for this year's invoices"
            held.flush_recordset()
            moves = self.environment(late)["account.move"]
            customer = moves.browse(credit_id).partner_id
            customer.customer_credit_auto_apply = "oldest"
            invoice = moves.create(
                {
                    "move_type": "out_invoice",
                    "partner_id": customer.id,
                    "invoice_date": "2023-06-01",
                    "invoice_line_ids": [
                        Command.create({"name": "Line", "price_unit": 100.0, "tax_ids": []})
                    ],
                }
            )
            invoice.action_post()
            self.assertEqual((invoice.state, invoice.amount_residual), ("posted", 100.0))
            late.rollback()
            early.rollback()

    def test_an_edit_while_the_draft_is_approved(self):
        """The issuer's request has begun when another user's edit is committed, so Odoo retries
        it, on a draft that the issuer has not seen."""
        with self.cursor() as cr:
            env = self.environment(cr)
            customer = env["res.partner"].create({"name": f"Concurrent {uuid.uuid4()}"})
            self.customers.append(customer.id)
            draft = self.documents(env, customer.id, -100.0)
            draft_id, version = draft.id, draft.credit_approval_version
        edits = []
        with self.cursor() as cr:
            env = self.environment(cr)

            def request():
                cr.execute("SELECT 1")
                if not edits:
                    with self.cursor() as other:
                        draft = self.environment(other)["account.move"].browse(draft_id)
                        draft.invoice_line_ids.price_unit = -5000.0
                        edits.append(draft.amount_total)
                env["account.move"].browse(draft_id).action_approve_credit(version)

            with self.assertRaisesRegex(UserError, "was changed since you opened it"):
                retrying(request, env)
        self.assertEqual(edits, [-5000.0])
        with self.cursor() as cr:
            draft = self.environment(cr)["account.move"].browse(draft_id)
            self.assertFalse(draft.credit_approver_id)

    def new_credits(self, *amounts):
        """A customer with these open credits, the oldest first, which invoices take themselves."""
        with self.cursor() as cr:
            env = self.environment(cr)
            customer = env["res.partner"].create(
                {"name": f"Concurrent {uuid.uuid4()}", "customer_credit_auto_apply": "oldest"}
            )
            self.customers.append(customer.id)
            credits = self.documents(env, customer.id, *(-amount for amount in amounts))
            credits.action_post()
            return customer.id, credits.ids

    def documents(self, env, customer_id, *amounts):
        return env["account.move"].create(
            [
                {
                    "move_type": "out_invoice",
                    "partner_id": customer_id,
                    "invoice_date": "2023-06-01",
                    "invoice_line_ids": [
                        Command.create({"name": "Line", "price_unit": amount, "tax_ids": []})
                    ],
                }
                for amount in amounts
            ]
        )

    def post_at_once(self, customer_id, *amounts):
        """An invoice of each amount, posted while none of the others is committed; numbered by
        hand, so that nobody waits for another's number.

        :return: what each still owes
        """
        with ExitStack() as stack:
            owed = []
            for letter, amount in zip("ABCDE", amounts, strict=False):
                env = self.environment(stack.enter_context(self.cursor()))
                env.cr.execute("SET LOCAL lock_timeout = '30s'")  # rather than wait for ever
                invoice = self.documents(env, customer_id, amount)
                invoice.name = f"AT-ONCE-{letter}1"
                invoice.action_post()
                owed.append(invoice.amount_residual)
            return owed

    def test_two_invoices_posted_at_once_find_enough_credits(self):
        customer_id, credit_ids = self.new_credits(*[50.0] * 10)
        self.assertEqual(self.post_at_once(customer_id, 250.0, 250.0), [0.0, 0.0])
        with self.cursor() as cr:
            credits = self.environment(cr)["account.move"].browse(credit_ids)
            self.assertEqual(set(credits.mapped("credit_remaining")), {0.0})

    def test_an_invoice_locks_no_more_credits_than_it_takes(self):
        """Whatever the sizes: the oldest that are free, and the rest of a last one."""
        customer_id, _credits = self.new_credits(30.0, 50.0, 40.0, 20.0, 100.0, 90.0)
        self.assertEqual(
            self.post_at_once(customer_id, 100.0, 20.0, 100.0, 100.0), [0.0, 0.0, 0.0, 10.0]
        )

    def test_one_of_many_is_enough(self):
        """Where others have the oldest credits, the first free one is found at once."""
        customer_id, _credits = self.new_credits(*[10.0] * 12, 25.0)
        self.assertEqual(self.post_at_once(customer_id, 110.0, 5.0, 30.0), [0.0, 0.0, 5.0])

    def test_adjust_and_adjust(self):
        """Two clerks take back the same invoice at the same moment: drafts, which settle nothing,
        so that nothing but the check itself can keep them apart."""
        for _round in range(ROUNDS):
            invoice, _other, _credit = self.new_account()
            outcomes = self.race(*[lambda env, id_=invoice: self.adjust(env, id_)] * 2)
            refusals = [outcome for outcome in outcomes if outcome]
            self.assertEqual(len(refusals), 1, f"One succeeds, one is refused: {outcomes}")
            self.assertIn("Nothing is left", refusals[0])
            with self.cursor() as cr:
                adjustments = self.environment(cr)["account.move"].search(
                    [("reversed_entry_id", "=", invoice)]
                )
                self.assertEqual(adjustments.mapped("amount_total"), [-1000.0])
