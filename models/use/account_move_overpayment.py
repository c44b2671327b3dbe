"""Overpayments: what a customer paid too much becomes a customer credit.

Journal items of 120 received for an invoice of 100, and of the credit:

    bank 120 | receivable 100, overpayments 20        the payment
    overpayments 20 | receivable 20                   the credit

There is no revenue and no tax, since nothing was sold or taken back.
"""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import format_amount, format_date
from odoo.tools.misc import clean_context

#: The value of the context key. No context from a client can hold this object.
TAKING_BACK = object()


class AccountMove(models.Model):
    _inherit = "account.move"

    overpayment_move_id = fields.Many2one(
        comodel_name="account.move",
        string="Created from Payment",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The payment or bank statement line whose overpayment became this credit.",
    )
    overpayment_credit_ids = fields.One2many(
        comodel_name="account.move", inverse_name="overpayment_move_id", readonly=True
    )

    can_be_kept_as_credit = fields.Boolean(
        compute="_compute_can_be_kept_as_credit",
        help="Whether this customer payment has money left to keep as a credit.",
    )

    @api.depends("can_be_applied", "origin_payment_id", "statement_line_id")
    def _compute_can_be_kept_as_credit(self):
        for move in self:
            items = move._get_open_receivable_items()
            move.can_be_kept_as_credit = bool(
                move._is_money()
                and items
                and all(line.amount_residual < 0 for line in items)
            )

    # ------------------------------------------------------------------
    # From the money to the credit
    # ------------------------------------------------------------------

    def _create_overpayment_credit(self, item):
        """Post the credit for what this payment's entry booked on the overpayment account.

        :param item: the entry's journal item on that account, with a credit balance
        :return: the posted credit of the same amounts, reconciled with that item on the account
        """
        self.ensure_one()
        # sudo: the money was received, so the limit of a billing user does not apply. The amount
        # is that of the money, and a client's defaults are left out.
        moves = self.env(context=clean_context(self.env.context))["account.move"].sudo()
        credit = moves.create(self._prepare_overpayment_values(item))
        credit._book_on_receivable_of(self.line_ids)
        credit._post(soft=False)
        counterpart = credit.line_ids.filtered(lambda line: line.account_id == item.account_id)
        if item.account_id.reconcile:
            # sudo: as above, for a user who may register the payment; both items are the program's
            (counterpart + item).sudo().reconcile()
        return credit.with_env(self.env)

    def _prepare_overpayment_values(self, item):
        """The values of the credit for an overpayment. Extend this method to add more.

        :param item: the ``account.move.line`` on the overpayment account, with a credit balance
        :return dict: values of an ``account.move`` with the item's amounts
        """
        excess = abs(item.amount_currency)
        description = self._get_overpayment_description(item)
        return {
            "move_type": "out_invoice",
            "partner_id": item.partner_id.id,
            "company_id": self.company_id.id,
            "currency_id": item.currency_id.id,
            # The rate of the payment, so that the overpayment account balances.
            "invoice_currency_rate": excess / abs(item.balance) if item.balance else 1.0,
            "invoice_date": self.date,
            "invoice_date_due": self.date,
            "invoice_payment_term_id": False,
            "invoice_origin": self._get_overpaid_money().name,
            "description": description,
            "credit_reason_id": self._get_overpayment_reason().id,
            "overpayment_move_id": self.id,
            "auto_post": "no",
            "fiscal_position_id": False,
            "invoice_line_ids": [
                Command.create(
                    {
                        "name": description,
                        "account_id": item.account_id.id,
                        "quantity": 1.0,
                        "price_unit": -excess,
                        "tax_ids": [Command.clear()],
                    }
                )
            ],
        }

    def _get_overpaid_money(self):
        """The payment or bank line that this entry is of, or whose remainder it moves."""
        return self.overpayment_move_id or self

    def _get_overpayment_description(self, item):
        """What the customer paid too much with, in words and formats of the customer's language.

        :param item: as for :meth:`_prepare_overpayment_values`
        :return str: names the payment, its amount and its date
        """
        language = item.partner_id.lang or self.env.lang
        money = self._get_overpaid_money().with_context(lang=language)
        payment, line = money.origin_payment_id, money.statement_line_id
        if payment:
            amount, currency = payment.amount, payment.currency_id
        elif line.foreign_currency_id:
            amount, currency = line.amount_currency, line.foreign_currency_id
        else:
            amount, currency = line.amount, line.currency_id
        return money.env._(
            "Overpayment with payment %(payment)s of %(amount)s on %(date)s",
            payment=payment.name or money.name,
            amount=format_amount(money.env, amount, currency),
            date=format_date(money.env, money.date),
        )

    def action_keep_as_credit(self):
        """Turn what is open of each of these payments into a credit.

        An entry of today moves the open amount from receivables to the overpayment account; the
        credit moves it back as a document with a number, a date and a print.

        :return: the action that opens the credits
        :raises UserError: unless these are payments or bank lines with money left
        """
        for move in self:
            move._check_can_be_kept_as_credit()
        credits = self.env["account.move"]
        for move in self:
            for item in move._get_open_receivable_items():
                credits += move._keep_remainder_as_credit(item)
        return credits._get_records_action(name=self.env._("Customer Credits"))

    def _check_can_be_kept_as_credit(self):
        self.check_access("read")
        self.env["account.move"].check_access("create")
        items = self._get_open_receivable_items()
        if not self.can_be_kept_as_credit:
            raise UserError(
                self.env._(
                    "%(document)s has no overpayment to keep as a credit. Choose a customer "
                    "payment with money left.",
                    document=self.display_name,
                )
            )
        if not items.partner_id:
            raise UserError(
                self.env._(
                    "%(document)s has no customer. Enter the customer, then use Keep as Credit.",
                    document=self.display_name,
                )
            )
        if not self.company_id.customer_credit_enabled:
            self._check_credit_enabled()

    def _keep_remainder_as_credit(self, item):
        item._lock_for_application()
        account = self.company_id._get_customer_credit_overpayment_account()
        moves = self.env(context=clean_context(self.env.context))["account.move"]
        transfer = moves.create(self._prepare_transfer_values(item, account)).with_env(self.env)
        # sudo: only the program writes the field, here for a user who may post the entry
        transfer.sudo().overpayment_move_id = self
        transfer._post(soft=False)
        moved, held = transfer.line_ids.sorted("balance", reverse=True)
        (item + moved).reconcile()
        credit = transfer._create_overpayment_credit(held)
        # sudo: as above, for a user who may post the entry
        credit.sudo().overpayment_move_id = self
        return credit

    def _prepare_transfer_values(self, item, account):
        """The values of today's entry that moves an item from receivables to the overpayment
        account.

        :param item: the open ``account.move.line`` of the payment
        :return dict: values of an ``account.move``
        """
        amounts = (-item.amount_residual, -item.amount_residual_currency)
        return {
            "move_type": "entry",
            "company_id": self.company_id.id,
            "journal_id": self.env["account.journal"]
            .search(
                [
                    *self.env["account.journal"]._check_company_domain(self.company_id),
                    ("type", "=", "general"),
                ],
                limit=1,
            )
            .id,
            "date": max(self.date, fields.Date.context_today(self)),
            "ref": self.env._("Overpayment with %(payment)s", payment=self.name),
            "line_ids": [
                Command.create(
                    {
                        "name": self.name,
                        "account_id": line_account.id,
                        "partner_id": item.partner_id.id,
                        "currency_id": item.currency_id.id,
                        "balance": sign * amounts[0],
                        "amount_currency": sign * amounts[1],
                    }
                )
                for line_account, sign in ((item.account_id, 1), (account, -1))
            ],
        }

    # ------------------------------------------------------------------
    # Taking credits back
    # ------------------------------------------------------------------

    def _check_overpayment_credit_stays(self):
        """Refuse to reset a credit whose money is still there, and to restore one that was
        cancelled because its money was gone.

        :raises UserError: naming the credit and its payment
        """
        if self._is_taking_back():
            return
        for move in self:
            money = move.overpayment_move_id
            if money and move.state == "cancel":
                raise UserError(
                    self.env._(
                        "%(document)s was cancelled together with %(payment)s. To keep the money "
                        "as a credit again, use Keep as Credit on the payment.",
                        document=move.display_name,
                        payment=money.display_name,
                    )
                )
            if move.state == "posted" and money.state == "posted":
                raise UserError(
                    self.env._(
                        "%(document)s was created from %(payment)s. Apply or refund the credit, "
                        "or reset %(payment)s to draft to cancel it.",
                        document=move.display_name,
                        payment=money.display_name,
                    )
                )

    def _is_taking_back(self):
        return self.env.context.get("customer_credit_taking_back") is TAKING_BACK

    def _take_back_overpayment_credits(self):
        """Cancel the overpayment credits of these entries, which are about to be reset.

        :raises UserError: if a credit was used, naming what to undo first
        """
        # sudo: a user who may reset the payment may not be allowed to reset the credit.
        documents = self.sudo().overpayment_credit_ids.filtered(lambda m: m.state == "posted")
        credits = documents.filtered("is_customer_credit")
        for credit in credits:
            if credit.currency_id.compare_amounts(credit.credit_remaining, -credit.amount_total):
                raise UserError(
                    self.env._(
                        "%(credit)s, the credit for the overpayment with %(payment)s, is applied "
                        "to %(documents)s. Use Unapply in the Applications tab of the credit "
                        "first.",
                        credit=credit.display_name,
                        payment=credit.overpayment_move_id.display_name,
                        documents=", ".join(
                            credit._get_settled_counterparts().mapped("display_name")
                        ),
                    )
                )
        if documents:
            documents = documents.with_context(customer_credit_taking_back=TAKING_BACK)
            documents.line_ids.remove_move_reconcile()
            documents.button_draft()
            documents.button_cancel()
        for credit in credits:
            credit._message_log(
                body=self.env._(
                    "Cancelled together with %(payment)s, the payment it was created from.",
                    payment=credit.overpayment_move_id.name,
                )
            )

    def _restore_overpayment_credits(self):
        """Make the overpayment a credit again for payments that are posted again."""
        for move in self.filtered("origin_payment_id"):
            # sudo: the credits belong to a payment that the user posts.
            cancelled = move.sudo().overpayment_credit_ids.filtered("is_customer_credit")
            account = cancelled.invoice_line_ids.account_id
            for item in move.line_ids.filtered(
                lambda line, account=account: line.account_id in account and line.balance < 0
            ):
                if not item.reconciled:
                    move._create_overpayment_credit(item)

    # ------------------------------------------------------------------
    # No sale
    # ------------------------------------------------------------------

    def _need_ubl_cii_xml(self, ubl_cii_format):
        # Nothing was sold or taken back, so there is nothing to report to a tax authority.
        return not self.overpayment_move_id and super()._need_ubl_cii_xml(ubl_cii_format)
