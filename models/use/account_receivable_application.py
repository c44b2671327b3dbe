"""What credits add to the register of applications: write-offs, and the figures of a credit."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL


class AccountReceivableApplication(models.Model):
    _inherit = "account.receivable.application"

    @api.model
    def _forget_cached_rows(self):
        self.env["account.move"].invalidate_model(
            ["credit_applied", "credit_refunded"], flush=False
        )
        return super()._forget_cached_rows()

    def _check_in_force(self):
        for row in self:
            write_off = (row.debit_move_id + row.credit_move_id).filtered("write_off_document_id")
            if write_off and not row.is_exchange:
                raise UserError(
                    self.env._(
                        "%(entry)s wrote off the rest of %(document)s. Reverse the entry instead; "
                        "unapplying would leave the write-off open.",
                        entry=write_off.name,
                        document=write_off.write_off_document_id.name,
                    )
                )
        return super()._check_in_force()


class AccountReceivableApplicationSide(models.Model):
    _inherit = "account.receivable.application.side"

    use = fields.Selection(
        selection_add=[("write_off", "Write-Off"), ("exchange",)],
        help="Refund: money sent back. Payment: money received. Write-off: small balance written "
        "off. Application: any other document.",
    )

    @api.model
    def _get_use_conditions(self, side):
        return {
            **super()._get_use_conditions(side),
            "write_off": SQL("counterpart.write_off_document_id IS NOT NULL"),
        }

    def _get_settlement_label(self):
        """What this application did for its document, if a customer credit takes part.

        The number of an entry tells a customer nothing, so it is not named.

        :return str: a phrase with the other document's name, without the day; else False
        """
        self.ensure_one()
        name, other = self.counterpart_name, self.counterpart_move_id
        if not self.move_id.is_customer_credit:
            return other.is_customer_credit and self.env._(
                "Credit memo %(document)s applied", document=name
            )
        if self.use == "refund":
            return self.env._("Refunded by %(document)s", document=name)
        if self.use == "write_off":
            return self.env._("Written off")
        if other.is_invoice(include_receipts=True):
            return self.env._("Applied to %(document)s", document=name)
        return self.env._("Adjustment")
