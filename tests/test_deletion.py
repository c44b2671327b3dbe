"""Who and what can be deleted; what our records name says so in a sentence."""

from odoo.exceptions import UserError

from .access_discovery import OWN_ADDONS
from .common_customer import CustomerAccountCommon


class TestDeletion(CustomerAccountCommon):
    def delete_all_documents(self):
        """Everything is taken back: applied, unapplied, reset to draft, deleted."""
        invoice, credit = self.document(1000.0), self.document(-250.0)
        self.apply(invoice, credit)
        rows = credit.receivable_application_ids.application_id
        (invoice + credit).line_ids.remove_move_reconcile()
        rows = self.env["account.receivable.application"].search(
            [("partner_id", "=", self.customer.id)]
        )
        (invoice + credit).button_draft()
        (invoice + credit).with_context(force_delete=True).unlink()
        return rows

    def test_a_customer_without_documents_can_be_deleted(self):
        rows = self.delete_all_documents()
        self.assertEqual(rows.mapped("amount"), [-250.0, 250.0])
        (self.contact + self.customer).unlink()
        self.assertTrue(all(row.debit_name and row.credit_name for row in rows))
        self.assertFalse(rows.partner_id)
        self.assertFalse(rows.debit_move_id + rows.credit_move_id)
        for day in ("2023-06-15", "2023-07-15"):
            self.assertFalse(self.tie_out(day, self.partners))

    def test_a_refused_deletion_says_what_refers_to_the_record(self):
        """Of every field of ours that holds what it names, one that is in use."""
        self.delete_all_documents()
        row = self.env["account.receivable.application"].search([], limit=1)
        with self.assertRaisesRegex(UserError, "Receivable Application"):
            row.account_id.unlink()  # nothing is booked on it any more
        reason = self.env["account.customer.credit.reason"].create({"name": "Of last year"})
        self.document(-5.0, credit_reason_id=reason.id)
        statement = self.env["account.customer.statement"].sudo().create(
            {"partner_id": self.stranger.id, "date": "2023-07-15"}
        )
        batch = self.env["account.customer.statement.batch"].sudo().create(
            {"kind": "open_item", "date": "2023-07-15", "selection": "chosen"}
        )
        in_use = {
            "account.move.credit_reason_id": reason,
            "account.move.commercial_partner_id": self.customer,
            "account.customer.statement.partner_id": statement.partner_id,
            "account.customer.statement.company_id": statement.company_id,
            "account.customer.statement.batch.company_id": batch.company_id,
            "account.receivable.application.company_id": row.company_id,
            "account.receivable.application.account_id": row.account_id,
            "account.receivable.application.debit_currency_id": row.debit_currency_id,
            "account.receivable.application.credit_currency_id": row.credit_currency_id,
            # a row of the register is never deleted
            "account.receivable.application.application_id": row,
        }
        holding = {
            f"{name}.{field.name}"
            for name, model in self.env.items()
            if not model._abstract and model._auto
            for field in model._fields.values()
            if field.type == "many2one"
            and field.store
            and field.ondelete == "restrict"
            and field._module in OWN_ADDONS
        }
        self.assertEqual(holding, set(in_use), "What it names is deleted with a sentence: how?")
        for name, record in in_use.items():
            with self.subTest(field=name), self.assertRaisesRegex(UserError, "cannot|not allowed"):
                record.unlink()
