"""The values of the printed credit memo."""

from odoo import api, models


def turn_cached_sign(record, *names):
    """Turn the sign of these number fields of a record that exists in memory only.

    :param names: names of the fields
    """
    for name in names:
        record._fields[name]._update_cache(record, -record[name])


def copied_in_memory(record):
    """A copy of this record in memory with its stored values.

    The ORM would recompute the computed fields of the copy, but the print shows what was posted.
    """
    copy = record.new(origin=record)
    for name, field in record._fields.items():
        if field.store and field.compute:
            value = record[name]
            if field.type in ("one2many", "many2many"):
                value = value._ids
            else:
                value = field.convert_to_cache(value, copy, validate=False)
            field._update_cache(copy, value)
    return copy


def turned_totals(totals):
    """A copy of core's tax totals with the sign of every amount turned, at any depth."""
    if isinstance(totals, list):
        return [turned_totals(value) for value in totals]
    if not isinstance(totals, dict):
        return totals
    return {
        key: -value if "amount" in key and _is_number(value) else turned_totals(value)
        for key, value in totals.items()
    }


def _is_number(value):
    return isinstance(value, int | float) and not isinstance(value, bool)


class AccountMove(models.Model):
    _inherit = "account.move"

    def _get_credit_memo_title(self, proforma=False):
        """The title of the printed credit, which precedes its number.

        :param bool proforma: whether the print is a pro-forma
        :return str: in the language of the record's context
        """
        self.ensure_one()
        titles = {
            (False, "draft"): self.env._("Draft Credit Memo"),
            (False, "posted"): self.env._("Credit Memo"),
            (False, "cancel"): self.env._("Cancelled Credit Memo"),
            (True, "draft"): self.env._("Draft Proforma Credit Memo"),
            (True, "posted"): self.env._("Proforma Credit Memo"),
            (True, "cancel"): self.env._("Cancelled Proforma Credit Memo"),
        }
        return titles[bool(proforma), self.state]

    def _get_credit_memo_uses(self):
        """The applications and refunds of this credit, the oldest first.

        :return: list of dicts: ``label`` (a phrase with the document's name), ``date`` and
            ``amount`` (positive, in the credit's currency)
        """
        self.ensure_one()
        uses = []
        # sudo: as core's print of the payments; customers on the portal read their own document.
        sides = self._origin.sudo().receivable_application_ids
        for side in sides.filtered("is_in_force").sorted("date"):
            label = side._get_settlement_label()
            uses.append({"label": label, "date": side.date, "amount": side.amount})
        return uses

    def _get_credit_memo_reference(self):
        """The customer's own number for this credit, such as a purchase order.

        The reference of a credit made from an invoice names that invoice; the customer's number
        is on the invoice.

        :return str: empty if there is none
        """
        self.ensure_one()
        return (self.reversed_entry_id or self).ref or ""

    def _get_credit_memo_contact(self):
        """The name of the contact for invoices, if this credit is billed to its company.

        A credit that is billed to the contact shows the name in the address.

        :return str: empty if there is none
        """
        self.ensure_one()
        contact_id = self.partner_id.address_get(["invoice"])["invoice"]
        contact = self.partner_id.browse(contact_id)
        return contact.name or "" if contact != self.partner_id else ""

    def _get_credit_memo_reason(self):
        """The reason, unless the description or a line has the same text.

        :return str: empty if there is none
        """
        self.ensure_one()
        reason = self.credit_reason_id.name or ""
        said = {(self.description or "").strip().casefold(), *self._get_line_texts()}
        return "" if reason.strip().casefold() in said else reason

    def _get_credit_memo_description(self):
        """The description, unless a line has the same text.

        :return str: empty if there is none
        """
        self.ensure_one()
        description = (self.description or "").strip()
        return "" if description.casefold() in self._get_line_texts() else description

    def _get_line_texts(self):
        lines = self.invoice_line_ids
        return {line._get_credit_memo_text().strip().casefold() for line in lines}

    def _as_printed(self):
        """The record to print: this one, or a copy in memory if the company prints credits with
        positive amounts.

        On the copy the amounts and the prices are turned (the quantity if that is the negative
        factor). Every template built on core's reads the copy, so none turns a sign again.
        """
        self.ensure_one()
        if (
            not self.is_customer_credit
            or self.company_id.customer_credit_print_amounts != "positive"
        ):
            return self
        printed = copied_in_memory(self)
        for line in self.invoice_line_ids:
            line = copied_in_memory(line)
            factor = "quantity" if line.quantity < 0 else "price_unit"
            turn_cached_sign(line, factor, "price_subtotal", "price_total")
        turn_cached_sign(printed, "amount_untaxed", "amount_tax", "amount_total")
        # A copy, because the cached summary is shared with other readers of the field.
        printed._fields["tax_totals"]._update_cache(printed, turned_totals(self.tax_totals))
        return printed

    def _get_move_lines_to_report(self):
        if self.id or not self._origin:
            return super()._get_move_lines_to_report()
        # Core orders the lines by id, but the lines of a copy in memory have none.
        copies = {line._origin: line for line in self.invoice_line_ids}
        lines = self._origin._get_move_lines_to_report()
        return self.invoice_line_ids.browse().union(*(copies[line] for line in lines))


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _get_credit_memo_text(self):
        """The text of this line without the product's code, which Odoo writes before it.

        A code at another place of the text was written by a person and stays.

        :return str: the text
        """
        self.ensure_one()
        return self._without_code(self.name or "", self.product_id)

    @api.model
    def _without_code(self, text, products):
        for code in products.mapped("default_code"):
            if code and text.startswith(f"[{code}]"):
                return text.removeprefix(f"[{code}]").lstrip(" ") or text
        return text

    def _get_child_lines(self):
        # What core prints instead of the lines of a section whose prices are hidden.
        children = super()._get_child_lines()
        if self.move_id.is_customer_credit:
            products = self.move_id.invoice_line_ids.product_id
            for child in children:
                child["name"] = self._without_code(child["name"] or "", products)
        return children
