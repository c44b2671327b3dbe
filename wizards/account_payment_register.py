"""Register Payment, together with the customer's open credits."""

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from odoo.addons.account_receivable.models.applications.application_details import (
    ApplicationDetails,
)

WRITE_OFF_GROUP = "account_customer_credit.group_customer_credit_write_off"


class AccountPaymentRegister(models.TransientModel):
    _name = "account.payment.register"
    _inherit = ["account.payment.register", "account.receivable.dialog"]

    credit_line_ids = fields.One2many(
        comodel_name="account.payment.register.credit",
        inverse_name="wizard_id",
        string="Open Credits",
        help="Selected credits reduce the amount to pay and are applied together with the "
        "payment.",
    )

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        if "credit_line_ids" in fields and values.get("line_ids"):
            lines = self.env["account.move.line"].browse(values["line_ids"][0][2])
            values["credit_line_ids"] = [
                Command.create({"item_id": item.id})
                for item in self._get_available_credit_items(lines)
            ]
        return values

    @api.model
    def _get_available_credit_items(self, lines):
        """The open credits that may settle these items together with a payment.

        :param lines: the ``account.move.line`` to pay
        :return: ``account.move.line``, oldest first; empty unless the items are invoices of one
            customer, on one account and in one currency
        """
        if (
            len(lines.commercial_partner_id) != 1
            or len(lines.account_id) != 1
            or len(lines.currency_id) != 1
            or len(lines.company_id) != 1
            or lines.account_id.account_type != "asset_receivable"
            or any(line.amount_residual <= 0 for line in lines)
        ):
            return lines.browse()
        domain = lines.commercial_partner_id._get_open_receivable_domain() & Domain(
            [
                ("amount_residual_currency", "<", 0),
                ("account_id", "=", lines.account_id.id),
                ("currency_id", "=", lines.currency_id.id),
                ("company_id", "=", lines.company_id.id),
            ]
        )
        return lines.search(domain, order="date, id")

    @api.onchange("credit_line_ids")
    def _use_ticked_credits(self):
        """Add the ticked credits to the items to pay, which core nets."""
        for wizard in self:
            offered = wizard.credit_line_ids.item_id._origin
            ticked = wizard.credit_line_ids.filtered("use").item_id._origin
            lines = (wizard.line_ids._origin - offered) | ticked
            if lines != wizard.line_ids._origin:
                wizard.line_ids = [Command.set(lines.ids)]
            if ticked:
                wizard.group_payment = True

    @api.depends("credit_line_ids.use")
    def _compute_duplicate_moves(self):
        # A payment that is ticked as a credit settles the invoice together with this one.
        result = super()._compute_duplicate_moves()
        for wizard in self:
            ticked = wizard.credit_line_ids.filtered("use").item_id
            wizard.duplicate_payment_ids -= ticked.move_id.origin_payment_id
        return result

    @api.model
    def _get_line_batch_key(self, line):
        key = super()._get_line_batch_key(line)
        if line in self.credit_line_ids.filtered("use").item_id._origin:
            # The payment is incoming: the bank account and the contact of a credit, to which it
            # would be refunded, do not apply.
            first = (self.line_ids._origin - self.credit_line_ids.item_id._origin)[:1]
            key = {**super()._get_line_batch_key(first)}
        return key

    def _get_communication(self, lines):
        moves = lines.move_id
        if len(moves) < 2 or not any(moves.mapped("is_customer_credit")):
            return super()._get_communication(lines)
        # As for core's credit notes, an outgoing or netted payment names its documents, since the
        # customer sees nothing else on the transfer.
        names = {
            super(AccountPaymentRegister, self)._get_communication(
                lines.filtered(lambda line, move=move: line.move_id == move)
            )
            for move in moves
        }
        return ", ".join(sorted(filter(None, names)))

    # ------------------------------------------------------------------
    # Create
    # ------------------------------------------------------------------

    def _create_payments(self):
        self.ensure_one()
        self._use_ticked_credits()
        kept_on = self._prepare_overpayment()
        self._check_ticked_credits()
        credits = self.line_ids.filtered(
            lambda line: line.account_type == "asset_receivable" and line.balance < 0
        )
        if credits:
            self._check_credits_to_pay(credits)
        elif not kept_on:
            return super()._create_payments()
        # A refund or an overpayment books an entry even where the bank journal has no account for
        # payments on their way: from then on the credit is used, or there is one.
        wizard = self.with_context(force_payment_move=True)
        payments = super(AccountPaymentRegister, wizard)._create_payments().with_env(self.env)
        for item in payments.move_id.line_ids.filtered(lambda line: line.account_id in kept_on):
            item.move_id._create_overpayment_credit(item)
        return payments

    def _check_ticked_credits(self):
        """Check the ticked credits.

        :raises UserError: for an item that is no open credit of the customer, or if the credits
            leave nothing to pay
        """
        ticked = self.credit_line_ids.filtered("use").item_id
        if not ticked:
            return
        invoices = self.line_ids - ticked
        foreign = ticked - self._get_available_credit_items(invoices)
        if foreign:
            raise UserError(
                self.env._(
                    "%(credit)s can no longer be applied to %(invoices)s; it may have just been "
                    "used. Close this window and open it again.",
                    credit=foreign[:1].move_id.display_name,
                    invoices=invoices._get_document_names(),
                )
            )
        rest = sum(self.line_ids.mapped("amount_residual_currency"))
        if ticked.currency_id.compare_amounts(rest, 0.0) <= 0:
            raise UserError(
                self.env._(
                    "The selected credits cover %(invoices)s in full, so no payment is needed. "
                    "Deselect some, or use Apply Credit instead.",
                    invoices=invoices._get_document_names(),
                )
            )

    def _check_credits_to_pay(self, credits):
        """Lock these credits and check that they were not used meanwhile.

        :raises UserError: if one was used, or the user may not refund it or write it off
        """
        credits._lock_for_application()
        for line in credits.filtered("reconciled"):
            raise UserError(
                self.env._(
                    "%(credit)s has just been used in full. Close this window and review the "
                    "document.",
                    credit=line.move_id.display_name,
                )
            )
        if self.payment_type == "outbound":
            bound = credits.move_id.filtered(lambda move: move._is_subject_to_credit_rights())
            if (
                bound
                and self.payment_difference_handling == "reconcile"
                and not self.env.su
                and not self.env.user.has_group(WRITE_OFF_GROUP)
            ):
                raise UserError(
                    self.env._(
                        "You do not have the right to write off the balance of %(credit)s. Keep "
                        "the difference open, or ask a user with that right.",
                        credit=bound[:1].display_name,
                    )
                )

    def _reconcile_payments(self, to_process, edit_mode=False):
        # A payment settles its invoice, and the ticked credits, on the payment's date.
        details = ApplicationDetails(self.env, day=self.payment_date, is_payment=True)
        wizard = self.with_context(**details.context())
        for values in to_process:
            values["to_reconcile"] = values["to_reconcile"].with_env(wizard.env)
            values["payment"] = values["payment"].with_env(wizard.env)
        return super(AccountPaymentRegister, wizard)._reconcile_payments(
            to_process, edit_mode=edit_mode
        )


class AccountPaymentRegisterCredit(models.TransientModel):
    _name = "account.payment.register.credit"
    _description = "Open Credit in Register Payment"
    _inherit = ["account.receivable.dialog.line"]

    wizard_id = fields.Many2one(
        comodel_name="account.payment.register", required=True, ondelete="cascade"
    )
    use = fields.Boolean()
