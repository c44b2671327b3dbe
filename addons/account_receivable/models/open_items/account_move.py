"""A customer document as it stands in the customer's account."""

from odoo import api, fields, models


class AccountMove(models.Model):
    _inherit = "account.move"

    # The customer's list of documents finds them by this field, which core does not index.
    commercial_partner_id = fields.Many2one(index=True)
    amount_residual_in_currency_signed = fields.Monetary(
        string="Balance",
        currency_field="currency_id",
        compute="_compute_amount_residual_in_currency_signed",
        help="What is still open of the document, in its own currency. A negative balance is "
        "what we still owe. Drafts and cancelled documents have none.",
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
        """The customer who carries this document's items: the company or person on whose account
        they are, wherever the contact that the document names belongs to by now.

        A draft's items are those of the company that it was entered for: core puts them there
        when it is posted.
        """
        self.ensure_one()
        # sudo: who may read the document, and not all contacts, learns whose its items are.
        move = self.sudo()
        items = move.line_ids.filtered(lambda line: line.account_type == "asset_receivable")
        customers = (items or move.line_ids).commercial_partner_id
        if move.state != "posted" or not customers:
            customers = move.commercial_partner_id.commercial_partner_id
        return customers[:1].sudo(self.env.su)

    def _get_carrying_contact(self):
        """Whom to make a document out to that is made from this one: its own contact or, where
        that has left, the customer who carries its items."""
        self.ensure_one()
        customer = self._get_carrying_customer()
        # sudo: who may read the document, and not all contacts, learns where its contact belongs.
        own = self.sudo().partner_id.commercial_partner_id == customer
        return self.partner_id if own else customer

    def _book_on_receivable_of(self, origin):
        """Put these drafts on the receivable account of the document they were made from: only
        items of one account settle each other, whatever the customer's account is by now.

        :param origin: items of that document
        """
        account = origin.account_id.filtered(lambda a: a.account_type == "asset_receivable")[:1]
        items = self.line_ids.filtered(lambda line: line.display_type == "payment_term")
        if account and items.account_id != account:
            items.account_id = account
