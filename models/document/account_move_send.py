"""Sending a credit: its e-invoice, what is missing for it, and refused reports."""

from odoo import api, models


class AccountMoveSend(models.AbstractModel):
    _inherit = "account.move.send"

    def _postprocess_invoice_ubl_xml(self, invoice, invoice_data):
        # The names of the elements depend on the type, and must be those of the exported file.
        with invoice._presented_as_credit_note() as document:
            return super()._postprocess_invoice_ubl_xml(document, invoice_data)

    @api.model
    def _get_alerts(self, moves, moves_data):
        alerts = super()._get_alerts(moves, moves_data)
        if lacking := moves.filtered("lacks_credit_reference"):
            alerts["account_customer_credit_reference"] = {
                "level": "warning",
                "message": self.env._(
                    "These credits reduce tax but have no original invoice or period: "
                    "%(credits)s. Reset them to draft to add one.",
                    credits=", ".join(lacking.mapped("display_name")),
                ),
                "action_text": self.env._("View Credits"),
                "action": lacking._get_records_action(name=self.env._("Check Credits")),
            }
        return alerts
