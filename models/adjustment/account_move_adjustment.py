"""An adjustment: a customer credit made from one invoice, line by line.

It names its invoice as ``reversed_entry_id``, so core settles the two when it is posted, and each
of its lines names the line it takes back.
"""

from odoo import api, fields, models
from odoo.fields import Command, Domain

from .account_move_adjustment_amounts import AdjustmentPiece
from .adjustment_amounts import LineAmounts


class AccountMove(models.Model):
    _inherit = "account.move"

    adjustment_count = fields.Integer(compute="_compute_adjustment_count")

    @api.depends("reversal_move_ids")
    def _compute_adjustment_count(self):
        counts = dict(
            self.env["account.move"]._read_group(
                self._get_adjustments_domain(), ["reversed_entry_id"], ["__count"]
            )
        )
        for move in self:
            move.adjustment_count = counts.get(move._origin, 0)

    def _get_adjustments_domain(self):
        """The documents made from these invoices: adjustments and core's credit notes, cancelled
        ones too."""
        return Domain("reversed_entry_id", "in", self.ids) & Domain(
            "move_type", "in", ("out_invoice", "out_refund")
        )

    def action_open_adjustments(self):
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("account.action_move_out_invoice")
        return {
            **action,
            "display_name": self.env._("Adjustments of %(invoice)s", invoice=self.display_name),
            "domain": list(self._get_adjustments_domain()),
            "context": {"default_move_type": "out_invoice", "create": False},
        }

    def action_open_adjusted_invoice(self):
        self.ensure_one()
        return self.reversed_entry_id._get_records_action()

    def action_adjust(self):
        """Open the adjustment of this invoice, filled with all that is not yet adjusted.

        :raises UserError: where there is nothing to adjust, or not in this way
        """
        self.ensure_one()
        wizard = self.env["account.invoice.adjust"]
        wizard.check_access("create")
        wizard._check_adjustable(self)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Adjust %(invoice)s", invoice=self.display_name),
            "res_model": wizard._name,
            "view_mode": "form",
            "target": "new",
            "context": {"default_invoice_id": self.id, "dialog_size": "extra-large"},
        }

    # ------------------------------------------------------------------
    # The document
    # ------------------------------------------------------------------

    def _create_adjustment(self, pieces, **values):
        """Make the draft of an adjustment.

        :param pieces: ``AdjustmentPiece`` with their amounts
        :param values: fields of the document: ``invoice_date`` at least
        :return: the draft
        """
        self.ensure_one()
        documents = self._get_taking_back()
        left = self._get_left_to_adjust(documents)
        pieces = [*pieces, *self._get_rounding_pieces(left, pieces)]
        invoice = self.with_company(self.company_id)
        adjustment = invoice.env["account.move"].create(
            invoice._prepare_adjustment(left, pieces, **values)
        )
        adjustment._book_on_receivable_of(self.line_ids)
        adjustment._fit_early_taxes(pieces)
        adjustment._take_remaining_taxes(documents)
        self._message_log(
            body=self.env._("Adjusted by %(adjustment)s", adjustment=adjustment._get_html_link())
        )
        return adjustment

    def _prepare_adjustment(self, left, pieces, **values):
        """The values of an adjustment: what core's credit note copies of an invoice, with lines of
        our own.

        As core's credit note it is due on its day: the invoice's terms are for who owes us. Only
        terms that book a discount's tax with the invoice are part of what is taken back, unless
        the customer took that discount: the price is lowered then, as the tax was.
        """
        self.ensure_one()
        term = self.invoice_payment_term_id
        is_lowered = self._lowers_tax_on_invoice() and not self._get_early_discount_taken()
        is_whole = self._is_whole(left, pieces)
        day = values["invoice_date"]
        contact = self._get_carrying_contact()
        language = contact.lang or self.env.lang
        vals = self.copy_data(
            {
                "line_ids": [],
                "move_type": "out_invoice",
                "reversed_entry_id": self.id,
                "partner_id": contact.id,
                # as core's credit note: whose sale it was, whoever takes it back
                "invoice_user_id": self.invoice_user_id.id,
                "ref": self.with_context(lang=language).env._(
                    "Adjustment of %(invoice)s", invoice=self.name
                ),
                "description": False,
                "date": day,
                "invoice_date_due": day,
                "invoice_payment_term_id": term.id if is_lowered else False,
                "invoice_currency_rate": self.invoice_currency_rate,
                "auto_post": "at_date" if day > fields.Date.context_today(self) else "no",
                **values,
            }
        )[0]
        vals.pop("partner_bank_id", None)
        # A closed period moves the date when the adjustment is posted, as on any document.
        vals["date"] = day
        # What is rounded to the smallest coin is the invoice; a part of it is not rounded again.
        # Nor is a whole one in another currency: Odoo converts a rounding at the day's own rate.
        if is_whole and self.currency_id == self.company_currency_id:
            pieces = [piece for piece in pieces if piece.left.line.display_type != "rounding"]
        else:
            vals["invoice_cash_rounding_id"] = False
        lines = {**self._prepare_headings(pieces, is_whole), **self._prepare_pieces(pieces)}
        order = {line: index for index, line in enumerate(self.invoice_line_ids)}
        vals["line_ids"] = [
            Command.create(lines[line])
            for line in sorted(lines, key=lambda line: order.get(line, len(order)))
        ]
        return vals

    def _prepare_pieces(self, pieces):
        """:return: ``{invoice line: values of the line that takes it back}``"""
        return {
            piece.left.line: {
                **piece.left.line._prepare_adjusting_line(
                    piece.quantity, piece.price_unit, piece.is_price_correction
                ),
                "display_type": "product",
                "name": piece.name or piece.left.line.name,
                "extra_tax_data": self._prepare_piece_tax_data(piece),
            }
            for piece in pieces
        }

    def _prepare_headings(self, pieces, is_whole):
        """The sections and notes that go with the lines: all with a full reversal, else the
        sections of the lines that are there.

        :return: ``{invoice line: values of its copy}``
        """
        headings = self.invoice_line_ids.filtered(
            lambda line: line.display_type in ("line_section", "line_subsection", "line_note")
        )
        if not is_whole:
            lines = self.env["account.move.line"].union(*(piece.left.line for piece in pieces))
            headings &= lines.parent_id | lines.parent_id.parent_id
        copies = zip(headings, headings.copy_data({"move_id": False}), strict=True)
        return {
            heading: {name: value for name, value in values.items() if name != "move_id"}
            for heading, values in copies
        }

    @api.model
    def _is_whole(self, left, pieces):
        """Whether these pieces take back the whole invoice, of which nothing was taken before."""
        untouched = all(line_left.amounts == line_left.original for line_left in left.values())
        return untouched and self._is_rest(left, pieces)

    @api.model
    def _is_rest(self, left, pieces):
        """Whether these pieces take all that is left of the invoice's lines."""
        taken = {piece.left.line: piece.amounts for piece in pieces}
        return all(
            line.currency_id.is_zero(
                line_left.amounts.total() + taken.get(line, LineAmounts()).total()
            )
            for line, line_left in left.items()
            if line.display_type == "product"
        )

    def _get_rounding_pieces(self, left, pieces):
        """The cash rounding that is left goes with the last adjustment."""
        taken = {piece.left.line for piece in pieces}
        if not self._is_rest(left, pieces):
            return
        for line, line_left in left.items():
            if (
                line.display_type == "rounding"
                and line not in taken
                and not line.currency_id.is_zero(line_left.amounts.total())
            ):
                piece = AdjustmentPiece(
                    line_left, 1.0, -line_left.amounts.excluded(), is_price_correction=True
                )
                piece.set_amounts(line_left.amounts)
                yield piece
