"""Write-offs of small balances of customers' documents."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

WRITE_OFF_GROUP = "account_customer_credit.group_customer_credit_write_off"


class AccountMove(models.Model):
    _inherit = "account.move"

    write_off_document_id = fields.Many2one(
        comodel_name="account.move",
        string="Writes Off",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The document written off by this entry.",
    )
    is_small_balance = fields.Boolean(
        compute="_compute_is_small_balance",
        help="Whether the current user can write off the balance of this document.",
    )

    @api.depends("state", "move_type", "amount_residual", "amount_residual_signed")
    @api.depends_context("uid")
    def _compute_is_small_balance(self):
        may_write_off = self.env.user.has_group(WRITE_OFF_GROUP)
        for move in self:
            move.is_small_balance = (
                may_write_off
                and move.state == "posted"
                and move.is_sale_document(include_receipts=True)
                and not move.currency_id.is_zero(move.amount_residual)
                and not move._is_above_write_off_limit(fields.Date.context_today(move))
            )

    def _is_above_write_off_limit(self, day):
        """Whether what is left of this document is too much to be written off on that day.

        As with the limit for credits, an edited or old rate can make a balance small in the ledger
        only. So the booked amount and the one at the day's rate both count.
        """
        self.ensure_one()
        company = self.company_id
        amount = max(
            abs(self.amount_residual_signed),
            self.currency_id._convert(
                abs(self.amount_residual), company.currency_id, company, day
            ),
        )
        limit = company.customer_credit_write_off_limit
        return company.currency_id.compare_amounts(amount, limit) > 0

    def _prepare_write_off_vals(self, items, journal, day, reason):
        """The entry that settles what is open of this document, at the rate it is booked at.

        :param items: its open ``account.move.line`` on the customer's account
        :param journal: a miscellaneous journal
        :param date day: the date of the entry
        :param str reason: the reason, for the reference of the entry
        :return dict: values of an ``account.move`` whose first lines settle the items, one each in
            their order, and whose last line is on the company's account for write-offs
        """
        self.ensure_one()
        company, customer = self.company_id, self._get_carrying_customer()
        balance = sum(items.mapped("amount_residual"))
        account = (
            company.customer_credit_write_off_invoice_account_id
            if balance > 0
            else company.customer_credit_write_off_credit_account_id
        )
        common = {
            "name": self.env._("Write-off of %(document)s", document=self.name),
            "partner_id": customer.id,
            "currency_id": self.currency_id.id,
            "tax_ids": [Command.clear()],
        }
        lines = [
            {
                **common,
                "account_id": item.account_id.id,
                "partner_id": item.partner_id.id,
                "balance": -item.amount_residual,
                "amount_currency": -item.amount_residual_currency,
            }
            for item in items
        ]
        lines.append(
            {
                **common,
                "account_id": account.id,
                "balance": balance,
                "amount_currency": sum(items.mapped("amount_residual_currency")),
            }
        )
        return {
            "move_type": "entry",
            "company_id": company.id,
            "journal_id": journal.id,
            "date": day,
            "currency_id": self.currency_id.id,
            "partner_id": customer.id,
            "ref": f"{self.name}: {reason}",
            "write_off_document_id": self.id,
            "line_ids": [Command.create(line) for line in lines],
        }

    def _check_written_off_stays(self):
        """Refuse to reset a write-off whose document is still settled with it.

        :raises UserError: naming the entry and the document
        """
        for move in self.filtered(lambda move: move.write_off_document_id):
            if move._get_settled_counterparts():
                # Core would leave the document settled with a draft.
                raise UserError(
                    self.env._(
                        "%(entry)s writes off %(document)s. Reverse the entry to reopen the "
                        "document.",
                        entry=move.display_name,
                        document=move.write_off_document_id.display_name,
                    )
                )
