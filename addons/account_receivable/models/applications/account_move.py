"""What happened to a document of a customer's account: its applications, one by one."""

from odoo import api, fields, models
from odoo.exceptions import UserError

from .application_event import TAKEN_BACK, ApplicationEvent


class AccountMove(models.Model):
    _inherit = "account.move"

    receivable_application_ids = fields.One2many(
        comodel_name="account.receivable.application.side",
        inverse_name="move_id",
        string="Applications",
        readonly=True,
        groups="account.group_account_invoice,account.group_account_readonly",
        help="What this document settled or was settled by, and what was taken back.",
    )
    can_be_applied = fields.Boolean(
        compute="_compute_can_be_applied",
        help="Whether something of this posted document is open on the customer's account.",
    )

    @api.depends("state", "move_type", "line_ids.reconciled", "line_ids.account_type")
    def _compute_can_be_applied(self):
        for move in self:
            move.can_be_applied = bool(move._get_open_receivable_items())

    def _get_open_receivable_items(self):
        """The items of these posted documents that are open on customers' accounts."""
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
        """Open the dialog in which these documents, of one customer, are settled.

        :raises UserError: when they are of several customers, or nothing of them is open
        """
        items = self._get_open_receivable_items()
        if not items:
            raise UserError(
                self.env._(
                    "Nothing of %(documents)s is open: there is nothing to apply.",
                    documents=", ".join(self[:5].mapped("display_name")),
                )
            )
        return self.env["account.receivable.apply"]._open_for_items(items)

    def action_apply_outstanding_amount(self, line_id):
        """Open the dialog for this document and one item of the list that core offers for it.

        :param int line_id: the item, an ``account.move.line``
        """
        self.ensure_one()
        item = self.env["account.move.line"].browse(line_id)
        own = self._get_open_receivable_items().filtered(
            lambda line: line.account_id == item.account_id
        )
        if not own or not item.exists() or item.reconciled:
            raise UserError(
                self.env._(
                    "%(document)s or the other document was settled meanwhile. Reload the page.",
                    document=self.display_name,
                )
            )
        return self.env["account.receivable.apply"]._open_for_items(own + item)

    # ------------------------------------------------------------------
    # The day of what core applies by itself, and of what it books with an application
    # ------------------------------------------------------------------

    @api.model
    def _date_cash_basis_entries(self, vals_list):
        """Taxes that are due on payment are due on the day of the application, not on that of the
        later document."""
        entries = [vals for vals in vals_list if vals.get("tax_cash_basis_rec_id")]
        if not entries:
            return
        # sudo: of the register a day is told, of what this user has just reconciled.
        register = self.env["account.receivable.application"].sudo()
        partial_ids = [vals["tax_cash_basis_rec_id"] for vals in entries]
        rows = register.search([("partial_id", "in", partial_ids)])
        days = {
            row.partial_id.id: row.date
            for row in rows
            if ApplicationEvent.dates_entries(self.env, row.debit_move_id + row.credit_move_id)
        }
        for vals in entries:
            day = days.get(vals["tax_cash_basis_rec_id"])
            if day and vals.get("date"):
                journal = self.env["account.journal"].browse(vals["journal_id"])
                vals["date"] = journal._get_day_of_application(day, vals["date"], has_tax=True)

    def _reverse_moves(self, default_values_list=None, cancel=False):
        event = self.env.context.get(TAKEN_BACK)
        if isinstance(event, ApplicationEvent) and default_values_list:
            # What an application booked is taken back on the day the application is.
            for move, values in zip(self, default_values_list, strict=True):
                if move._is_booked_by_application() and values.get("date"):
                    day = max(move.date, event.get_earliest_date(move.company_id))
                    values["date"] = move.journal_id._get_day_of_application(
                        day, values["date"], has_tax=move._affect_tax_report()
                    )
        return super()._reverse_moves(default_values_list, cancel=cancel)

    def _is_booked_as_applied(self):
        """Whether what is booked with the settling of this document is always dated as that is,
        whoever settles it; else as Odoo dates it, see ``ApplicationEvent.dates_entries``."""
        self.ensure_one()
        return False

    def _is_money(self):
        """Whether this entry is that of a payment or of a line of a bank statement."""
        self.ensure_one()
        return bool(self.origin_payment_id or self.statement_line_id)

    def _is_booked_by_application(self):
        """Whether this is an exchange difference of a receivable, or the taxes of a customer's
        document that are due on payment."""
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
        # Somebody applies, though in core's way: what is booked with it is of that day, too.
        move = self.with_context(**ApplicationEvent.of(self.env).context())
        return super(AccountMove, move).js_assign_outstanding_line(line_id)

    def _takes_outstanding_item(self, item):
        """Whether this document of a customer is settled with an item that names a customer.

        :raises UserError: for an item of another one
        """
        (self._get_open_receivable_items() + item)._check_one_customer()
        return True

    def js_remove_outstanding_partial(self, partial_id):
        move = self.with_context(**ApplicationEvent.of(self.env).context())
        return super(AccountMove, move).js_remove_outstanding_partial(partial_id)

    def _reconcile_reversed_moves(self, reverse_moves, move_reverse_cancel):
        # A reversal, or a credit of one invoice, settles that invoice with its own date.
        # Core names each origin once and pairs the two lists one by one: two reversals of one
        # document, and one of another customer's, would settle across.
        origins = [move.reversed_entry_id.id for move in reverse_moves]
        moves = self.browse(origins) if all(origins) else self
        moves = moves.with_context(**ApplicationEvent.of_documents(self.env))
        result = super(AccountMove, moves)._reconcile_reversed_moves(
            reverse_moves, move_reverse_cancel
        )
        return result.with_env(self.env) if result else result


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _reconcile_marked(self):
        # Imported reconciliations are history of the documents that come with them.
        lines = self.with_context(**ApplicationEvent.of_documents(self.env))
        return super(AccountMoveLine, lines)._reconcile_marked()
