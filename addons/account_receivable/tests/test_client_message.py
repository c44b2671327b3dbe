"""A short message after each act, with links to the documents."""

from odoo.addons.account_receivable.models.client_message import close_with_message

from .common_customer import TODAY, ReceivableAccountCommon


class TestClientMessage(ReceivableAccountCommon):
    def params(self, action):
        self.assertEqual(action["tag"], "display_notification")
        self.assertEqual(action["params"]["next"], {"type": "ir.actions.act_window_close"})
        return action["params"]

    def test_applied_and_unapplied(self):
        invoice, note = self.document(100.0), self.document(-40.0)
        action = note.action_apply_credit()
        dialog = self.env[action["res_model"]].browse(action["res_id"])
        dialog.credit_line_ids.amount = dialog.invoice_line_ids.amount = 25.0
        params = self.params(dialog.action_apply())
        self.assertEqual(params["message"], "$\N{NO-BREAK SPACE}25.00 applied: %s, %s")
        self.assertEqual(
            {link["label"] for link in params["links"]}, {invoice.name, note.name}
        )
        application = note.receivable_application_ids.application_id
        action = application.action_open_unapply()
        dialog = self.env[action["res_model"]].browse(action["res_id"])
        dialog.write({"date": TODAY, "reason": "Another invoice"})
        params = self.params(dialog.action_unapply())
        self.assertEqual(params["message"], "Unapplied: %s, %s")

    def test_a_few_documents_are_named(self):
        documents = self.env["account.move"].union(*(self.document(1.0) for _n in range(7)))
        params = self.params(close_with_message("100 % applied:", documents))
        self.assertEqual(params["message"], "100 %% applied: %s, %s, %s, %s, %s, ...")
        self.assertEqual(len(params["links"]), 5)
        self.assertEqual(self.params(close_with_message("Stopped."))["message"], "Stopped.")
