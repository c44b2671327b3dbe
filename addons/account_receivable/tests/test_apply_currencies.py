"""Partial amounts across currencies: exact, and the exchange differences are core's."""

from odoo.exceptions import UserError

from .common_customer import ReceivableAccountCommon

RATES = [("2023-01-01", 0.5), ("2023-06-10", 0.4), ("2023-07-01", 0.625)]


class TestApplyCurrencies(ReceivableAccountCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.euro = cls.setup_other_currency("EUR", rates=RATES)
        cls.pound = cls.setup_other_currency("GBP", rates=[("2023-01-01", 0.3)])

    def open_items(self, *moves):
        return self.receivable_items(*moves).filtered(lambda line: not line.reconciled)

    def exchange_amounts(self, *moves):
        """The exchange differences booked for these documents, in company currency."""
        rows = self.env["account.receivable.application"].search([("is_exchange", "=", True)])
        documents = self.env["account.move"].union(*moves)
        return sorted(
            rows.filtered(
                lambda row: row.debit_move_id in documents or row.credit_move_id in documents
            ).mapped("amount")
        )

    def test_parts_of_a_foreign_credit_until_nothing_is_left(self):
        """500 EUR owed at 0.5, a credit of 100 EUR at 0.4: 33.33, 33.33 and 33.34 of it."""
        invoice = self.document(500.0, currency_id=self.euro.id)
        credit = self.document(-100.0, currency_id=self.euro.id, invoice_date="2023-06-15")
        for part in (33.33, 33.33, 33.34):
            items = self.open_items(invoice, credit)
            items._apply_receivables(dict.fromkeys(items, part))
            self.assertTiesOut()
        self.assertEqual(self.left_of(credit), 0.0)
        self.assertEqual(invoice.amount_residual, 400.0)
        item = self.receivable_items(invoice)
        self.assertAlmostEqual(item.amount_residual, 800.0, 2, "The rest keeps its rate.")

        # the same in one go, by core
        other = self.document(500.0, currency_id=self.euro.id)
        same = self.document(-100.0, currency_id=self.euro.id, invoice_date="2023-06-15")
        self.apply(other, same)
        self.assertAlmostEqual(
            sum(self.exchange_amounts(credit)), sum(self.exchange_amounts(same)), 2
        )
        self.assertEqual(sum(self.exchange_amounts(same)), 50.0)

    def test_a_whole_credit_books_what_core_books(self):
        """In every pair of currencies: applied by us, and reconciled by core."""
        company = self.env.company.currency_id
        for debit, credit in (
            (company, company),
            (self.euro, self.euro),
            (self.euro, company),
            (company, self.euro),
            (self.euro, self.pound),
        ):
            with self.subTest(f"{debit.name} settled in {credit.name}"):
                pairs = [
                    (
                        self.document(500.0, currency_id=debit.id),
                        self.document(-77.77, currency_id=credit.id, invoice_date="2023-06-15"),
                    )
                    for _time in range(2)
                ]
                ours, cores = pairs
                action = ours[1].action_apply_credit()
                dialog = self.env[action["res_model"]].browse(action["res_id"])
                # only this pair: the customer's other invoices are for the other rounds
                for line in dialog.invoice_line_ids:
                    line.amount = line.residual if line.move_id == ours[0] else 0.0
                items = self.open_items(*ours)
                amounts = {line: abs(line.amount_residual_currency) for line in items}
                unmet = items._get_unmet_amounts(amounts)
                amounts = {
                    line: line.currency_id.round(amount - unmet[line])
                    for line, amount in amounts.items()
                }
                items._apply_receivables(amounts)
                self.apply(*cores)
                for own, core in zip(ours, cores, strict=True):
                    self.assertEqual(own.amount_residual, core.amount_residual)
                    self.assertEqual(
                        self.receivable_items(own).amount_residual,
                        self.receivable_items(core).amount_residual,
                    )
                self.assertEqual(self.exchange_amounts(*ours), self.exchange_amounts(*cores))
                self.assertTiesOut()
                self.apply(ours[0], self.document(-5000.0, currency_id=debit.id))
                self.apply(cores[0], self.document(-5000.0, currency_id=debit.id))

    def test_the_dialog_proposes_what_core_would_use(self):
        """An invoice in euros, a credit in company currency: amounts on both sides, no rest."""
        invoice = self.document(100.0, currency_id=self.euro.id)
        credit = self.document(-70.0, invoice_date="2023-06-15")
        action = invoice.action_apply_credit()
        dialog = self.env[action["res_model"]].browse(action["res_id"])
        self.assertTrue(dialog.has_several_currencies)
        self.assertEqual(dialog.credit_line_ids.amount, 70.0)
        self.assertEqual(dialog.invoice_line_ids.amount, 28.0)  # at 0.4, the credit's day
        self.assertTrue(dialog.is_balanced)
        dialog.invoice_line_ids.amount = 50.0
        dialog.invalidate_recordset()
        self.assertFalse(dialog.is_balanced)
        with self.assertRaisesRegex(UserError, "22.00.*is unassigned"):
            dialog.action_apply()
        dialog.invoice_line_ids.amount = 28.0
        dialog.action_apply()
        self.assertEqual(self.left_of(credit), 0.0)
        self.assertEqual(invoice.amount_residual, 72.0)
        self.assertTiesOut()

    def test_a_part_between_two_currencies(self):
        invoice = self.document(100.0, currency_id=self.euro.id)
        credit = self.document(-70.0, invoice_date="2023-06-15")
        items = self.open_items(invoice, credit)
        debit = self.open_items(invoice)
        items._apply_receivables({debit: 10.0, items - debit: 25.0})
        self.assertEqual(invoice.amount_residual, 90.0)
        self.assertEqual(self.left_of(credit), 45.0)
        self.assertTiesOut()

    def test_two_companies_cannot_settle_each_other(self):
        company = self.two_companies()
        own = self.document(-100.0)
        other = self.env["account.move"].search(
            [("company_id", "=", company.id), ("amount_total", ">", 0)]
        )
        items = self.open_items(own, other)
        with self.assertRaisesRegex(UserError, "receivable account|within one company"):
            items._apply_receivables(dict.fromkeys(items, 10.0))
