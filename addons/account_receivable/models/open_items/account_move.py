"""A customer document in the customer's account."""

from odoo import api, fields, models


class AccountMove(models.Model):
    _inherit = "account.move"

    # The customer's list of documents finds them by this field, which core does not index.
    commercial_partner_id = fields.Many2one(index=True)
    amount_residual_in_currency_signed = fields.Monetary(
        string="Balance",
        currency_field="currency_id",
        compute="_compute_amount_residual_in_currency_signed",
        help="Amount still open, in the document currency. Negative: owed to the customer. Drafts "
        "and cancelled documents have no balance.",
    )

    @api.depends("amount_residual", "move_type", "state")
    def _compute_amount_residual_in_currency_signed(self):
        for move in self:
            # Core's residual is positive on invoice and credit note alike; its direction is
            # that of ``amount_total_in_currency_signed``.
            move.amount_residual_in_currency_signed = (
                -move.direction_sign * move.amount_residual if move.state == "posted" else 0.0
            )

    def _get_carrying_customer(self):
        """The commercial partner on whose account this document's items are, even if its contact
        has moved to another company since.

        For a draft: the commercial partner that it was entered for, on whom core books the items.
        """
        self.ensure_one()
        # sudo: who may read the document may know its customer, without access to all contacts.
        move = self.sudo()
        items = move.line_ids.filtered(lambda line: line.account_type == "asset_receivable")
        customers = (items or move.line_ids).commercial_partner_id
        if move.state != "posted" or not customers:
            customers = move.commercial_partner_id.commercial_partner_id
        return customers[:1].sudo(self.env.su)

    def _get_carrying_contact(self):
        """The contact for a document that is made from this one: its own contact or, if that left
        the company, the customer who carries its items."""
        self.ensure_one()
        customer = self._get_carrying_customer()
        # sudo: who may read the document may know its customer, without access to all contacts.
        own = self.sudo().partner_id.commercial_partner_id == customer
        return self.partner_id if own else customer

    def _book_on_receivable_of(self, origin):
        """Book these drafts on the receivable account of the document they were made from, since
        only items of one account settle each other.

        :param origin: ``account.move.line``, the items of that document
        """
        account = origin.account_id.filtered(lambda a: a.account_type == "asset_receivable")[:1]
        items = self.line_ids.filtered(lambda line: line.display_type == "payment_term")
        if account and items.account_id != account:
            items.account_id = account
