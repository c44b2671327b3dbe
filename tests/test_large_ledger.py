"""The ledger of a company that has booked for decades: journal items beyond 134 million, and
applications beyond a thousand million, the largest that an integer holds once it is multiplied."""

from odoo.tools import SQL

from .common_customer import CustomerAccountCommon

ITEM, APPLICATION = 1_900_000_001, 1_900_000_002


class TestLargeLedger(CustomerAccountCommon):
    def renumber(self, table, record, number):
        """Give this row a number as a later one would have it."""
        self.env.flush_all()
        table = SQL.identifier(table)
        for query in (
            SQL("CREATE TEMPORARY TABLE late AS SELECT * FROM %s WHERE id = %s", table, record.id),
            SQL("DELETE FROM %s WHERE id = %s", table, record.id),
            SQL("UPDATE late SET id = %s", number),
            SQL("INSERT INTO %s SELECT * FROM late", table),
            SQL("DROP TABLE late"),
        ):
            self.env.cr.execute(query)
        self.env.invalidate_all()

    def test_the_tie_out_finds_an_entry(self):
        """70.00 by an entry that no document stands for, item 1,900,000,001."""
        entry = self.entry(70.0)
        self.renumber("account_move_line", self.receivable_items(entry), ITEM)
        (finding,) = self.findings("2023-07-15")
        self.assertEqual((finding.cause, finding.line_id.id), ("manual", ITEM))
        self.assertEqual((finding.move_id, finding.documents), (entry, -70.0))
        self.assertEqual(finding.action_open_entry()["res_id"], entry.id)

    def test_the_applications_of_a_credit(self):
        invoice, credit = self.document(1000.0), self.document(-250.0)
        self.apply(invoice, credit)
        row = credit.receivable_application_ids.application_id
        self.renumber("account_receivable_application", row, APPLICATION)
        for document, other in ((invoice, credit), (credit, invoice)):
            side = document.receivable_application_ids
            self.assertEqual(side.application_id.id, APPLICATION)
            self.assertEqual(side.counterpart_move_id, other)
