"""Posting of credits, which core would refuse as customer invoices below zero."""

from collections import defaultdict
from contextlib import contextmanager

from odoo import fields, models
from odoo.exceptions import UserError


class HiddenTotals:
    """The value of the context key while totals are hidden. A context that comes in by RPC cannot
    hold this object, so no client can hide totals.

    No dict: Odoo reuses the environment of an equal context, but each block hides its own totals.
    """

    def __init__(self, credits):
        self.credit_ids = set(credits.ids)
        #: The documents that core has validated.
        self.checked_ids = set()
        #: How many nested writes are going on; they see the real totals.
        self.writes = 0
        #: ``{field: {move id: total}}``
        self.totals = {"amount_total": {}, "quick_edit_total_amount": {}}


class AccountMove(models.Model):
    _inherit = "account.move"

    def _check_before_posting(self):
        """Check these documents before anything is written.

        :raises UserError: naming the document and what to do
        """
        credits = self.filtered("is_customer_credit")
        credits._check_credit_enabled()
        credits._check_credit_no_debit_note()
        self._check_credit_origin()
        credits._check_credit_reason()
        credits._check_credit_reference()
        credits._check_credit_quick_total()
        credits._check_credit_instalments()
        self._check_credit_tax_side()
        self._check_number_series()
        self._check_credit_right()
        if self.env.su:
            self._check_scheduled_credits_unchanged()
        credits._check_legal_reports(lambda credit: credit._get_other_legal_reports())

    def _split_for_posting(self):
        """Split these documents into batches that core posts together.

        Core pairs a batch's documents with their origins one by one, each origin once: two credits
        of one invoice would shift the pairs. So each credit with an origin is posted alone.

        :return: a tuple of recordsets
        """
        linked = self.filtered(lambda move: move.is_customer_credit and move.reversed_entry_id)
        return (self - linked, *linked) if linked else (self,)

    @contextmanager
    def _ready_to_post(self):
        """Yield these checked documents as core is to post them, with the totals of credits hidden
        from its refusal.

        :raises UserError: for an adjustment of more than is left, or if posting changed a total
        """
        self._check_adjustments()
        if not any(move._is_subject_to_credit_rights() for move in self):
            yield self
            return
        credits = self.filtered("is_customer_credit")
        shown = {credit: credit.amount_total for credit in credits}
        with credits._negative_totals_hidden() as hidden:
            yield self.with_context(
                customer_credit_hidden_totals=hidden,
                # Core sets this key where its checks begin: from then on the totals are hidden.
                skip_is_manually_modified=False,
            )
        for credit, total in shown.items():
            credit._check_total_is(total)

    def _check_total_is(self, total):
        """Refuse a credit whose total is not the one that the user confirmed.

        :param float total: the total shown, in the currency and with the sign of the document
        :raises UserError: if the document's total is another one
        """
        self.ensure_one()
        if self.currency_id.compare_amounts(self.amount_total, total) != 0:
            self._raise_changed(total, self.amount_total)

    def _raise_changed(self, shown, total):
        sign = -1 if total < 0 else 1
        raise UserError(
            self.env._(
                "You confirmed %(shown)s, but %(document)s totals %(total)s, for example because "
                "of an automatic discount. Remove the discount, or enter another amount.",
                document=self.display_name,
                shown=self.currency_id.format(sign * shown),
                total=self.currency_id.format(sign * total),
            )
        )

    # ------------------------------------------------------------------
    # Guards
    # ------------------------------------------------------------------

    def _check_credit_enabled(self):
        for move in self:
            if not move.company_id.customer_credit_enabled:
                raise UserError(
                    self.env._(
                        "%(credit)s has a negative total, and %(company)s does not use customer "
                        "credits. Create a credit note instead, or switch on Customer Credits in "
                        "the Invoicing settings.",
                        credit=move.display_name,
                        company=move.company_id.display_name,
                    )
                )

    def _check_credit_origin(self):
        """Refuse credits and credit notes of another customer's document, which core would settle
        with it."""
        for move in self.filtered(lambda move: move.reversed_entry_id.is_sale_document(True)):
            origin, customer = move.reversed_entry_id, move._get_carrying_customer()
            owner = origin._get_carrying_customer()
            # Core does not settle a credit note with a settled document, such as a shop's.
            is_settling = move.is_customer_credit or origin._get_open_receivable_items()
            if owner != customer and is_settling:
                raise UserError(
                    self.env._(
                        "%(credit)s is for %(customer)s, but its original invoice %(origin)s is "
                        "for %(owner)s. Change the customer to %(owner)s.",
                        credit=move.display_name,
                        customer=customer.display_name or "/",
                        origin=origin.display_name,
                        owner=owner.display_name or "/",
                    )
                )
            if move.is_customer_credit and origin.company_id != move.company_id:
                raise UserError(
                    self.env._(
                        "The original invoice of %(credit)s, %(origin)s, belongs to another "
                        "company. Choose an invoice of %(company)s, or clear the field.",
                        credit=move.display_name,
                        origin=origin.display_name,
                        company=move.company_id.display_name,
                    )
                )

    def _check_credit_reason(self):
        # An overpayment is owed even if its reason was deleted. "Overpaid By" says where the
        # credit comes from.
        for move in self.filtered(lambda move: not move.overpayment_move_id):
            if move.company_id.customer_credit_reason_required and not move.credit_reason_id:
                raise UserError(
                    self.env._(
                        "%(credit)s has no credit reason, but %(company)s requires one. Choose a "
                        "reason, then confirm again.",
                        credit=move.display_name,
                        company=move.company_id.display_name,
                    )
                )

    def _check_credit_quick_total(self):
        """Repeat core's quick-encoding check, whose message would quote the hidden total."""
        for move in self:
            total = move.quick_edit_total_amount
            if (
                move.quick_edit_mode
                and not move.currency_id.is_zero(total)
                and move.currency_id.compare_amounts(total, move.amount_total) != 0
            ):
                sign = -1 if total < 0 else 1
                raise UserError(
                    self.env._(
                        "The lines of %(credit)s total %(total)s, but the expected total is "
                        "%(expected)s. Correct the lines or the expected total.",
                        credit=move.display_name,
                        total=move.currency_id.format(sign * move.amount_total),
                        expected=move.currency_id.format(sign * total),
                    )
                )

    def _check_credit_instalments(self):
        """Refuse a credit with an instalment above zero, which the customer would owe: payment
        terms of another addon may have divided it like an invoice.

        Allowed is what core's credit note has too: if fixed amounts are more than the document,
        the last instalment has the opposite sign.
        """
        for move in self:
            instalments = move.line_ids.filtered(
                lambda line: line.display_type == "payment_term"
            )
            instalments = instalments.sorted(
                lambda line: (line.date_maturity or line.date, line.id)
            )
            owed = instalments.filtered(
                lambda line: line.currency_id.compare_amounts(line.amount_currency, 0.0) > 0
            )
            if owed and not move._is_divided_as_its_opposite(owed):
                raise UserError(
                    self.env._(
                        "With the payment terms %(terms)s, the customer would owe %(amount)s of "
                        "%(credit)s. Choose other payment terms, or none.",
                        terms=move.invoice_payment_term_id.display_name or "/",
                        amount=move.currency_id.format(sum(owed.mapped("amount_currency"))),
                        credit=move.display_name,
                    )
                )

    def _is_divided_as_its_opposite(self, instalments):
        """Whether an invoice of the opposite total would have the same instalments with the
        opposite sign."""
        self.ensure_one()
        if not self.invoice_payment_term_id:
            return False
        terms = self.invoice_payment_term_id._compute_terms(
            date_ref=self.invoice_date or self.date or fields.Date.context_today(self),
            currency=self.currency_id,
            company=self.company_id,
            tax_amount=-self.amount_tax_signed,
            tax_amount_currency=-self.amount_tax,
            sign=1,
            untaxed_amount=-self.amount_untaxed_signed,
            untaxed_amount_currency=-self.amount_untaxed,
            cash_rounding=self.invoice_cash_rounding_id,
        )
        opposite = defaultdict(float)
        for line in terms["line_ids"]:
            opposite[fields.Date.to_date(line["date"])] -= line["foreign_amount"]
        return all(
            any(
                self.currency_id.compare_amounts(line.amount_currency, amount) == 0
                for amount in opposite.values()
            )
            for line in instalments
        )

    def _check_credit_tax_side(self):
        """Refuse a customer invoice whose taxes are on the side of the other sign.

        That happens only if edited tax amounts change the sign of the total. A total of zero keeps
        the side of its lines.
        """
        for move in self.filtered(lambda move: move.move_type == "out_invoice"):
            if move.is_customer_credit == move.is_on_credit_side:
                continue
            if move.is_customer_credit:
                raise UserError(
                    self.env._(
                        "The edited tax amounts make the total of %(credit)s negative, but its "
                        "lines are not. Correct the tax amounts or the lines, then confirm again.",
                        credit=move.display_name,
                    )
                )
            if not move.currency_id.is_zero(move.amount_total):
                raise UserError(
                    self.env._(
                        "The lines of %(invoice)s are negative, but the edited tax amounts make "
                        "its total zero or more. Correct the tax amounts or the lines, then "
                        "confirm again.",
                        invoice=move.display_name,
                    )
                )

    # ------------------------------------------------------------------
    # Hiding totals from core's refusal
    # ------------------------------------------------------------------

    @contextmanager
    def _negative_totals_hidden(self):
        """Let the totals of these credits read 0.0 while core validates each of them.

        Core's refusal of a negative total is among its other checks, without a hook. So the cached
        total (never the stored one) of these credits reads zero while the checks run:
        :meth:`_hide_negative_totals` hides it where they begin, whatever other addons do before,
        and :meth:`_show_negative_totals` shows it again in core's next call. Writes to a document
        meanwhile see its real total.

        :return: the ``HiddenTotals`` for the context
        """
        hidden = HiddenTotals(self)
        try:
            yield hidden
        finally:
            self.with_context(customer_credit_hidden_totals=hidden)._show_negative_totals()

    def is_invoice(self, include_receipts=False):
        # The last method that core calls before it reads the total.
        if self.env.context.get("skip_is_manually_modified") and self._is_posting_credits():
            self._hide_negative_totals(self.env.context["customer_credit_hidden_totals"])
        return super().is_invoice(include_receipts=include_receipts)

    def _hide_negative_totals(self, hidden):
        awaited = hidden.credit_ids - hidden.checked_ids
        if hidden.writes or not any(map(self._is_total_shown, awaited.intersection(self.ids))):
            return
        credits = self.browse(id_ for id_ in sorted(awaited) if self._is_total_shown(id_))
        with credits._written_with_real_totals():
            credits.flush_recordset()  # nothing pending may see or overwrite the zero
        for move in credits:
            # Quick encoding compares its total with the document's: hide both if they are equal.
            for name, totals in hidden.totals.items():
                if move.currency_id.compare_amounts(move[name], move.amount_total) == 0:
                    totals[move.id] = move[name]
        for name, totals in hidden.totals.items():
            self._fields[name]._update_cache(credits.browse(totals), 0.0)

    def _is_total_shown(self, move_id):
        hidden = self.env.context["customer_credit_hidden_totals"].totals["amount_total"]
        cache = self._fields["amount_total"]._get_cache(self.env)
        # A total that was recomputed meanwhile is no longer the hidden zero.
        return move_id not in hidden or cache.get(move_id) != 0.0

    def _is_posting_credits(self):
        return isinstance(self.env.context.get("customer_credit_hidden_totals"), HiddenTotals)

    def _show_negative_totals(self):
        """Show the totals again that :meth:`_hide_negative_totals` hid of these documents."""
        if not self._is_posting_credits():
            return
        for name, totals in self.env.context["customer_credit_hidden_totals"].totals.items():
            field = self._fields[name]
            cache = field._get_cache(self.env)
            for move in self:
                if move.id in totals and cache.get(move.id) == 0.0:
                    field._update_cache(move, totals.pop(move.id))

    @contextmanager
    def _written_with_real_totals(self):
        """Show the real totals during a write to these documents. Core's checks, which come later,
        hide them again."""
        if not self._is_posting_credits():
            yield
            return
        hidden = self.env.context["customer_credit_hidden_totals"]
        self._show_negative_totals()
        hidden.writes += 1
        try:
            yield
        finally:
            hidden.writes -= 1


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _check_constrains_account_id_journal_id(self):
        # The first method that core calls after it validated the total, with all lines of the
        # document. A call with other lines is a constraint on what was just written.
        moves = self.move_id
        if moves._is_posting_credits():
            moves._show_negative_totals()
            hidden = self.env.context["customer_credit_hidden_totals"]
            if not hidden.writes and self == moves.line_ids:
                hidden.checked_ids.update(moves.ids)
        return super()._check_constrains_account_id_journal_id()
