"""What settled a document, in the same words on screen, in lists, in print and on the portal.

``payment_state`` keeps core's values, so that other addons understand it.
"""

from odoo import api, fields, models

from .account_move_credit_uses import CREDIT_STATES


class AccountMove(models.Model):
    _inherit = "account.move"

    status_in_payment = fields.Selection(
        selection_add=[
            *(state for state in CREDIT_STATES if state[0] not in ("open", "reversed")),
            ("credited", "Settled by Credit"),
        ]
    )

    # The dependencies of ``credit_state``, which customers on the portal may not read.
    @api.depends("is_customer_credit", "credit_remaining", "reversal_move_ids.state")
    def _compute_status_in_payment(self):
        result = super()._compute_status_in_payment()
        settled = self.filtered(
            lambda move: move.status_in_payment in ("partial", "in_payment", "paid", "reversed")
        )
        # sudo: who reads a document may know its status, as core's.
        for credit in settled.filtered("is_customer_credit").sudo():
            credit.status_in_payment = credit.credit_state or credit.status_in_payment
        whole = settled.filtered(
            lambda move: move.move_type == "out_invoice"
            and not move.is_customer_credit
            and move.payment_state in ("paid", "reversed")
        )
        whole._filter_settled_by_credit().status_in_payment = "credited"
        return result

    def _filter_settled_by_credit(self):
        """Those of these invoices that customer credits settled, without any money."""
        if not self:
            return self
        # sudo: who may read an invoice may know whether a credit settled it, as in core's print.
        sides = (
            self.env["account.receivable.application.side"]
            .sudo()
            .search_fetch(
                [
                    ("move_id", "in", self.ids),
                    ("is_in_force", "=", True),
                    ("use", "!=", "exchange"),
                ],
                ["move_id", "counterpart_move_id"],
            )
        )
        by_invoice = sides.grouped("move_id")
        return self.filtered(
            lambda move: move._origin in by_invoice
            and all(
                other.is_customer_credit for other in by_invoice[move._origin].counterpart_move_id
            )
        )

    def _compute_payments_widget_reconciled_info(self):
        result = super()._compute_payments_widget_reconciled_info()
        shown = self.filtered("invoice_payments_widget")
        if not shown:
            return result
        # sudo: who may read the document may know what settled it, as in core.
        sides = shown._origin.sudo().receivable_application_ids.filtered("is_in_force")
        by_row = {(side.move_id.id, side.application_id.partial_id.id): side for side in sides}
        for move in shown:
            widget = move.invoice_payments_widget
            content = []
            for row in widget["content"]:
                side = by_row.get((move._origin.id, row["partial_id"]))
                label = side and side._get_settlement_label()
                if label:
                    # Core's label of the row, where our templates are not used.
                    row = {**row, "settlement": label, "date": side.date, "is_refund": True}
                content.append(row)
            move.invoice_payments_widget = {**widget, "content": content}
        return result

    def _get_settlements(self):
        """What settled this document where a customer credit takes part, for prints and portal.

        :return: list of dicts, the rows of core's ``invoice_payments_widget``: ``settlement`` is
            a phrase with the document's name, ``date`` the day of the application, ``amount`` is
            positive
        """
        self.ensure_one()
        # sudo: as core's print of the payments; customers on the portal read their own document.
        widget = self.sudo().invoice_payments_widget or {"content": []}
        return [row for row in widget["content"] if row.get("settlement")]
