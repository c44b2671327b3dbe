"""The documents that the scripts in Odoo's Python make."""

from odoo.fields import Command

DAY = "2023-06-01"


def document_values(customer, amount, move_type="out_invoice", taxed=False, **more):
    """What to create a document of one line from.

    :param float amount: without tax, signed as the document's type has it
    :param bool taxed: leave the company's default tax on the line
    """
    line = {"name": "Line", "price_unit": amount}
    if not taxed:
        line["tax_ids"] = [Command.clear()]
    return {
        "move_type": move_type,
        "partner_id": customer.id,
        "invoice_date": DAY,
        "invoice_line_ids": [Command.create(line)],
        **more,
    }


def credit_values(customer, amount, has_addon):
    """The same credit as each of the two writes it: ours with a negative total, core's as a note.

    :param float amount: positive
    """
    if has_addon:
        return document_values(customer, -amount)
    return document_values(customer, amount, "out_refund")
