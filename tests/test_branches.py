"""Head office and branches settle each other's documents: each sees what became of its own."""

from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user

from .common_customer import CustomerAccountCommon

SIDE_FIELDS = {
    name: {"fields": {"display_name": {}}} if name in ("company_id", "user_id") else {}
    for name in ("date", "kind", "use", "counterpart_name", "amount", "company_id", "user_id")
}


class TestBranches(CustomerAccountCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.head = cls.env.company
        cls.north, cls.south = cls.env["res.company"].create(
            [{"name": name, "parent_id": cls.head.id} for name in ("Northside", "Southside")]
        )
        cls.env.user.company_ids += cls.north + cls.south
        cls.env = cls.env(
            context={
                **cls.env.context,
                "allowed_company_ids": (cls.head + cls.north + cls.south).ids,
            }
        )
        cls.clerks = {
            company: new_test_user(
                cls.env,
                login=f"clerk_{company.id}",
                groups="account.group_account_invoice",
                company_id=company.id,
                company_ids=[Command.set(company.ids)],
            )
            for company in (cls.head, cls.north, cls.south)
        }

    def document_of(self, company, amount, post=True):
        moves = self.env["account.move"].with_company(company)
        partner = self.customer.with_company(company)
        partner.property_account_receivable_id = self.receivable
        move = moves.create(
            {
                "move_type": "out_invoice",
                "partner_id": partner.id,
                "invoice_date": "2023-06-01",
                "invoice_line_ids": [self.line(amount, account_id=self.revenue.id)],
            }
        )
        if post:
            move.action_post()
        self.assertEqual(move.company_id, company)
        return move

    def seen_by(self, company, move):
        """The document as the clerk of one company opens it, who works for no other."""
        self.env.flush_all()
        self.env.invalidate_all()
        return move.with_user(self.clerks[company]).with_context(allowed_company_ids=company.ids)

    def assertAddsUp(self, credit):
        used = credit.credit_applied + credit.credit_refunded + credit.credit_remaining
        self.assertEqual(credit.currency_id.compare_amounts(used, -credit.amount_total), 0)

    def test_the_branch_sees_what_its_credit_was_applied_to(self):
        invoice = self.document_of(self.head, 1000.0)
        credit = self.document_of(self.north, -250.0)
        items = self.receivable_items(invoice, credit)
        items._apply_receivables(dict.fromkeys(items, 100.0), reason="Agreed by phone")
        row = self.env["account.receivable.application"].search(
            [("credit_move_id", "=", credit.id)]
        )
        self.assertEqual(row.company_id, self.head)

        seen = self.seen_by(self.north, credit)
        self.assertEqual((seen.credit_applied, seen.credit_remaining), (100.0, 150.0))
        self.assertAddsUp(seen)
        (form,) = seen.web_read(
            {
                "credit_applied": {},
                "invoice_payments_widget": {},
                "receivable_application_ids": {"fields": SIDE_FIELDS},
            }
        )
        (side,) = form["receivable_application_ids"]
        self.assertEqual((side["counterpart_name"], side["amount"]), (invoice.name, 100.0))
        self.assertEqual(side["company_id"]["id"], self.north.id)

        # and the head office its invoice, as before
        seen = self.seen_by(self.head, invoice)
        self.assertEqual(seen.receivable_application_ids.mapped("amount"), [100.0])
        # taken back, both are told
        row._unapply(row.date, "Wrong document")
        for company, move in ((self.north, credit), (self.head, invoice)):
            seen = self.seen_by(company, move)
            self.assertEqual(seen.receivable_application_ids.mapped("amount"), [100.0, -100.0])
        self.assertAddsUp(self.seen_by(self.north, credit))

    def test_what_is_applied_by_itself(self):
        """An invoice takes what the dialog *Apply Credits* would propose for it: of the branch the
        head office's credit, and the other way round; of companies that are switched on."""
        (self.head + self.north + self.south).customer_credit_auto_apply = "oldest"
        for owing, owed in ((self.north, self.head), (self.head, self.south)):
            credit = self.document_of(owed, -250.0)
            alone = self.document_of(owing, 100.0, post=False)
            alone.with_context(allowed_company_ids=owing.ids).action_post()
            self.assertEqual((alone.amount_residual, credit.credit_remaining), (100.0, 250.0))
            invoice = self.document_of(owing, 150.0)
            self.assertEqual((invoice.amount_residual, credit.credit_remaining), (0.0, 100.0))
            self.assertAddsUp(self.seen_by(owed, credit))
            self.apply(alone, credit)

    def test_a_branch_clerk_takes_nothing_of_the_head_office(self):
        """The clerk sees none of its documents, and posts an invoice as before."""
        self.north.customer_credit_auto_apply = "oldest"
        credit = self.document_of(self.head, -250.0)
        own = self.document_of(self.north, -20.0)
        invoice = self.document_of(self.north, 100.0, post=False)
        self.seen_by(self.north, invoice).action_post()
        self.assertEqual((invoice.amount_residual, credit.credit_remaining), (80.0, 250.0))
        self.assertEqual(own.credit_remaining, 0.0)

    def test_the_head_office_sees_it_the_other_way_round(self):
        credit = self.document_of(self.head, -250.0)
        invoice = self.document_of(self.south, 90.0)
        self.receivable_items(invoice, credit).reconcile()
        seen = self.seen_by(self.head, credit)
        self.assertEqual(seen.receivable_application_ids.counterpart_name, invoice.name)
        self.assertEqual((seen.credit_applied, seen.credit_remaining), (90.0, 160.0))
        self.assertAddsUp(seen)

    def test_a_refund_by_the_head_office(self):
        credit = self.document_of(self.north, -250.0)
        refund = self.payment(-250.0)
        self.receivable_items(credit, refund.move_id).reconcile()
        seen = self.seen_by(self.north, credit)
        self.assertEqual((seen.credit_refunded, seen.credit_remaining), (250.0, 0.0))
        self.assertAddsUp(seen)

    def test_nothing_else_of_the_other_company_is_read(self):
        invoice = self.document_of(self.head, 1000.0)
        credit = self.document_of(self.north, -250.0)
        self.receivable_items(invoice, credit).reconcile()
        side = self.seen_by(self.north, credit).receivable_application_ids
        for record in (
            side.counterpart_move_id,
            side.counterpart_line_id,
            side.application_id,
        ):
            with self.subTest(record=record), self.assertRaises(AccessError):
                record.read(["display_name", "company_id"])
        for click in (side.action_open_document, side.action_unapply):
            with self.subTest(click=click.__name__), self.assertRaises(AccessError):
                click()
        # not through the list of what documents see, either
        sides = side.browse()
        self.assertEqual(sides.search([]).company_id, self.north)
        self.assertFalse(sides.search([("move_id", "=", invoice.id)]))
        rows = self.env["account.receivable.application"].with_user(self.clerks[self.north])
        rows = rows.with_context(allowed_company_ids=self.north.ids)
        self.assertFalse(rows.search([]))
        # and a third branch sees nothing at all
        others = sides.with_user(self.clerks[self.south]).with_context(
            allowed_company_ids=self.south.ids
        )
        self.assertFalse(others.search([]))
