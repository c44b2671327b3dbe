"""Refunds of open credits."""

from odoo import models
from odoo.exceptions import UserError

REFUNDER_GROUP = "account_customer_credit.group_customer_credit_refunder"


class AccountMove(models.Model):
    _inherit = "account.move"

    def action_refund_credit(self):
        """Open the dialog that refunds these credits of one customer.

        :return: the action of the dialog
        :raises UserError: if none is open, or they cannot be refunded by one payment
        """
        items = self._get_open_receivable_items().filtered(lambda line: line.amount_residual < 0)
        if not items:
            raise UserError(
                self.env._(
                    "No credit remains to refund on %(documents)s.",
                    documents=", ".join(self[:5].mapped("display_name")),
                )
            )
        return self.env["account.customer.credit.refund"]._open_for_items(items)

    def _check_credit_refund_right(self):
        """Refuse to refund these documents if the current user may not: customer credits, and
        core's credit notes if the company's limit binds them.

        :raises UserError: naming the document and who may
        """
        if self.env.su:
            return
        for move in self.filtered(lambda move: move._is_subject_to_credit_rights()):
            if not self.env.user.has_group(REFUNDER_GROUP):
                raise UserError(
                    self.env._(
                        "You do not have the right to refund %(credit)s. Apply it to an invoice, "
                        "or ask a user with the right to refund customer credits.",
                        credit=move.display_name,
                    )
                )
            issuers = move.credit_issuer_id + move.credit_approver_id
            if move.company_id.customer_credit_refund_by_other and self.env.user in issuers:
                raise UserError(
                    self.env._(
                        "You issued %(credit)s, so another user must refund it in %(company)s. "
                        "Ask a colleague with the right to refund customer credits.",
                        credit=move.display_name,
                        company=move.company_id.display_name,
                    )
                )

    def _check_no_tax_to_withhold(self):
        """Refuse to refund the whole of a document if a part of it is a tax to be withheld.

        :raises UserError: naming the document, the tax and where it is withheld
        """
        if "is_withholding_tax_on_payment" not in self.env["account.tax"]._fields:
            return  # the module of such taxes is not installed
        for move in self:
            taxes = move.invoice_line_ids.tax_ids.flatten_taxes_hierarchy()
            taxes = taxes.filtered("is_withholding_tax_on_payment")
            if taxes and move.is_customer_credit:
                raise UserError(
                    self.env._(
                        "%(credit)s has a withholding tax (%(taxes)s), which this refund would "
                        "pay out as well. Reverse the credit and create a credit note instead "
                        "(Customers > Credit Notes, if shown in the settings). Pay on the credit "
                        "note withholds the tax.",
                        credit=move.display_name,
                        taxes=", ".join(taxes.mapped("name")),
                    )
                )
            if taxes:
                raise UserError(
                    self.env._(
                        "%(credit)s has a withholding tax (%(taxes)s), which this refund would "
                        "pay out as well. Use Pay on %(credit)s instead; it withholds the tax.",
                        credit=move.display_name,
                        taxes=", ".join(taxes.mapped("name")),
                    )
                )
