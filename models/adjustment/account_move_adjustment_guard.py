"""The checks of a posted adjustment: it never takes back more than what is left."""

from collections import defaultdict

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

from .account_move_adjustment_left import LineLeft
from .line_amounts import LineAmounts


class AccountMove(models.Model):
    _inherit = "account.move"

    def _check_written_adjustments(self, vals):
        if vals.get("state") == "posted" and not self._is_posting_credits():
            # The state may be written without the button: check that too.
            self.filtered(lambda move: move.state == "draft")._check_adjustments()
        if "reversed_entry_id" in vals:
            self.filtered(
                lambda move: (
                    move.state == "posted"
                    and move.reversed_entry_id.id != (vals["reversed_entry_id"] or False)
                )
            )._filter_adjustments()._refuse_new_origin()

    def _refuse_new_origin(self):
        """Refuse to change what these posted adjustments take back: it could be taken back twice.

        :raises UserError: if there is any document
        """
        for move in self[:1]:
            raise UserError(
                self.env._(
                    "%(adjustment)s is posted, so its adjusted lines cannot be changed. Reset it "
                    "to draft first.",
                    adjustment=move.display_name,
                )
            )

    def _filter_adjustments(self):
        # one query for all documents: hardly any of them is an adjustment
        lines = self.env["account.move.line"].search(
            Domain("move_id", "in", self.ids) & Domain("adjusted_line_id", "!=", False)
        )
        return self & lines.move_id

    def _check_adjustments(self):
        """Refuse adjustments that take back more than what is left, and give those that take the
        rest of a line its remaining cents.

        Earlier drafts count, later ones do not: of two drafts that each take the rest, only the
        first can be posted.

        :raises UserError: naming the line and what is left of it
        """
        adjustments = self._filter_adjustments()
        origins = adjustments.reversed_entry_id
        origins._lock_for_adjustment()
        documents = origins._get_taking_back()
        for adjustment in adjustments:
            adjustment._check_adjusted_invoice(allowed=self)
            others = documents.filtered(
                lambda document, adjustment=adjustment: (
                    document != adjustment
                    and document.reversed_entry_id == adjustment.reversed_entry_id
                    and (document.state == "posted" or document.id < adjustment.id)
                )
            )
            left = adjustment.reversed_entry_id._get_left_to_adjust(others)
            adjustment._take_remaining_cents(left)
            adjustment._check_left(left)
            adjustment._take_remaining_taxes(others)

    def _lock_for_adjustment(self):
        """Let one transaction at a time adjust these invoices. Odoo retries the other one, which
        then sees what the first has taken."""
        if self:
            # An update without a change: after a lock alone the other transaction would go on
            # with what it read before.
            self.env.cr.execute(
                SQL("UPDATE account_move SET id = id WHERE id IN %s", tuple(sorted(self.ids)))
            )

    def _check_adjusted_invoice(self, allowed):
        """Refuse an adjustment with lines of another invoice or in another currency, or of an
        invoice that is not posted.

        :param allowed: documents that are posted together with it
        :raises UserError: naming the two documents
        """
        self.ensure_one()
        invoice = self.reversed_entry_id
        adjusted = self.invoice_line_ids.adjusted_line_id.move_id
        if not invoice or adjusted != invoice or self.currency_id != invoice.currency_id:
            raise UserError(
                self.env._(
                    "%(adjustment)s has lines that adjust %(adjusted)s, but is not an adjustment "
                    "of that invoice in the same currency. Remove these lines, or delete the "
                    "draft and use Adjust on the invoice.",
                    adjustment=self.display_name,
                    adjusted=", ".join(adjusted.mapped("display_name")),
                )
            )
        if invoice.state != "posted" and invoice not in allowed:
            raise UserError(
                self.env._(
                    "%(adjustment)s adjusts %(invoice)s, which is not posted. Confirm the "
                    "invoice first, or delete the adjustment.",
                    adjustment=self.display_name,
                    invoice=invoice.display_name,
                )
            )

    def _get_taken(self):
        """What this adjustment takes back, by invoice line.

        :return: ``{invoice line: (LineAmounts, quantity)}``, positive for what was sold
        """
        self.ensure_one()
        amounts, quantities = defaultdict(LineAmounts), defaultdict(float)
        for line, line_amounts in self._get_line_amounts().items():
            adjusted = line.adjusted_line_id
            if adjusted:
                at_own_rate = self.reversed_entry_id._at_own_rate(self, line_amounts)
                amounts[adjusted].add(at_own_rate, -1)
                if not line.is_price_correction:
                    quantities[adjusted] += line.quantity * self.direction_sign
        return {line: (amounts[line], quantities[line]) for line in amounts}

    def _check_left(self, left):
        self.ensure_one()
        compare = self.currency_id.compare_amounts
        for line, (amounts, quantity) in self._get_taken().items():
            line_left = left.get(line) or LineLeft(line, 0.0, LineAmounts())
            sign = -1 if line_left.original.total() < 0 else 1
            beyond = any(
                compare(sign * taken, sign * rest) > 0
                for taken, rest in (
                    (amounts.total(), line_left.amounts.total()),
                    (amounts.excluded(), line_left.amounts.excluded()),
                )
            )
            uom = line.product_uom_id
            over = abs(quantity) - abs(line_left.quantity)
            returns_beyond = quantity and over > (uom.rounding if uom else 1e-6) / 2
            if beyond or returns_beyond:
                raise UserError(
                    self.env._(
                        "%(adjustment)s credits %(taken)s (quantity %(quantity)s) of “%(line)s” "
                        "on %(invoice)s, but only %(left)s including tax (quantity "
                        "%(left_quantity)s) remains. Enter less, or delete the draft and adjust "
                        "the invoice again.",
                        adjustment=self.display_name,
                        taken=self.currency_id.format(amounts.total()),
                        quantity=f"{quantity:g}",
                        line=line.name or line.product_id.display_name,
                        invoice=line.move_id.display_name,
                        left=self.currency_id.format(line_left.amounts.total()),
                        left_quantity=f"{line_left.quantity:g}",
                    )
                )
        total = sum(line_left.amounts.total() for line_left in left.values())
        step = self.invoice_cash_rounding_id.rounding
        if compare(abs(self.amount_total), total + step) > 0:
            raise UserError(
                self.env._(
                    "%(adjustment)s credits %(taken)s, but only %(left)s of %(invoice)s remains "
                    "to adjust. Enter less, or issue a separate customer credit for the rest.",
                    adjustment=self.display_name,
                    taken=self.currency_id.format(abs(self.amount_total)),
                    invoice=self.reversed_entry_id.display_name,
                    left=self.currency_id.format(total),
                )
            )
