"""What this addon leans on in Odoo's core, beyond what core promises.

Each test states a fact of core, alone; its message says what here depends on it. So a release that
changes the fact fails by name, and not as a wrong figure. The two first tests find by themselves
what is overridden and called.
"""

import ast
import inspect
from collections import defaultdict
from unittest.mock import patch

from odoo.fields import Command, Domain

from odoo.addons.account.models.account_move import AccountMove as CoreMove
from odoo.addons.account.models.account_move_line import AccountMoveLine as CoreLine
from odoo.addons.account_payment.controllers.portal import PortalAccount

from .access_discovery import OWN_ADDONS
from .common_customer import CustomerAccountCommon
from .source_rules import ROOT, Source

#: Of the parameters of a method that takes whatever it is handed.
ANY_NUMBER = {inspect.Parameter.VAR_KEYWORD, inspect.Parameter.VAR_POSITIONAL}
FOLDERS = ("models", "wizards", "reports", "controllers")


def own_files():
    addons = (ROOT, ROOT / "addons" / "account_receivable")
    folders = [addon / folder for addon in addons for folder in FOLDERS]
    return [path for folder in folders for path in sorted(folder.rglob("*.py"))]


class TestCoreFacts(CustomerAccountCommon):
    # ------------------------------------------------------------------
    # What is overridden, and what is called
    # ------------------------------------------------------------------

    def own_methods(self):
        """The methods of our classes: ``(class, name, function, those below it)``."""
        ours = tuple(f"odoo.addons.{name}." for name in OWN_ADDONS)
        for model in self.env.registry.values():
            bases = model.__mro__
            for index, base in enumerate(bases):
                if not base.__module__.startswith(ours):
                    continue
                for name, function in vars(base).items():
                    if inspect.isfunction(function) and not name.startswith("__"):
                        below = [
                            vars(other)[name]
                            for other in bases[index + 1 :]
                            if name in vars(other)
                        ]
                        yield base, name, inspect.unwrap(function), below

    def test_what_is_overridden_is_there(self):
        """A method that calls super() has one below it, which takes what it hands on."""
        missing = set()
        for base, name, function, below in self.own_methods():
            if f"super().{name}(" not in inspect.getsource(function).replace("\n", ""):
                continue
            if not below:
                missing.add(f"{base.__module__}: {name} is no method of core any more")
                continue
            taken = inspect.signature(inspect.unwrap(below[0])).parameters
            handed = inspect.signature(function).parameters
            kinds = {parameter.kind for parameter in (*taken.values(), *handed.values())}
            if len(handed) != len(taken) and not kinds & ANY_NUMBER:
                missing.add(f"{base.__module__}: {name} takes {list(taken)} in core now")
        self.assertFalse(sorted(missing))

    def test_what_is_called_is_there(self):
        """Each private method of core's that our source calls is defined somewhere in Odoo."""
        defined, called = set(), defaultdict(list)
        for path in own_files():
            source = Source.of(path)
            for node in ast.walk(source.tree):
                if isinstance(node, ast.FunctionDef):
                    defined.add(node.name)
                elif (
                    isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Attribute)
                    and node.func.attr.startswith("_")
                ):
                    called[node.func.attr].append(source.at(node, node.func.attr))
        known = set(defined)
        for model in self.env.registry.values():
            known.update(dir(model))
            for field in model._fields.values():
                known.update(dir(type(field)))
        for other in (type(self.env), Domain, PortalAccount):
            known.update(dir(other))
        optional = {"_l10n_my_edi_get_proxy_user"}  # of a localisation that may be missing
        gone = {name: places for name, places in called.items() if name not in known | optional}
        self.assertFalse(gone, "These private methods of core are gone; find what replaced them.")

    # ------------------------------------------------------------------
    # Posting
    # ------------------------------------------------------------------

    def test_the_order_of_cores_posting(self):
        """is_invoice(include_receipts=True) is asked of every document before its total is looked
        at; once a total has passed, the constraint is called with all lines of each document; and
        analytic lines come after that."""
        events = []

        def recorded(owner, name, what):
            original = getattr(owner, name)

            def method(records, *args, **kwargs):
                if records.env.context.get("skip_is_manually_modified") or name != "is_invoice":
                    events.append(what(records, *args, **kwargs))
                return original(records, *args, **kwargs)

            return patch.object(owner, name, method)

        invoices = self.customer_document([self.line(10.0)])
        invoices += self.customer_document([self.line(20.0)])
        with (
            recorded(CoreMove, "is_invoice", lambda moves, *a, **k: ("is_invoice", moves.ids)),
            recorded(
                CoreLine,
                "_check_constrains_account_id_journal_id",
                lambda lines: ("check", lines.move_id.ids, lines == lines.move_id.line_ids),
            ),
            recorded(CoreLine, "_create_analytic_lines", lambda lines: ("analytic",)),
        ):
            invoices.action_post()
        reason = (
            "account_move_posting hides a credit's total between core's is_invoice and its "
            "constraint of the lines."
        )
        checks = [event for event in events if event[0] == "check"]
        self.assertEqual(
            checks[-2:], [("check", [invoice.id], True) for invoice in invoices], reason
        )
        asked = [event[1] for event in events[: events.index(checks[-2])]]
        for invoice in invoices:
            self.assertIn([invoice.id], asked, reason)
        self.assertGreater(events.index(("analytic",)), events.index(checks[-1]), reason)

    def test_the_cache_can_hold_another_value_than_the_database(self):
        invoice = self.document(100.0)
        self.env.flush_all()
        field = invoice._fields["amount_total"]
        field._update_cache(invoice, 0.0)
        reason = "account_move_posting and _presented_as_credit_note show other values meanwhile."
        self.assertEqual(invoice.amount_total, 0.0, reason)
        self.assertEqual(field._get_cache(self.env).get(invoice.id), 0.0, reason)
        self.env.flush_all()
        invoice.invalidate_recordset()
        self.assertEqual(invoice.amount_total, 100.0, reason)

    def test_core_pairs_a_batch_with_its_origins_once_each(self):
        """Two documents of one origin, posted in one call: core hands the origin over once."""
        handed = []
        model = self.env.registry["account.move"]
        original = model._reconcile_reversed_moves

        def recorded(origins, moves, cancel):
            handed.append((len(origins), len(moves)))
            return original(origins, moves, cancel)

        invoice = self.document(100.0)
        notes = self.env["account.move"]
        for _number in range(2):
            notes += self.customer_document(
                [self.line(10.0)], move_type="out_refund", reversed_entry_id=invoice.id
            )
        with patch.object(model, "_reconcile_reversed_moves", recorded):
            notes.action_post()
        self.assertEqual(
            handed[-1],
            (1, 2),
            "account_move_application hands each document's origin over, because core's zip of "
            "origins and documents shifts. If core pairs them now, it need not.",
        )

    # ------------------------------------------------------------------
    # Numbers
    # ------------------------------------------------------------------

    def test_core_looks_for_the_last_number_by_a_search_and_a_text(self):
        """For the document whose number tells the format, by a search in the same context; then
        for the number, by a WHERE. Both tell the series apart by type where the journal has one
        for credit notes."""
        reason = "account_move_numbering gives each of the two the condition of the series."
        self.company_data["default_journal_sale"].refund_sequence = True
        self.document(100.0)
        draft = self.customer_document([self.line(10.0)])
        searched = []
        model = self.env.registry["account.move"]
        original = model._search

        def recorded(moves, domain, *args, **kwargs):
            searched.append((moves.env.context.get("asked_by"), str(domain)))
            return original(moves, domain, *args, **kwargs)

        for refund_sequence in (True, False):
            draft.journal_id.refund_sequence = refund_sequence
            searched.clear()
            draft.flush_recordset()
            with patch.object(model, "_search", recorded):
                asked = draft.with_context(asked_by="this test")
                where, _params = CoreMove._get_last_sequence_domain(asked)
            self.assertEqual(" move_type " in where, refund_sequence, reason)
            self.assertTrue(searched, reason)
            for asked_by, domain in searched:
                self.assertEqual(asked_by, "this test", reason)
                self.assertEqual("move_type" in domain, refund_sequence, reason)

    # ------------------------------------------------------------------
    # Reconciliation
    # ------------------------------------------------------------------

    @staticmethod
    def as_core_reads(items):
        """What core's reconciliation knows of each item."""
        names = ("amount_residual", "amount_residual_currency", "parent_state")
        return {item: {"aml": item, **{name: item[name] for name in names}} for item in items}

    def test_the_values_of_a_reconciliation(self):
        """What is capped, dated and read of the values that core prepares."""
        euro = self.setup_other_currency("EUR", rates=[("2023-01-01", 0.5), ("2023-06-10", 0.4)])
        invoice = self.document(100.0, currency_id=euro.id)
        payment = self.payment(100.0, currency_id=euro.id, date="2023-06-12")
        items = self.receivable_items(invoice, payment.move_id)
        plans, lines = items._optimize_reconciliation_plan([items])
        self.assertEqual(lines, items)
        values = self.as_core_reads(items)
        (result,) = items._prepare_reconciliation_plan(plans[0], values)
        reason = "account_move_line_application caps the residual amounts and reads the results."
        partial = result["partial_values"]
        self.assertLessEqual(
            {
                "amount",
                "debit_move_id",
                "credit_move_id",
                "debit_amount_currency",
                "credit_amount_currency",
            },
            set(partial),
            reason,
        )
        exchange = result["exchange_values"]
        self.assertEqual(set(exchange) - {"to_post"}, {"move_values", "to_reconcile"}, reason)
        self.assertLessEqual({"date", "journal_id", "line_ids"}, set(exchange["move_values"]))
        for line, sequence in exchange["to_reconcile"]:
            self.assertIn(line, items, reason)
            command, _id, entry = exchange["move_values"]["line_ids"][sequence]
            self.assertEqual(command, Command.CREATE, reason)
            self.assertIn("amount_currency", entry, reason)

    def test_a_cap_is_all_that_core_uses_of_an_item(self):
        invoice, credit = self.document(100.0), self.document(-100.0)
        items = self.receivable_items(invoice, credit)
        values = self.as_core_reads(items)
        debit = values[items.filtered(lambda line: line.balance > 0)]
        debit.update(amount_residual=30.0, amount_residual_currency=30.0)
        plans, _lines = items._optimize_reconciliation_plan([items])
        (result,) = items._prepare_reconciliation_plan(plans[0], values)
        self.assertEqual(
            result["partial_values"]["amount"], 30.0, "Apply takes chosen amounts by this cap."
        )

    def test_every_reconciliation_is_created_and_deleted_as_a_partial(self):
        """By any way, and without one there is none."""
        invoice, payment = self.document(100.0), self.payment(40.0)
        model = self.env.registry["account.partial.reconcile"]
        with (
            patch.object(model, "create", side_effect=InterruptedError) as _create,
            self.assertRaises(InterruptedError, msg="The register of applications hangs on it."),
            self.env.cr.savepoint(),
        ):
            self.apply(invoice, payment.move_id)
        self.apply(invoice, payment.move_id)
        with (
            patch.object(model, "unlink", side_effect=InterruptedError) as _unlink,
            self.assertRaises(InterruptedError, msg="The register of applications hangs on it."),
            self.env.cr.savepoint(),
        ):
            invoice.line_ids.remove_move_reconcile()

    def test_the_date_of_a_partial_is_the_later_documents(self):
        invoice, payment = self.document(100.0), self.payment(40.0, date="2023-06-20")
        self.apply(invoice, payment.move_id)
        self.assertEqual(
            str(invoice.line_ids.matched_credit_ids.max_date),
            "2023-06-20",
            "The register dates money by it, and history when it is first filled.",
        )

    def test_entries_of_an_application_are_taken_back_by_reversals_with_a_date(self):
        euro = self.setup_other_currency("EUR", rates=[("2023-01-01", 0.5), ("2023-06-10", 0.4)])
        invoice = self.document(100.0, currency_id=euro.id)
        credit = self.document(-100.0, currency_id=euro.id, invoice_date="2023-06-15")
        self.apply(invoice, credit)
        exchange = invoice.line_ids.matched_credit_ids.exchange_move_id
        calls = []
        original = CoreMove._reverse_moves

        def recorded(moves, default_values_list=None, cancel=False):
            calls.append((moves, [set(values) for values in default_values_list or []]))
            return original(moves, default_values_list, cancel)

        with patch.object(CoreMove, "_reverse_moves", recorded):
            invoice.line_ids.remove_move_reconcile()
        ((moves, values),) = calls
        reason = "account_move_application dates the reversal as the unapplication."
        self.assertEqual(moves, exchange, reason)
        self.assertIn("date", values[0], reason)

    def test_cash_basis_entries_name_their_reconciliation_and_their_date(self):
        self.env.company.tax_exigibility = True
        account = self.company_data["default_account_tax_sale"]
        waiting = account.copy({"name": "Tax waiting", "reconcile": True})
        tax = self.two_sided_tax(
            "21 %",
            21.0,
            tax_exigibility="on_payment",
            cash_basis_transition_account_id=waiting.id,
        )
        invoice = self.customer_document([self.line(100.0, tax=tax)], post=True)
        created = []
        original = CoreMove.create

        def recorded(moves, vals_list):
            created.extend(vals_list if isinstance(vals_list, list) else [vals_list])
            return original(moves, vals_list)

        with patch.object(CoreMove, "create", recorded):
            self.apply(invoice, self.payment(121.0).move_id)
        (entry,) = [vals for vals in created if vals.get("tax_cash_basis_rec_id")]
        self.assertLessEqual(
            {"date", "journal_id"},
            set(entry),
            "account_move_application dates taxes due on payment as the application.",
        )

    # ------------------------------------------------------------------
    # Taxes
    # ------------------------------------------------------------------

    def test_exact_amounts_hold_until_the_line_is_edited(self):
        """Amounts of a line in its ``extra_tax_data`` are taken instead of computed ones."""
        tax = self.two_sided_tax("21 %", 21.0)
        data = {
            "currency_id": self.env.company.currency_id.id,
            "quantity": 1.0,
            "price_unit": 10.0,
            "discount": 0.0,
            "rate": 1.0,
            "manual_total_excluded_currency": 10.0,
            "manual_total_excluded": 10.0,
            "manual_tax_amounts": {
                str(tax.id): {
                    "base_amount_currency": 10.0,
                    "base_amount": 10.0,
                    "tax_amount_currency": 2.13,
                    "tax_amount": 2.13,
                }
            },
        }
        reason = "Adjustments are exact by it (account_move_line_adjustment)."
        invoice = self.customer_document([self.line(10.0, tax=tax, extra_tax_data=data)])
        self.assertEqual(invoice.amount_tax, 2.13, reason)
        invoice.invoice_line_ids.price_unit = 20.0
        self.assertEqual(invoice.amount_tax, 4.2, reason)

    def test_a_negative_invoice_takes_the_invoice_side_by_itself(self):
        """Core asks the line's is_refund, which it computes by the type of the document."""
        tax = self.two_sided_tax("21 %", 21.0)
        line = self.customer_document([self.line(10.0, tax=tax)]).invoice_line_ids
        move = line.move_id
        base_line = move._prepare_product_base_line_for_taxes_computation(line)
        self.assertIn("is_refund", base_line, "account_move_taxes sets it on credits.")
        self.assertFalse(base_line["is_refund"])

    def test_an_invoices_early_discount_needs_that_nothing_else_settled_it(self):
        term = self.early_payment_term("mixed")
        invoice = self.document(100.0, invoice_payment_term_id=term.id)
        currency, day = invoice.currency_id, invoice.invoice_date
        self.assertTrue(invoice._is_eligible_for_early_payment_discount(currency, day))
        self.apply(invoice, self.document(-10.0))
        self.assertFalse(
            invoice._is_eligible_for_early_payment_discount(currency, day),
            "What is left to adjust takes the whole discount or none.",
        )

    def test_core_rewrites_the_customer_of_the_lines_when_it_posts(self):
        """All lines get the document's commercial partner."""
        invoice = self.customer_document([self.line(100.0)], partner_id=self.contact.id)
        invoice.line_ids.partner_id = self.stranger
        invoice.action_post()
        self.assertEqual(
            invoice.line_ids.partner_id,
            self.customer,
            "Documents made from documents take the customer of the items, so they must be made "
            "for one of that customer's contacts.",
        )
