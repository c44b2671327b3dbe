"""The applications of a customer's document."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from .application_details import UNAPPLICATION_KEY, ApplicationDetails


class AccountMove(models.Model):
    _inherit = "account.move"

    receivable_application_ids = fields.One2many(
        comodel_name="account.receivable.application.side",
        inverse_name="move_id",
        string="Applications",
        readonly=True,
        groups="account.group_account_invoice,account.group_account_readonly",
        help="Applications of this document, including reversed ones.",
    )
    can_be_applied = fields.Boolean(
        compute="_compute_can_be_applied",
        help="The posted document has an open balance on the customer's account.",
    )

    @api.depends("state", "move_type", "line_ids.reconciled", "line_ids.account_type")
    def _compute_can_be_applied(self):
        for move in self:
            move.can_be_applied = bool(move._get_open_receivable_items())

    def _get_open_receivable_items(self):
        """The open receivable items of these documents, as far as they are posted."""
        return self.line_ids.filtered(
            lambda line: (
                line.parent_state == "posted"
                and line.account_type == "asset_receivable"
                and not line.reconciled
            )
        )

    # ------------------------------------------------------------------
    # Apply
    # ------------------------------------------------------------------

    def action_apply_credit(self):
        """Open the dialog that settles these documents of one customer.

        :return: the action of the dialog
        :raises UserError: if they are of several customers, or none is open
        """
        items = self._get_open_receivable_items()
        if not items:
            raise UserError(
                self.env._(
                    "No open balance is left to apply on %(documents)s.",
                    documents=", ".join(self[:5].mapped("display_name")),
                )
            )
        return self.env["account.receivable.apply"]._open_for_items(items)

    def action_apply_outstanding_amount(self, line_id):
        """Open the dialog for this document and one of its outstanding items in core's list.

        :param int line_id: the item, an ``account.move.line``
        :return: the action of the dialog
        :raises UserError: if one of the two was settled meanwhile
        """
        self.ensure_one()
        item = self.env["account.move.line"].browse(line_id)
        own = self._get_open_receivable_items().filtered(
            lambda line: line.account_id == item.account_id
        )
        if not own or not item.exists() or item.reconciled:
            raise UserError(
                self.env._(
                    "%(document)s or the selected item has just been used. Reload the page.",
                    document=self.display_name,
                )
            )
        return self.env["account.receivable.apply"]._open_for_items(own + item)

    # ------------------------------------------------------------------
    # The date of core's own applications, and of the entries that core books with one
    # ------------------------------------------------------------------

    @api.model
    def _date_cash_basis_entries(self, vals_list):
        """Date cash basis entries as their application, not as the later document.

        :param list vals_list: values of ``account.move``, changed in place
        """
        entries = [vals for vals in vals_list if vals.get("tax_cash_basis_rec_id")]
        if not entries:
            return
        # sudo: only the dates are used, of what this user has just reconciled.
        register = self.env["account.receivable.application"].sudo()
        partial_ids = [vals["tax_cash_basis_rec_id"] for vals in entries]
        rows = register.search([("partial_id", "in", partial_ids)])
        days = {
            row.partial_id.id: row.date
            for row in rows
            if ApplicationDetails.dates_entries(self.env, row.debit_move_id + row.credit_move_id)
        }
        for vals in entries:
            day = days.get(vals["tax_cash_basis_rec_id"])
            if day and vals.get("date"):
                journal = self.env["account.journal"].browse(vals["journal_id"])
                vals["date"] = journal._get_day_of_application(day, vals["date"], has_tax=True)

    def _reverse_moves(self, default_values_list=None, cancel=False):
        details = self.env.context.get(UNAPPLICATION_KEY)
        if isinstance(details, ApplicationDetails) and default_values_list:
            # The entries of an application are reversed on the day of the unapplication.
            for move, values in zip(self, default_values_list, strict=True):
                if move._is_booked_by_application() and values.get("date"):
                    day = max(move.date, details.get_earliest_date(move.company_id))
                    values["date"] = move.journal_id._get_day_of_application(
                        day, values["date"], has_tax=move._affect_tax_report()
                    )
        return super()._reverse_moves(default_values_list, cancel=cancel)

    def _is_booked_as_applied(self):
        """Whether the entries booked with the settling of this document always take its date,
        whoever settles it; else see ``ApplicationDetails.dates_entries``."""
        self.ensure_one()
        return False

    def _is_money(self):
        """Whether this is the entry of a payment or of a bank statement line."""
        self.ensure_one()
        return bool(self.origin_payment_id or self.statement_line_id)

    def _is_booked_by_application(self):
        """Whether this is an exchange difference of a receivable or the cash basis entry of a
        customer's document."""
        self.ensure_one()
        return self.tax_cash_basis_origin_move_id.is_sale_document(True) or (
            self.journal_id == self.company_id.currency_exchange_journal_id
            and "asset_receivable" in self.line_ids.mapped("account_type")
        )

    def js_assign_outstanding_line(self, line_id):
        item = self.env["account.move.line"].browse(line_id)
        (self.line_ids + item).check_access("read")
        is_customers = self.is_sale_document(include_receipts=True) and item.commercial_partner_id
        if is_customers and not self._takes_outstanding_item(item):
            return None
        # A user applies, if in core's list: the entries booked with it take today's date too.
        move = self.with_context(**ApplicationDetails.of(self.env).context())
        return super(AccountMove, move).js_assign_outstanding_line(line_id)

    def _takes_outstanding_item(self, item):
        """Whether to settle this document of a customer with an item that has a customer.

        :raises UserError: for another customer's item
        """
        (self._get_open_receivable_items() + item)._check_one_customer()
        return True

    def js_remove_outstanding_partial(self, partial_id):
        move = self.with_context(**ApplicationDetails.of(self.env).context())
        return super(AccountMove, move).js_remove_outstanding_partial(partial_id)

    def _reconcile_reversed_moves(self, reverse_moves, move_reverse_cancel):
        # A reversal, or a credit of one invoice, settles that invoice as of its own date.
        # Core lists each origin once and pairs the two lists one by one: two reversals of one
        # document would shift the pairs, to another customer's document too.
        origins = [move.reversed_entry_id.id for move in reverse_moves]
        moves = self.browse(origins) if all(origins) else self
        moves = moves.with_context(**ApplicationDetails.of_documents(self.env))
        result = super(AccountMove, moves)._reconcile_reversed_moves(
            reverse_moves, move_reverse_cancel
        )
        return result.with_env(self.env) if result else result


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _reconcile_marked(self):
        # Imported reconciliations take the dates of their documents, not today's.
        lines = self.with_context(**ApplicationDetails.of_documents(self.env))
        return super(AccountMoveLine, lines)._reconcile_marked()
