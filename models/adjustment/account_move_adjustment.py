"""Adjustments: customer credits made from one invoice, line by line.

An adjustment refers to its invoice by ``reversed_entry_id``, so core settles the two when it is
posted. Each of its lines refers to the invoice line that it takes back.
"""

from odoo import api, fields, models
from odoo.fields import Command, Domain

from .account_move_adjustment_amounts import LineAdjustment
from .line_amounts import LineAmounts


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
        """The domain of the adjustments and credit notes of these invoices, cancelled ones too."""
        return Domain("reversed_entry_id", "in", self.ids) & Domain(
            "move_type", "in", ("out_invoice", "out_refund")
        )

    def action_open_adjustments(self):
        """Open the adjustments and credit notes of these invoices."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("account.action_move_out_invoice")
        return {
            **action,
            "display_name": self.env._("Adjustments of %(invoice)s", invoice=self.display_name),
            "domain": list(self._get_adjustments_domain()),
            "context": {"default_move_type": "out_invoice", "create": False},
        }

    def action_open_adjusted_invoice(self):
        """Open the invoice that this document adjusts."""
        self.ensure_one()
        return self.reversed_entry_id._get_records_action()

    def action_adjust(self):
        """Open the dialog that adjusts this invoice. It starts at zero.

        :return: the action of the dialog
        :raises UserError: if the invoice cannot be adjusted, or has nothing left to adjust
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
            "context": {
                "default_invoice_id": self.id,
                "adjust_from_zero": True,
                "dialog_size": "extra-large",
            },
        }

    # ------------------------------------------------------------------
    # The document
    # ------------------------------------------------------------------

    def _create_adjustment(self, line_adjustments, **values):
        """Create the draft of an adjustment of this invoice.

        :param line_adjustments: list of ``LineAdjustment`` with their amounts, negative for what
            was sold
        :param values: fields of the document: ``invoice_date`` at least
        :return: the draft, a customer credit; cash rounding that is left is added to the last one
        """
        self.ensure_one()
        documents = self._get_taking_back()
        left = self._get_left_to_adjust(documents)
        line_adjustments = [
            *line_adjustments,
            *self._get_rounding_adjustments(left, line_adjustments),
        ]
        invoice = self.with_company(self.company_id)
        adjustment = invoice.env["account.move"].create(
            invoice._prepare_adjustment(left, line_adjustments, **values)
        )
        adjustment._book_on_receivable_of(self.line_ids)
        adjustment._fit_early_taxes(line_adjustments)
        adjustment._take_remaining_taxes(documents)
        self._message_log(
            body=self.env._("Adjusted by %(adjustment)s", adjustment=adjustment._get_html_link())
        )
        return adjustment

    def _prepare_adjustment(self, left, line_adjustments, **values):
        """The values of an adjustment: what core copies to a credit note, with our own lines.

        Like core's credit note, it is due on its own date. It keeps the invoice's payment terms
        only where these lower the tax on the invoice ("mixed" early discount) and the customer
        did not take the discount.

        :param dict left: ``{invoice line: LineLeft}``, see :meth:`_get_left_to_adjust`
        :param line_adjustments: list of ``LineAdjustment`` with their amounts
        :param values: fields of the document: ``invoice_date`` at least
        :return dict: values of an ``account.move``
        """
        self.ensure_one()
        term = self.invoice_payment_term_id
        is_lowered = self._lowers_tax_on_invoice() and not self._get_early_discount_taken()
        is_whole = self._is_whole(left, line_adjustments)
        day = values["invoice_date"]
        contact = self._get_carrying_contact()
        language = contact.lang or self.env.lang
        vals = self.copy_data(
            {
                "line_ids": [],
                "move_type": "out_invoice",
                "reversed_entry_id": self.id,
                "partner_id": contact.id,
                # as core's credit note: the invoice's salesperson
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
        # Cash rounding applies to the whole invoice, not to a part of it. In a foreign currency it
        # is a line, too: Odoo would convert the rounding at the rate of the day.
        if is_whole and self.currency_id == self.company_currency_id:
            line_adjustments = [
                own for own in line_adjustments if own.left.line.display_type != "rounding"
            ]
        else:
            vals["invoice_cash_rounding_id"] = False
        lines = {
            **self._prepare_headings(line_adjustments, is_whole),
            **self._prepare_adjusting_lines(line_adjustments),
        }
        order = {line: index for index, line in enumerate(self.invoice_line_ids)}
        vals["line_ids"] = [
            Command.create(lines[line])
            for line in sorted(lines, key=lambda line: order.get(line, len(order)))
        ]
        return vals

    def _prepare_adjusting_lines(self, line_adjustments):
        """The values of the adjustment's product lines.

        :return: ``{invoice line: values of the line that takes it back}``
        """
        return {
            line_adjustment.left.line: {
                **line_adjustment.left.line._prepare_adjusting_line(
                    line_adjustment.quantity,
                    line_adjustment.price_unit,
                    line_adjustment.is_price_correction,
                ),
                "display_type": "product",
                "name": line_adjustment.name or line_adjustment.left.line.name,
                "extra_tax_data": self._prepare_adjustment_tax_data(line_adjustment),
            }
            for line_adjustment in line_adjustments
        }

    def _prepare_headings(self, line_adjustments, is_whole):
        """The values of the sections and notes: all of them for a full reversal, else the
        sections of the adjusted lines.

        :return: ``{invoice line: values of its copy}``
        """
        headings = self.invoice_line_ids.filtered(
            lambda line: line.display_type in ("line_section", "line_subsection", "line_note")
        )
        if not is_whole:
            lines = self.env["account.move.line"].union(
                *(line_adjustment.left.line for line_adjustment in line_adjustments)
            )
            headings &= lines.parent_id | lines.parent_id.parent_id
        copies = zip(headings, headings.copy_data({"move_id": False}), strict=True)
        return {
            heading: {name: value for name, value in values.items() if name != "move_id"}
            for heading, values in copies
        }

    @api.model
    def _is_whole(self, left, line_adjustments):
        """Whether these line adjustments take back the whole invoice, of which nothing was
        taken back before."""
        untouched = all(line_left.amounts == line_left.original for line_left in left.values())
        return untouched and self._is_rest(left, line_adjustments)

    @api.model
    def _is_rest(self, left, line_adjustments):
        """Whether these line adjustments take all that is left of the invoice's lines."""
        taken = {
            line_adjustment.left.line: line_adjustment.amounts
            for line_adjustment in line_adjustments
        }
        return all(
            line.currency_id.is_zero(
                line_left.amounts.total() + taken.get(line, LineAmounts()).total()
            )
            for line, line_left in left.items()
            if line.display_type == "product"
        )

    def _get_rounding_adjustments(self, left, line_adjustments):
        """The ``LineAdjustment`` of the cash rounding, which the last adjustment takes back."""
        taken = {line_adjustment.left.line for line_adjustment in line_adjustments}
        if not self._is_rest(left, line_adjustments):
            return
        for line, line_left in left.items():
            if (
                line.display_type == "rounding"
                and line not in taken
                and not line.currency_id.is_zero(line_left.amounts.total())
            ):
                line_adjustment = LineAdjustment(
                    line_left, 1.0, -line_left.amounts.excluded(), is_price_correction=True
                )
                line_adjustment.set_amounts(line_left.amounts)
                yield line_adjustment
