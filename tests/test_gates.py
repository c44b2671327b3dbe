"""Whatever a billing user calls: no credit above the limit gets into the ledger, nothing settles
more than it has or what it may not, and no money is refunded without the right."""

from odoo.exceptions import UserError
from odoo.fields import Command

from .common_roles import RolesCommon


class GatesCommon(RolesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.customer_credit_limit = 50.0
        cls.roles["refunder"] = cls.role(
            "role_refunder", "account_customer_credit.group_customer_credit_refunder"
        )
        cls.bank_account = cls.company_data["default_journal_bank"].default_account_id

    def attempt(self, role, records, method, *args, **kwargs):
        """The refusal, as a client gets it: nothing of the call stays. None if it is allowed."""
        try:
            with self.cr.savepoint():
                self.call(role, records, method, *args, **kwargs)
        except UserError as error:
            return error

    def assertRefused(self, role, records, method, *args, says=".", **kwargs):
        error = self.attempt(role, records, method, *args, **kwargs)
        self.assertTrue(error, "This was not refused.")
        self.assertRegex(str(error), says)

    def owed(self, move):
        """What the ledger says that we owe by this document."""
        self.env.flush_all()
        self.env.invalidate_all()
        return move._get_owed_amount() if move.state == "posted" else 0.0

    def product_items(self, move):
        return move.line_ids.filtered(lambda line: line.display_type == "product")


class TestLedgerGate(GatesCommon):
    def test_no_line_makes_an_invoice_a_credit(self):
        """10.00 that the customer owes do not become 5,000.00 that we owe."""
        for values in (
            {"balance": 5000.0},
            {"amount_currency": 5000.0, "balance": 5000.0},
            {"debit": 5000.0},
            {"credit": -5000.0},
            {"price_unit": -5000.0},
            {"quantity": -500.0},
        ):
            invoice = self.document(10.0)
            line = self.product_items(invoice)
            command = [Command.update(line.id, values)]
            for records, sent in (
                (line, values),
                (invoice, {"line_ids": command}),
                (invoice, {"invoice_line_ids": command}),
            ):
                with self.subTest(records=records._name, sent=sent):
                    error = self.attempt("billing", records, "write", sent)
                    self.assertRegex(str(error), "above the limit|readonly|None")
                    self.assertEqual(self.owed(invoice), 0.0)

    def test_no_line_makes_a_credit_larger(self):
        credit = self.document(-100.0)
        self.assertRefused(
            "billing",
            self.product_items(credit),
            "write",
            {"balance": 5000.0},
            says="above the limit of .*50.00",
        )
        self.assertEqual(self.owed(credit), 100.0)
        self.call("billing", self.product_items(credit), "write", {"balance": 80.0})
        self.assertEqual(self.owed(credit), 80.0)

    def test_no_line_gives_a_credit_to_somebody_else(self):
        credit = self.document(-100.0)
        self.assertRefused(
            "billing",
            self.receivable_items(credit),
            "write",
            {"partner_id": self.neighbour.id},
            says="above the limit",
        )
        self.call("admin", self.receivable_items(credit), "write", {"partner_id": self.contact.id})
        self.assertEqual(credit.credit_issuer_id, self.env.user)
        self.call(
            "admin", self.receivable_items(credit), "write", {"partner_id": self.neighbour.id}
        )
        self.assertEqual(credit.credit_issuer_id, self.roles["admin"])

    def test_code_that_runs_as_the_superuser_asks_the_user(self):
        invoice = self.document(10.0)
        line = self.product_items(invoice).with_user(self.roles["billing"]).sudo()
        with self.assertRaises(UserError):
            line.write({"balance": 5000.0})
            self.env.flush_all()
        self.assertEqual(self.owed(invoice), 0.0)

    def test_an_issuer_who_makes_a_credit_larger_has_issued_it(self):
        """So that somebody else refunds it, where the company wants that."""
        self.company.customer_credit_refund_by_other = True
        credit = self.document(-100.0)
        self.assertEqual(credit.credit_issuer_id, self.env.user)
        self.call("admin", self.product_items(credit), "write", {"balance": 5000.0})
        self.assertEqual(self.owed(credit), 5000.0)
        self.assertEqual(credit.credit_issuer_id, self.roles["admin"])
        self.assertRefused("admin", credit, "action_refund_credit", says="wants somebody else")

    def test_no_state_comes_from_defaults(self):
        """Neither a context's nor a saved one: what is copied or entered is a draft."""
        credit = self.document(-100.0)
        context = {"default_state": "posted"}
        copy = self.env["account.move"].browse(
            self.call("billing", credit, "copy", {"name": "/"}, context=context)
        )
        values = {
            "move_type": "out_invoice",
            "partner_id": self.customer.id,
            "invoice_date": "2023-06-01",
            "invoice_line_ids": [self.line(-100.0)],
        }
        created = self.call(
            "billing", self.env["account.move"], "create", [values], context=context
        )
        self.env["ir.default"].set("account.move", "state", "posted")
        saved = self.call("billing", self.env["account.move"], "create", [values])
        for move in copy + copy.browse([*created, *saved]):
            self.assertEqual(move.state, "draft")
            self.assertEqual(self.owed(move), 0.0)

    def test_a_bare_state_is_asked_about(self):
        draft = self.document(-100.0, post=False)
        self.assertRefused("billing", draft, "write", {"state": "posted"}, says="above the limit")
        self.assertEqual(draft.state, "draft")

    def test_no_type_makes_a_credit_of_what_is_posted(self):
        """Core's credit note is not bound by the limit; a customer credit is."""
        note = self.customer_document([self.line(100.0)], move_type="out_refund", post=True)
        self.assertRefused("billing", note, "write", {"move_type": "out_invoice"})
        self.assertFalse(note.is_customer_credit)
        self.assertEqual(note.move_type, "out_refund")

    def test_no_instalment_owes_more_than_the_limit(self):
        """A draft of 10.00 whose instalments are 5,010.00 and -5,000.00."""
        draft = self.document(10.0, post=False)
        draft.invoice_payment_term_id = self.fixed_amount_term()
        draft.line_ids.filtered(lambda line: line.display_type == "payment_term")
        self.assertEqual(len(self.receivable_items(draft)), 2)
        first, last = self.receivable_items(draft).sorted("balance", reverse=True)
        self.call(
            "billing",
            draft,
            "write",
            {
                "line_ids": [
                    Command.update(first.id, {"balance": 5010.0}),
                    Command.update(last.id, {"balance": -5000.0}),
                ]
            },
            context={"skip_invoice_sync": True},
        )
        self.assertEqual(sorted(self.receivable_items(draft).mapped("balance")), [-5000, 5010])
        self.assertRefused("billing", draft, "action_post", says="above the limit")


class TestReconciliationGate(GatesCommon):
    def partial(self, role, debit, credit, amount, **values):
        """A reconciliation that a client makes of two documents' items."""
        debit, credit = self.receivable_items(debit), self.receivable_items(credit)
        amounts = dict.fromkeys(
            ("amount", "debit_amount_currency", "credit_amount_currency"), amount
        )
        return self.call(
            role,
            self.env["account.partial.reconcile"],
            "create",
            [{"debit_move_id": debit.id, "credit_move_id": credit.id, **amounts, **values}],
        )

    def assertNotSettled(self, *moves):
        self.env.flush_all()
        self.env.invalidate_all()
        items = self.receivable_items(*moves)
        self.assertFalse(items.matched_debit_ids + items.matched_credit_ids)

    def assertPartialRefused(self, debit, credit, amount, says):
        with self.assertRaises(UserError) as refused:
            self.partial("billing", debit, credit, amount)
        self.assertRegex(str(refused.exception), says)
        self.assertNotSettled(debit, credit)

    def entry_against(self, account):
        """A posted miscellaneous entry: 100.00 at the customer's charge, against this account."""
        entry = self.entry(100.0)
        (entry.line_ids - self.receivable_items(entry)).account_id = account
        return entry

    def test_no_draft_settles(self):
        draft = self.document(-100.0, post=False)
        self.assertPartialRefused(self.document(100.0), draft, 100.0, "is not posted")

    def test_no_draft_is_settled(self):
        draft = self.document(100.0, post=False)
        self.assertPartialRefused(draft, self.document(-100.0), 100.0, "is not posted")

    def test_nothing_settles_more_than_it_has(self):
        credit, invoice = self.document(-100.0), self.document(500.0)
        self.assertPartialRefused(invoice, credit, 500.0, r"More of .* than it has, .*100")
        self.partial("billing", invoice, credit, 60.0)
        with self.assertRaises(UserError):
            self.partial("billing", invoice, credit, 60.0)
        self.assertEqual(credit.credit_remaining, 40.0)

    def test_nor_in_its_own_currency(self):
        credit, invoice = self.document(-100.0), self.document(500.0)
        with self.assertRaises(UserError):
            self.partial("billing", invoice, credit, 50.0, credit_amount_currency=500.0)
        with self.assertRaises(UserError):
            self.partial("billing", invoice, credit, -50.0)
        self.assertNotSettled(credit, invoice)

    def test_nor_by_a_sum_of_rows(self):
        credit, invoice = self.document(-100.0), self.document(500.0)
        items = {
            "debit_move_id": self.receivable_items(invoice).id,
            "credit_move_id": self.receivable_items(credit).id,
        }
        amounts = dict.fromkeys(
            ("amount", "debit_amount_currency", "credit_amount_currency"), 60.0
        )
        self.assertRefused(
            "billing",
            self.env["account.partial.reconcile"],
            "create",
            [{**items, **amounts}, {**items, **amounts}],
            says="than it has",
        )
        self.assertNotSettled(credit, invoice)

    def test_a_credit_pays_its_own_customers_invoices(self):
        credit = self.document(-100.0)
        other = self.document(100.0, partner_id=self.neighbour.id)
        self.assertPartialRefused(other, credit, 100.0, "of the same customer")

    def test_items_of_one_account_settle_each_other(self):
        credit, invoice = self.document(-100.0), self.document(100.0, post=False)
        account = self.company_data["default_account_receivable"].copy({"name": "Doubtful"})
        self.receivable_items(invoice).account_id = account
        invoice.action_post()
        self.assertPartialRefused(invoice, credit, 100.0, "on")

    def test_defaults_are_looked_at_too(self):
        draft, invoice = self.document(-100.0, post=False), self.document(100.0)
        values = {
            "debit_move_id": self.receivable_items(invoice).id,
            "credit_move_id": self.receivable_items(draft).id,
            "amount": 100.0,
            "debit_amount_currency": 100.0,
            "credit_amount_currency": 100.0,
        }
        partials = self.env["account.partial.reconcile"]
        context = {f"default_{name}": value for name, value in values.items()}
        self.assertRefused("billing", partials, "create", [{}], context=context)
        for value in (str(self.receivable_items(draft).id), self.receivable_items(draft).id + 0.4):
            with self.assertRaises(Exception), self.cr.savepoint():  # noqa: B017 the database's
                self.call("billing", partials, "create", [{**values, "credit_move_id": value}])
        self.assertNotSettled(draft, invoice)

    def test_what_is_settled_is_not_rewritten(self):
        credit, invoice = self.document(-100.0), self.document(500.0)
        self.apply(credit, invoice)
        partial = self.receivable_items(credit).matched_debit_ids
        other = self.receivable_items(self.document(500.0, partner_id=self.neighbour.id))
        for values in (
            {"amount": 500.0},
            {"credit_amount_currency": 500.0},
            {"debit_move_id": other.id},
        ):
            self.assertRefused("billing", partial, "write", values, says="cannot be changed")
        self.assertEqual((partial.amount, invoice.amount_residual), (100.0, 400.0))

    def test_nor_are_the_items_behind_it(self):
        """Core undoes a reconciliation whose item changes, where the item names one."""
        credit, invoice = self.document(-100.0), self.document(500.0)
        self.apply(credit, invoice)
        self.cr.execute(
            "UPDATE account_move_line SET matching_number = NULL WHERE move_id = %s", [credit.id]
        )
        self.assertRefused(
            "billing", self.product_items(credit), "write", {"balance": 10.0}, says="than it has"
        )
        self.assertEqual(self.owed(credit), 100.0)

    # === Money that leaves ===

    def assertNoRefund(self, credit, *calls):
        """The clerk may not do what these calls do, or one of them is refused."""
        refused = False
        for records, method, *args in calls:
            error = self.attempt("billing", records, method, *args)
            if error:
                refused = True
                self.assertRegex(str(error), "may not refund")
        self.assertTrue(refused)
        self.env.invalidate_all()
        self.assertEqual(credit.credit_remaining, 100.0)
        self.assertNotSettled(credit)

    def test_a_payment_that_is_turned_meanwhile(self):
        credit, payment = self.document(-100.0), self.payment(-100.0)
        items = self.receivable_items(credit, payment.move_id)
        self.assertNoRefund(
            credit,
            (payment, "write", {"payment_type": "inbound"}),
            (items, "reconcile"),
            (payment, "write", {"payment_type": "outbound"}),
        )

    def test_an_entry_that_is_cut_off_from_its_payment(self):
        credit, payment = self.document(-100.0), self.payment(-100.0)
        entry = payment.move_id
        self.assertNoRefund(
            credit,
            (entry, "write", {"origin_payment_id": False}),
            (payment, "write", {"move_id": False, "outstanding_account_id": False}),
            (self.receivable_items(credit, entry), "reconcile"),
        )

    def test_an_entry_between_receivable_and_bank(self):
        credit, entry = self.document(-100.0), self.entry_against(self.bank_account)
        self.assertNoRefund(credit, (self.receivable_items(credit, entry), "reconcile"))

    def test_an_invoice_that_is_booked_on_the_bank(self):
        credit, invoice = self.document(-100.0), self.document(100.0, post=False)
        self.product_items(invoice).account_id = self.bank_account
        invoice.action_post()
        self.assertNoRefund(credit, (self.receivable_items(credit, invoice), "reconcile"))

    def test_an_entry_that_becomes_money_once_it_is_settled(self):
        """A correction to an expense account is no refund; booked on the bank afterwards it is."""
        credit = self.document(-100.0)
        entry = self.entry_against(self.company_data["default_account_expense"])
        items = self.receivable_items(credit, entry)
        self.call("billing", items, "reconcile")
        self.assertEqual(credit.credit_remaining, 0.0)
        cost = entry.line_ids - self.receivable_items(entry)
        self.assertRefused(
            "billing",
            cost,
            "write",
            {"account_id": self.bank_account.id},
            says="may not refund",
        )
        self.assertEqual(cost.account_id, self.company_data["default_account_expense"])

    def test_a_line_of_a_bank_statement_has_left_already(self):
        """Booking it is what remains to be done, and that is everybody's who reconciles."""
        credit = self.document(-100.0)
        statement = self.bank_line(-100.0, "2023-06-02")
        self.call("billing", self.receivable_items(credit, statement.move_id), "reconcile")
        self.assertEqual(credit.credit_remaining, 0.0)

    def test_each_pair_is_judged_by_itself(self):
        """Giving back a payment beside applying a credit is no refund of the credit."""
        credit, invoice = self.document(-100.0), self.document(100.0)
        received, paid_back = self.payment(100.0).move_id, self.payment(-100.0).move_id
        amounts = dict.fromkeys(
            ("amount", "debit_amount_currency", "credit_amount_currency"), 100.0
        )

        def settled_by(debit, settling):
            return {
                "debit_move_id": self.receivable_items(debit).id,
                "credit_move_id": self.receivable_items(settling).id,
                **amounts,
            }

        partials = self.env["account.partial.reconcile"]
        pairs = [settled_by(paid_back, credit), settled_by(invoice, received)]
        self.assertRefused("billing", partials, "create", pairs, says="may not refund")
        pairs = [settled_by(paid_back, received), settled_by(invoice, credit)]
        self.call("billing", partials, "create", pairs)
        self.assertEqual(credit.credit_remaining, 0.0)

    def test_who_may_refund_may_do_it_in_all_these_ways(self):
        for entry in (self.payment(-100.0).move_id, self.entry_against(self.bank_account)):
            credit = self.document(-100.0)
            self.call("refunder", self.receivable_items(credit, entry), "reconcile")
            self.assertEqual(credit.credit_remaining, 0.0)
