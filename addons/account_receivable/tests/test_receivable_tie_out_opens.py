"""What the figures of the tie-out open."""

from .common_customer import ReceivableAccountCommon

TODAY = "2023-07-15"
JUNE = "2023-06-30"


class TestReceivableTieOutOpens(ReceivableAccountCommon):
    def test_every_figure_opens_what_it_is_made_of(self):
        self.document(1000.0)
        self.document(-250.0)
        self.document(77.0, partner_id=self.stranger.id)
        (row,) = self.tie_out(JUNE)
        action = row.action_open_items()
        items = self.env[action["res_model"]].search(action["domain"])
        self.assertEqual(sum(items.mapped("balance")), row.ledger)
        action = row.action_open_row()
        rows = self.env[action["res_model"]].with_context(**action["context"])
        rows = rows.search(action["domain"])
        self.assertEqual(sum(rows.mapped("amount_residual")), row.aging)
        self.entry(70.0)
        (row,) = self.tie_out(JUNE)
        action = row.action_open_row()
        self.assertEqual(action["res_model"], "account.receivable.tie.out.finding")
        findings = self.env[action["res_model"]].with_context(**action["context"])
        self.assertEqual(findings.search(action["domain"]).mapped("cause"), ["manual"])

    def test_the_list_of_findings_by_cause_and_by_what_to_correct(self):
        self.entry(70.0)
        account = self.receivable.copy({"name": "Loans", "non_trade": True})
        self.entry(5000.0, account=account)
        findings = self.findings(TODAY)
        self.assertEqual(
            sorted(zip(findings.mapped("cause"), findings.mapped("is_error"), strict=True)),
            [("manual", True), ("non_trade", False)],
        )
