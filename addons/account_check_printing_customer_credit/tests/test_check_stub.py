"""The stub of a check that sends the money of credits back."""

from odoo.addons.account_customer_credit.tests.common_customer import CustomerAccountCommon


class TestCheckStub(CustomerAccountCommon):
    def refund(self, *documents, amount=None):
        """A check for these documents, by core's dialog."""
        bank = self.company_data["default_journal_bank"]
        method = bank.outbound_payment_method_line_ids.filtered(
            lambda line: line.code == "check_printing"
        )
        values = {"journal_id": bank.id, "payment_method_line_id": method.id}
        if amount is not None:
            values["amount"] = amount
        wizard = (
            self.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=[move.id for move in documents])
            .create({"group_payment": True, **values})
        )
        return wizard._create_payments()

    def stub(self, payment):
        """The lines of the stub without the documents' numbers."""
        self.fresh()
        return [
            {**line, "number": line["number"].split("/")[0].removeprefix("R")}
            if "number" in line
            else line
            for page in payment._check_make_stub_pages()
            for line in page
        ]

    def test_several_credits_on_one_check(self):
        """40.00 and 50.00: both are listed, as core lists its credit notes of the same."""
        credits = [self.document(-40.0), self.document(-50.0)]
        notes = [self.document(price, move_type="out_refund") for price in (40.0, 50.0)]
        payment, expected = self.refund(*credits), self.refund(*notes)
        self.assertEqual(payment.amount, 90.0)
        lines = self.stub(payment)
        self.assertEqual(lines, self.stub(expected))
        amounts = {line["amount_total"].replace("\xa0", "") for line in lines}
        self.assertEqual(amounts, {"$40.00", "$50.00"})
        self.assertEqual({line["amount_residual"] for line in lines}, {"-"})

    def test_a_part_of_a_credit(self):
        payment = self.refund(self.document(-250.0), amount=100.0)
        expected = self.refund(self.document(250.0, move_type="out_refund"), amount=100.0)
        lines = self.stub(payment)
        self.assertEqual(lines, self.stub(expected))
        self.assertIn("150.00", lines[0]["amount_residual"])
        self.assertNotIn("-", lines[0]["amount_residual"])

    def test_credits_and_credit_notes_together(self):
        """Under the one heading of refunds."""
        payment = self.refund(self.document(-40.0), self.document(60.0, move_type="out_refund"))
        self.assertEqual(len(self.stub(payment)), 2)

    def test_the_credits_stay_what_they_are(self):
        credit = self.document(-40.0)
        payment = self.refund(credit)
        self.stub(payment)
        self.fresh()
        self.assertEqual((credit.amount_total, credit.move_type), (-40.0, "out_invoice"))
        self.assertEqual(credit.invoice_line_ids.price_unit, -40.0)
        self.assertTiesOut()

    def test_a_check_for_no_document(self):
        self.assertEqual(self.stub(self.payment(-30.0)), [])
