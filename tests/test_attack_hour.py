"""Attempts to get around a gate, as a clever clerk would make them: each a series of calls."""

from odoo.fields import Command

from .test_gates import GatesCommon

#: What core's own code says to itself by the context, and a client can say, too.
CORE_KEYS = {
    "skip_invoice_sync": True,
    "check_move_validity": False,
    "skip_readonly_check": True,
    "skip_account_move_synchronization": True,
    "tracking_disable": True,
    "force_delete": True,
    "no_exchange_difference": True,
}


class AttackCommon(GatesCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.ref("base.EUR").active = True

    def calls(self, *calls, role="billing", context=None):
        """Each of these calls, one after the other; what is refused leaves nothing.

        :return: the refusals, by the number of the call
        """
        refused = {}
        for number, (records, method, *args) in enumerate(calls):
            try:
                with self.cr.savepoint():
                    self.call(role, records, method, *args, context=dict(context or {}))
            except Exception as error:  # noqa: BLE001 whatever it says, it was not done
                refused[number] = str(error).splitlines()[0][:160]
        self.env.flush_all()
        self.env.invalidate_all()
        return refused

    def owed_in_ledger(self):
        """The largest amount that a posted customer document owes, by the plainest query."""
        self.env.flush_all()
        self.cr.execute(
            """
            SELECT -SUM(line.balance)
              FROM account_move move
              JOIN account_move_line line ON line.move_id = move.id
              JOIN account_account account ON account.id = line.account_id
             WHERE move.state = 'posted' AND move.move_type IN ('out_invoice', 'out_receipt')
               AND account.account_type = 'asset_receivable' AND line.balance < 0
               AND move.company_id = %s
          GROUP BY move.id ORDER BY 1 DESC LIMIT 1
            """,
            [self.company.id],
        )
        row = self.cr.fetchone()
        return row[0] if row else 0.0

    def assertNothingAbove(self, amount=50.0):
        self.assertLessEqual(self.owed_in_ledger(), amount)

    def partials_of(self, *moves):
        self.env.flush_all()
        self.env.invalidate_all()
        items = self.receivable_items(*moves)
        return items.matched_debit_ids + items.matched_credit_ids

    def misc(self, *items):
        """A posted entry of ``(account, balance)`` of the customer."""
        entry = self.env["account.move"].create(
            {
                "move_type": "entry",
                "date": "2023-06-10",
                "line_ids": [
                    Command.create(
                        {
                            "account_id": account.id,
                            "partner_id": (rest[0] if rest else self.customer).id,
                            "balance": balance,
                        }
                    )
                    for account, balance, *rest in items
                ],
            }
        )
        entry.action_post()
        return entry

    def items_with_sign(self, move, sign):
        return self.receivable_items(move).filtered(lambda line: line.balance * sign > 0)


class TestAttackLedger(AttackCommon):
    def test_an_invoice_whose_instalments_are_a_credit_when_it_is_dated(self):
        """5,000.00, of which 10,000.00 at once: typed instalments hide the -5,000.00."""
        term = self.fixed_amount_term()
        term.line_ids.filtered(lambda line: line.value == "fixed").value_amount = 10000.0
        draft = self.document(
            5000.0, post=False, invoice_date=False, invoice_payment_term_id=term.id
        )
        first, last = self.receivable_items(draft).sorted("balance", reverse=True)
        self.calls(
            (
                draft,
                "write",
                {
                    "line_ids": [
                        Command.update(first.id, {"balance": 5000.0, "amount_currency": 5000.0}),
                        Command.update(last.id, {"balance": 0.0, "amount_currency": 0.0}),
                    ]
                },
            ),
            context={"skip_invoice_sync": True},
        )
        self.calls((draft, "action_post"))
        self.assertNothingAbove()

    def test_same_with_the_term_written_while_the_rest_is_not_synced(self):
        term = self.fixed_amount_term()
        term.line_ids.filtered(lambda line: line.value == "fixed").value_amount = 10000.0
        draft = self.document(5000.0, post=False, invoice_date=False)
        self.calls(
            (draft, "write", {"invoice_payment_term_id": term.id}),
            context={"skip_invoice_sync": True},
        )
        self.calls((draft, "action_post"))
        self.assertNothingAbove()

    def test_rates(self):
        euro = self.env.ref("base.EUR")
        for amount, rate in ((5000.0, -1.0), (-40.0, 0.001), (40.0, -0.001), (-40.0, -0.001)):
            draft = self.document(amount, post=False, currency_id=euro.id)
            self.calls((draft, "write", {"invoice_currency_rate": rate}), (draft, "action_post"))
            self.assertNothingAbove()
        posted = self.document(-40.0, currency_id=euro.id)
        self.calls((posted, "write", {"invoice_currency_rate": 0.0001}))
        self.calls((posted, "write", {"invoice_currency_rate": 0.0001}), context=CORE_KEYS)
        self.assertNothingAbove()

    def test_lines_of_a_posted_invoice(self):
        invoice = self.document(10.0)
        credit = {"move_id": invoice.id, "partner_id": self.customer.id, "balance": -5000.0,
                  "account_id": self.receivable.id, "display_type": "payment_term",
                  "date_maturity": "2023-07-01"}
        debit = {**credit, "balance": 5000.0}
        revenue = {**debit, "account_id": self.revenue.id, "display_type": "product"}
        without = [{k: v for k, v in vals.items() if k != "move_id"} for vals in (credit, debit)]
        self.calls(
            (self.items, "create", [credit, debit]),
            (self.items, "create", [credit, revenue]),
            (invoice, "write", {"line_ids": [Command.create(vals) for vals in without]}),
            context=CORE_KEYS,
        )
        self.assertNothingAbove()

    def test_items_that_move_into_an_invoice(self):
        entry, invoice = self.entry(-5000.0), self.document(10.0)
        self.calls((entry.line_ids, "write", {"move_id": invoice.id}))
        self.calls((entry.line_ids, "write", {"move_id": invoice.id}), context=CORE_KEYS)
        self.assertNothingAbove()

    def test_an_entry_that_becomes_an_invoice(self):
        entry = self.entry(-5000.0)
        for move_type in ("out_invoice", "out_receipt"):
            values = {"move_type": move_type}
            self.calls((entry, "write", values))
            self.calls((entry, "write", values), context=CORE_KEYS)
            self.calls((entry, "write", {**values, "journal_id": self.company_data[
                "default_journal_sale"].id, "name": "/"}), context=CORE_KEYS)
        self.assertNothingAbove()

    def test_an_account_that_becomes_the_receivable(self):
        invoice = self.document(10.0)
        line = self.product_items(invoice)
        self.calls(
            (line, "write", {"account_id": self.receivable.id, "display_type": "payment_term"}),
            (line, "write", {"balance": -5000.0}),
            (self.receivable_items(invoice), "write", {"account_id": self.revenue.id}),
            context=CORE_KEYS,
        )
        self.assertNothingAbove()

    def test_a_payment_whose_entry_is_an_invoice(self):
        invoice, payment = self.document(10.0), self.payment(10.0)
        self.calls(
            (payment, "write", {"move_id": invoice.id}),
            (payment, "write", {"amount": 5000.0}),
        )
        self.assertNothingAbove()
        draft = payment.copy()
        self.calls(
            (draft, "write", {"move_id": invoice.id}),
            (draft, "write", {"amount": 5000.0}),
            (draft, "action_post"),
        )
        self.assertNothingAbove()
        self.calls(
            (
                self.env["account.payment"],
                "create",
                [{"amount": 5000.0, "payment_type": "inbound", "partner_type": "customer",
                  "partner_id": self.customer.id, "move_id": invoice.id}],
            )
        )
        self.assertNothingAbove()

    def test_documents_posted_in_one_batch_with_a_context(self):
        draft, plain = self.document(-5000.0, post=False), self.document(5000.0, post=False)
        for context in (
            {"customer_credit_hidden_totals": {"credit_ids": draft.ids}},
            {"customer_credit_amounts": True},
            {"default_move_type": "out_refund", "default_state": "posted"},
            {"default_balance": -5000.0, "default_amount_currency": -5000.0},
            {"default_price_unit": -5000.0, "default_quantity": -5000.0},
            CORE_KEYS,
        ):
            self.calls((draft + plain, "action_post"), (plain, "action_post"), context=context)
            self.assertNothingAbove()

    def test_the_wizard_that_posts(self):
        draft = self.document(-5000.0, post=False)
        context = {"active_model": "account.move", "active_ids": draft.ids}
        wizard = self.env["validate.account.move"].with_user(self.roles["billing"]).create(
            {"move_ids": [Command.set(draft.ids)]}
        )
        self.calls((wizard, "validate_move"), context=context)
        self.assertNothingAbove()

    def test_import(self):
        self.calls(
            (
                self.env["account.move"],
                "load",
                ["move_type", "partner_id/.id", "invoice_date", "state", "invoice_line_ids/name",
                 "invoice_line_ids/price_unit"],
                [["out_invoice", str(self.customer.id), "2023-06-01", "posted", "x", "-5000"]],
            )
        )
        self.assertNothingAbove()
        invoice = self.document(10.0)
        self.calls((self.items, "load", [".id", "balance"],
                    [[str(self.product_items(invoice).id), "5000"],
                     [str(self.receivable_items(invoice).id), "-5000"]]))
        self.assertNothingAbove()

    def test_two_lines_in_one_call(self):
        """Each alone is unbalanced, together they are a credit."""
        invoice = self.document(10.0)
        product, receivable = self.product_items(invoice), self.receivable_items(invoice)
        commands = [Command.update(product.id, {"balance": 5000.0}),
                    Command.update(receivable.id, {"balance": -5000.0})]
        for context in ({}, CORE_KEYS):
            self.calls(
                (invoice, "write", {"line_ids": commands}),
                (invoice, "web_save", {"line_ids": commands}, {}),
                (invoice, "write", {"line_ids": commands, "state": "draft"}),
                (invoice, "write", {"state": "posted"}),
                context=context,
            )
            self.assertNothingAbove()

    def test_cash_rounding_edited_after_the_approval(self):
        rounding = self.cash_rounding()
        draft = self.document(
            -100.0, post=False, invoice_cash_rounding_id=rounding.id, invoice_date=False
        )
        draft.with_user(self.roles["admin"]).action_approve_credit(
            draft.with_user(self.roles["admin"]).credit_approval_version
        )
        self.calls((rounding, "write", {"rounding": 10000.0, "rounding_method": "UP"}),
                   (draft, "action_post"))
        self.assertNothingAbove(100.0)

    def test_an_approved_credit_of_a_contact_who_moves(self):
        self.roles["billing"].group_ids += self.env.ref("base.group_partner_manager")
        draft = self.document(-100.0, post=False, partner_id=self.contact.id)
        admin = draft.with_user(self.roles["admin"])
        admin.action_approve_credit(admin.credit_approval_version)
        self.calls(
            (self.contact, "write", {"parent_id": self.neighbour.id}), (draft, "action_post")
        )
        if draft.state == "posted":
            self.assertEqual(self.receivable_items(draft).partner_id, self.customer)
            self.assertEqual(draft.commercial_partner_id, self.customer)

    def test_a_draft_of_another_journal_series(self):
        """Core's credit note, posted, taken back, switched."""
        note = self.customer_document([self.line(5000.0)], move_type="out_refund", post=True)
        self.calls((note, "button_draft"), (note, "action_switch_move_type"),
                   (note, "action_post"))
        self.assertNothingAbove()
        self.calls((note, "write", {"move_type": "out_invoice"}), (note, "action_post"))
        self.assertNothingAbove()

    def test_reversal(self):
        for document in (self.document(5000.0), self.document(-5000.0)):
            for method in ("refund_moves", "modify_moves"):
                wizard = self.env["account.move.reversal"].with_user(self.roles["billing"])
                wizard = wizard.with_context(
                    active_model="account.move", active_ids=document.ids
                ).create({"journal_id": document.journal_id.id, "date": "2023-07-01"})
                self.calls((wizard, method))
        posted = self.env["account.move"].search(
            [("state", "=", "posted"), ("create_uid", "=", self.roles["billing"].id)]
        )
        for move in posted.filtered(lambda m: m.move_type == "out_invoice"):
            self.assertLessEqual(self.owed(move), 50.0)


class TestAttackRefund(AttackCommon):
    def assertNotRefunded(self, credit):
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(credit.credit_remaining, 100.0)

    def test_an_entry_between_two_items_of_the_customer(self):
        """It takes the credit, owes as much by itself, and the payment pays the entry."""
        credit, payment = self.document(-100.0), self.payment(-100.0)
        between = self.misc((self.receivable, 100.0), (self.receivable, -100.0))
        paid = self.items_with_sign(payment.move_id, 1)
        self.calls(
            (self.receivable_items(credit) + self.items_with_sign(between, 1), "reconcile"),
            (self.items_with_sign(between, -1) + paid, "reconcile"),
        )
        self.assertFalse(credit.credit_remaining == 0 and paid.reconciled)

    def test_the_same_the_other_way_round(self):
        credit, payment = self.document(-100.0), self.payment(-100.0)
        between = self.misc((self.receivable, 100.0), (self.receivable, -100.0))
        paid = self.items_with_sign(payment.move_id, 1)
        self.calls(
            (self.items_with_sign(between, -1) + paid, "reconcile"),
            (self.receivable_items(credit) + self.items_with_sign(between, 1), "reconcile"),
        )
        self.assertFalse(credit.credit_remaining == 0 and paid.reconciled)

    def test_money_on_its_way_between_two_banks(self):
        credit = self.document(-100.0)
        entry = self.misc((self.receivable, 100.0), (self.company.transfer_account_id, -100.0))
        self.calls((self.receivable_items(credit, entry), "reconcile"))
        self.assertNotRefunded(credit)

    def test_a_payment_method_that_forgets_its_account_meanwhile(self):
        journal = self.company_data["default_journal_bank"]
        method = journal.outbound_payment_method_line_ids[:1]
        account = self.company_data["default_account_assets"].copy({"name": "Wires under way"})
        method.payment_account_id = account
        credit = self.document(-100.0)
        entry = self.misc((self.receivable, 100.0), (account, -100.0))
        self.calls(
            (method, "write", {"payment_account_id": False}),
            (self.receivable_items(credit, entry), "reconcile"),
            (method, "write", {"payment_account_id": account.id}),
        )
        self.assertNotRefunded(credit)

    def test_a_payment_method_that_is_deleted_meanwhile(self):
        journal = self.company_data["default_journal_bank"]
        method = journal.outbound_payment_method_line_ids[:1]
        account = self.company_data["default_account_assets"].copy({"name": "Wires under way"})
        method.payment_account_id = account
        payment = self.payment(-100.0)
        credit = self.document(-100.0)
        entry = self.misc((self.receivable, 100.0), (account, -100.0))
        self.calls(
            (payment, "write", {"outstanding_account_id": self.revenue.id}),
            (payment, "action_draft"),
            (payment, "unlink"),
            (method, "unlink"),
            (self.receivable_items(credit, entry), "reconcile"),
        )
        self.assertNotRefunded(credit)

    def test_a_credit_that_is_an_entry_meanwhile(self):
        for other in ("entry", "out_receipt", "in_invoice", "in_refund", "out_refund"):
            for context in ({}, CORE_KEYS):
                with self.subTest(other=other, context=bool(context)):
                    credit, payment = self.document(-100.0), self.payment(-100.0)
                    items = self.receivable_items(credit, payment.move_id)
                    self.calls((credit, "write", {"move_type": other}), context=context)
                    self.calls((items, "reconcile"))
                    self.calls((credit, "write", {"move_type": "out_invoice"}), context=context)
                    self.assertFalse(self.items_with_sign(credit, -1).reconciled)

    def test_items_that_move_out_of_a_credit(self):
        for context in ({}, CORE_KEYS):
            with self.subTest(context=bool(context)):
                credit, payment = self.document(-100.0), self.payment(-100.0)
                entry = self.entry(10.0)
                items = credit.line_ids
                owed = self.items_with_sign(credit, -1)
                paid = self.items_with_sign(payment.move_id, 1)
                self.calls((items, "write", {"move_id": entry.id}), context=context)
                self.calls((owed + paid, "reconcile"))
                self.calls((items, "write", {"move_id": credit.id}), context=context)
                self.assertFalse(owed.reconciled)

    def test_a_bank_line_that_carries_another_payment(self):
        """A supplier's transfer, whose entry gets a refund by another outstanding account."""
        credit = self.document(-100.0)
        payment = self.payment(-100.0)
        outstanding = payment.outstanding_account_id
        statement = self.bank_line(-30.0, "2023-06-02")
        move = statement.move_id
        values = [
            {"account_id": self.receivable.id, "balance": 100.0},
            {"account_id": outstanding.id, "balance": -100.0},
        ]
        values = [{**vals, "partner_id": self.customer.id} for vals in values]
        commands = [Command.create(vals) for vals in values]
        done = self.calls((move, "write", {"line_ids": commands}), context=CORE_KEYS)
        if done:
            self.calls((self.items, "create", [{**v, "move_id": move.id} for v in values]),
                       context=CORE_KEYS)
        new = self.items_with_sign(move, 1).filtered(lambda line: line.balance == 100.0)
        self.calls((new + self.items_with_sign(credit, -1), "reconcile"))
        self.assertNotRefunded(credit)

    def test_a_payment_without_an_entry(self):
        credit = self.document(-100.0)
        journal = self.company_data["default_journal_bank"]
        journal.outbound_payment_method_line_ids.payment_account_id = False
        before = credit.payment_state
        self.calls(
            (
                self.env["account.payment"],
                "create",
                [{"amount": 100.0, "payment_type": "outbound", "partner_type": "customer",
                  "partner_id": self.customer.id, "journal_id": journal.id,
                  "invoice_ids": [Command.set(credit.ids)]}],
            )
        )
        payment = self.env["account.payment"].search(
            [("create_uid", "=", self.roles["billing"].id)], limit=1)
        self.calls((payment, "action_post"), (payment, "action_validate"))
        self.assertEqual(credit.payment_state, before)

    def test_the_register_dialog(self):
        credit = self.document(-100.0)
        for context in (
            {"active_model": "account.move", "active_ids": credit.ids},
            {"active_model": "account.move.line", "active_ids": self.receivable_items(credit).ids},
        ):
            registers = self.env["account.payment.register"]
            self.calls((registers, "create", [{}]), context=context)
            register = registers.search([], order="id desc", limit=1)
            if register:
                self.calls((register, "action_create_payments"), context=context)
            self.assertNotRefunded(credit)

    def test_a_register_whose_lines_are_a_credits(self):
        credit, bill = self.document(-100.0), self.document(200.0)
        context = {"active_model": "account.move", "active_ids": bill.ids}
        registers = self.env["account.payment.register"]
        items = self.receivable_items(credit)
        self.calls((registers, "create", [{"line_ids": [Command.set(items.ids)],
                                           "payment_type": "outbound"}]), context=context)
        register = registers.search([], order="id desc", limit=1)
        if register:
            self.calls((register, "action_create_payments"), context=context)
        self.assertNotRefunded(credit)

    def test_a_bill_and_other_documents_that_leave_by_the_bank(self):
        for move_type in ("out_receipt", "in_refund", "out_invoice"):
            credit = self.document(-100.0)
            draft = self.customer_document([self.line(100.0)], move_type=move_type)
            line = self.product_items(draft)
            line.account_id = self.bank_account
            self.calls((draft, "action_post"),
                       (self.receivable_items(draft, credit), "reconcile"))
            self.assertNotRefunded(credit)

    def test_a_leg_that_moves_into_the_entry_once_it_is_settled(self):
        credit = self.document(-100.0)
        entry = self.misc((self.receivable, 100.0), (self.revenue, -100.0))
        bank = self.misc((self.revenue, 100.0), (self.bank_account, -100.0))
        for context in ({}, CORE_KEYS):
            credit = self.document(-100.0)
            entry = self.misc((self.receivable, 100.0), (self.revenue, -100.0))
            bank = self.misc((self.revenue, 100.0), (self.bank_account, -100.0))
            self.calls((self.receivable_items(credit, entry), "reconcile"))
            self.calls((bank.line_ids, "write", {"move_id": entry.id}), context=context)
            money = entry.line_ids.filtered(lambda line: line.account_id == self.bank_account)
            self.assertFalse(money and self.partials_of(credit))
            self.calls((entry.line_ids, "write", {"move_id": bank.id}), context=context)
            money = bank.line_ids.filtered(lambda line: line.account_id == self.bank_account)
            settled = self.receivable_items(bank).matched_credit_ids
            self.assertFalse(money and settled)

    def test_a_settled_entry_that_gets_a_payment(self):
        """Settled first as a correction; a payment is laid over its entry afterwards."""
        credit = self.document(-100.0)
        entry = self.misc((self.receivable, 100.0), (self.revenue, -100.0))
        self.calls((self.receivable_items(credit, entry), "reconcile"))
        payment = self.payment(-100.0).copy()
        self.calls(
            (payment, "write", {"move_id": entry.id}),
            (payment, "write", {"amount": 101.0}),
            (payment, "write", {"amount": 100.0}),
            (payment, "action_post"),
        )
        money = entry.line_ids.filtered(
            lambda line: line.account_id in payment.outstanding_account_id + self.bank_account
        )
        self.assertFalse((money or payment.move_id == entry) and self.partials_of(credit))

    # No gate asks: a miscellaneous entry from revenue to bank needs no right either.
    def test_marked_items(self):
        """Core reconciles, when it posts, what is marked by an import."""
        credit = self.document(-100.0)
        draft = self.env["account.move"].create({
            "move_type": "entry", "date": "2023-06-10",
            "line_ids": [
                Command.create({"account_id": self.receivable.id, "partner_id": self.customer.id,
                                "balance": 100.0}),
                Command.create({"account_id": self.bank_account.id, "balance": -100.0})]})
        both = self.receivable_items(credit, draft)
        self.calls((both, "write", {"matching_number": "I7"}), (draft, "action_post"))
        self.assertNotRefunded(credit)

    def test_own_credit_by_a_colleague_who_makes_it_a_cent_larger(self):
        """Somebody else's cent does not make the issuer somebody else."""
        self.company.customer_credit_refund_by_other = True
        credit = self.document(-40.0, post=False)
        self.roles["both"] = self.role(
            "role_both",
            "account_customer_credit.group_customer_credit_issuer,"
            "account_customer_credit.group_customer_credit_refunder",
        )
        self.call("both", credit, "action_post")
        product, owed = self.product_items(credit), self.receivable_items(credit)
        self.calls((product, "write", {"balance": 40.01}))
        self.calls((credit, "action_refund_credit"), role="both")
        self.assertRefused("both", credit, "action_refund_credit", says="another user")
        self.assertTrue(product and owed)


class TestAttackSettle(AttackCommon):
    def partial_values(self, debit, credit, each, **values):
        amounts = dict.fromkeys(
            ("amount", "debit_amount_currency", "credit_amount_currency"), each
        )
        return {"debit_move_id": debit.id, "credit_move_id": credit.id, **amounts, **values}

    def test_an_item_that_is_the_customers_meanwhile(self):
        """A neighbour's invoice is the customer's for one call."""
        credit = self.document(-100.0)
        other = self.document(100.0, partner_id=self.neighbour.id)
        item = self.receivable_items(other)
        self.calls(
            (item, "write", {"partner_id": self.customer.id}),
            (item + self.receivable_items(credit), "reconcile"),
            (item, "write", {"partner_id": self.neighbour.id}),
        )
        self.assertFalse(self.partials_of(credit) and item.partner_id == self.neighbour)

    def test_a_settled_item_that_goes_to_a_neighbour(self):
        credit, invoice = self.document(-100.0), self.document(100.0)
        item = self.receivable_items(invoice)
        self.calls(
            (item + self.receivable_items(credit), "reconcile"),
            (item, "write", {"partner_id": self.neighbour.id}),
            (invoice, "write", {"partner_id": self.neighbour.id}),
        )
        self.assertFalse(
            self.partials_of(credit)
            and self.neighbour in item.partner_id + invoice.commercial_partner_id
        )

    def test_settled_items_that_change_their_account(self):
        credit, invoice = self.document(-100.0), self.document(100.0)
        account = self.receivable.copy({"name": "Doubtful"})
        both = self.receivable_items(credit, invoice)
        item = self.receivable_items(invoice)
        for context in ({}, CORE_KEYS):
            self.calls((both, "reconcile"), (item, "write", {"account_id": account.id}),
                       (both, "write", {"account_id": account.id}),
                       (item, "write", {"account_id": self.receivable.id}), context=context)
            if self.partials_of(credit):
                self.assertEqual(len(both.account_id), 1)

    def test_a_credit_that_is_none_meanwhile_settles_a_neighbours(self):
        for other in ("entry", "out_receipt", "in_invoice", "in_refund", "out_refund"):
            for context in ({}, CORE_KEYS):
                with self.subTest(other=other, context=bool(context)):
                    credit = self.document(-100.0)
                    other_one = self.document(100.0, partner_id=self.neighbour.id)
                    item = self.receivable_items(other_one)
                    owed = self.items_with_sign(credit, -1)
                    self.calls((credit, "write", {"move_type": other}), context=context)
                    self.calls((item + owed, "reconcile"))
                    self.calls((credit, "write", {"move_type": "out_invoice"}), context=context)
                    self.assertFalse(owed.reconciled)

    def test_a_line_that_no_longer_counts_for_the_total(self):
        kinds = ("cogs", "payment_term", "line_note", "epd", "rounding", "tax")
        for kind in (*kinds, "non_deductible_tax"):
            for context in ({}, CORE_KEYS):
                with self.subTest(kind=kind, context=bool(context)):
                    credit = self.document(-100.0)
                    other_one = self.document(100.0, partner_id=self.neighbour.id)
                    item = self.receivable_items(other_one)
                    owed = self.items_with_sign(credit, -1)
                    self.calls((self.product_items(credit), "write", {"display_type": kind}),
                               context=context)
                    self.calls((item + owed, "reconcile"))
                    self.assertFalse(owed.reconciled)

    def test_a_settled_credit_goes_back_to_draft(self):
        for other in ("entry", "out_receipt", "in_invoice", "out_refund"):
            for context in ({}, CORE_KEYS):
                with self.subTest(other=other, context=bool(context)):
                    credit, invoice = self.document(-100.0), self.document(100.0)
                    self.calls((self.receivable_items(credit, invoice), "reconcile"))
                    self.calls((credit, "write", {"move_type": other}), context=context)
                    self.calls((credit, "button_draft"), context=context)
                    self.calls((credit, "write", {"state": "draft"}), context=context)
                    self.calls((credit, "write", {"move_type": "out_invoice"}), context=context)
                    self.assertFalse(credit.state == "draft" and self.partials_of(credit))

    def test_a_settled_credit_goes_back_to_draft_plainly(self):
        for method in (("button_draft",), ("button_cancel",), ("write", {"state": "draft"}),
                       ("write", {"state": "cancel"}),
                       ("write", {"state": "draft", "move_type": "entry"}),
                       ("web_save", {"state": "draft"}, {})):
            for context in ({}, CORE_KEYS):
                credit, invoice = self.document(-100.0), self.document(100.0)
                self.calls((self.receivable_items(credit, invoice), "reconcile"))
                self.calls((credit, *method), context=context)
                self.assertFalse(credit.state != "posted" and self.partials_of(credit))

    def test_one_amount_in_each_currency(self):
        """The company's amount settles one invoice, the document's another one."""
        euro = self.env.ref("base.EUR")
        credit = self.document(-200.0, currency_id=euro.id)
        owed = self.receivable_items(credit)
        dollars = self.receivable_items(self.document(round(-owed.balance, 2)))
        euros = self.receivable_items(self.document(200.0, currency_id=euro.id))
        amount = -owed.balance
        partials = self.env["account.partial.reconcile"]
        self.calls(
            (
                partials,
                "create",
                [self.partial_values(dollars, owed, amount, credit_amount_currency=0.0)],
            ),
            (partials, "create", [self.partial_values(euros, owed, 200.0, amount=0.0)]),
        )
        self.assertTrue(dollars.move_id.amount_residual or euros.move_id.amount_residual)

    def test_one_amount_twice_in_the_companys_currency(self):
        credit = self.document(-100.0)
        first, second = self.document(100.0), self.document(100.0)
        owed = self.receivable_items(credit)
        partials = self.env["account.partial.reconcile"]
        self.calls(
            (partials, "create", [self.partial_values(
                self.receivable_items(first), owed, 100.0, credit_amount_currency=0.0)]),
            (partials, "create", [self.partial_values(
                self.receivable_items(second), owed, 100.0, amount=0.0)]),
        )
        self.assertGreaterEqual(first.amount_residual + second.amount_residual, 100.0)

    def test_more_than_it_has_by_what_is_taken_from_another(self):
        """500 to one invoice and -400 to another that is paid: 100 in sum."""
        credit, big, paid = self.document(-100.0), self.document(500.0), self.document(400.0)
        payment = self.payment(400.0)
        self.receivable_items(paid, payment.move_id).reconcile()
        owed = self.receivable_items(credit)
        partials = self.env["account.partial.reconcile"]
        self.calls((partials, "create", [
            self.partial_values(self.receivable_items(big), owed, 500.0),
            self.partial_values(self.receivable_items(paid), owed, -400.0)]))
        self.assertFalse(self.partials_of(credit))

    def test_a_forged_residual(self):
        credit, invoice = self.document(-100.0), self.document(5000.0)
        owed = self.receivable_items(credit)
        for context in ({}, CORE_KEYS):
            self.calls(
                (owed, "write", {"amount_residual": -5000.0, "amount_residual_currency": -5000.0}),
                (owed + self.receivable_items(invoice), "reconcile"),
                context=context,
            )
            self.assertGreaterEqual(invoice.amount_residual, 4900.0)
        self.assertLessEqual(credit.credit_remaining, 100.0)

    # Core's own differences are drafts while they settle, and look the same.
    def test_a_draft_in_the_journal_of_exchange_differences(self):
        """Core's own is a draft for a moment; one of yesterday settles nothing."""
        credit = self.document(-100.0)
        draft = self.env["account.move"].create({
            "move_type": "entry", "date": "2023-06-10",
            "journal_id": self.company.currency_exchange_journal_id.id,
            "line_ids": [
                Command.create({"account_id": self.receivable.id, "partner_id": self.customer.id,
                                "balance": 100.0}),
                Command.create({"account_id": self.revenue.id, "balance": -100.0})]})
        self.env.flush_all()
        self.cr.execute(
            "UPDATE account_move SET create_date = create_date - INTERVAL '1 day' WHERE id = %s",
            [draft.id],
        )
        self.calls((self.receivable_items(credit, draft), "reconcile"))
        self.assertFalse(self.partials_of(credit))

    def test_full_reconcile(self):
        credit, invoice = self.document(-100.0), self.document(5000.0)
        both = self.receivable_items(credit, invoice)
        self.calls((self.env["account.full.reconcile"], "create",
                    [{"reconciled_line_ids": [Command.set(both.ids)]}]),
                   (both, "write", {"reconciled": True}))
        self.assertEqual(invoice.amount_residual, 5000.0)

    def test_an_invoice_owing_by_an_instalment_settles_a_neighbours(self):
        invoice = self.document(10.0, invoice_payment_term_id=self.fixed_amount_term().id)
        owed = self.items_with_sign(invoice, -1)
        item = self.receivable_items(self.document(40.0, partner_id=self.neighbour.id))
        self.calls((item + owed, "reconcile"))
        self.assertFalse(owed.reconciled)


class TestAttackAgain(AttackCommon):
    def test_a_bank_line_that_says_more_than_the_bank(self):
        credit = self.document(-100.0)
        statement = self.bank_line(-30.0, "2023-06-02")
        move = statement.move_id
        bank = move.line_ids.filtered(lambda line: line.account_id == self.bank_account)
        values = {"account_id": self.receivable.id, "partner_id": self.customer.id,
                  "balance": 100.0}
        commands = [Command.update(bank.id, {"balance": -130.0}), Command.create(values)]
        self.calls((move, "write", {"line_ids": commands}), context=CORE_KEYS)
        self.calls((move, "write", {"line_ids": commands}),
                   context={"skip_readonly_check": True})
        new = self.items_with_sign(move, 1).filtered(lambda line: line.balance == 100.0)
        if new:
            self.calls((new + self.items_with_sign(credit, -1), "reconcile"))
        if statement.amount == -30.0:
            self.assertEqual(credit.credit_remaining, 100.0)

    def test_a_settled_invoice_goes_back_to_draft(self):
        for method in (("button_draft",), ("button_cancel",), ("write", {"state": "draft"}),
                       ("write", {"state": "cancel"}),
                       ("write", {"state": "draft", "move_type": "entry"}),
                       ("write", {"move_type": "out_receipt"})):
            for context in ({}, CORE_KEYS):
                credit, invoice = self.document(-100.0), self.document(100.0)
                self.calls((self.receivable_items(credit, invoice), "reconcile"))
                self.calls((invoice, *method), (invoice, "button_draft"), context=context)
                self.assertFalse(invoice.state != "posted" and self.partials_of(credit))

    def test_a_neighbour_who_belongs_to_the_customer_for_a_moment(self):
        self.roles["billing"].group_ids += self.env.ref("base.group_partner_manager")
        credit = self.document(-100.0)
        other = self.document(100.0, partner_id=self.neighbour.id)
        self.calls(
            (self.neighbour, "write", {"parent_id": self.customer.id, "is_company": False}),
            (self.receivable_items(other, credit), "reconcile"),
            (self.neighbour, "write", {"parent_id": False, "is_company": True}),
        )
        settled = self.partials_of(credit)
        owner = self.receivable_items(other).partner_id.commercial_partner_id
        self.assertFalse(settled and owner == self.neighbour)

    def test_an_invoice_of_nobody_for_a_moment(self):
        credit = self.document(-100.0)
        other = self.document(100.0, partner_id=self.neighbour.id)
        item = self.receivable_items(other)
        self.calls(
            (item, "write", {"partner_id": False}),
            (item + self.receivable_items(credit), "reconcile"),
        )
        self.assertFalse(self.partials_of(credit))

    def test_an_entry_of_nobody_becomes_a_neighbours(self):
        credit, entry = self.document(-100.0), self.entry(100.0)
        item = self.receivable_items(entry)
        self.calls(
            (item, "write", {"partner_id": False}),
            (item + self.receivable_items(credit), "reconcile"),
            (item, "write", {"partner_id": self.neighbour.id}),
        )
        self.assertFalse(self.partials_of(credit) and item.partner_id == self.neighbour)

    def test_posted_ones_owe_more_by_what_the_orm_would_swallow(self):
        """Each field of an item that is read in the middle of a write."""
        for values in ({"balance": 5000.0, "account_id": self.revenue.copy().id},
                       {"balance": 5000.0, "name": "x", "partner_id": self.contact.id}):
            invoice = self.document(10.0)
            line = self.product_items(invoice)
            for context in ({}, CORE_KEYS):
                self.calls((line, "write", values), context=context)
                self.assertNothingAbove()

    def test_other_roles(self):
        """A portal user, an internal one, another company's accountant, an auditor."""
        credit, invoice = self.document(-100.0), self.document(100.0)
        draft = self.document(-5000.0, post=False)
        items = self.receivable_items(credit, invoice)
        values = {"debit_move_id": self.receivable_items(invoice).id,
                  "credit_move_id": self.receivable_items(credit).id, "amount": 100.0,
                  "debit_amount_currency": 100.0, "credit_amount_currency": 100.0}
        for role in ("portal", "internal", "foreign", "auditor"):
            with self.subTest(role=role):
                refused = self.calls(
                    (draft, "action_post"),
                    (draft, "write", {"state": "posted"}),
                    (draft, "action_approve_credit"),
                    (draft, "action_request_credit_approval"),
                    (items, "reconcile"),
                    (self.env["account.partial.reconcile"], "create", [values]),
                    (self.product_items(credit), "write", {"balance": 5000.0}),
                    (credit, "action_refund_credit"),
                    (credit, "button_draft"),
                    (credit, "copy"),
                    (credit, "read", ["amount_total"]),
                    role=role,
                )
                self.assertGreaterEqual(len(refused), 9)
                self.assertEqual(draft.state, "draft")
                self.assertFalse(draft.sudo().credit_approver_id)
                self.assertFalse(self.partials_of(credit))


class TestHonestWork(AttackCommon):
    """What the gates must not be in the way of."""

    def do(self, *calls, **kwargs):
        self.assertFalse(self.calls(*calls, **kwargs))

    def pay(self, invoice, amount=None, **values):
        context = {"active_model": "account.move", "active_ids": invoice.ids}
        registers = self.env["account.payment.register"]
        values = {**values, **({"amount": amount} if amount else {})}
        register = registers.browse(self.call("billing", registers, "create", [values],
                                              context=context))
        self.do((register, "action_create_payments"))

    def test_a_paid_invoice_is_corrected(self):
        euro = self.env.ref("base.EUR")
        for currency in (self.company.currency_id, euro):
            for values in ({"invoice_date": "2023-07-03"}, {"price_unit": 80.0},
                           {"price_unit": 120.0}, {"partner_id": self.contact.id}):
                with self.subTest(currency=currency.name, values=values):
                    invoice = self.document(100.0, currency_id=currency.id)
                    self.pay(invoice)
                    self.do((invoice, "button_draft"))
                    if "price_unit" in values:
                        line = invoice.invoice_line_ids
                        self.do((invoice, "write",
                                 {"invoice_line_ids": [Command.update(line.id, values)]}))
                    else:
                        self.do((invoice, "write", values))
                    self.do((invoice, "action_post"))
                    self.assertEqual(invoice.state, "posted")

    def test_a_credit_at_another_rate(self):
        euro = self.env.ref("base.EUR")
        self.env["res.currency.rate"].create(
            [{"currency_id": euro.id, "name": day, "rate": rate, "company_id": self.company.id}
             for day, rate in (("2023-05-01", 0.9), ("2023-06-15", 0.8), ("2023-07-01", 0.33))])
        for amount, other in ((100.0, -100.0), (100.0, -33.33), (33.33, -100.0), (0.01, -100.0)):
            with self.subTest(amount=amount, other=other):
                invoice = self.document(amount, currency_id=euro.id)
                credit = self.document(other, currency_id=euro.id, invoice_date="2023-07-02")
                dollars = self.document(5.0, invoice_date="2023-07-03")
                self.do((self.receivable_items(invoice, credit), "reconcile"))
                left = self.receivable_items(credit, dollars).filtered(
                    lambda line: not line.reconciled)
                if len(left.move_id) > 1:
                    self.do((left, "reconcile"))
                self.pay(self.document(77.77, currency_id=euro.id, invoice_date="2023-06-02"))

    def test_a_payment_in_another_currency(self):
        euro = self.env.ref("base.EUR")
        self.env["res.currency.rate"].create(
            [{"currency_id": euro.id, "name": day, "rate": rate, "company_id": self.company.id}
             for day, rate in (("2023-05-01", 0.9), ("2023-07-01", 0.33))])
        for amount in (100.0, 33.33, 0.01):
            self.pay(self.document(amount), currency_id=euro.id)
            self.pay(self.document(amount, currency_id=euro.id),
                     currency_id=self.company.currency_id.id)
            self.pay(self.document(amount, currency_id=euro.id), amount / 2 + 0.01)

    def test_an_early_payment(self):
        term = self.early_payment_term("included")
        invoice = self.document(100.0, invoice_payment_term_id=term.id,
                                invoice_date="2023-07-14")
        self.pay(invoice)
        self.assertEqual(invoice.amount_residual, 0.0)

    def test_a_payment_is_taken_back_and_entered_anew(self):
        invoice = self.document(100.0)
        self.pay(invoice)
        payment = self.env["account.payment"].search([], order="id desc", limit=1)
        self.do((payment, "action_draft"), (payment, "write", {"amount": 60.0}),
                (payment, "action_post"))
        self.do((self.receivable_items(invoice, payment.move_id).filtered(
            lambda line: not line.reconciled), "reconcile"))
        self.do((payment, "action_draft"), (payment, "action_cancel"))

    def test_a_vendor_is_paid(self):
        bill = self.env["account.move"].create({
            "move_type": "in_invoice", "partner_id": self.neighbour.id,
            "invoice_date": "2023-06-01",
            "invoice_line_ids": [Command.create({"name": "x", "price_unit": 50.0,
                                                 "tax_ids": False})]})
        self.do((bill, "action_post"))
        self.pay(bill)
        self.assertEqual(bill.amount_residual, 0.0)

    def test_cores_credit_note_is_paid_out_where_the_limit_does_not_bind_it(self):
        note = self.customer_document([self.line(100.0)], move_type="out_refund", post=True)
        self.pay(note)
        self.assertEqual(note.amount_residual, 0.0)

    def test_an_invoice_with_a_small_instalment_that_we_owe(self):
        """5,000.00 of which 5,030.00 at once: 30.00 below the limit."""
        term = self.fixed_amount_term()
        term.line_ids.filtered(lambda line: line.value == "fixed").value_amount = 5030.0
        draft = self.document(5000.0, post=False, invoice_payment_term_id=term.id)
        self.do((draft, "action_post"))

    def test_old_balances_in_one_entry(self):
        """What one customer's credit settles has nothing to do with what another one gets back."""
        opening = self.misc((self.receivable, 100.0), (self.receivable, -100.0, self.neighbour))
        credit, payment = self.document(-100.0), self.payment(-100.0, self.neighbour)
        paid = self.items_with_sign(payment.move_id, 1)
        self.do((self.items_with_sign(opening, 1) + self.receivable_items(credit), "reconcile"),
                (self.items_with_sign(opening, -1) + paid, "reconcile"))

    def test_a_bank_line_with_a_fee(self):
        credit = self.document(-100.0)
        statement = self.bank_line(-130.0, "2023-06-02")
        item = self.items_with_sign(statement.move_id, 1)
        expense = self.company_data["default_account_expense"]
        self.do((statement.move_id, "write", {"line_ids": [
            Command.update(item.id, {"balance": 100.0, "amount_currency": 100.0}),
            Command.create({"account_id": expense.id, "balance": 30.0})]}),
            context={"skip_readonly_check": True})
        self.do((item + self.receivable_items(credit), "reconcile"))

    def test_a_contact_of_a_settled_invoice_moves(self):
        self.roles["billing"].group_ids += self.env.ref("base.group_partner_manager")
        person = self.env["res.partner"].create({"name": "Sole Person"})
        credit = self.document(-100.0, partner_id=person.id)
        invoice = self.document(150.0, partner_id=person.id)
        self.do((self.receivable_items(credit, invoice), "reconcile"),
                (person, "write", {"parent_id": self.customer.id}),
                (person, "write", {"parent_id": self.neighbour.id}),
                (person, "write", {"parent_id": False}))

    def test_an_account_of_what_is_settled_is_replaced(self):
        credit, invoice = self.document(-100.0), self.document(100.0)
        items = self.receivable_items(credit, invoice)
        account = self.receivable.copy({"name": "Doubtful"})
        self.do((items, "reconcile"), (items, "write", {"account_id": account.id}))
        self.assertTrue(self.partials_of(credit))

    def test_a_journal_of_its_own(self):
        self.do((self.env["account.journal"], "create",
                 [{"name": "Savings", "type": "bank", "code": "SAV"}]), role="admin")
        journal = self.env["account.journal"].search([("code", "=", "SAV")])
        method = journal.outbound_payment_method_line_ids[:1]
        self.do((journal, "write", {"outbound_payment_method_line_ids": [
            Command.update(method.id, {"payment_account_id": self.bank_account.id})]}),
            role="admin")
